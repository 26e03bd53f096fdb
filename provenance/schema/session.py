"""Transactions: one unit of work, at one moment, by one actor."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

import sqlmodel
from sqlalchemy import Engine, text

from provenance.core.clock import Clock, system_clock
from provenance.schema.engines import READS_ONLY, opening

_MEMORY = "provenance memory"
"""Where a connection keeps what `remembered` found."""

_PACKING = 0x70726F75
"""Key of the PostgreSQL advisory lock under which facts are packed."""

_LOCKS_A_KIND = 1024
"""The most locks on one kind of key, however many new keys a long import has."""

Value = TypeVar("Value")


class _Job(Protocol):
    def __init__(self, session: Session) -> None: ...
    def __call__(self) -> None: ...


PutOff = TypeVar("PutOff", bound=_Job)


class Session(sqlmodel.Session):
    """One transaction: what is written in it is written at one ``moment`` (UTC).

    Statements run on the connection itself: rows come as the database gives them, in the order of their
    columns, and no instance of a table is kept or tracked.
    """

    def __init__(self, engine: Engine, *, clock: Clock = system_clock) -> None:
        super().__init__(engine)
        self._clock = clock
        self._moment: datetime | None = None
        self._put_off: dict[type, Callable[[], None]] = {}
        self.brings_many = False
        """Whether a list is written: such transactions are long, and bring new names in any order."""

    def at_end(self, kind: type[PutOff]) -> PutOff:
        """A task for the end of the transaction, just before the commit; one of each kind, made on first use.
        What all writers share, such as the end of the audit chain, is locked only then and so only briefly.
        """
        if kind not in self._put_off:
            self._put_off[kind] = kind(self)
        return cast("PutOff", self._put_off[kind])

    def commit(self) -> None:
        """Runs the deferred tasks and commits."""
        for kind in list(self._put_off):
            self._put_off.pop(kind)()
        super().commit()

    def rollback(self) -> None:
        """Rolls back, and drops the deferred tasks."""
        self._put_off.clear()
        super().rollback()

    @property
    def moment(self) -> datetime:
        """When this transaction happens, in UTC; the same on every call."""
        if self._moment is None:
            self._moment = self._clock()
        return self._moment

    @property
    def today(self) -> date:
        """The date of ``moment`` in the user's time zone."""
        return self.moment.astimezone().date()

    if not TYPE_CHECKING:

        def execute(self, statement: Any, params: Any = None, **_: Any) -> Any:
            """Runs a statement on this transaction's connection."""
            return self.connection().execute(statement, params)


@dataclass(frozen=True, slots=True)
class Database:
    """A database to work in, who acts, and the clock that says when.

    ``afterwards`` runs after a writing transaction has been committed, to bring derived data up to date.
    """

    engine: Engine
    actor: str
    clock: Clock
    afterwards: Callable[[Database], None] = field(default=lambda _database: None)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads."""
        with session_scope(self.engine, clock=self.clock) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that writes; committed when the block succeeds, rolled back when it fails."""
        with writing(self.engine, clock=self.clock) as session:
            yield session
        self.afterwards(self)

    @contextmanager
    def writing_list(self) -> Iterator[Session]:
        """`writing` for a whole list, which may bring many new records; see `hold_new`."""
        with self.writing() as session:
            session.brings_many = True
            yield session


@contextmanager
def session_scope(engine: Engine, *, clock: Clock = system_clock) -> Iterator[Session]:
    """One transaction: committed when the block succeeds, rolled back when it fails.

    Raises:
        NoDatabase: the file is no database, or the server does not answer.
    """
    with opening(engine), Session(engine, clock=clock) as session:
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


@contextmanager
def writing(engine: Engine, *, clock: Clock = system_clock) -> Iterator[Session]:
    """A `session_scope` on an engine that writes; on SQLite writers take turns, on PostgreSQL they do not."""
    with session_scope(engine, clock=clock) as session:
        yield session


def hold(session: Session, kind: str, key: str) -> None:
    """Waits for other writers of what the key names, and blocks them until the transaction ends.

    For what has a natural key and is looked up before it is made. On SQLite there is only one writer.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        # A server has room for some thousand locks: a kind's keys share `_LOCKS_A_KIND` of them.
        lock = text("SELECT pg_advisory_xact_lock(hashtext(:kind), abs(hashtext(:key) % :locks))")
        connection.execute(lock, {"kind": kind, "key": key, "locks": _LOCKS_A_KIND})


def hold_new(session: Session, kind: str, key: str) -> None:
    """Waits for other writers who bring the same new record (a weapon, type of unit, firm or document), and
    blocks them until the transaction ends.

    Taken before such a record is looked up once more and made, and after the locks of a source. Lists that
    bring anything new take turns before that (`take_turns`). Who brings what is known waits for nobody.
    """
    take_turns(session)
    hold(session, kind, key)


def take_turns(session: Session) -> None:
    """Waits for other lists that bring new records, if this transaction writes a list; see `hold_new`.

    Two lists with the same new names in opposite order would wait for each other at the names' own locks.
    Single entries do not take part: they wait only for the names that they share with a list.
    """
    if session.brings_many:
        hold(session, "lists with new records", "")


def wait_to_pack(session: Session) -> None:
    """Waits for another process that packs facts; on SQLite, writers take turns anyway."""
    if session.connection().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _PACKING})


def may_dangle(session: Session) -> bool:
    """Whether a row may refer to one that is not there: SQLite minds references for programs that ask."""
    return session.connection().dialect.name == "sqlite"


def checkpoint(session: Session) -> None:
    """Commits what a long import has written so far and begins its next transaction."""
    session.commit()
    session.connection()


def remembered(session: Session, key: Hashable, find: Callable[[], Value]) -> Value:
    """The value found before under this key on this connection, or a new one if something was written since.

    Only a connection that cannot write itself, and that notices what others write, remembers anything.
    """
    connection = session.connection()
    if not connection.info.get(READS_ONLY):
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
