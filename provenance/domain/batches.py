"""Rows on their way to the database: numbered by hand, collected by table, written together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from provenance.schema.reference import Part
from provenance.schema.rows import RowNumbers, insert_cells, insert_rows
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

Columns = dict[str, Sequence[Any]]
"""Each column's name and its cells."""


class NewRows:
    """Collects new rows; numbers are handed out at once, so that rows can refer to each other."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in _ORDER}
        self._columns: dict[str, list[Columns]] = {name: [] for name in _ORDER}
        self._numbers: dict[str, RowNumbers] = {}
        self._parts: dict[int, int] = {}
        self.made: Counter[str] = Counter()
        self.number_anew()

    def number_anew(self) -> None:
        """Takes up the numbering after what is there now, as at the start of each transaction."""
        self._numbers = {name: RowNumbers(self._session, table(name)) for name in _ORDER}

    def add(self, name: str, **values: Any) -> int:
        """Collects a row and says its number."""
        values["id"] = number = self._numbers[name].one()
        self._rows[name].append(values)
        return number

    def add_many(self, name: str, count: int, columns: Columns) -> Sequence[int]:
        """Collects rows column by column and says their numbers."""
        numbers = self._numbers[name].take(count)
        if count:
            self._columns[name].append({"id": numbers, **columns})
            self.made[name] += count
        return numbers

    def part(self, number: int) -> int:
        """The number of a part that was added here: another where somebody else added it just before."""
        return self._parts.get(number, number)

    def write(self) -> None:
        """Writes what was collected, parents first."""
        if self._session.connection().dialect.name == "postgresql":
            self._write_parts()
        for name in _ORDER:
            rows, blocks = self._rows[name], self._columns[name]
            insert_rows(self._session, table(name), rows)
            for columns in blocks:
                insert_cells(self._session, table(name), list(columns), list(columns.values()))
            self.made[name] += len(rows)
            self._rows[name], self._columns[name] = [], []

    def _write_parts(self) -> None:
        """Writes parts where another writer may add the same at the same time: one of the two stands.

        In the order of their uids, so that two who add several of the same do not wait for each other.
        """
        from sqlalchemy.dialects.postgresql import insert

        rows = sorted(self._rows["part"], key=lambda row: str(row["uid"]))
        if not rows:
            return
        self._rows["part"] = []
        written = self._session.execute(
            insert(Part).on_conflict_do_nothing(index_elements=[Part.uid]).returning(Part.id), rows
        )
        added = set(written.scalars())
        self.made["part"] += len(added)
        others = {row["uid"]: row["id"] for row in rows if row["id"] not in added}
        if others:
            there = select(Part.id, Part.uid).where(Part.uid.in_(list(others)))
            self._parts |= {others[uid]: number for number, uid in self._session.execute(there)}
            self._refer_to_others()

    def _refer_to_others(self) -> None:
        """Lets what was collected refer to the parts that stand."""
        for name in ("transfer", "identification"):
            for row in self._rows[name]:
                if row.get("part_id") is not None:
                    row["part_id"] = self.part(row["part_id"])
            for columns in self._columns[name]:
                columns["part_id"] = list(map(self.part, columns["part_id"]))
