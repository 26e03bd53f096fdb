"""Engines: how a database is found, opened and closed, on SQLite and on PostgreSQL."""

from __future__ import annotations

import atexit
import os
import sqlite3
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError

from provenance.core.errors import NoDatabase, ProvenanceError, UsageError

BUSY_TIMEOUT_SECONDS = 30
READS_ONLY = "provenance reads only"
"""What is noted of a connection to SQLite that cannot write."""

_NOT_ALLOWED, _TAKEN, _DEADLOCK = "42501", "23505", "40P01"
"""What PostgreSQL calls insufficient_privilege, unique_violation and deadlock_detected (SQLSTATE)."""

OWN_TABLES = frozenset(("installation", "maker_attribution"))
"""Tables that every revision of this program's database has."""

_NAMED_TABLES = 4
"""The most tables that are named of another program's database."""

_POLL_SECONDS = 0.02
_PAGE_BYTES = 8192

_readers: weakref.WeakSet[Engine] = weakref.WeakSet()
_writers: weakref.WeakSet[Engine] = weakref.WeakSet()
"""Engines on files that are still open."""


def _url(database: str) -> URL:
    try:
        # A file's name may hold anything, a question mark too; an SQLite address has no options here.
        scheme, _, rest = database.partition(":///")
        url = URL.create("sqlite", database=rest) if scheme == "sqlite" else make_url(database)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError):
        raise UsageError(
            f"{database} is not a database address", hint="Give a path, sqlite:///PATH or postgresql://…"
        ) from None
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise UsageError("The database is SQLite or PostgreSQL", hint="Give a path or postgresql://…")
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise UsageError("A database in memory would be lost when this command ends", hint="Give a path.")
    return url


def sqlite_path(database: str) -> Path | None:
    """The file behind an SQLite address; None for another database."""
    url = _url(database)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def make_folder(folder: Path) -> None:
    """Creates the folder for a new database.

    Raises:
        NoDatabase: it cannot be created.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoDatabase(
            f"The folder {folder} cannot be created: {error.strerror}", code="location"
        ) from error


def writing_engine(database: str) -> Engine:
    """An engine whose transactions take the write lock when they begin."""
    url = _url(database)
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        if not path.parent.is_dir():
            raise NoDatabase(f"{path.parent} is not a folder", hint="Create it first.", code="location")
        _refuse_folder(path)
        engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_SECONDS})
        _prepare_sqlite(engine, begin="BEGIN IMMEDIATE", writing=True)
        _writers.add(engine)
        return engine
    return _postgres_engine(url)


def reading_engine(database: str) -> Engine:
    """An engine that cannot write.

    Raises:
        NoDatabase: there is no file.
    """
    url = _url(database)
    if url.get_backend_name() != "sqlite":
        # One answer is made of many statements, and is to be of one state of the data.
        return _postgres_engine(url).execution_options(
            postgresql_readonly=True, isolation_level="REPEATABLE READ"
        )
    path = Path(url.database or "")
    if not path.exists():
        raise NoDatabase(
            f"There is no database at {path}", hint="Create one: provenance init", code="missing"
        )
    _refuse_folder(path)
    engine = create_engine(
        URL.create(
            "sqlite",
            database=f"file:{quote(path.absolute().as_posix())}",
            query={**_read_mode(path), "uri": "true"},
        ),
        connect_args={"timeout": BUSY_TIMEOUT_SECONDS},
    )
    _prepare_sqlite(engine, begin="BEGIN", writing=False)
    _readers.add(engine)
    return engine


@atexit.register
def _close() -> None:
    # SQLite folds its log into the database when the last connection is closed; a process that just ends
    # leaves a log beside the file, without which a copy of the file is not whole. One that only reads cannot
    # fold it, so whoever writes goes last.
    for engine in [*_readers, *_writers]:
        engine.dispose()


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise NoDatabase(f"{path} is a folder, not a database", code="location")


def _read_mode(path: Path) -> dict[str, str]:
    # A WAL file cannot be opened mode=ro in a folder that takes no -shm file; with no -wal beside it
    # nothing can be missing from the main file, so immutable=1 reads the same.
    wal = path.with_name(path.name + "-wal")
    return {"mode": "ro"} if os.access(path.parent, os.W_OK) or wal.exists() else {"immutable": "1"}


def _prepare_sqlite(engine: Engine, *, begin: str, writing: bool) -> None:
    @event.listens_for(engine, "connect")
    def set_up(connection: Any, record: Any) -> None:
        _refuse_foreign(connection, _place(engine))
        record.info[READS_ONLY] = not writing
        connection.isolation_level = None  # so that the driver begins nothing of its own
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA cache_size=-65536")
        if writing:
            # Only a new file takes it on; an import has fewer pages to handle so.
            connection.execute(f"PRAGMA page_size={_PAGE_BYTES}")
            _switch_to_wal(connection)
            connection.execute("PRAGMA synchronous=FULL")
        else:
            connection.execute("PRAGMA query_only=ON")
            connection.execute("PRAGMA mmap_size=134217728")

    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)


def _refuse_foreign(connection: sqlite3.Connection, place: str) -> None:
    """Refuses another program's file before anything in it is changed, even how it is kept."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    names = [name for (name,) in rows if not name.startswith("sqlite_") and name != "alembic_version"]
    if names and not set(names) >= OWN_TABLES:
        listed = ", ".join(names[:_NAMED_TABLES])
        more = f" and {len(names) - _NAMED_TABLES:,} more" if len(names) > _NAMED_TABLES else ""
        raise NoDatabase(
            f"{place} is a database of another program (its tables: {listed}{more}). Nothing was changed",
            code="location",
        )


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    # Of two programs that switch a new file at once, SQLite refuses one without waiting for the other.
    deadline = time.monotonic() + BUSY_TIMEOUT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "lock" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(_POLL_SECONDS)


