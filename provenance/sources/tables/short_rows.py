"""Rows of delimited text that lack cells at their end: left out because they are empty, or broken off.

Excel leaves out the delimiters at the end of some rows whose last cells are empty. A line end within a cell
that is not quoted breaks a row in two; together the parts have one cell more than the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from provenance.sources.tables.marks import RawRow

_FEWEST_CELLS = 2
"""A row of one cell may be what was broken off another's last cell."""


def padded_rows(
    rows: Iterable[RawRow], width: int, *, ended: bool, note: Callable[[int], None]
) -> Iterator[RawRow]:
    """The rows; those that can only lack empty cells have them again.

    ``ended`` says whether the last line has an end: without one it may be cut off. ``note`` is told the
    lines of the rows that were given cells.
    """
    run: list[RawRow] = []
    for row in rows:
        if 0 < len(row.cells) < width:
            run.append(row)
            continue
        if run:
            yield from _padded(run, width, note)
            run = []
        yield row
    last = run.pop() if run and not ended else None
    yield from _padded(run, width, note)
    if last is not None:
        yield last


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
