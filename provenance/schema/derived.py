"""Derived: columns of facts packed for counting; nothing here that the tables do not state."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field

from provenance.schema.base import Mapped, TableModel, UtcDateTime

SEGMENT_BITS = 16
"""A segment of a fact sheet holds the rows whose numbers share all but this many low bits."""

CONTENTS_BITS = 16
"""A segment of a table's contents holds the rows whose numbers share all but this many low bits."""

BLOCK_BITS = 8
"""A block of a table's contents holds the rows whose numbers share all but this many low bits."""


class LearnedKnowledge(TableModel, table=True):
    """What identification has learned from this database's own markings of known makers.

    ``pairs`` is how many it learned from; ``payload`` is that of `provenance.identify.knowledge`.
    """

    __tablename__ = "learned_knowledge"

    id: Mapped[int] = Field(default=None, primary_key=True)
    learned_at: Mapped[datetime] = Field(sa_type=UtcDateTime)
    pairs: Mapped[int]
    payload: Mapped[bytes]


class FactColumn(TableModel, table=True):
    """One packed column of one segment of a fact sheet, for counting.

    ``payload`` is little-endian integers, one per row; ``layout`` a digest of how the sheet is built, so that
    a program with another layout ignores it; ``made_from`` is how many changes the segment had seen when it
    was packed (see `FactChange`).
    """

    __tablename__ = "fact_column"

    sheet: Mapped[str] = Field(primary_key=True)
    segment: Mapped[int] = Field(primary_key=True)
    column_name: Mapped[str] = Field(primary_key=True)
    layout: Mapped[str]
    made_from: Mapped[int] = Field(sa_type=BigInteger)
    payload: Mapped[bytes]


class FactChange(TableModel, table=True):
    """How many changes the rows behind a segment of a fact sheet have seen; triggers count them.

    Packed facts are used only while its ``made_from`` is the sum of ``changes`` of its segment.
    ``row_id`` is the row of the sheet that was changed, 0 for any row of the segment. ``writer`` is the
    transaction on PostgreSQL, so that writers do not wait for each other, and 1 on SQLite; the changes that
    have been packed are added up under writer 0.
    """

    __tablename__ = "fact_change"

    sheet: Mapped[str] = Field(primary_key=True)
    segment: Mapped[int] = Field(primary_key=True)
    row_id: Mapped[int] = Field(primary_key=True)
    writer: Mapped[int] = Field(sa_type=BigInteger, primary_key=True)
    changes: Mapped[int] = Field(sa_type=BigInteger)
