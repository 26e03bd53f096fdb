"""A small seed that a test may change, and a database with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from provenance.core.clock import system_clock
from provenance.schema.engines import writing_engine
from provenance.schema.session import Database
from provenance.seeding import files
from provenance.seeding.initialise import initialise
from tests.support.databases import ACTOR
from tests.support.seeds import Seed


@pytest.fixture
def seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Seed:
    """A small seed to be changed, in the place of the program's own."""
    copy = Seed(tmp_path)
    monkeypatch.setattr(files, "seed_path", lambda: tmp_path)
    return copy


@pytest.fixture
def engine(migrated: str, seed: Seed) -> Engine:
    """A database with that seed in it."""
    opened = writing_engine(migrated)
    initialise(Database(opened, ACTOR, system_clock))
    return opened
