"""Refuses facts that refer to records that are not there: some program deleted those."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from sqlalchemy import func, select

from provenance.core.errors import IntegrityFailure
from provenance.queries.facts.layout import Sheet
from provenance.queries.facts.packing import Column, Numbers
from provenance.schema.base import TableModel
from provenance.schema.row_values import row_number, table_name
from provenance.schema.session import Session, may_dangle

_SLICE = 1 << 16
"""Rows that are looked at together, so that they fit a processor's cache."""


def refuse_dangling(session: Session, sheet: Sheet, columns: Mapping[str, Column]) -> None:
    """Looks up what the columns of a sheet refer to.

    Raises:
        IntegrityFailure: a record that is referred to is not in the database.
    """
    if not may_dangle(session):
        return
    for name, target in sheet.references.items():
        if name in columns and (count := _dangling(session, columns[name], target)):
            rows, records = (text.replace("_", " ") for text in (sheet.name, table_name(target)))
            raise IntegrityFailure(
                f"{count:,} {rows} records refer to {records} records that are not in the database",
                hint="Nothing was counted. To see what is damaged: provenance db check",
            )


def _dangling(session: Session, column: Column, target: type[TableModel]) -> int:
    highest = column.highest
    number = row_number(target)
    count, first, last = session.execute(select(func.count(), func.min(number), func.max(number))).one()
    # Mostly the numbers of a table have no gap, and then this is all.
    if not highest or (first == 1 and last == count and highest <= last):
        return 0
    there = np.zeros(max(highest, last or 0) + 1, dtype=np.bool_)
    there[session.execute(select(number)).scalars().all()] = True
    there[0] = True
    return sum(int(np.count_nonzero(~there[some])) for some in _slices(column))


def _slices(column: Column) -> Iterator[Numbers]:
    if column.single is not None:
        yield np.array([column.single])
        return
    for start in range(0, len(column), _SLICE):
        yield Column(column.stored[start : start + _SLICE], column.base).whole()
