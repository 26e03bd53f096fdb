"""Upkeep of packed facts: repacks whole segments, or single rows in their packed columns."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

import numpy as np
from sqlalchemy import Integer, Select, bindparam, delete, select

from provenance.queries.facts.contents import add_up, pack_contents
from provenance.queries.facts.layout import SHEETS, Sheet
from provenance.queries.facts.packing import pack
from provenance.queries.facts.sheets import (
    Changes,
    SegmentRows,
    changes_of,
    packed_segments,
    read_segment,
)
from provenance.schema.derived import FactChange, FactColumn
from provenance.schema.privileges import is_limited, may_replace
from provenance.schema.rows import insert_rows
from provenance.schema.session import Database, Session, session_scope, wait_to_pack

_MOST_ROWS = 64
"""From this many changed rows on, a segment is read as a whole."""


def settle(database: Database) -> None:
    """Packs what others and this program have changed, in a transaction of its own.

    A role that row-level security limits, or that may not write facts, leaves it to the next one.
    """
    with session_scope(database.engine, clock=database.clock) as session:
        pack_changes(session)


def pack_changes(session: Session) -> int:
    """Packs every segment that is not current, in the caller's transaction; returns how many."""
    if not _may_pack(session):
        return 0
    wait_to_pack(session)
    packed = 0
    for name, sheet in SHEETS.items():
        segments = changes_of(session, name)
        packed += _pack_sheet(session, sheet, segments)
        for segment, seen in segments.items():
            if seen.writers:
                add_up(session, name, segment, seen)
    pack_contents(session)
    return packed


def rebuild(session: Session) -> None:
    """Packs every sheet again from the tables, whatever is packed."""
    if _may_pack(session):
        wait_to_pack(session)
        session.execute(delete(FactColumn))
        pack_changes(session)


def _may_pack(session: Session) -> bool:
    return not is_limited(session) and may_replace(session, FactColumn, FactChange)


def _pack_sheet(session: Session, sheet: Sheet, segments: dict[int, Changes]) -> int:
    current = _packed_before(session, sheet)
    stale = {
        segment: seen for segment, seen in segments.items() if current.get(segment) != (seen.total, True)
    }
    for segment, seen in stale.items():
        known = current.get(segment) == (seen.packed, True)
        if known and 0 not in seen.rows and len(seen.rows) <= _MOST_ROWS:
            columns = _spliced(session, sheet, segment, seen)
        else:
            columns = None
        _write(session, sheet, segment, seen, columns or read_segment(session, sheet, segment))
    gone = set(current) - set(segments)
    session.execute(delete(FactColumn).where(FactColumn.sheet == sheet.name, FactColumn.segment.in_(gone)))
    return len(stale)


def _packed_before(session: Session, sheet: Sheet) -> dict[int, tuple[int, bool]]:
    """For each packed segment: the number of changes it was made from, and whether all of it has this
    layout."""
    rows = session.execute(
        select(FactColumn.segment, FactColumn.column_name, FactColumn.layout, FactColumn.made_from).where(
            FactColumn.sheet == sheet.name
        )
    ).all()
    names: dict[int, set[str]] = {}
    made: dict[int, set[int]] = {}
    for segment, column, layout, made_from in rows:
        made.setdefault(segment, set()).add(made_from)
        names.setdefault(segment, set())
        if layout == sheet.layout:
            names[segment].add(column)
    return {
        segment: (min(counts), len(counts) == 1 and names[segment] == set(sheet.widths))
        for segment, counts in made.items()
    }


def _write(session: Session, sheet: Sheet, segment: int, seen: Changes, columns: SegmentRows) -> None:
    session.execute(delete(FactColumn).where(FactColumn.sheet == sheet.name, FactColumn.segment == segment))
    insert_rows(
        session,
        [
            FactColumn(
                sheet=sheet.name,
                segment=segment,
                column_name=column,
                layout=sheet.layout,
                made_from=seen.total,
                payload=pack(values),
            )
            for column, values in columns.items()
        ],
    )


def _spliced(session: Session, sheet: Sheet, segment: int, seen: Changes) -> SegmentRows | None:
    """A segment's columns with the changed rows replaced. None where the packed columns cannot be read."""
    before = {segment: Changes(total=seen.packed)}
    packed = packed_segments(session, sheet, sheet.names(), before).get(segment)
    if packed is None:
        return None
    columns = {name: column.whole() for name, column in packed.items()}
    rows = [_row(session, sheet, row_id) for row_id in sorted(seen.rows)]
    there = [row for row in rows if row is not None]
    stays = np.isin(columns["id"], list(seen.rows), invert=True)
    kept = columns["id"][stays]
    places = np.searchsorted(kept, [row["id"] for row in there])
    return {
        name: np.insert(columns[name][stays], places, [row.get(name, 0) for row in there])
        for name in sheet.widths
    }


def _row(session: Session, sheet: Sheet, row_id: int) -> dict[str, int] | None:
    """The values of one row, by column; without the columns where nothing is known.

    None where the row is gone.
    """
    row: dict[str, int] = {"id": row_id}
    connection = session.connection()
    for place, (reading, statement) in enumerate(zip(sheet.readings, _statements(sheet.name), strict=True)):
        found = connection.execute(statement, {"first": row_id, "end": row_id + 1}).first()
        if found is not None:
            for (column, _width, coding), value in zip(reading.columns, found[1:], strict=True):
                row[column] = coding(value) if coding else value
        elif place == 0:
            return None
    return row


@cache
def _statements(name: str) -> list[Select[Any]]:
    """The sheet's statements for a range that is filled in later, so that they are built once."""
    first, end = (cast("int", bindparam(side, type_=Integer)) for side in ("first", "end"))
    return [reading.statement(first, end) for reading in SHEETS[name].readings]
