"""Rows on their way to the database: numbered by hand, collected by table, written together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from provenance.facts.splicing import refresh_rows
from provenance.schema.rows import insert_cells, insert_rows, next_id, settle_ids
from provenance.schema.session import Session
from provenance.schema.tables import table

_ORDER = (
    "part",
    "recovery",
    "recovery_serial",
    "recovery_date",
    "unit",
    "component",
    "transfer",
    "transfer_party",
    "citation",
    "maker_attribution",
    "identification",
)
"""The tables that an import fills, each after those it refers to."""

_PACKED_WHEN_MADE = ("transfer", "transfer_party")
"""Tables whose packed columns hold nothing that changes later."""

Columns = dict[str, Sequence[Any]]
"""Each column's name and its cells."""


class NewRows:
    """Collects new rows; numbers are handed out at once, so that rows can refer to each other."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in _ORDER}
        self._columns: dict[str, list[Columns]] = {name: [] for name in _ORDER}
        self._next: dict[str, int] = {}
        self._unpacked: dict[str, list[int]] = {name: [] for name in _PACKED_WHEN_MADE}
        self.made: Counter[str] = Counter()
        self.number_anew()

    def number_anew(self) -> None:
        """Takes up the numbering after what is there now, as at the start of each transaction."""
        self._next = {name: next_id(self._session, table(name)) for name in _ORDER}

    def add(self, name: str, **values: Any) -> int:
        """Collects a row and says its number."""
        values["id"] = number = self._next[name]
        self._next[name] += 1
        self._rows[name].append(values)
        return number

    def add_many(self, name: str, count: int, columns: Columns) -> range:
        """Collects rows column by column and says their numbers."""
        first = self._next[name]
        self._next[name] += count
        numbers = range(first, first + count)
        if count:
            self._columns[name].append({"id": numbers, **columns})
            self.made[name] += count
        return numbers

    def write(self) -> None:
        """Writes what was collected, parents first."""
        for name in _ORDER:
            rows, blocks = self._rows[name], self._columns[name]
            insert_rows(self._session, table(name), rows)
            if name in self._unpacked:
                self._unpacked[name] += [row["id"] for row in rows]
            for columns in blocks:
                insert_cells(self._session, table(name), list(columns), list(columns.values()))
            self.made[name] += len(rows)
            self._rows[name], self._columns[name] = [], []

    def pack(self) -> None:
        """Packs the columns of the transfers and parties that were written since the last time."""
        for name, numbers in self._unpacked.items():
            refresh_rows(self._session, name, numbers)
            numbers.clear()

    def settle(self) -> None:
        """Lets the database's own counters go on after the numbers handed out here."""
        settle_ids(self._session, [table(name) for name in _ORDER])
