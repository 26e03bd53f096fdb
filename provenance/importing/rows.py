"""Rows on their way to the database: numbered by hand, collected by table, written together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Any

from sqlmodel import Session

from provenance.db import insert_rows, next_id, settle_ids
from provenance.models.tables import table

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


class NewRows:
    """Collects new rows; numbers are handed out at once, so that rows can refer to each other."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in _ORDER}
        self._numbers: dict[str, Iterator[int]] = {}
        self.made: Counter[str] = Counter()
        self.number_anew()

    def number_anew(self) -> None:
        """Takes up the numbering after what is there now, as at the start of each transaction."""
        self._numbers = {name: count(next_id(self._session, table(name))) for name in _ORDER}

    def add(self, name: str, **values: Any) -> int:
        """Collects a row and says its number."""
        return self.put(name, values)

    def put(self, name: str, row: dict[str, Any]) -> int:
        """Collects a row, which is the collector's from now on, and says its number."""
        row["id"] = number = next(self._numbers[name])
        self._rows[name].append(row)
        return number

    def write(self) -> None:
        """Writes what was collected, parents first."""
        for name in _ORDER:
            rows = self._rows[name]
            insert_rows(self._session, table(name), rows)
            self.made[name] += len(rows)
            self._rows[name] = []

    def settle(self) -> None:
        """Lets the database's own counters go on after the numbers handed out here."""
        settle_ids(self._session, [table(name) for name in _ORDER])
