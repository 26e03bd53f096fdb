"""The workspace of a user: the database, the evidence store, the actor, the clearance, and the clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.core.clock import Clock, system_clock

if TYPE_CHECKING:
    from provenance.core.vocabulary import Tlp
    from provenance.schema.session import Database, Session


@dataclass(frozen=True, slots=True)
class Workspace:
    """Opens units of work; nothing below it reads the clock, the login or the environment.

    ``database`` is an SQLAlchemy address; ``store`` the folder of evidence, None where there is none;
    ``clearance`` the strictest mark that may go into an answer, None for all; ``drafts`` the folder of
    unfinished entries, None where none are kept.
    """

    database: str
    actor: str
    store: Path | None = None
    clearance: Tlp | None = None
    clock: Clock = system_clock
    drafts: Path | None = None

    @property
    def today(self) -> date:
        """The date in the user's time zone."""
        return self.clock().astimezone().date()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A unit of work that cannot write, on a database of this program's schema.

        Raises:
            NoDatabase: none, or one that needs `provenance init`.
        """
        from provenance.schema.engines import reading_engine
        from provenance.schema.migrations import check_ready
        from provenance.schema.session import session_scope

        with session_scope(reading_engine(self.database), clock=self.clock) as session:
            check_ready(session.connection())
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A unit of work that writes: committed when the block succeeds, rolled back when it fails.

        Raises:
            NoDatabase: none, or one that needs `provenance init`.
        """
        with self.job().writing() as session:
            yield session

    def job(self) -> Database:
        """The database for a job that begins and ends transactions of its own, such as a long import.

        Raises:
            NoDatabase: none, or one that needs `provenance init`.
        """
        from provenance.queries.facts.upkeep import settle
        from provenance.schema.engines import writing_engine
        from provenance.schema.session import Database

        with self.reading():
            pass
        return Database(writing_engine(self.database), self.actor, self.clock, afterwards=settle)
