"""Rows on their way to the database: numbered by hand, collected by table, written together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from provenance.schema.assessments import RecoveryPosition
from provenance.schema.base import TableModel, values_of
from provenance.schema.recoveries import (
    Component,
    Identification,
    MakerAttribution,
    Recovery,
    RecoveryDate,
    RecoverySerial,
    Unit,
)
from provenance.schema.reference import Part
from provenance.schema.row_values import Columns, given, row_number, set_value, table_name
from provenance.schema.rows import RowNumbers, insert_columns, insert_rows
from provenance.schema.session import Session, take_turns
from provenance.schema.sources import Citation
from provenance.schema.transfers import Transfer, TransferParty

Noun = type[TableModel]

_ORDER: tuple[Noun, ...] = (
    Part,
    Recovery,
    RecoverySerial,
    RecoveryDate,
    RecoveryPosition,
    Unit,
    Component,
    Transfer,
    TransferParty,
    Citation,
    MakerAttribution,
    Identification,
)
"""The tables that an import fills, each after those it refers to."""


class NewRows:
    """Collects new rows; row numbers are assigned at once, so that rows can refer to each other."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows: dict[Noun, list[Any]] = {noun: [] for noun in _ORDER}
        self._columns: dict[Noun, list[Columns]] = {noun: [] for noun in _ORDER}
        self._numbers: dict[Noun, RowNumbers] = {}
        self._parts: dict[int, int] = {}
        self.made: Counter[str] = Counter()
        self.renumber()

    def renumber(self) -> None:
        """Takes up the numbering after what is there now, as at the start of each transaction."""
        self._numbers = {noun: RowNumbers(self._session, noun) for noun in _ORDER}

    def add(self, row: TableModel) -> int:
        """Collects a row, gives it its row number and returns that."""
        noun = type(row)
        number = self._numbers[noun].one()
        set_value(row, row_number(noun), number)
        self._rows[noun].append(row)
        return number

    def add_many(self, noun: Noun, count: int, columns: Columns) -> Sequence[int]:
        """Collects rows column by column and returns their row numbers."""
        numbers = self._numbers[noun].take(count)
        if count:
            self._columns[noun].append({row_number(noun): numbers, **columns})
            self.made[table_name(noun)] += count
        return numbers

    def part(self, number: int) -> int:
        """The number of a part that was added here, or of the same part if another session added it first."""
        return self._parts.get(number, number)

    def write(self) -> None:
        """Writes what was collected, parents first."""
        if self._session.connection().dialect.name == "postgresql":
            self._write_parts()
        for noun in _ORDER:
            rows, blocks = self._rows[noun], self._columns[noun]
            insert_rows(self._session, rows)
            for columns in blocks:
                insert_columns(self._session, noun, columns)
            self.made[table_name(noun)] += len(rows)
            self._rows[noun], self._columns[noun] = [], []

    def _write_parts(self) -> None:
        """Writes parts that another writer may add at the same time: one of the two rows is kept.

        In the order of their uids, so that two who add several of the same do not wait for each other.
        """
        from sqlalchemy.dialects.postgresql import insert

        rows = sorted(self._rows[Part], key=lambda row: str(row.uid))
        if not rows:
            return
        take_turns(self._session)
        self._rows[Part] = []
        written = self._session.execute(
            insert(Part).on_conflict_do_nothing(index_elements=[Part.uid]).returning(Part.id),
            list(map(values_of, rows)),
        )
        added = set(written.scalars())
        self.made[table_name(Part)] += len(added)
        others = {row.uid: row.id for row in rows if row.id not in added}
        if others:
            there = select(Part.id, Part.uid).where(Part.uid.in_(list(others)))
            self._parts |= {others[uid]: number for number, uid in self._session.execute(there)}
            self._refer_to_others()

    def _refer_to_others(self) -> None:
        """Lets the collected rows refer to the parts that were kept."""
        for noun in (Transfer, Identification):
            for row in self._rows[noun]:
                if (number := given(row).get(noun.part_id)) is not None:
                    set_value(row, noun.part_id, self.part(number))
            for columns in self._columns[noun]:
                columns[noun.part_id] = list(map(self.part, columns[noun.part_id]))
