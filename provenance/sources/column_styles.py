"""How a table's dates and numbers are written, settled over all its rows before one becomes a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import repeat
from types import MappingProxyType
from typing import Any

from provenance.core.errors import BadInput
from provenance.sources.tables import CellProblems, Table
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


def settle_styles(
    table: Table,
    columns: Mapping[str, Written],
    stated: StatedStyle,
    units: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Style]:
    """The style of each of these columns, by header.

    ``units`` names the columns of numbers' units, by header: pieces are whole. All rows are read, some at a
    time, and only where a column is not stated; nothing of them is kept.

    Raises:
        BadInput: a cell has two readings, and no other cell of its column shows which is meant, or several
            contradict each other; with the first such line, and the code ``dates`` or ``decimal``.
    """
    open_ = {name: written for name, written in columns.items() if stated.of(written) is None}
    evidence = {name: _evidence(written) for name, written in open_.items()}
    lines = _look_at(table, evidence, units) if evidence else {}
    for name, found in sorted(evidence.items(), key=lambda item: lines.get(item[0], 0)):
        if found.open_cell is not None and found.choice is None:
            raise _undecided(table, name, open_[name], found, lines[name])
    choices = {name: stated.of(written) for name, written in columns.items()}
    choices |= {name: found.choice for name, found in evidence.items()}
    return {name: _style(written, choices[name]) for name, written in columns.items()}


def _look_at(table: Table, evidence: Mapping[str, Evidence[Any]], units: Mapping[str, str]) -> dict[str, int]:
    """Shows every column its distinct cells; the line of the first that has two readings, by header."""
    header = table.header.index
    places = {name: (header(name), header(units[name]) if name in units else None) for name in evidence}
    first: dict[str, int] = {}
    width = len(table.header)
    seen: dict[str, set[tuple[str, str]]] = {name: set() for name in places}
    # Problems with cells are noted when the rows become records.
    for block in replace(table, options=replace(table.options, problems=CellProblems())).blocks():
        whole = [(line, row) for line, row in block if len(row) >= width]
        for name, (place, unit) in places.items():
            cells = [row[place] for _line, row in whole]
            besides = [row[unit] for _line, row in whole] if unit is not None else repeat("")
            for cell, beside in _new(dict.fromkeys(zip(cells, besides, strict=False)), seen[name]):
                # Bare digits show nothing of signs between them.
                if not cell or cell.isdigit():
                    continue
                if evidence[name].look_at(f"{cell} {beside}".strip() if cell[-1:].isdigit() else cell):
                    first[name] = next(line for line, row in whole if row[place] == cell)
    return first


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