def _postgres_engine(url: URL) -> Engine:
    try:
        return create_engine(url, connect_args={"connect_timeout": BUSY_TIMEOUT_SECONDS})
    except ModuleNotFoundError:
        raise UsageError(
            "This installation has no driver for PostgreSQL", hint="pip install 'provenance[postgres]'"
        ) from None


@contextmanager
def opening(engine: Engine) -> Iterator[None]:
    """Says in the user's terms why a database does not open; other errors pass.

    Raises:
        NoDatabase: the file is no database, somebody holds it, or the server does not answer.
        ProvenanceError: the server does not let this user or this moment write so.
    """
    try:
        yield
    except DatabaseError as error:
        if refusal := _refusal(engine, error):
            raise refusal from error
        if isinstance(error, OperationalError):
            raise _unreachable(engine, error) from error
        if "file is not a database" in str(error.orig):
            raise NoDatabase(f"{_place(engine)} is not a database", code="location") from error
        raise


def _refusal(engine: Engine, error: DatabaseError) -> ProvenanceError | None:
    """Why a server did not let a statement through, where the reason is not in the statement."""
    state, reason = getattr(error.orig, "sqlstate", None), str(error.orig).strip().splitlines()[0]
    if state == _NOT_ALLOWED:
        return ProvenanceError(
            f"The server does not allow {engine.url.username or 'this user'} to do that: {reason}",
            hint="Nothing was saved. The server's administrator can grant it.",
        )
    if state == _TAKEN:
        return ProvenanceError(
            f"Such a record already exists: {reason}",
            hint="Nothing was saved. It was written at the same moment, or you may not see it;"
            " run the command again, or ask the server's administrator.",
        )
    if state == _DEADLOCK:
        return ProvenanceError(
            "Another command was writing the same new records at the same moment",
            hint="Unfinished work was undone. Run the command again.",
        )
    return None


def _place(engine: Engine) -> str:
    if is_sqlite(engine):
        return unquote((engine.url.database or "").removeprefix("file:"))
    return engine.url.render_as_string()


def _unreachable(engine: Engine, error: OperationalError) -> Exception:
    reason = str(error.orig).strip().splitlines()[0]
    if "locked" in reason:
        return NoDatabase(
            f"Another command has been writing for {BUSY_TIMEOUT_SECONDS} seconds",
            hint="Wait until it has finished and try again.",
        )
    if "unable to open" in reason or not is_sqlite(engine):
        return NoDatabase(f"{_place(engine)} does not open: {reason}", code="unreachable")
    return error


def is_sqlite(engine: Engine) -> bool:
    """Whether this is the built-in database."""
    return engine.dialect.name == "sqlite"
