"""Databases of what is logged."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.databases import Level, SqliteDatabases


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
