"""Lists of photos, checklists and verification of the store, for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from provenance.cli.views.photos import counted_lines, length_of, reel_label_lines
from provenance.cli.views.tables import Column, Section, text
from provenance.cli.views.words import many, one_line, plain_name
from provenance.services.contracts.custody import ChecklistResult
from provenance.services.contracts.photos import PhotosListed, StoreVerified, TagResult, UnattachedListed

if TYPE_CHECKING:
    from provenance.services.contracts.custody import CheckedItem
    from provenance.services.contracts.photos import AttachedPhoto, UnattachedPhoto

_FIRST = (
    text("photo", lambda row: row.photo),
    text("file", lambda row: row.file),
    text("taken", lambda row: row.taken),
)
_LAST = (
    text("state", lambda row: row.state, yields=3),
    text("camera", lambda row: row.camera, yields=4),
    text("TLP", lambda row: row.tlp, yields=2),
)


def photo_list_view(result: PhotosListed) -> list[Section]:
    """The photos of a record."""
    own = [
        text("shows", lambda row: row.shows),
        text("views", lambda row: ", ".join(row.views)),
        text("basis", lambda row: row.basis, yields=1),
    ]
    return _photos(result.rows, own)


def unattached_view(result: UnattachedListed) -> list[Section]:
    """The photos that are not attached, with leads."""
    own = [
        text("recovered that day", lambda row: ", ".join(row.recovered_that_day)),
        text("label read", lambda row: row.label_read, yields=1),
    ]
    return _photos(result.rows, own)


def tags_view(result: TagResult) -> list[Section]:
    """What each photo shows, and what of it is new."""
    columns = [
        text("photo", lambda row: row.photo),
        text("file", lambda row: row.file),
        text("shows", lambda row: row.record or "not attached"),
        text("views", lambda row: ", ".join(row.views)),
        text("outcome", lambda row: "changed" if row.changed else "as before"),
        text("title", lambda row: row.title, yields=1),
    ]
    return [Section("", result.rows, columns), *reel_label_lines(result.rows)]


def _photos(rows: Sequence[AttachedPhoto | UnattachedPhoto], own: list[Column]) -> list[Section]:
    questions = [f"{row.photo} {row.file}: {each}" for row in rows for each in row.questions]
    columns = [*_FIRST, *_kinds(rows), *own, *_LAST]
    return [Section("", rows, columns), *counted_lines("Questions", dict.fromkeys(questions))]


def _kinds(rows: Sequence[AttachedPhoto | UnattachedPhoto]) -> list[Column]:
    if all(row.evidence_kind == "photo" for row in rows):
        return []
    length = text("length", lambda row: length_of(row.pages, row.duration_seconds), yields=1)
    return [text("kind", lambda row: plain_name(row.evidence_kind)), length]


def checklist_view(result: ChecklistResult) -> list[Section]:
    """The requirements, and what meets each."""
    columns = [
        text("there", _there),
        text("need", lambda row: row.need),
        text("item", lambda row: plain_name(row.item)),
        text("what it must show", lambda row: row.asks, yields=1),
        text("met by", lambda row: ", ".join(row.by)),
        text("source", lambda row: row.source, yields=3),
        text("verification", lambda row: row.verification, yields=4),
    ]
    missing = f"{many(result.missing, 'required item')} missing"
    title = f"{result.subject_kind} {one_line(result.subject)} ({result.subject_ref}): {missing}"
    return [Section(title, result.rows, columns)]


def _there(row: CheckedItem) -> str:
    if row.met:
        return "yes"
    return "NO" if row.need == "required" else "no"


def verification_view(result: StoreVerified) -> list[Section]:
    """The damaged files."""
    columns = [
        text("photo", lambda row: row.photo),
        text("file", lambda row: row.file_name),
        text("part", lambda row: row.shelf),
        text("condition", lambda row: row.fate),
        text("SHA-256", lambda row: row.sha256, yields=1),
    ]
    return [Section("", result.rows, columns)] if result.rows else []
