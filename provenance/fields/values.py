"""One cell of an entry, as typed, read into what is kept; unknown is None."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from provenance.core.vocabulary import MarkingState
from provenance.core.vocabulary.field import NOT_ASSESSED
from provenance.fields.places import Position, looks_like_mgrs, read_position
from provenance.text.column_styles import PLAIN, Style, Written
from provenance.text.countries import UnknownCountry, country_code
from provenance.text.hs_codes import read_hs
from provenance.text.marking_states import read_marking_cell
from provenance.text.partial_dates import DateSpan
from provenance.text.unknown import says_no_number, says_none, says_unknown
from provenance.text.written_dates import read_date
from provenance.text.written_numbers import read_number, read_pieces

Member = TypeVar("Member", bound=StrEnum)
Value = TypeVar("Value", covariant=True)

_ONLY_SIGNS = re.compile(r"[\d\s.,;:°'\"′″+-]+[NSEW]?")
_METRES = re.compile(r"\s*(?:m|м|metres?|meters?|метр(?:ів|и|ов|а)?)\.?$", re.IGNORECASE)
_FIGURE = re.compile(r"([1-6])(?:\.0+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class StyledReader(Generic[Value]):
    """A reader of cells that may be written in two ways: ``written`` is what they hold.

    Called with a cell alone it raises ValueError where two readings are possible; `styled` knows which.
    """

    written: Written
    styled: Callable[[str, Style], Value]

    def __call__(self, cell: str) -> Value:
        """The value of a cell that stands alone."""
        return self.styled(cell, PLAIN)


def text(cell: str) -> str | None:
    """A text; None where it is blank, or says that there is none or that it is not known."""
    stripped = cell.strip()
    return None if says_none(stripped) else stripped


def number(cell: str) -> str | None:
    """A number on a weapon or unit; None where the cell says that it has none, or that it is not known."""
    stripped = cell.strip()
    return None if says_no_number(stripped) else stripped


def words(cell: str) -> str | None:
    """A text in which "none" is a word like others, such as a note. None where it is only ``?`` or ``-``."""
    stripped = cell.strip()
    return stripped if stripped.strip("?-–—") else None


def marking(cell: str) -> str | None:
    """A marking with its lines separated by newlines, see `provenance.text.marking_lines`."""
    return read_marking_cell(cell)[0]


def marking_state(cell: str) -> MarkingState | None:
    """The state that a cell for a marking states: "illegible" or "стерто" is a state, not a marking."""
    marking, state = read_marking_cell(cell)
    return state if marking is None else None


def _pieces(cell: str, style: Style) -> int | None:
    return None if says_no_number(cell) else read_pieces(cell, style)


def _metres(cell: str, style: Style) -> float | None:
    if says_unknown(cell):
        return None
    fault = f"{cell.strip()} is not a precision in metres"
    try:
        found = read_number(_METRES.sub("", cell), style)
    except ValueError:
        raise ValueError(fault) from None
    if not 0 < found <= 10_000_000:
        raise ValueError(fault)
    return found


def _days(cell: str, style: Style) -> DateSpan | None:
    return None if says_unknown(cell) else read_date(cell.strip(), style)


pieces = StyledReader(Written.WHOLE, _pieces)
"""A count from 1 on, "2 шт" and "2.0" as well; raises ValueError where it is not one."""

metres = StyledReader(Written.NUMBER, _metres)
"""A distance in metres, above 0 and at most a quarter of the globe; raises ValueError where it is not one."""

days = StyledReader(Written.DATE, _days)
"""A date or a span of dates, see `provenance.text.written_dates`; raises ValueError where it is not one."""


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
    return None if says_unknown(cell) else read_hs(cell)


def credibility(cell: str) -> int | None:
    """The Admiralty figure of a piece of information, 1 to 6; 6 says that it cannot be judged.

    Raises:
        ValueError: it is not such a figure.
    """
    stripped = cell.strip()
    if _not_assessed(stripped):
        return None
    match = _FIGURE.fullmatch(stripped)
    if match is None:
        raise ValueError(f"{stripped} is not a credibility: give 1 (confirmed) to 6 (cannot be judged)")
    return int(match[1])


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
