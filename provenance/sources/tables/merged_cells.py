"""Merged cells: a spreadsheet stores their content in the first cell only; it holds for all of them."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import NamedTuple

from provenance.sources.tables.marks import Mark, RawRow


class Range(NamedTuple):
    """A range of merged cells: rows by number, columns by place from 0; both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


def filled_rows(rows: Iterable[RawRow], ranges: Iterable[Range]) -> Generator[RawRow, None, None]:
    """The rows, with the content of merged cells in all cells of their ranges.

    A row without content of its own stays empty. A row whose only content is one cell merged over several
    columns is a heading and stays as it is.
    """
    waiting = sorted(ranges, reverse=True)
    if not waiting:
        yield from rows
        return
    active: list[tuple[Range, str, Mark | None]] = []
    for row in rows:
        if active:
            active = [one for one in active if one[0].bottom >= row.line]
        heading = False
        contents = [place for place, cell in enumerate(row.cells) if cell.strip() or place in row.marks]
        while waiting and waiting[-1].top <= row.line:
            found = waiting.pop()
            if found.top < row.line or found.left >= len(row.cells):
                continue
            text, mark = row.cells[found.left], row.marks.get(found.left)
            heading = heading or (contents == [found.left] and found.right > found.left)
            if text or mark:
                active.append((found, text, mark))
        if active and contents and not heading:
            yield _filled(row, active)
        else:
            yield row._replace(heading=True) if heading else row


def _filled(row: RawRow, active: list[tuple[Range, str, Mark | None]]) -> RawRow:
    cells, marks = list(row.cells), dict(row.marks)
    for area, text, mark in active:
        cells.extend([""] * (area.right + 1 - len(cells)))
        for place in range(area.left, area.right + 1):
            if (row.line, place) != (area.top, area.left):
                cells[place] = text
            if mark:
                marks[place] = mark
            elif area.bottom > area.top:
                marks[place] = Mark.MERGED
    return row._replace(cells=cells, marks=marks)
