"""A database as one file: all of it at one moment, while others write; and back.

SQLite copies itself (its online backup). A PostgreSQL server is read by its own pg_dump and filled by
pg_restore, in the custom format, in one transaction.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import inspect
from sqlalchemy.engine import make_url

from provenance.core.errors import NoDatabase, ProvenanceError
from provenance.schema.engines import opening, reading_engine, sqlite_path, writing_engine

SQLITE, POSTGRES = "database.sqlite", "database.dump"
"""The names of the files, by which kind of database they are of."""


def snapshot_name(database: str) -> str:
    """What a snapshot of a database is called."""
    return POSTGRES if sqlite_path(database) is None else SQLITE


def take_snapshot(database: str, target: Path) -> None:
    """Writes all of a database, as it is at one moment, to a new file.

    Raises:
        NoDatabase: there is none.
        ProvenanceError: the server's programs are missing, or refuse.
    """
    path = sqlite_path(database)
    if path is None:
        _run("pg_dump", database, ["-Fc", "-O", "-x", "-f", str(target)])
        return
    if not path.is_file():
        raise NoDatabase(f"There is no database at {path}", hint="Nothing to back up.", code="missing")
    engine = reading_engine(database)
    try:
        with opening(engine), engine.connect() as connection, closing(sqlite3.connect(target)) as copy:
            source = connection.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)
            source.backup(copy)
            # Without a log beside it the file is whole by itself.
            copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        engine.dispose()


def refuse_taken(database: str) -> None:
    """Refuses a place for a database that holds one already.

    Raises:
        ProvenanceError: nothing is restored over data.
    """
    path = sqlite_path(database)
    if path is not None:
        taken = [each for each in (path, *_beside(path)) if each.exists()]
        if taken:
            raise ProvenanceError(f"{taken[0]} exists. Nothing is restored over it.", code="restore_target")
        return
    engine = writing_engine(database)
    with opening(engine), engine.connect() as connection:
        if tables := inspect(connection).get_table_names():
            raise ProvenanceError(
                f"The database is not empty: it has the table {tables[0]}. Nothing is restored over it.",
                code="restore_target",
            )


def fill_server(database: str, snapshot: Path) -> None:
    """Fills an empty PostgreSQL database, in one transaction.

    Raises:
        ProvenanceError: the server's programs are missing, or refuse; nothing was changed.
    """
    options = ["-e", "-1", "-O", "-x", str(snapshot)]
    _run("pg_restore", database, options)


def _beside(path: Path) -> list[Path]:
    return [path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal")]


def _run(program: str, database: str, options: Sequence[str]) -> None:
    found = shutil.which(program)
    if found is None:
        raise ProvenanceError(
            f"{program} is not installed. A PostgreSQL server is backed up and restored by its own programs.",
            hint="Install the client programs of your server's version (Debian: postgresql-client).",
        )
    url = make_url(database)
    with TemporaryDirectory(prefix="provenance-") as folder:
        plain = url.set(drivername="postgresql", password=None)
        if url.password:
            plain = plain.update_query_dict(
                {"passfile": str(_password_file(Path(folder), str(url.password)))}
            )
        words = [found, "-w", "-d", plain.render_as_string(hide_password=False), *options]
        done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        reason = next((line for line in done.stderr.splitlines() if "error" in line), done.stderr.strip())
        raise ProvenanceError(f"{program} failed: {reason}", hint="Nothing was changed.")


def _password_file(folder: Path, password: str) -> Path:
    """A file for the server's programs: every user of the machine can read the words that they are given."""
    file = folder / "pgpass"
    escaped = password.replace("\\", "\\\\").replace(":", "\\:")
    file.write_text(f"*:*:*:*:{escaped}\n", encoding="utf-8")
    file.chmod(0o600)
    return file
