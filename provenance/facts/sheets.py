"""Keeps the fact sheets up to date, segment by segment, and reads their columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from sqlalchemy import and_, delete, func, insert, or_, select

from provenance.facts.layout import SHEETS, Reading, Sheet
from provenance.facts.packing import Column, Joining, Numbers, pack, unpack
from provenance.schema.derived import FactColumn
from provenance.schema.session import Session
from provenance.schema.tables import table

SEGMENT_BITS = 16
"""A segment holds the rows whose numbers share all but this many low bits."""

Columns = dict[str, Column]
_Read = dict[str, Numbers]


def refresh(session: Session, name: str, row_ids: Iterable[int]) -> None:
    """Packs anew the segments that these rows are in; the caller's transaction keeps them true."""
    sheet = SHEETS[name]
    for segment in sorted({row_id >> SEGMENT_BITS for row_id in row_ids}):
        columns = _read_segment(session, sheet, segment)
        session.execute(delete(FactColumn).where(FactColumn.sheet == name, FactColumn.segment == segment))
        session.execute(
            insert(FactColumn),
            [
                {
                    "sheet": name,
                    "segment": segment,
                    "column_name": column,
                    "layout": sheet.layout,
                    "payload": pack(values),
                }
                for column, values in columns.items()
            ],
        )


def rebuild(session: Session) -> None:
    """Packs every sheet anew from the tables."""
    session.execute(delete(FactColumn))
    for name in SHEETS:
        highest = _highest_id(session, name)
        refresh(session, name, range(0, highest + 1, 1 << SEGMENT_BITS) if highest else ())


def is_current(session: Session, name: str) -> bool:
    """Whether the packed sheet reaches as far as its table and was packed by this program's layout."""
    return _packed(session, name, SHEETS[name].names()) is not None


def load(session: Session, name: str, columns: Sequence[str]) -> Columns:
    """Whole columns of a sheet, rows in the order of their ids.

    A sheet that is not current is read from the tables instead: slower, never wrong.
    """
    found = _packed(session, name, columns)
    return _read_tables(session, SHEETS[name], columns) if found is None else found


def _packed(session: Session, name: str, columns: Sequence[str]) -> Columns | None:
    """These columns as packed; None where they are of another layout, or end elsewhere than their table."""
    highest = _highest_id(session, name)
    last = and_(FactColumn.column_name == "id", FactColumn.segment == highest >> SEGMENT_BITS)
    rows = session.execute(
        select(FactColumn.column_name, FactColumn.segment, FactColumn.layout, FactColumn.payload)
        .where(FactColumn.sheet == name, or_(FactColumn.column_name.in_(list(columns)), last))
        .order_by(FactColumn.segment)
    )
    most = ((highest >> SEGMENT_BITS) + 1) << SEGMENT_BITS
    found = {column: Joining(most) for column in ("id", *columns)}
    ours, reaches = SHEETS[name].layout, 0
    try:
        for column, segment, layout, payload in rows:
            if layout != ours or segment > highest >> SEGMENT_BITS:
                return None
            piece = unpack(payload)
            found[column].add(piece)
            if column == "id":
                reaches = piece.highest
    except ValueError:
        return None
    loaded = {column: found[column].column() for column in columns}
    even = len({len(column) for column in loaded.values()}) < 2
    return loaded if even and reaches == highest else None


def _highest_id(session: Session, name: str) -> int:
    highest: int | None = session.execute(select(func.max(table(name).c.id))).scalar()
    return highest or 0


def _read_segment(session: Session, sheet: Sheet, segment: int) -> _Read:
    first, end = segment << SEGMENT_BITS, segment + 1 << SEGMENT_BITS
    rows, *others = (_pack_rows(session, reading, first, end) for reading in sheet.readings)
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
    return {column: Column(np.concatenate([piece[column] for piece in pieces])) for column in columns}


def _pack_rows(session: Session, reading: Reading, first: int, end: int) -> _Read:
    rows = session.execute(reading.statement(first, end)).all()
    columns = (("id", "<i4", None), *reading.columns)
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    return {
        name: np.fromiter(map(coding, column) if coding else column, dtype=width, count=len(column))
        for (name, width, coding), column in zip(columns, values, strict=True)
    }
