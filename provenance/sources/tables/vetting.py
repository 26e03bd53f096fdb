"""The cells of a table made ready: what is not a value of its column is withheld and noted.

Rows are looked at many at a time and column by column, so that a list without anything of the kind is read
nearly as fast as its text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from operator import attrgetter, itemgetter

from provenance.sources.tables.delimited import ROWS_AT_ONCE
from provenance.sources.tables.marks import Mark, RawRow
from provenance.sources.tables.options import TableOptions
from provenance.sources.tables.text_checks import WITHOUT_DECIMALS, Use, fault, needs_look, without_decimals

Line = tuple[int, list[str]]
"""A row's line (of a spreadsheet its row number) and its cells."""

_LINE: Callable[[RawRow], Line] = itemgetter(0, 1)
_MARKS = attrgetter("marks")

Before = Callable[[Sequence[RawRow]], None]
"""Looks at rows before any of their cells is changed or withheld."""

Column = tuple[int, str, Use]
"""A column's place, its header, and what its values are for."""

_REMEMBERED = 8 * ROWS_AT_ONCE
"""Rows whose original cells are remembered: more than any reader takes at once."""

_FAULTY = {
    Mark.ERROR: frozenset(Use),
    Mark.NO_VALUE: frozenset(Use),
    Mark.DATE: frozenset({Use.IDENTIFYING, Use.CODE, Use.NUMBER}),
    Mark.FRACTION: frozenset({Use.IDENTIFYING, Use.CODE}),
    Mark.LONG: frozenset({Use.IDENTIFYING, Use.CODE}),
    Mark.MERGED: frozenset({Use.NUMBER}),
}
"""For which uses a cell that is marked so holds no value."""


class Originals:
    """The cells as in the file, of the rows read last whose cells were changed or withheld."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[str, str]] = {}

    def clear(self) -> None:
        """Forgets all rows."""
        self._rows.clear()

    def keep(self, line: int, column: str, text: str) -> None:
        """Remembers a cell; forgets rows read long before."""
        if line not in self._rows and len(self._rows) >= _REMEMBERED:
            for old in list(islice(self._rows, _REMEMBERED // 2)):
                del self._rows[old]
        self._rows.setdefault(line, {})[column] = text

    def of_row(self, line: int, cells: dict[str, str]) -> Mapping[str, str]:
        """A row's cells as in the file."""
        kept = self._rows.get(line)
        return cells | kept if kept else cells

    def of_columns(
        self, lines: Sequence[int], columns: Mapping[str, Sequence[str]]
    ) -> Mapping[str, Sequence[str]]:
        """Columns as in the file, of the rows in these lines."""
        changed = [(place, self._rows[line]) for place, line in enumerate(lines) if line in self._rows]
        if not changed:
            return columns
        found = {name: list(cells) for name, cells in columns.items()}
        for place, kept in changed:
            for name, text in kept.items():
                found[name][place] = text
        return found


class Vetting:
    """One reading of a table's rows."""

    def __init__(
        self,
        header: Sequence[str],
        options: TableOptions,
        uses: Mapping[str, Use] | None,
        originals: Originals,
    ) -> None:
        self._options = options
        self._originals = originals
        self._uses = [
            (place, name, Use.PUBLISHED if uses is None else uses[name])
            for place, name in enumerate(header)
            if uses is None or name in uses
        ]
        self._harmless: dict[int, set[str]] = {}

    def blocks(
        self, rows_of_data: Iterable[list[RawRow]], before: Before | None = None
    ) -> Iterator[list[Line]]:
        """These rows of data, at least one at a time.

        ``before`` is shown the rows as they are in the file.
        """
        for rows in rows_of_data:
            if rows:
                if before is not None:
                    before(rows)
                self._look(rows)
                yield list(map(_LINE, rows))

    def _look(self, rows: Sequence[RawRow]) -> None:
        """Withholds the cells of rows that hold no value."""
        for row in filter(_MARKS, rows):
            self._heed_marks(row)
        # Each column at once; a row that is too short or too long is refused by whoever reads it.
        columns = list(zip_longest(*[row.cells for row in rows], fillvalue=""))
        for place, name, use in self._uses:
            if place < len(columns) and self._may_be_doubtful(place, set(columns[place]), use):
                self._look_at(rows, (place, name, use))

    def _may_be_doubtful(self, place: int, cells: set[str], use: Use) -> bool:
        """Whether some cells of a column need a closer look; those that did not before do not again."""
        harmless = self._harmless.setdefault(place, set())
        new = cells - harmless
        if not new:
            return False
        if needs_look(new, use):
            return True
        if len(harmless) < _REMEMBERED:
            harmless |= new
        return False

    def _heed_marks(self, row: RawRow) -> None:
        for place, name, use in self._uses:
            mark = row.marks.get(place)
            if mark is not None and use in _FAULTY[mark]:
                text = row.cells[place]
                words = f"{text} is {mark}" if text else str(mark)
                self._withhold(row, (place, name, use), words)

    def _look_at(self, rows: Iterable[RawRow], column: Column) -> None:
        place, name, use = column
        for row in rows:
            text = row.cells[place] if place < len(row.cells) else ""
            if not text:
                continue
            if words := fault(text, use):
                self._withhold(row, column, words)
            elif use in WITHOUT_DECIMALS and (whole := without_decimals(text)) != text:
                self._originals.keep(row.line, name, text)
                row.cells[place] = whole

    def _withhold(self, row: RawRow, column: Column, words: str) -> None:
        place, name, use = column
        text = row.cells[place]
        if use is Use.DECIDING:
            # No word of the column: whoever reads it refuses the row.
            row.cells[place] = words
            return
        self._options.problems.add(row.line, name, text, words)
        self._originals.keep(row.line, name, text)
        row.cells[place] = ""
