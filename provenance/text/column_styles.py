"""How the values of a column are written where one value alone leaves it open.

05/12/2024 is two days and 1.250 two numbers. One value of the same column that can be read in one way only
(25/12/2024; 12,5) decides how the others are written; where none does, a person must say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

Choice = TypeVar("Choice", bound=StrEnum)


class DateOrder(StrEnum):
    """What comes first in 05/12/2024."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class DecimalMark(StrEnum):
    """What separates the decimals: 1,25 or 1.25."""

    COMMA = "comma"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Style:
    """How the values of a column are written; None where that is not known.

    ``serials`` means that a bare number in a column of dates is a spreadsheet's day number, and that day and
    month may follow a year without signs between them (45424, 20240512).
    """

    dates: DateOrder | None = None
    decimal: DecimalMark | None = None
    serials: bool = False


PLAIN = Style()
"""Of a value that stands alone, as a person types it."""

IN_A_FILE = Style(serials=True)
"""Of a column of a file about which nothing else is known."""


class Undecided(ValueError):
    """A value that can be read in two ways, with both in its message."""


@dataclass(frozen=True, slots=True)
class Settled:
    """How a column is written: ``choice``, or None and the first value that ``needs`` one.

    Where values contradict each other, ``against`` is one of each kind.
    """

    choice: StrEnum | None = None
    needs: str | None = None
    against: tuple[str, ...] = ()


def settle(cells: Iterable[str], decided: Callable[[str], Choice | None], open_: Callable[[str], bool]) -> Settled:
    """How the cells of a column are written.

    ``decided`` gives the only way in which a cell can be read, None where it says nothing; ``open_`` whether
    a cell cannot be read without knowing. A contradiction matters only where there is such a cell.
    """
    found: dict[StrEnum, str] = {}
    needs: str | None = None
    for cell in cells:
        if needs is None and open_(cell):
            needs = cell
        elif (choice := decided(cell)) is not None:
            found.setdefault(choice, cell)
    if len(found) == 1:
        return Settled(next(iter(found)))
    return Settled(None, needs, tuple(found.values()))
