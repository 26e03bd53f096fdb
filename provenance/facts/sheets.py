"""Keeps the fact sheets up to date, segment by segment, and reads their columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, func, insert, select
from sqlmodel import Session

from provenance.facts.layout import SHEETS, Reading, Sheet
from provenance.models.tables import table

SEGMENT_BITS = 16
"""A segment holds the rows whose numbers share all but this many low bits."""

Column = NDArray[Any]
Columns = dict[str, Column]


def refresh(session: Session, name: str, row_ids: Iterable[int]) -> None:
    """Packs anew the segments that these rows are in; the caller's transaction keeps them true."""
    sheet = SHEETS[name]
    fact = table("fact_column")
    for segment in sorted({row_id >> SEGMENT_BITS for row_id in row_ids}):
        columns = _read_segment(session, sheet, segment)
        session.execute(delete(fact).where(fact.c.sheet == name, fact.c.segment == segment))
        session.execute(
            insert(fact),
            [
                {
                    "sheet": name,
                    "segment": segment,
                    "column_name": column,
                    "layout": sheet.layout,
                    "payload": values.tobytes(),
                }
                for column, values in columns.items()
            ],
        )


def rebuild(session: Session) -> None:
    """Packs every sheet anew from the tables."""
    session.execute(delete(table("fact_column")))
    for name in SHEETS:
        highest = _highest_id(session, name)
        refresh(session, name, range(0, highest + 1, 1 << SEGMENT_BITS) if highest else ())


def is_current(session: Session, name: str) -> bool:
    """Whether the packed sheet reaches as far as its table and was packed by this program's layout."""
    fact = table("fact_column")
    layouts = session.execute(select(fact.c.layout).where(fact.c.sheet == name).distinct()).scalars().all()
    highest = _highest_id(session, name)
    if not highest:
        return not layouts
    if list(layouts) != [SHEETS[name].layout]:
        return False
    last = session.execute(
        select(fact.c.payload).where(
            fact.c.sheet == name, fact.c.segment == highest >> SEGMENT_BITS, fact.c.column_name == "id"
        )
    ).scalar()
    return last is not None and len(last) >= 4 and int.from_bytes(last[-4:], "little") == highest


def load(session: Session, name: str, columns: Sequence[str]) -> Columns:
    """Whole columns of a sheet, rows in the order of their ids.

    A sheet that is not current is read from the tables instead: slower, never wrong.
    """
    sheet = SHEETS[name]
    if not is_current(session, name):
        return _read_tables(session, sheet, columns)
    fact = table("fact_column")
    widths = sheet.widths
    found: dict[str, list[Column]] = {column: [] for column in columns}
    rows = session.execute(
        select(fact.c.column_name, fact.c.payload)
        .where(fact.c.sheet == name, fact.c.column_name.in_(list(columns)))
        .order_by(fact.c.segment)
    )
    for row in rows:
        found[row.column_name].append(np.frombuffer(row.payload, dtype=widths[row.column_name]))
    return {
        column: np.concatenate(pieces) if pieces else np.empty(0, dtype=widths[column])
        for column, pieces in found.items()
    }


def _highest_id(session: Session, name: str) -> int:
    highest: int | None = session.execute(select(func.max(table(name).c.id))).scalar()
    return highest or 0


def _read_segment(session: Session, sheet: Sheet, segment: int) -> Columns:
    first, end = segment << SEGMENT_BITS, segment + 1 << SEGMENT_BITS
    rows, *others = (_pack(session, reading, first, end) for reading in sheet.readings)
    columns = dict(rows)
    for found in others:
        places = np.searchsorted(rows["id"], found.pop("id"))
        for name, values in found.items():
            columns[name] = np.zeros(len(rows["id"]), dtype=values.dtype)
            columns[name][places] = values
    return columns


def _read_tables(session: Session, sheet: Sheet, columns: Sequence[str]) -> Columns:
    segments = range((_highest_id(session, sheet.name) >> SEGMENT_BITS) + 1)
    pieces = [_read_segment(session, sheet, segment) for segment in segments]
    return {column: np.concatenate([piece[column] for piece in pieces]) for column in columns}


def _pack(session: Session, reading: Reading, first: int, end: int) -> Columns:
    rows = session.execute(reading.statement(first, end)).all()
    columns = (("id", "<i4", None), *reading.columns)
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    return {
        name: np.fromiter(map(coding, column) if coding else column, dtype=width, count=len(column))
        for (name, width, coding), column in zip(columns, values, strict=True)
    }
