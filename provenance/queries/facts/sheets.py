"""Reads the fact sheets: from what is packed where it is current, from the tables where it is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy import select

from provenance.queries.facts.layout import SHEETS, Reading, Sheet
from provenance.queries.facts.packing import Column, Joining, Mask, Numbers, unpack
from provenance.queries.facts.references import refuse_dangling
from provenance.schema.derived import SEGMENT_BITS, FactChange, FactColumn
from provenance.schema.privileges import is_limited
from provenance.schema.row_values import row_number
from provenance.schema.session import Session

Columns = dict[str, Column]
SegmentRows = dict[str, Numbers]


@dataclass(slots=True)
class Changes:
    """The changes of a segment: how many in all, and the rows and writers of those that are not packed.

    Row 0 stands for any row of the segment; ``packed`` is how many changes have been packed before.
    """

    total: int = 0
    packed: int = 0
    rows: set[int] = field(default_factory=set)
    writers: set[int] = field(default_factory=set)

    def add(self, row: int, writer: int, count: int) -> None:
        """Adds a line of `FactChange`."""
        self.total += count
        if writer:
            self.rows.add(row)
            self.writers.add(writer)
        else:
            self.packed += count


def load(session: Session, sheet: Sheet, columns: Sequence[str]) -> Columns:
    """Whole columns of a sheet, rows in the order of their ids.

    Segments that are not current are read from the tables instead: slower, never wrong. So is the whole
    sheet for a role that row-level security limits: packed columns contain rows that it may not see.

    Raises:
        IntegrityFailure: they refer to records that are not in the database.
    """
    segments, limited = changes_of(session, sheet.name), is_limited(session)
    packed = {} if limited else packed_segments(session, sheet, columns, segments)
    joining = {column: Joining(len(segments) << SEGMENT_BITS) for column in columns}
    for segment in sorted(segments):
        piece = packed.get(segment)
        if piece is None:
            rows = read_segment(session, sheet, segment)
            stays = _visible(session, sheet, rows) if limited else slice(None)
            piece = {column: Column(rows[column][stays]) for column in columns}
        for column in columns:
            joining[column].add(piece[column])
    found = {column: joined.column() for column, joined in joining.items()}
    refuse_dangling(session, sheet, found)
    return found


def _visible(session: Session, sheet: Sheet, rows: SegmentRows) -> Mask | slice:
    """Which rows are in a recovery or a transfer that may be seen too: a row of a hidden one is hidden."""
    if sheet.within is None or not len(rows["id"]):
        return slice(None)
    column, parent = sheet.within
    number = row_number(parent)
    first, last = int(rows[column].min()), int(rows[column].max())
    seen = session.execute(select(number).where(number.between(first, last))).scalars().all()
    found: Mask = np.isin(rows[column], seen)
    return found


def stale_segments(session: Session, name: str) -> list[int]:
    """The segments of a sheet that are not packed, or were packed before something changed."""
    sheet, segments = SHEETS[name], changes_of(session, name)
    current = packed_segments(session, sheet, sheet.names(), segments)
    return sorted(set(segments) - set(current))


def is_current(session: Session, name: str) -> bool:
    """Whether the whole sheet is packed as the tables have it."""
    return not stale_segments(session, name)


def changes_of(session: Session, name: str) -> dict[int, Changes]:
    """Every segment of a sheet that has ever had a row, with its changes."""
    found: dict[int, Changes] = defaultdict(Changes)
    for segment, row_id, writer, count in session.execute(
        select(FactChange.segment, FactChange.row_id, FactChange.writer, FactChange.changes).where(
            FactChange.sheet == name
        )
    ):
        found[segment].add(row_id, writer, count)
    return dict(found)


def packed_segments(
    session: Session, sheet: Sheet, columns: Sequence[str], segments: dict[int, Changes]
) -> dict[int, Columns]:
    """These columns of the segments that are packed as the tables have them."""
    found: dict[int, Columns] = defaultdict(dict)
    rows = session.execute(
        select(
            FactColumn.segment,
            FactColumn.column_name,
            FactColumn.layout,
            FactColumn.made_from,
            FactColumn.payload,
        ).where(FactColumn.sheet == sheet.name, FactColumn.column_name.in_(list(map(str, columns))))
    )
    layout = sheet.layout
    for segment, column, of_layout, made_from, payload in rows:
        if of_layout == layout and segment in segments and made_from == segments[segment].total:
            try:
                found[segment][column] = unpack(payload)
            except ValueError:
                continue
    return {segment: piece for segment, piece in found.items() if _is_whole(piece, columns)}


def _is_whole(piece: Columns, columns: Sequence[str]) -> bool:
    return len(piece) == len(set(columns)) and len({len(column) for column in piece.values()}) < 2


def read_segment(session: Session, sheet: Sheet, segment: int) -> SegmentRows:
    """Every column of a segment as the tables have it."""
    first, end = segment << SEGMENT_BITS, segment + 1 << SEGMENT_BITS
    rows, *others = (_read(session, reading, first, end) for reading in sheet.readings)
    columns = dict(rows)
    for found in others:
        ids = found.pop("id")
        # A value of a row that may not be seen is left out.
        here = np.isin(ids, rows["id"])
        places = np.searchsorted(rows["id"], ids[here])
        for name, values in found.items():
            columns[name] = np.zeros(len(rows["id"]), dtype=values.dtype)
            columns[name][places] = values[here]
    return columns


def _read(session: Session, reading: Reading, first: int, end: int) -> SegmentRows:
    rows = session.execute(reading.statement(first, end)).all()
    columns = (("id", "<i4", None), *reading.columns)
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    return {
        name: np.fromiter(map(coding, column) if coding else column, dtype=width, count=len(column))
        for (name, width, coding), column in zip(columns, values, strict=True)
    }
