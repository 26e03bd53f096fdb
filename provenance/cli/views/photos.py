"""The outcome of logging photos, for people."""

from __future__ import annotations

from typing import Any

from provenance.cli.render import Section
from provenance.cli.views.cells import cell, column
from provenance.services.contracts.photos import PhotosLogged

Row = dict[str, Any]


def photos_view(result: PhotosLogged) -> list[Section]:
    """A table of the photos, then what was attached and why, what is known, doubtful or skipped."""
    rows: list[Row] = result.document()["rows"]
    shown = [{**row, "outcome": outcome(row)} for row in rows]
    columns = [
        column("photo", "photo"),
        column("file", "file"),
        column("outcome", "outcome"),
        column("state", "state", yields=1),
        column("taken", "taken", yields=2),
        column("shows", "shows"),
        column("TLP", "tlp", yields=4),
    ]
    known = [row for row in rows if not row["new"]]
    unread = [f"{row['file']}: {row['state_reason']}" for row in rows if row["state_reason"]]
    return [
        Section("", shown, columns),
        *lines("Attached by label or time", _reasons(rows)),
        *lines("Already logged", map(_known, known)),
        *lines("Nearly the same as another photo", [_near(row) for row in rows if row["near_duplicate"]]),
        *lines("Not read", unread),
        *lines("Questions", [f"{row['file']}: {each}" for row in rows for each in row["questions"]]),
        *lines("Skipped", [f"{_name(each.file)}: {each.reason}" for each in result.skipped]),
    ]


def outcome(row: Row) -> str:
    """What happened to a file, in words."""
    if row["new"]:
        return "new"
    words = [word for word, key in (("corrected", "corrected"), ("restored", "file_restored")) if row[key]]
    return ", ".join(["known", *words])


def lines(title: str, texts: Any) -> list[Section]:
    """A section of lines with their number in its title; none where there are none."""
    found = list(texts)
    return [Section(f"{title} ({len(found):,})", lines=found)] if found else []


def _name(file: str) -> str:
    return file.replace("\\", "/").rsplit("/", 1)[-1]


def _reasons(rows: list[Row]) -> list[str]:
    return [
        f"{row['file']} to {each['record']}: {each['reason']}"
        for row in rows
        for each in row["attachments"]
        if each["basis"] != "stated"
    ]


def _attached_to(refs: list[str]) -> str:
    return f"shows {cell(refs)}" if refs else "not attached"


def _known(row: Row) -> str:
    changes = outcome(row).removeprefix("known").removeprefix(", ")
    ending = f"; {changes}" if changes else ""
    first = f"{row['photo']} ({row['first_logged_as']})"
    return f"{row['file']}: the same photo is logged as {first}, {_attached_to(row['shows'])}{ending}"


def _near(row: Row) -> str:
    near = row["near_duplicate"]
    bits = f"{near['differing_bits']} of {near['of_bits']} bits differ"
    other = f"{near['photo']} ({near['file']})"
    return f"{row['file']}: similar to {other}, {bits}; that one {_attached_to(near['shows'])}"
