"""Rows of delimited text that lack cells at their end: left out because they are empty, or broken off.

Excel leaves out the delimiters at the end of some rows whose last cells are empty. A line end within a cell
that is not quoted breaks a row in two; together the parts have one cell more than the row.
"""

from __future__ import annotations

from collections.abc import Callable

from provenance.sources.tables.marks import RawRow

_FEWEST_CELLS = 2
"""A row of one cell may be what was broken off another's last cell."""


class ShortRows:
    """Takes the rows of a file in order, and gives back those that can only lack empty cells with them.

    ``ended`` says whether the last line has an end: without one it may be cut off. ``note`` is told the
    lines of the rows that were given cells.
    """

    def __init__(self, width: int, *, ended: bool, note: Callable[[int], None]) -> None:
        self._width = width
        self._ended = ended
        self._note = note
        self._run: list[RawRow] = []

    @property
    def waiting(self) -> bool:
        """Whether short rows were taken that are not given back yet."""
        return bool(self._run)

    def take(self, row: RawRow) -> list[RawRow]:
        """The rows that are settled now that this one follows."""
        if 0 < len(row.cells) < self._width:
            self._run.append(row)
            return []
        run, self._run = self._run, []
        return [*_padded(run, self._width, self._note), row] if run else [row]

    def rest(self) -> list[RawRow]:
        """The rows that are left at the end of the file."""
        run, self._run = self._run, []
        last = [run.pop()] if run and not self._ended else []
        return [*_padded(run, self._width, self._note), *last]


def _padded(run: list[RawRow], width: int, note: Callable[[int], None]) -> list[RawRow]:
    lengths = {len(row.cells) for row in run}
    if len(lengths) != 1:
        return run
    (length,) = lengths
    # Parts of one broken row of equal length would have so many cells together.
    broken = len(run) > 1 and any(parts * length == width + parts - 1 for parts in range(2, len(run) + 1))
    if length < _FEWEST_CELLS or broken:
        return run
    for row in run:
        row.cells.extend([""] * (width - length))
        note(row.line)
    return run
