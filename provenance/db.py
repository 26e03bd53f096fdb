"""Engines and transactions; every difference between SQLite and PostgreSQL lives here."""

from __future__ import annotations

import atexit
import os
import sqlite3
import time
import weakref
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar, cast
from urllib.parse import quote, unquote

from sqlalchemy import (
    Column,
    CursorResult,
    Dialect,
    Engine,
    Table,
    create_engine,
    event,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError
from sqlmodel import Session

from provenance.errors import NoDatabase, UsageError

BUSY_TIMEOUT_SECONDS = 30
_POLL_SECONDS = 0.02
_PAGE_BYTES = 8192
_MOST_PARAMETERS = 999
"""What every SQLite takes in one statement."""

_READS_ONLY, _MEMORY = "provenance reads only", "provenance memory"
"""What is noted of a connection to SQLite."""

_WRITERS_LOCK = 0x70726F76
"""Key of the PostgreSQL advisory lock that writers take in turn."""

_PLAIN = {str, int, float, bytes, type(None)}
"""What drivers take as it is; a member of a vocabulary is a string, but one that they look at longer."""

_readers: weakref.WeakSet[Engine] = weakref.WeakSet()
_writers: weakref.WeakSet[Engine] = weakref.WeakSet()
"""Engines on files that somebody still holds."""

Row = Mapping[str, Any]
Value = TypeVar("Value")
Cells = Sequence[Any]


def _url(database: str) -> URL:
    try:
        # A file's name may hold anything, a question mark too; an SQLite address has no options here.
        scheme, _, rest = database.partition(":///")
        url = URL.create("sqlite", database=rest) if scheme == "sqlite" else make_url(database)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError):
        raise UsageError(
            f"{database} is no database address", hint="Give a path, sqlite:///PATH or postgresql://…"
        ) from None
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise UsageError("The database is SQLite or PostgreSQL", hint="Give a path or postgresql://…")
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise UsageError("A database in memory would be gone with this command", hint="Give a path.")
    return url


def sqlite_path(database: str) -> Path | None:
    """The file behind an SQLite address; None for another database."""
    url = _url(database)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def database_exists(database: str) -> bool:
    """Whether there is something to open; a server is taken to be there until it does not answer."""
    path = sqlite_path(database)
    return path is None or path.exists()


def make_folder(folder: Path) -> None:
    """Makes the folder that a new database is to lie in.

    Raises:
        NoDatabase: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoDatabase(
            f"The folder {folder} cannot be made: {error.strerror}", hint="Give another --db."
        ) from error


def writing_engine(database: str) -> Engine:
    """An engine whose transactions take the write lock when they begin."""
    url = _url(database)
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        if not path.parent.is_dir():
            raise NoDatabase(f"{path.parent} is no folder", hint="Make it, or give another --db.")
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
        return _postgres_engine(url).execution_options(postgresql_readonly=True)
    path = Path(url.database or "")
    if not path.exists():
        raise NoDatabase(f"There is no database at {path}", hint="Make one: provenance init --sample")
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
        raise NoDatabase(f"{path} is a folder, no database", hint="Give another --db.")


def _read_mode(path: Path) -> dict[str, str]:
    # A WAL file cannot be opened mode=ro in a folder that takes no -shm file; with no -wal beside it
    # nothing can be missing from the main file, so immutable=1 reads the same.
    wal = path.with_name(path.name + "-wal")
    return {"mode": "ro"} if os.access(path.parent, os.W_OK) or wal.exists() else {"immutable": "1"}


def _prepare_sqlite(engine: Engine, *, begin: str, writing: bool) -> None:
    @event.listens_for(engine, "connect")
    def set_up(connection: Any, record: Any) -> None:
        record.info[_READS_ONLY] = not writing
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
def session_scope(engine: Engine) -> Iterator[Session]:
    """One transaction: committed when the block ends well, rolled back when it does not.

    Raises:
        NoDatabase: the file is no database, or the server does not answer.
    """
    with opening(engine), Session(engine) as session:
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


@contextmanager
def opening(engine: Engine) -> Iterator[None]:
    """Says in the user's terms why a database does not open; other errors pass.

    Raises:
        NoDatabase: the file is no database, somebody holds it, or the server does not answer.
    """
    try:
        yield
    except OperationalError as error:
        raise _unreachable(engine, error) from error
    except DatabaseError as error:
        if "file is not a database" in str(error.orig):
            raise NoDatabase(f"{_place(engine)} is no database", hint="Give another --db.") from error
        raise


def _place(engine: Engine) -> str:
    if is_sqlite(engine):
        return unquote((engine.url.database or "").removeprefix("file:"))
    return engine.url.render_as_string()


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A `session_scope` in which writers take turns, so that a writer may number its own rows."""
    with session_scope(engine) as session:
        take_turn(session)
        yield session


def take_turn(session: Session) -> None:
    """Begins the transaction and waits for the other writers; SQLite's BEGIN IMMEDIATE does so itself."""
    if session.connection().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITERS_LOCK})


