"""What a database can check of itself: its file, its references, its triggers, its schema."""

from __future__ import annotations

from sqlalchemy import Connection, func, inspect, select, text

from provenance.schema import changes, migrations
from provenance.schema.session import Session


def file_faults(connection: Connection) -> list[str]:
    """What SQLite finds wrong in its file; nothing is checked on PostgreSQL."""
    if connection.dialect.name != "sqlite":
        return []
    found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    return [] if found == ["ok"] else [str(fault) for fault in found]


def reference_faults(connection: Connection) -> list[str]:
    """Rows that refer to missing rows; PostgreSQL does not allow such rows."""
    if connection.dialect.name != "sqlite":
        return []
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [f"{row[0]} row {row[1]} refers to a row of {row[2]} that is not there" for row in rows]


def schema_faults(connection: Connection) -> list[str]:
    """Where the tables differ from what this program's models say."""
    return [_in_words(found) for found in migrations.differences(connection)]


def trigger_faults(connection: Connection) -> list[str]:
    """The triggers of the change counter that are missing or not as this program makes them."""
    return [f"{name} is missing or was changed" for name in changes.missing(connection)]


def rows_of_tables(session: Session) -> dict[str, int]:
    """How many rows each table has, of those that are there."""
    from provenance.schema.everything import metadata

    there = set(inspect(session.connection()).get_table_names())
    return {
        name: session.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in sorted(metadata.tables.items())
        if name in there
    }


def size_in_bytes(session: Session) -> int:
    """How much room the database takes, free pages and indices included."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        size: int = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
        return size
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    return int(pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one())


def _in_words(difference: object) -> str:
    """A difference as Alembic finds it: a tuple of what to do and to what, or several of them."""
    if isinstance(difference, tuple):
        return " ".join(str(getattr(part, "name", part)) for part in difference)
    return "; ".join(map(_in_words, difference)) if isinstance(difference, list) else str(difference)
