"""The small world, asked by the commands that only answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.queries.world import SOURCE, write_world
from tests.support.commands import run
from tests.support.databases import Level, SqliteDatabases


@pytest.fixture(scope="session")
def asked(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database with the small world, to which nobody writes."""
    address = sqlite_databases.filled(Level.REFERENCE)
    run(address, "import", "components", write_world(tmp_path_factory.mktemp("world")), *SOURCE)
    yield address
    sqlite_databases.discard(address)


@pytest.fixture
def fresh(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """The address of a database as `provenance init` leaves it; both backends use the same words."""
    address = sqlite_databases.filled(Level.REFERENCE)
    yield address
    sqlite_databases.discard(address)


@pytest.fixture(autouse=True)
def _as_wide_as_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables are as wide as in a pipe, whatever the window in which the tests run."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(scope="session")
def sampled_once(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """The address of a database with the sample, to which nobody writes."""
    address = sqlite_databases.filled(Level.SAMPLE)
    yield address
    sqlite_databases.discard(address)
