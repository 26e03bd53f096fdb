"""Databases and the command line, for every test.

- ``database``: the address of an empty database; ``migrated``: of one with the tables and nothing in them;
  ``ready``: as `provenance init` leaves it; ``sampled``: as `provenance init --sample` does.
- ``scratch``: a session on a database with empty tables, ``reference``: on one with the reference data;
  both are rolled back, so that a test costs nothing.
- ``run(address, *words)``: the command line in this process; ``program(address, *words)``: in its own.

Each test that touches a database runs on SQLite and on PostgreSQL.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import settings

from provenance.schema.engines import writing_engine
from provenance.schema.session import Session
from tests.support import commands
from tests.support.databases import Databases, Level, PostgresDatabases, SqliteDatabases
from tests.support.postgres import NoServer, server

# Databases answer in their own time; a slow machine is not a broken law.
# Half of the usual number of examples keeps a run short; PROVENANCE_EXAMPLES asks for more.
settings.register_profile(
    "provenance",
    deadline=None,
    print_blob=True,
    max_examples=int(os.environ.get("PROVENANCE_EXAMPLES", "50")),
)
settings.load_profile("provenance")


@pytest.fixture(autouse=True, scope="session")
def _drafts(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Forms that tests leave unfinished are kept among the tests' own files."""
    os.environ["PROVENANCE_DRAFTS"] = str(tmp_path_factory.mktemp("drafts"))


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    """SQLite files of this run."""
    return SqliteDatabases(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[PostgresDatabases]:
    """Databases on PostgreSQL; the tests that need them are skipped, and say why, where there is none."""
    serving = server()
    try:
        started = serving.__enter__()
    except NoServer as reason:
        pytest.skip(f"PostgreSQL: {reason}")
    databases = PostgresDatabases(started)
    try:
        yield databases
        databases.close()
    finally:
        serving.__exit__(None, None, None)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Where this test's databases come from."""
    found: Databases = request.getfixturevalue(f"{request.param}_databases")
    return found


@pytest.fixture
def database(databases: Databases) -> Iterator[str]:
    """The address of an empty database (SQLite: of a file that is not there yet)."""
    address = databases.empty()
    yield address
    databases.discard(address)


@pytest.fixture
def migrated(databases: Databases) -> Iterator[str]:
    """The address of a database of this program's schema with nothing in it."""
    address = databases.filled(Level.SCHEMA)
    yield address
    databases.discard(address)


@pytest.fixture
def ready(databases: Databases) -> Iterator[str]:
    """The address of a database as `provenance init` leaves it."""
    address = databases.filled(Level.REFERENCE)
    yield address
    databases.discard(address)


@pytest.fixture
def sampled(databases: Databases) -> Iterator[str]:
    """The address of a database as `provenance init --sample` leaves it."""
    address = databases.filled(Level.SAMPLE)
    yield address
    databases.discard(address)


@pytest.fixture
def scratch(databases: Databases) -> Iterator[Session]:
    """A session on empty tables; nothing is kept."""
    with _rolled_back(databases.common(Level.SCHEMA)) as session:
        yield session


@pytest.fixture
def reference(databases: Databases) -> Iterator[Session]:
    """A session on the reference data; nothing is kept."""
    with _rolled_back(databases.common(Level.REFERENCE)) as session:
        yield session


@contextmanager
def _rolled_back(address: str) -> Iterator[Session]:
    engine = writing_engine(address)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def run() -> Callable[..., commands.Outcome]:
    """``run(address, *words, stdin="")``: the command line in this process."""
    return commands.run


@pytest.fixture
def program() -> Callable[..., commands.Outcome]:
    """``program(address, *words, stdin="")``: the command line in a process of its own."""
    return commands.program
