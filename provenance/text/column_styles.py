"""How the values of a column are written where one value alone leaves it open.

05/12/2024 is two days and 1.250 two numbers. One value of the same column that can be read in one way only
(25/12/2024; 12,5) decides how the others are written; where none does, a person must say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Choice = TypeVar("Choice", bound=StrEnum)


class Written(StrEnum):
    """What the cells of a column hold that can be written in two ways; ``whole`` numbers have no decimals."""

    DATE = "date"
    NUMBER = "number"
    WHOLE = "whole"


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


class Evidence(Generic[Choice]):
    """What the cells of one column show of how it is written; they are looked at once, in order."""

    def __init__(self, decided: Callable[[str], Choice | None], open_: Callable[[str], bool]) -> None:
        """``decided`` gives the only way in which a cell can be read, None where it says nothing.

        ``open_`` is whether a cell cannot be read without knowing.
        """
        self._decided = decided
        self._open = open_
        self._found: dict[Choice, str] = {}
        self.open_cell: str | None = None
        """The first cell that cannot be read without knowing."""

    def look_at(self, cell: str) -> bool:
        """Takes note of a cell; whether it is the first that cannot be read without knowing."""
        if (choice := self._decided(cell)) is not None:
            self._found.setdefault(choice, cell)
        elif self.open_cell is None and self._open(cell):
            self.open_cell = cell
            return True
        return False

    @property
    def choice(self) -> Choice | None:
        """How the column is written; None where no cell shows it, or two contradict each other."""
        return next(iter(self._found)) if len(self._found) == 1 else None

    @property
    def contradiction(self) -> tuple[str, ...]:
        """A cell of each kind where two contradict each other."""
        return tuple(self._found.values()) if len(self._found) > 1 else ()
