"""What a PostgreSQL server lets this program's role see and write; on SQLite all of it."""

from __future__ import annotations

from sqlalchemy import text

from provenance.schema.base import TableModel
from provenance.schema.session import Session
from provenance.schema.watched import SHEET_OF

_LIMITED = "row-level security"
"""Where a session keeps whether `is_limited`."""


def is_limited(session: Session) -> bool:
    """Whether row-level security may hide rows of the sheets' tables from the database's user."""
    if session.connection().dialect.name != "postgresql":
        return False
    if _LIMITED not in session.info:
        limited = text(
            "SELECT bool_or(row_security_active(name)) FROM unnest(CAST(:names AS text[])) AS name"
        )
        session.info[_LIMITED] = bool(session.execute(limited, {"names": list(SHEET_OF)}).scalar())
    found: bool = session.info[_LIMITED]
    return found


def may_replace(session: Session, *tables: type[TableModel]) -> bool:
    """Whether rows of these tables may be inserted and deleted."""
    if session.connection().dialect.name != "postgresql":
        return True
    allowed = text(
        "SELECT bool_and(has_table_privilege(name, 'INSERT') AND has_table_privilege(name, 'DELETE'))"
        " FROM unnest(CAST(:names AS text[])) AS name"
    )
    names = [table.__table__.name for table in tables]
    return bool(session.execute(allowed, {"names": names}).scalar())
