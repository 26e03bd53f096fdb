"""The small world, imported once for the tests that only ask; and a copy for those that change it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.queries.world import SOURCE, World, write_world
from tests.support.commands import run
from tests.support.databases import Databases, Level, PostgresDatabases, SqliteDatabases


def _filled(databases: Databases, folder: Path) -> Iterator[World]:
    address = databases.filled(Level.REFERENCE)
    done = run(address, "import", "components", write_world(folder), *SOURCE)
    assert done.code == 0, done.err
    yield World(address)
    databases.discard(address)


@pytest.fixture(scope="session")
def sqlite_world(
    sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """On SQLite."""
    yield from _filled(sqlite_databases, tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="session")
def postgres_world(
    postgres_databases: PostgresDatabases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """On PostgreSQL."""
    yield from _filled(postgres_databases, tmp_path_factory.mktemp("world"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def world(request: pytest.FixtureRequest) -> World:
    """The run's one small world; nobody writes to it."""
    found: World = request.getfixturevalue(f"{request.param}_world")
    return found


@pytest.fixture
def own_world(databases: Databases, tmp_path: Path) -> Iterator[World]:
    """A small world of this test's own."""
    yield from _filled(databases, tmp_path)


@pytest.fixture(autouse=True)
def _as_wide_as_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables are as wide as in a pipe, whatever the window in which the tests run."""
    monkeypatch.delenv("COLUMNS", raising=False)
