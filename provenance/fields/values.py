"""One cell of an entry, as typed, read into what is kept; unknown is None."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from provenance.core.vocabulary import MarkingState
from provenance.core.vocabulary.field import NOT_ASSESSED
from provenance.fields.places import Position, looks_like_mgrs, read_position
from provenance.text.countries import UnknownCountry, country_code
from provenance.text.marking_states import read_marking_cell
from provenance.text.partial_dates import DateSpan, parse_partial_date
from provenance.text.unknown import says_no_number, says_unknown

Member = TypeVar("Member", bound=StrEnum)

LINE_BREAK = "//"
"""Separates the lines of a marking that is typed on one line."""

_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", re.ASCII)
_ONLY_SIGNS = re.compile(r"[\d\s.,;:°'\"′″+-]+[NSEW]?")


def text(cell: str) -> str | None:
    """A text; None where it is blank or says that it is not known."""
    stripped = cell.strip()
    return None if says_unknown(stripped) else stripped


def number(cell: str) -> str | None:
    """A number on a weapon or unit; None where the cell says that it has none, or that it is not known."""
    stripped = cell.strip()
    return None if says_no_number(stripped) else stripped


def words(cell: str) -> str | None:
    """A text in which "none" has no special meaning: a note, a quotation. None where blank or ``?``."""
    stripped = cell.strip()
    return None if stripped in ("", "?") else stripped


def marking(cell: str) -> str | None:
    """A marking with its lines separated by newlines; typed on one line, ``//`` separates them."""
    return read_marking_cell(_lines(cell))[0]


def marking_state(cell: str) -> MarkingState | None:
    """The state that a cell for a marking states: "illegible" or "стерто" is a state, not a marking."""
    marking, state = read_marking_cell(_lines(cell))
    return state if marking is None else None


def _lines(cell: str) -> str:
    parts = re.split(rf"\s*{LINE_BREAK}\s*|\\n|\r?\n", cell.strip())
    return "\n".join(part.strip() for part in parts if part.strip())


def pieces(cell: str) -> int | None:
    """A count from 1 on.

    Raises:
        ValueError: it is not a count.
    """
    stripped = cell.strip()
    if says_unknown(stripped):
        return None
    if not re.fullmatch(r"\d{1,9}", stripped, re.ASCII) or int(stripped) < 1:
        raise ValueError(f"{cell.strip()} is not a number of pieces: give 1 or more, or ? if not counted")
    return int(stripped)


def metres(cell: str) -> float | None:
    """A distance in metres, above 0 and at most a quarter of the globe.

    Raises:
        ValueError: it is not such a distance.
    """
    stripped = cell.strip().removesuffix("м").removesuffix("m").strip().replace(",", ".")
    if says_unknown(stripped):
        return None
    if not re.fullmatch(r"\d+(\.\d+)?", stripped, re.ASCII) or not 0 < float(stripped) <= 10_000_000:
        raise ValueError(f"{cell.strip()} is not a precision in metres")
    return float(stripped)


def days(cell: str) -> DateSpan | None:
    """A partial date (2024, 2024-05, 2024-05-12, a span a..b), or a day as 12.05.2024, day first.

    Raises:
        ValueError: it is not a date.
    """
    stripped = cell.strip()
    if says_unknown(stripped):
        return None
    if match := _DAY_FIRST.fullmatch(stripped):
        day, month, year = map(int, match.groups())
        try:
            return DateSpan(date(year, month, day), date(year, month, day))
        except ValueError:
            raise ValueError(f"not a date: {stripped!r}: the day comes first") from None
    return parse_partial_date(stripped)


def country(cell: str) -> str | None:
    """A country's two-letter code.

    Raises:
        ValueError: it is not a country.
    """
    try:
        return country_code(cell)
    except UnknownCountry as error:
        raise ValueError(str(error)) from None


def place(cell: str) -> str | Position | None:
    """A position if the text is one, otherwise a name.

    Raises:
        ValueError: it looks like a position but is not one, or lies off the globe.
    """
    named = text(cell)
    if named is None:
        return None
    try:
        return read_position(named)
    except ValueError as error:
        if str(error).startswith("off the globe") or looks_like_mgrs(named) or _ONLY_SIGNS.fullmatch(named):
            raise
        return named


def position(cell: str) -> Position | None:
    """A position; None where it is not known.

    Raises:
        ValueError: it is not a position, or lies off the globe.
    """
    return None if says_unknown(cell) else read_position(cell)


def hs(cell: str) -> str | None:
    """A customs code of six digits or more, without the dots it may be written with.

    Raises:
        ValueError: it is not such a code.
    """
    stripped = text(cell)
    if stripped is None:
        return None
    digits = re.sub(r"[\s.]", "", stripped)
    if not re.fullmatch(r"\d{6,12}", digits, re.ASCII):
        raise ValueError(f"{stripped} is not a customs code: give six digits or more")
    return digits


def credibility(cell: str) -> int | None:
    """The Admiralty figure of a piece of information, 1 to 6; 6 says that it cannot be judged.

    Raises:
        ValueError: it is not such a figure.
    """
    stripped = cell.strip()
    if _not_assessed(stripped):
        return None
    if not re.fullmatch(r"[1-6]", stripped):
        raise ValueError(f"{stripped} is not a credibility: give 1 (confirmed) to 6 (cannot be judged)")
    return int(stripped)


def one_of(vocabulary: type[Member]) -> Callable[[str], Member | None]:
    """A reader of one vocabulary's members, in any case, with spaces or hyphens for underscores.

    The reader raises ValueError for any other word.
    """

    def read(cell: str) -> Member | None:
        stripped = cell.strip()
        members = {_plain(member): member for member in vocabulary}
        if found := members.get(_plain(stripped)):
            return found
        if _not_assessed(stripped):
            return None
        raise ValueError(f"{stripped} is not one of {', '.join(vocabulary)}")

    return read


def _plain(word: str) -> str:
    return word.casefold().replace(" ", "_").replace("-", "_").replace("tlp:", "")


def _not_assessed(word: str) -> bool:
    return says_unknown(word) or _plain(word) == NOT_ASSESSED
