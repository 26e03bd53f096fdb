"""One database a test, as `provenance init` leaves it, and lists that go into it through the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.intake.desk import Desk
from tests.support.databases import Level, SqliteDatabases


@pytest.fixture
def desk(sqlite_databases: SqliteDatabases, tmp_path: Path) -> Iterator[Desk]:
    """Somebody at the command line with an empty database and a list in hand."""
    address = sqlite_databases.filled(Level.REFERENCE)
    yield Desk(address, tmp_path)
    sqlite_databases.discard(address)


@pytest.fixture
def desks(sqlite_databases: SqliteDatabases, tmp_path: Path) -> Iterator[list[Desk]]:
    """Two of them, each with a database of their own."""
    made = [Desk(sqlite_databases.filled(Level.REFERENCE), tmp_path) for _ in range(2)]
    yield made
    for one in made:
        sqlite_databases.discard(one.address)
