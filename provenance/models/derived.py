"""Derived: columns of facts kept ready for counting; nothing here says more than the tables it is from."""

from sqlmodel import Field, SQLModel


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
