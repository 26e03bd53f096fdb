"""The scrape in small, imported once for the tests that only look at what came of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.importing.scrape import IMPORT, Scraped, write_scrape
from tests.support.commands import run
from tests.support.databases import Databases, Level, PostgresDatabases, SqliteDatabases


def _scraped(databases: Databases, folder: pytest.TempPathFactory) -> Iterator[Scraped]:
    address = databases.filled(Level.REFERENCE)
    file = write_scrape(folder.mktemp("scrape"))
    yield Scraped(address, run(address, "--actor", "olena", *IMPORT, file, "--format", "json"))
    databases.discard(address)


@pytest.fixture(scope="session")
def sqlite_scraped(
    sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scraped]:
    """On SQLite."""
    yield from _scraped(sqlite_databases, tmp_path_factory)


@pytest.fixture(scope="session")
def postgres_scraped(
    postgres_databases: PostgresDatabases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scraped]:
    """On PostgreSQL."""
    yield from _scraped(postgres_databases, tmp_path_factory)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def scraped(request: pytest.FixtureRequest) -> Scraped:
    """The run's one database with the scrape in it; nobody writes to it."""
    found: Scraped = request.getfixturevalue(f"{request.param}_scraped")
    return found


@pytest.fixture
def fresh(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """The address of a database as `provenance init` leaves it, on SQLite alone."""
    address = sqlite_databases.filled(Level.REFERENCE)
    yield address
    sqlite_databases.discard(address)


@pytest.fixture(autouse=True)
def _as_wide_as_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables are as wide as in a pipe, whatever the window in which the tests run."""
    monkeypatch.delenv("COLUMNS", raising=False)
