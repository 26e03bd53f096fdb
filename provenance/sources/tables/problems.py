"""Cells that hold no value of their column: collected while a file is read, never lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class CellProblem(NamedTuple):
    """A cell that was not read as a value: where it stands, what it holds, and why it is not one.

    ``line`` is the row's line, of a workbook its row number. ``column`` is the header as in the file. The
    text stays in the row's raw text; the field is unknown.
    """

    line: int
    column: str
    text: str
    problem: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: {self.problem}"


class CellProblems:
    """The problems of the cells of one file, each once, however often its rows are read."""

    def __init__(self) -> None:
        self._lines: dict[int, dict[CellProblem, None]] = {}

    def add(self, line: int, column: str, text: str, problem: str) -> None:
        """Notes a cell."""
        self._lines.setdefault(line, {})[CellProblem(line, column, text, problem)] = None

    def of_line(self, line: int) -> tuple[CellProblem, ...]:
        """The problems of one row."""
        return tuple(self._lines.get(line, ()))

    def __iter__(self) -> Iterator[CellProblem]:
        """All, by line."""
        return (problem for line in sorted(self._lines) for problem in self._lines[line])

    def __len__(self) -> int:
        return sum(map(len, self._lines.values()))
