"""Derived: columns of facts kept ready for counting; nothing here says more than the tables it is from."""

from datetime import datetime

from sqlmodel import Field

from provenance.schema.base import Mapped, TableModel, UtcDateTime


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
    """One packed column of one segment of a fact sheet (see `provenance.facts`).

    ``payload`` is little-endian integers, one a row; ``layout`` a digest of how the sheet is built, so
    that a program with another idea of it takes no notice.
    """

    __tablename__ = "fact_column"

    sheet: Mapped[str] = Field(primary_key=True)
    segment: Mapped[int] = Field(primary_key=True)
    column_name: Mapped[str] = Field(primary_key=True)
    layout: Mapped[str]
    payload: Mapped[bytes]
