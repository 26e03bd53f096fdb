"""Two imports at once on a server: neither is lost, and lists and index are as if one had come first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select

from provenance.core.clock import system_clock
from provenance.core.vocabulary.watched import Verdict
from provenance.schema.engines import writing_engine
from provenance.schema.session import Database, Session
from provenance.schema.watchlists import ListedParty, ListingInterval
from provenance.screening.hits import ScreenedCustomer, ScreeningTerms
from provenance.screening.index_store import refresh_index, store_index
from provenance.screening.judgements import Decision, current_judgements, save_judgements
from provenance.screening.screener import screen_against_lists
from provenance.sources.customers import Customer
from provenance.sources.registry import WATCHLISTS
from provenance.watchlists.importer import ListImport, ListSummary, import_list
from tests.support.databases import Level, PostgresDatabases
from tests.watchlists.lists import own

pytestmark = pytest.mark.postgres

SECONDS = 60
REEF, BAY = {"id": "A2", "name": "Marble Reef GmbH"}, {"id": "A3", "name": "Zircon Bay"}


@pytest.fixture
def served(postgres_databases: PostgresDatabases) -> Iterator[Database]:
    """The reference data on a server."""
    address = postgres_databases.filled(Level.REFERENCE)
    engine = writing_engine(address)
    yield Database(engine, "tester", system_clock)
    engine.dispose()
    postgres_databases.discard(address)


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    """Two threads."""
    with ThreadPoolExecutor(2) as found:
        yield found


def version(folder: Path, name: str, day: str, *entries: dict[str, str]) -> ListImport:
    file = folder / f"{name}-{day}.csv"
    file.write_text(own(*entries), encoding="utf-8")
    return ListImport(
        WATCHLISTS.named("csv"), file, date.fromisoformat(day), watchlist=name, accept_shrink=True
    )


class Paused:
    """An import that stops when it has written everything, until it may end."""

    def __init__(self, threads: ThreadPoolExecutor, database: Database, request: ListImport) -> None:
        self._written, self._go_on = Event(), Event()
        self.done: Future[ListSummary] = threads.submit(import_list, database, request, after=self._after)
        assert self._written.wait(SECONDS)

    def _after(self, session: Session) -> None:
        store_index(session)
        self._written.set()
        assert self._go_on.wait(SECONDS)

    def end(self) -> None:
        """Lets it end."""
        self._go_on.set()
        self.done.result(SECONDS)


def waits(future: Future[ListSummary]) -> bool:
    try:
        future.result(1)
    except NotYet:
        return True
    return False


def found(database: Database, name: str) -> list[tuple[str, str]]:
    with database.reading() as session:
        (row,) = screen_against_lists(session, [Customer(1, name)], ScreeningTerms(), {}).answers
        return [(hit.list, hit.key) for hit in row.hits]


def is_current(database: Database) -> bool:
    with database.writing() as session:
        return not refresh_index(session)


def test_two_versions_of_one_list(served: Database, threads: ThreadPoolExecutor, tmp_path: Path) -> None:
    first = Paused(threads, served, version(tmp_path, "ours", "2024-01-01", REEF, BAY))
    second = threads.submit(
        import_list, served, version(tmp_path, "ours", "2024-02-01", BAY), after=store_index
    )
    assert waits(second)
    first.end()
    assert second.result(SECONDS).delisted == 1
    with served.reading() as session:
        ended = session.execute(
            select(ListedParty.key, ListingInterval.ended_latest)
            .join(ListingInterval, ListingInterval.party_id == ListedParty.id)
            .order_by(ListedParty.key)
        ).all()
    assert [tuple(row) for row in ended] == [("A2", date(2024, 2, 1)), ("A3", None)]
    assert is_current(served)


def test_two_lists(served: Database, threads: ThreadPoolExecutor, tmp_path: Path) -> None:
    first = Paused(threads, served, version(tmp_path, "ours", "2024-01-01", REEF))
    second = threads.submit(
        import_list, served, version(tmp_path, "theirs", "2024-01-01", BAY), after=store_index
    )
    first.end()
    second.result(SECONDS)
    assert (found(served, "Marble Reef"), found(served, "Zircon Bay")) == (
        [("ours", "A2")], [("theirs", "A3")],
    )  # fmt: skip
    assert is_current(served)


def test_two_judgements_of_one_hit(served: Database, threads: ThreadPoolExecutor, tmp_path: Path) -> None:
    import_list(served, version(tmp_path, "ours", "2024-01-01", REEF), after=store_index)
    with served.reading() as session:
        (row,) = screen_against_lists(session, [Customer(1, "Marble Reef")], ScreeningTerms(), {}).answers

    def judge(verdict: Verdict) -> Callable[[], None]:
        return lambda: _judge(served, row, verdict)

    both = [threads.submit(judge(verdict)) for verdict in (Verdict.NEGATIVE, Verdict.POSITIVE)]
    for one in both:
        one.result(SECONDS)
    with served.reading() as session:
        assert len(current_judgements(session)) == 1


def _judge(database: Database, row: ScreenedCustomer, verdict: Verdict) -> None:
    with database.writing() as session:
        decision = Decision(None, row, row.hits[0], verdict, f"{verdict}, as I see it")
        save_judgements(session, [decision], actor="tester")
