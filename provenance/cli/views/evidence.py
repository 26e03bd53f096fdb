"""Lists of photos, checklists and verification of the store, for people."""

from __future__ import annotations

from typing import Any

from provenance.cli.render import Column, Section
from provenance.cli.views.cells import cell, column
from provenance.cli.views.photos import lines
from provenance.cli.views.words import many
from provenance.services.contracts.custody import ChecklistResult
from provenance.services.contracts.photos import PhotosListed, StoreVerified, UnattachedListed

_FIRST = (column("photo", "photo"), column("file", "file"), column("taken", "taken"))
_LAST = (
    column("state", "state", yields=3),
    column("camera", "camera", yields=4),
    column("TLP", "tlp", yields=2),
)


def photo_list_view(result: PhotosListed) -> list[Section]:
    """The photos of a record."""
    own = [column("shows", "shows"), column("views", "views"), column("basis", "basis", yields=1)]
    return _photos(result.document()["rows"], own)


def unattached_view(result: UnattachedListed) -> list[Section]:
    """The photos that are not attached, with leads."""
    own = [
        column("recovered that day", "recovered_that_day"),
        column("label read", "label_read", yields=1),
    ]
    return _photos(result.document()["rows"], own)


def _photos(rows: list[dict[str, Any]], own: list[Column]) -> list[Section]:
    asked = [f"{row['photo']} {row['file']}: {each}" for row in rows for each in row["questions"]]
    return [Section("", rows, [*_FIRST, *own, *_LAST]), *lines("Questions", dict.fromkeys(asked))]


def checklist_view(result: ChecklistResult) -> list[Section]:
    """The requirements, and what meets each."""
    columns = [
        Column("there", _there),
        column("need", "need"),
        column("item", "item"),
        column("what it must show", "asks", yields=1),
        column("met by", "by"),
        column("source", "source", yields=3),
        column("verification", "verification", yields=4),
    ]
    missing = f"{many(result.missing, 'required item')} missing"
    title = f"{result.subject_kind} {cell(result.subject)} ({result.subject_ref}): {missing}"
    return [Section(title, result.document()["rows"], columns)]


def _there(row: dict[str, Any]) -> str:
    if row["met"]:
        return "yes"
    return "NO" if row["need"] == "required" else "no"


def verification_view(result: StoreVerified) -> list[Section]:
    """The damaged files."""
    columns = [
        column("photo", "photo"),
        column("file", "file_name"),
        column("part", "shelf"),
        column("is", "fate"),
        column("SHA-256", "sha256", yields=1),
    ]
    return [Section("", result.document()["rows"], columns)] if result.rows else []
