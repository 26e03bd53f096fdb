"""How a table's dates and numbers are written, settled over all its rows before one becomes a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import repeat
from types import MappingProxyType
from typing import Any

from provenance.core.errors import BadInput
from provenance.sources.tables import Line, Table
from provenance.text.column_styles import IN_A_FILE, DateOrder, DecimalMark, Evidence, Style, Written
from provenance.text.written_dates import order_evidence
from provenance.text.written_numbers import decimal_evidence

_REMEMBERED = 65_536
"""Cells of a column that are not looked at again."""


@dataclass(frozen=True, slots=True)
class StatedStyle:
    """What a user says of a file's dates and numbers; None leaves it to the columns."""

    dates: DateOrder | None = None
    decimal: DecimalMark | None = None

    def of(self, written: Written) -> StrEnum | None:
        """What is said of such a column."""
        return self.dates if written is Written.DATE else self.decimal


class StyleSurvey:
    """Learns how columns are written while the rows of their table are read; ``columns`` are by header.

    ``units`` names the columns of numbers' units, by header: pieces are whole. Nothing is kept of the rows.
    """

    def __init__(
        self,
        table: Table,
        columns: Mapping[str, Written],
        stated: StatedStyle,
        units: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._table = table
        self._columns = columns
        self._stated = stated
        self._evidence = {
            name: _evidence(written) for name, written in columns.items() if stated.of(written) is None
        }
        header = table.header.index
        self._places = {
            name: (header(name), header(units[name]) if name in units else None) for name in self._evidence
        }
        self._units = units
        self._first: dict[str, int] = {}
        self._seen: dict[str, set[tuple[str, str]]] = {name: set() for name in self._places}

    @property
    def is_open(self) -> bool:
        """Whether there is a column about which nothing is stated."""
        return bool(self._evidence)

    @property
    def looked_at(self) -> set[str]:
        """The columns that matter, by header."""
        return {*self._evidence, *(self._units[name] for name in self._evidence if name in self._units)}

    def look(self, rows: Sequence[Line]) -> None:
        """Looks at the next rows, each distinct cell of a column once."""
        whole = [(line, row) for line, row in rows if len(row) >= len(self._table.header)]
        for name, (place, unit) in self._places.items():
            cells = [row[place] for _line, row in whole]
            besides = [row[unit] for _line, row in whole] if unit is not None else repeat("")
            for cell, beside in _new(dict.fromkeys(zip(cells, besides, strict=False)), self._seen[name]):
                # Bare digits show nothing of signs between them.
                if not cell or cell.isdigit():
                    continue
                shown = f"{cell} {beside}".strip() if cell[-1:].isdigit() else cell
                if self._evidence[name].look_at(shown):
                    self._first[name] = next(line for line, row in whole if row[place] == cell)

    def settle(self) -> dict[str, Style]:
        """The style of each column, by header, once all rows have been looked at.

        Raises:
            BadInput: a cell has two readings, and no other cell of its column shows which is meant, or
                several contradict each other; with the first such line, and the code ``dates`` or
                ``decimal``.
        """
        for name, found in sorted(self._evidence.items(), key=lambda item: self._first.get(item[0], 0)):
            if found.open_cell is not None and found.choice is None:
                raise _undecided(self._table, name, self._columns[name], found, self._first[name])
        choices = {name: self._stated.of(written) for name, written in self._columns.items()}
        choices |= {name: found.choice for name, found in self._evidence.items()}
        return {name: _style(written, choices[name]) for name, written in self._columns.items()}


def _new(cells: Iterable[tuple[str, str]], seen: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """The cells that were not seen in other rows, in order: a cell shows the same each time."""
    new = [cell for cell in cells if cell not in seen]
    if len(seen) < _REMEMBERED:
        seen.update(new)
    return new


def _evidence(written: Written) -> Evidence[Any]:
    if written is Written.DATE:
        return order_evidence()
    return decimal_evidence(whole=written is Written.WHOLE)


def _style(written: Written, choice: StrEnum | None) -> Style:
    if written is Written.DATE:
        return Style(dates=DateOrder(choice) if choice else None, serials=True)
    return Style(decimal=DecimalMark(choice)) if choice else IN_A_FILE


def _undecided(table: Table, name: str, written: Written, found: Evidence[Any], line: int) -> BadInput:
    if written is Written.DATE:
        doubt, code = "day and month can be exchanged", "dates"
    else:
        doubt, code = "its comma or point separates either decimals or thousands", "decimal"
    why = "no other cell of the column shows which"
    if found.contradiction:
        why = f"the column contradicts itself: {' and '.join(found.contradiction)}"
    return BadInput(f"{name} {found.open_cell!r}: {doubt}; {why}", file=table.file.name, line=line, code=code)
