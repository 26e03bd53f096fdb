"""Workspaces of a user at a wreck, on a fixed day."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from provenance.services.workspace import Workspace
from tests.support.databases import Level, SqliteDatabases, file_of

NOON = datetime(2024, 6, 12, 12, tzinfo=UTC)


@pytest.fixture
def field(sqlite_databases: SqliteDatabases, tmp_path: Path) -> Iterator[Workspace]:
    """A database as `provenance init` leaves it."""
    address = sqlite_databases.filled(Level.REFERENCE)
    yield Workspace(address, "olena", store=tmp_path / "store", clock=lambda: NOON)
    sqlite_databases.discard(address)


@pytest.fixture
def sample(sqlite_databases: SqliteDatabases, tmp_path: Path) -> Iterator[Workspace]:
    """A database with the sample."""
    address = sqlite_databases.filled(Level.SAMPLE)
    yield Workspace(address, "olena", store=tmp_path / "store", clock=lambda: NOON)
    shutil.rmtree(f"{file_of(address)}.evidence", ignore_errors=True)
    sqlite_databases.discard(address)
