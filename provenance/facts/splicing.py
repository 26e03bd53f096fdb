"""Keeps the fact sheets up to date a row at a time: only these rows are read, the rest of a segment stays."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, cast

import numpy as np
from sqlalchemy import ColumnElement, Integer, Select, Update, bindparam, select, update

from provenance.facts.layout import SHEETS, Sheet
from provenance.facts.packing import pack, unpack
from provenance.facts.sheets import SEGMENT_BITS, refresh
from provenance.schema.derived import FactColumn
from provenance.schema.session import Session

_MOST_ROWS = 64
"""More rows than these are read together, segment by segment."""


def refresh_rows(session: Session, name: str, row_ids: Sequence[int]) -> None:
    """`refresh` for a few rows: the same sheet, sooner."""
    if len(row_ids) > _MOST_ROWS:
        refresh(session, name, row_ids)
        return
    for row_id in sorted(set(row_ids)):
        _refresh_row(session, name, row_id)


def _refresh_row(session: Session, name: str, row_id: int) -> None:
    sheet, connection = SHEETS[name], session.connection()
    here = {"of_sheet": name, "of_segment": row_id >> SEGMENT_BITS}
    there = connection.execute(_looking(), here).all()
    packed = {row.column_name: row.payload for row in there if row.layout == sheet.layout}
    if set(packed) != set(sheet.widths):
        refresh(session, name, [row_id])
        return
    ids = unpack(packed["id"]).whole()
    place = int(np.searchsorted(ids, row_id))
    known = place < len(ids) and int(ids[place]) == row_id
    spliced = _spliced(packed, _row(session, sheet, row_id), place, known, sheet)
    connection.execute(_changing(), [here | column for column in spliced])


@cache
def _looking() -> Select[str, str, bytes]:
    return select(FactColumn.column_name, FactColumn.layout, FactColumn.payload).where(*_here())


@cache
def _changing() -> Update:
    mine = FactColumn.column_name == bindparam("changed")
    return update(FactColumn).where(*_here(), mine).values(payload=bindparam("with_row"))


def _here() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return FactColumn.sheet == bindparam("of_sheet"), FactColumn.segment == bindparam("of_segment")


def _row(session: Session, sheet: Sheet, row_id: int) -> dict[str, int]:
    """What the sheet holds of one row, by column; a column that no reading says anything of is missing."""
    row: dict[str, int] = {"id": row_id}
    connection = session.connection()
    for reading, statement in zip(sheet.readings, _statements(sheet.name), strict=True):
        found = connection.execute(statement, {"first": row_id, "end": row_id + 1}).first()
        if found is not None:
            for (column, _width, coding), value in zip(reading.columns, found[1:], strict=True):
                row[column] = coding(value) if coding else value
    return row


@cache
def _statements(name: str) -> list[Select[Any]]:
    """The sheet's readings of a range that is filled in later, so that they are put together once."""
    first, end = (cast("int", bindparam(side, type_=Integer)) for side in ("first", "end"))
    return [reading.statement(first, end) for reading in SHEETS[name].readings]


def _spliced(
    packed: dict[str, bytes], row: dict[str, int], place: int, known: bool, sheet: Sheet
) -> list[dict[str, Any]]:
    """The columns' payloads with the row put in, or put in the place of what stood for it."""
    changed = []
    for column in sheet.widths:
        numbers = unpack(packed[column]).whole()
        before, behind = numbers[:place], numbers[place + known :]
        with_row = np.concatenate([before, np.array([row.get(column, 0)], dtype=np.int32), behind])
        changed.append({"changed": column, "with_row": pack(with_row)})
    return changed
