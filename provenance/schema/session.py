"""Transactions: one unit of work, at one moment, by one actor."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import sqlmodel
from sqlalchemy import Engine, text

from provenance.core.clock import Clock, system_clock
from provenance.schema.engines import READS_ONLY, opening

_MEMORY = "provenance memory"
"""Where a connection keeps what `remembered` found."""

_WRITERS_LOCK = 0x70726F76
"""Key of the PostgreSQL advisory lock that writers take in turn."""

Value = TypeVar("Value")


class Session(sqlmodel.Session):
    """One transaction: what is written in it is written at one ``moment`` (UTC).

    Statements run on the connection itself: rows come as the database gives them, in the order of their
    columns, and no instance of a table is kept or tracked.
    """

    def __init__(self, engine: Engine, *, clock: Clock = system_clock) -> None:
        super().__init__(engine)
        self._clock = clock
        self._moment: datetime | None = None

    @property
    def moment(self) -> datetime:
        """When this transaction happens, in UTC; the same however often it is asked."""
        if self._moment is None:
            self._moment = self._clock()
        return self._moment

    @property
    def today(self) -> date:
        """The day of ``moment`` where the user is."""
        return self.moment.astimezone().date()

    if not TYPE_CHECKING:

        def execute(self, statement: Any, params: Any = None, **_: Any) -> Any:
            """Runs a statement on this transaction's connection."""
            return self.connection().execute(statement, params)


@dataclass(frozen=True, slots=True)
class Database:
    """A database to work in, who acts, and the clock that says when."""

    engine: Engine
    actor: str
    clock: Clock

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads."""
        with session_scope(self.engine, clock=self.clock) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that writes; kept when the block ends well, undone when it does not."""
        with writing(self.engine, clock=self.clock) as session:
            yield session


@contextmanager
def session_scope(engine: Engine, *, clock: Clock = system_clock) -> Iterator[Session]:
    """One transaction: committed when the block ends well, rolled back when it does not.

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
    """A `session_scope` in which writers take turns, so that a writer may number its own rows."""
    with session_scope(engine, clock=clock) as session:
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


def remembered(session: Session, key: Hashable, find: Callable[[], Value]) -> Value:
    """What was found under this key before on this connection, if nobody has written since; else found now.

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
