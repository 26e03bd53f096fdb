"""Derived: columns of facts kept ready for counting; nothing here says more than the tables it is from."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from provenance.models.base import UtcDateTime


class LearnedKnowledge(SQLModel, table=True):
    """What identification has learned from this database's own markings of known makers.

    ``pairs`` is how many it learned from; ``payload`` is `provenance.identify.keeping`'s.
    """

    __tablename__ = "learned_knowledge"

    id: int | None = Field(default=None, primary_key=True)
    learned_at: datetime = Field(sa_type=UtcDateTime)
    pairs: int
    payload: bytes


class FactColumn(SQLModel, table=True):
    """One packed column of one segment of a fact sheet (see `provenance.facts`).

    ``payload`` is little-endian integers, one a row; ``layout`` a digest of how the sheet is built, so
    that a program with another idea of it takes no notice.
    """

    __tablename__ = "fact_column"

    sheet: str = Field(primary_key=True)
    segment: int = Field(primary_key=True)
    column_name: str = Field(primary_key=True)
    layout: str
    payload: bytes
