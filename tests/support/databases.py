"""Databases for tests, empty or filled up to some level, on either backend.

Each level is made once a run; a test gets a copy of its own, or borrows the common one and rolls back.
"""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from enum import StrEnum
from pathlib import Path

from provenance.core.clock import system_clock
from provenance.schema import migrations as schema
from provenance.schema.engines import writing_engine
from provenance.schema.session import Database
from provenance.seeding.initialise import initialise
from tests.support.postgres import Server

ACTOR = "tester"


class Level(StrEnum):
    """How much a database holds: the tables alone, what `init` loads, what `init --sample` loads."""

    SCHEMA = "schema"
    REFERENCE = "reference"
    SAMPLE = "sample"


_BELOW = {Level.REFERENCE: Level.SCHEMA, Level.SAMPLE: Level.REFERENCE}


def fill(address: str, level: Level) -> None:
    """Brings a database up to a level."""
    engine = writing_engine(address)
    if level == Level.SCHEMA:
        schema.upgrade(engine)
    else:
        initialise(Database(engine, ACTOR, system_clock), sample=level == Level.SAMPLE)
    engine.dispose()


class Databases(ABC):
    """Makes and discards databases of one backend."""

    def __init__(self) -> None:
        self._originals: dict[Level, str] = {}
        self._common: dict[Level, str] = {}

    def common(self, level: Level) -> str:
        """The address of the run's one database of a level, to which nobody commits anything."""
        if level not in self._common:
            self._common[level] = self.filled(level)
        return self._common[level]

    def filled(self, level: Level) -> str:
        """The address of a fresh database of a level; its row numbers are the same whatever ran before."""
        return self.copy(self._original(level))

    def _original(self, level: Level) -> str:
        """The address of what is copied. No test gets it: a server's sequences outlive a rollback."""
        if level not in self._originals:
            address = self.empty() if level == Level.SCHEMA else self.filled(_BELOW[level])
            fill(address, level)
            self._originals[level] = address
        return self._originals[level]

    @abstractmethod
    def empty(self) -> str:
        """The address of a database without tables (SQLite: of a file that is not there yet)."""

    @abstractmethod
    def copy(self, original: str) -> str:
        """The address of a copy; nobody is connected to the original."""

    @abstractmethod
    def discard(self, address: str) -> None:
        """Makes away with a database."""

    def close(self) -> None:
        """Makes away with the common ones."""
        for address in [*self._common.values(), *self._originals.values()]:
            self.discard(address)


class SqliteDatabases(Databases):
    """SQLite files in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._made = 0

    def empty(self) -> str:
        self._made += 1
        return f"sqlite:///{(self._folder / f'{self._made}.db').as_posix()}"

    def copy(self, original: str) -> str:
        address = self.empty()
        shutil.copyfile(file_of(original), file_of(address))
        return address

    def discard(self, address: str) -> None:
        for path in self._folder.glob(f"{file_of(address).name}*"):
            path.unlink()


class PostgresDatabases(Databases):
    """Databases of a server."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self._server = server

    def empty(self) -> str:
        return self._server.create()

    def copy(self, original: str) -> str:
        return self._server.create(template=original)

    def discard(self, address: str) -> None:
        self._server.drop(address)


def file_of(address: str) -> Path:
    """The file behind an SQLite address."""
    return Path(address.removeprefix("sqlite:///"))


def is_sqlite(address: str) -> bool:
    """Whether an address is that of an SQLite file."""
    return address.startswith("sqlite:")
