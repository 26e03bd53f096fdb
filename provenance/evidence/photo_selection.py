"""Photos named several at once: by reference, SHA-256, file name, pattern or range."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import PurePath
from typing import Any

from sqlalchemy import select

from provenance.core.errors import Ambiguous, NotFound, UsageError
from provenance.core.identity import reference
from provenance.evidence.subjects import photo_named
from provenance.schema.evidence import Photo
from provenance.schema.session import Session

RANGE = ".."
"""Between the first and the last file name of a range, as between the days of a partial date."""

_PATTERN = frozenset("*?[")
_NUMBERED = re.compile(r"(?P<prefix>.*?)(?P<number>\d+)(?P<suffix>\D*)", re.DOTALL)


def photos_named(session: Session, texts: Sequence[str]) -> list[Any]:
    """The rows of all photos that the texts name, each once, by the order of the texts, then by file name.

    File names are compared without case; those in a range are numbered alike before and after the number,
    and the ending need not be given. A file name that several photos have is refused; a pattern or a range
    takes them all.

    Raises:
        NotFound: a text names no photo.
        Ambiguous: several photos have that very file name.
        UsageError: the ends of a range are not numbered alike.
    """
    by_name = sorted(session.execute(select(Photo)).all(), key=lambda row: (row.file_name.casefold(), row.id))
    found: dict[int, Any] = {}
    for text in texts:
        for row in _named(session, text.strip(), by_name):
            found.setdefault(row.id, row)
    return list(found.values())


def _named(session: Session, text: str, photos: Sequence[Any]) -> list[Any]:
    if RANGE in text:
        return _in_range(text, photos)
    if _PATTERN & set(text):
        wanted = text.casefold()
        rows = [row for row in photos if fnmatchcase(row.file_name.casefold(), wanted)]
        return rows or _none(f"No photo has a file name like {text}")
    rows = [row for row in photos if text.casefold() in _names(row)]
    if len(rows) > 1:
        refs = [f"{reference('photo', row.uid)} (SHA-256 {row.sha256[:8]}…)" for row in rows]
        raise Ambiguous(f"{len(rows)} photos have the file name {text}", candidates=refs)
    return rows or [photo_named(session, text)]


def _names(row: Any) -> tuple[str, str]:
    name = row.file_name.casefold()
    return name, PurePath(name).stem


def _in_range(text: str, photos: Sequence[Any]) -> list[Any]:
    begins, ends = text.split(RANGE, 1)
    first, last = _NUMBERED.fullmatch(_stem(begins)), _NUMBERED.fullmatch(_stem(ends))
    if first is None or last is None:
        raise UsageError(f"{text} is not a range of file names", hint="For example: IMG_0412..IMG_0420")
    if (first["prefix"], first["suffix"]) != (last["prefix"], last["suffix"]):
        raise UsageError(
            f"{text}: the two names differ in more than their last number",
            hint="Photos of several folders or cameras: give one range for each.",
        )
    least, most = int(first["number"]), int(last["number"])
    if least > most:
        raise UsageError(f"{text}: the first number is higher than the last")
    rows = [
        row
        for row in photos
        if (name := _NUMBERED.fullmatch(_names(row)[1])) is not None
        and (name["prefix"], name["suffix"]) == (first["prefix"], first["suffix"])
        and least <= int(name["number"]) <= most
    ]
    return rows or _none(f"No photo has a file name from {text.replace(RANGE, ' to ')}")


def _stem(name: str) -> str:
    """A file name without its ending, if it has that of a file."""
    path = PurePath(name.strip().casefold())
    return path.stem if path.suffix and not path.suffix[1:].isdecimal() else path.name


def _none(message: str) -> list[Any]:
    raise NotFound(
        message, hint="To list photos: provenance evidence unattached, provenance evidence list REF"
    )