def checkpoint(session: Session) -> None:
    """Keeps what a long import has written so far and begins its next transaction."""
    session.commit()
    take_turn(session)


def _unreachable(engine: Engine, error: OperationalError) -> Exception:
    reason = str(error.orig).strip().splitlines()[0]
    if "locked" in reason:
        return NoDatabase(
            f"Somebody else has been writing for {BUSY_TIMEOUT_SECONDS} seconds",
            hint="Wait until the other command is done and try again.",
        )
    if "unable to open" in reason or not is_sqlite(engine):
        return NoDatabase(f"The database does not open: {reason}", hint="Check --db, or run provenance init.")
    return error


def remembered(session: Session, key: Hashable, find: Callable[[], Value]) -> Value:
    """What was found under this key before on this connection, if nobody has written since; else found now.

    Only a connection that cannot write itself, and that notices what others write, remembers anything.
    """
    connection = session.connection()
    if not connection.info.get(_READS_ONLY):
        return find()
    # Changes with every commit of another connection, and not while this one's transaction lasts.
    version = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
    seen, memory = connection.info.setdefault(_MEMORY, (version, {}))
    if seen != version:
        connection.info[_MEMORY] = version, (memory := {})
    if key not in memory:
        memory[key] = find()
    found: Value = memory[key]
    return found


def is_sqlite(engine: Engine) -> bool:
    """Whether this is the built-in database."""
    return engine.dialect.name == "sqlite"


def next_id(session: Session, table: Table) -> int:
    """The first free row number of a table, for a writer that numbers its own rows.

    Only inside `writing`, where writers take turns, and followed by `settle_ids` before it ends.
    """
    highest: int | None = session.execute(select(func.max(table.c.id))).scalar_one()
    return (highest or 0) + 1


def settle_ids(session: Session, tables: Sequence[Table]) -> None:
    """Moves PostgreSQL's counters past the rows that were numbered by hand."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in tables:
        session.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'),"
                f" (SELECT COALESCE(MAX(id), 1) FROM {table.name}))"
            )
        )


def insert_row(session: Session, table: Table, values: Row) -> int:
    """Writes one row and says its number."""
    # Values beside the statement, not in it: the same insert of other values need not be compiled again.
    result = cast("CursorResult[Any]", session.connection().execute(insert(table), dict(values)))
    primary_key = result.inserted_primary_key
    assert primary_key is not None
    return int(primary_key[0])


def insert_rows(session: Session, table: Table, rows: Sequence[Row]) -> None:
    """Writes many rows, all with the same keys, on a faster road than a statement for each."""
    if rows:
        columns = list(rows[0])
        insert_cells(session, table, columns, list(zip(*map(itemgetter(*columns), rows), strict=True)))


def insert_cells(session: Session, table: Table, columns: Sequence[str], cells: Sequence[Cells]) -> None:
    """Writes many rows, given column by column: their names, and the cells of each."""
    connection = session.connection()
    dialect = connection.dialect
    # A column unknown throughout is left out: it is NULL then anyway, and drivers are slow to bind NULL.
    known = {
        table.c[name]: column
        for name, column in zip(columns, cells, strict=True)
        if column.count(None) < len(column)
    }
    bound = [_bound(column, values, dialect) for column, values in known.items()]
    marks = [mark for mark, _values in bound]
    ready = list(zip(*(values for _mark, values in bound), strict=True))
    # SQLite is quickest with a row a statement, a server with few statements.
    together = 1 if dialect.name == "sqlite" else _MOST_PARAMETERS // len(known)
    whole = len(ready) // together * together
    for some, size in ((ready[:whole], together), (ready[whole:], 1)):
        if some:
            parts = (
                some
                if size == 1
                else [tuple(chain.from_iterable(some[at : at + size])) for at in range(0, len(some), size)]
            )
            connection.exec_driver_sql(_insertion(dialect, table, list(known), marks, size), parts)


def _insertion(
    dialect: Dialect, table: Table, columns: Sequence[Column[Any]], marks: Sequence[str], rows: int
) -> str:
    """An INSERT of some columns of several rows, with a mark for each value."""
    preparer = dialect.identifier_preparer
    names = ", ".join(map(preparer.format_column, columns))
    row = f"({', '.join(marks)})"
    return f"INSERT INTO {preparer.format_table(table)} ({names}) VALUES {', '.join([row] * rows)}"


def _bound(column: Column[Any], values: Cells, dialect: Dialect) -> tuple[str, Cells]:
    """A column's mark in a statement and its values as the driver takes them.

    Each distinct value is converted once.
    """
    convert = column.type.dialect_impl(dialect).bind_processor(dialect)
    kinds = set(map(type, values))
    if convert is not None or not kinds <= _PLAIN:
        ready = {value: value if value is None else (convert or str)(value) for value in set(values)}
        values = [ready[value] for value in values]
    if dialect.paramstyle != "qmark":
        return "%s", values
    if type(None) in kinds and not values.count(""):
        # Python's driver takes longer over a None than over the rest of a row.
        return "NULLIF(?, '')", ["" if value is None else value for value in values]
    return "?", values
