"""Lists in one session: versions imported, customers screened against them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert

from provenance.core.clock import Clock
from provenance.schema.audit import Installation
from provenance.schema.session import Database, Session
from provenance.screening.hits import ScreenedCustomer, ScreeningTerms
from provenance.screening.index_store import store_index
from provenance.screening.screener import Screening, screen_against_lists
from provenance.sources.customers import Customer
from provenance.sources.registry import WATCHLISTS
from provenance.watchlists.importer import ListImport, import_list
from provenance.watchlists.versions import differences, find_version
from tests.watchlists.lists import own

ACTOR = "tester"


def noon() -> datetime:
    """When everything in these tests happens."""
    return datetime(2024, 6, 12, 12, tzinfo=UTC)


@dataclass(frozen=True)
class OneSession(Database):
    """A database whose every unit of work is the same session."""

    session: Session = field(kw_only=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """The session."""
        yield self.session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """The session; its owner undoes what is written."""
        yield self.session


@pytest.fixture
def lists(scratch: Session, tmp_path: Path) -> Lists:
    """Lists to fill and to screen against, in a session that is rolled back."""
    scratch.execute(insert(Installation).values(id=1, uid="test", created_at=datetime.now(UTC)))
    return Lists(scratch, tmp_path)


class Lists:
    """Imports versions of lists and screens customers against them."""

    def __init__(self, session: Session, folder: Path, clock: Clock = noon) -> None:
        self.session = session
        self._folder = folder
        self._clock = clock
        self._imports = 0

    @property
    def database(self) -> Database:
        """The session as a database."""
        engine = self.session.get_bind()
        assert isinstance(engine, Engine)
        return OneSession(engine, ACTOR, self._clock, session=self.session)

    def add(self, day: str, *entries: dict[str, str], name: str = "ours", partial: bool = False) -> None:
        """A version of a list, as of a day."""
        self._imports += 1
        file = self._folder / f"{name}-{self._imports}.csv"
        file.write_text(own(*entries), encoding="utf-8")
        request = ListImport(
            format=WATCHLISTS.named("csv"),
            file=file,
            as_of=date.fromisoformat(day),
            watchlist=name,
            partial=partial,
            accept_shrink=True,
        )
        import_list(self.database, request, after=store_index)

    def changes(self, name: str, older: str, newer: str) -> list[tuple[str, str]]:
        """What changed between two versions of a list: the change and the party."""
        versions = (find_version(self.session, name, day) for day in (older, newer))
        return [(one.change, one.party) for one in differences(self.session, *versions)]

    def screening(self, *customers: Customer, terms: ScreeningTerms | None = None) -> Screening:
        """A whole screening with its basis."""
        return screen_against_lists(self.session, customers, terms or ScreeningTerms(), {})

    def screen(
        self, customer: Customer, *, threshold: float | None = None, only: tuple[str, ...] = ()
    ) -> ScreenedCustomer:
        """What one customer gets."""
        terms = ScreeningTerms(lists=only) if threshold is None else ScreeningTerms(threshold, only)
        (row,) = self.screening(customer, terms=terms).answers
        return row
