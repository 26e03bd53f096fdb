"""The outcome of logging photos, for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from provenance.cli.views.tables import Column, Section, text
from provenance.cli.views.words import many, plain_name
from provenance.services.contracts.photos import PhotosLogged

if TYPE_CHECKING:
    from provenance.services.contracts.photos import LoggedPhoto, TaggedPhoto


def photos_view(result: PhotosLogged) -> list[Section]:
    """A table of the photos, then what was attached and why, what is known, doubtful or skipped."""
    rows = result.rows
    columns = [
        text("photo", lambda row: row.photo),
        text("file", lambda row: row.file),
        text("outcome", _outcome),
        *_kind_columns(rows),
        text("state", lambda row: row.state, yields=1),
        text("taken", lambda row: row.taken, yields=2),
        text("shows", lambda row: ", ".join(row.shows)),
        text("TLP", lambda row: row.tlp, yields=4),
    ]
    return [
        Section("", rows, columns),
        *counted_lines("Attached by label or time", _reasons(rows)),
        *reel_label_lines(rows),
        *counted_lines("Already logged", (_known(row) for row in rows if not row.new)),
        *counted_lines("Nearly the same as another photo", _near_duplicates(rows)),
        *counted_lines("Not read", (f"{row.file}: {row.state_reason}" for row in rows if row.state_reason)),
        *counted_lines("Questions", (f"{row.file}: {each}" for row in rows for each in row.questions)),
        *counted_lines("Skipped", (f"{PurePath(each.file).name}: {each.reason}" for each in result.skipped)),
    ]


def _kind_columns(rows: Sequence[LoggedPhoto]) -> list[Column]:
    """What the files are, and how long, where any is not a photo."""
    if all(row.evidence_kind == "photo" for row in rows):
        return []
    return [
        text("kind", lambda row: plain_name(row.evidence_kind)),
        text("length", lambda row: length_of(row.pages, row.duration_seconds)),
    ]


def length_of(pages: int | None, seconds: float | None) -> str | None:
    """Pages, or minutes and seconds; None where neither is known."""
    if pages is not None:
        return many(pages, "page")
    return None if seconds is None else f"{int(seconds) // 60}:{int(seconds) % 60:02} min"


def reel_label_lines(rows: Sequence[LoggedPhoto | TaggedPhoto]) -> list[Section]:
    """Which photos have bag or reel labels, and how to read them."""
    lines = (f"{row.file}: provenance evidence read {row.photo}" for row in rows if row.reel_labels)
    return counted_lines("Bag or reel labels, to be read", dict.fromkeys(lines))


def counted_lines(title: str, texts: Iterable[str]) -> list[Section]:
    """A section of lines with their number in its title; none where there are none."""
    found = list(texts)
    return [Section(f"{title} ({len(found):,})", lines=found)] if found else []


def _outcome(row: LoggedPhoto) -> str:
    return "new" if row.new else ", ".join(["known", *_changes(row)])


def _changes(row: LoggedPhoto) -> list[str]:
    changes = (("corrected", row.corrected), ("restored", row.file_restored))
    return [word for word, applies in changes if applies]


def _reasons(rows: Sequence[LoggedPhoto]) -> list[str]:
    return [
        f"{row.file} to {each.record}: {each.reason}"
        for row in rows
        for each in row.attachments
        if each.basis != "stated"
    ]


def _attached_to(refs: Sequence[str]) -> str:
    return f"shows {', '.join(refs)}" if refs else "not attached"


def _known(row: LoggedPhoto) -> str:
    parts = [_attached_to(row.shows), *_changes(row)]
    first = f"{row.photo} ({row.first_logged_as})"
    return f"{row.file}: the same photo is logged as {first}, {'; '.join(parts)}"


def _near_duplicates(rows: Sequence[LoggedPhoto]) -> list[str]:
    lines = []
    for row in rows:
        if (near := row.near_duplicate) is not None:
            bits = f"{near.differing_bits} of {near.of_bits} bits differ"
            other = f"{near.photo} ({near.file})"
            lines.append(f"{row.file}: similar to {other}, {bits}; that one {_attached_to(near.shows)}")
    return lines
