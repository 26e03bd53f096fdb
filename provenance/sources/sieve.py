"""Odd values: a cell that is no value of its field is left out and noted; its row is not refused for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from provenance.sources.tables import CellProblems

_REMEMBERED = 65_536
"""Cells of a column of which it is remembered that they are values: as many as other rooms remember."""

Check = Callable[[str], object]
"""Reads a cell that is not empty, and raises ValueError where it is no value."""

Value = TypeVar("Value")


class OddCell(ValueError):
    """A field of a row whose cell is no value of it; the row can be read without it."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


def read(field: str, reader: Callable[..., Value], *cells: object) -> Value:
    """What a reader makes of the cells of a field.

    Raises:
        OddCell: they are no value.
    """
    try:
        return reader(*cells)
    except ValueError as error:
        raise OddCell(field, _reason(field, error)) from None


class Sieve:
    """Takes cells that are no value of their field out of columns, and notes them."""

    def __init__(self, checks: Mapping[str, tuple[str, Check]], problems: CellProblems) -> None:
        """``checks`` are those of the columns by header, each with its field."""
        self._checks = checks
        self._problems = problems
        self._harmless: dict[str, set[str]] = {header: set() for header in checks}

    def sift(self, lines: Sequence[int], columns: dict[str, list[str]]) -> None:
        """Empties the odd cells of the columns of the rows in these lines; equal cells are read once.

        A value that was found to be one in other rows is not read again.
        """
        for header, (field, check) in self._checks.items():
            column = columns[header]
            harmless = self._harmless[header]
            new = set(column) - harmless
            odd = {cell: reason for cell in new if cell and (reason := _fault(field, check, cell))}
            if len(harmless) < _REMEMBERED:
                harmless |= new - odd.keys()
            if not odd:
                continue
            for line, cell in zip(lines, column, strict=True):
                if cell in odd:
                    self._problems.add(line, header, cell, odd[cell])
            columns[header] = ["" if cell in odd else cell for cell in column]


def _fault(field: str, check: Check, cell: str) -> str:
    try:
        check(cell)
    except ValueError as error:
        return _reason(field, error)
    return ""


def _reason(field: str, error: ValueError) -> str:
    """The reason without the field's name: the column is named beside it."""
    return str(error).removeprefix(f"{field}: ").removeprefix(f"{field} ")
