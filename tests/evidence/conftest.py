"""A database with one recovery in it, a store beside it, and a card to be filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from provenance.core.clock import system_clock
from provenance.core.vocabulary.evidence import RequirementSubject
from provenance.evidence.intake import Intake, IntakeTerms
from provenance.evidence.store import Store
from provenance.evidence.subjects import Subject, subject
from provenance.schema.engines import writing_engine
from provenance.schema.session import Database, session_scope
from tests.support.rows import Rows


@dataclass
class Hangar:
    """A Kh-101 of which a board with two chips has been logged, another missile, and an evidence store."""

    engine: Engine
    address: str
    store: Store
    card: Path
    wreck: Subject
    board: Subject
    chip: Subject
    other_chip: Subject
    other_wreck: Subject

    def intake(self, **terms: object) -> Intake:
        """An intake by the tester."""
        return Intake(self.database, self.store, IntakeTerms(**terms))  # type: ignore[arg-type]  # named fields

    @property
    def database(self) -> Database:
        """The database as the tester works in it."""
        return Database(self.engine, "tester", system_clock)


@pytest.fixture
def hangar(migrated: str, tmp_path: Path) -> Iterator[Hangar]:
    """The hangar, open for writing."""
    engine = writing_engine(migrated)
    with session_scope(engine) as session:
        rows = Rows(session)
        session.execute(
            text(
                "INSERT INTO installation (id, uid, created_at) VALUES"
                " (1, '00000000-0000-7000-8000-000000000001', '2024-01-01 00:00:00')"
            )
        )
        wreck = rows.add("recovery", label="Kh-101, serial 315")
        board = rows.add("unit", recovery_id=wreck, label="Baget")
        chip = rows.add("component", recovery_id=wreck, unit_id=board, marking="АВТЕ16245")
        other_chip = rows.add("component", recovery_id=wreck, marking="AD8572")
        other_wreck = rows.add("recovery", label="Geran-2")
        made = [
            subject(session, RequirementSubject(name), number)
            for name, number in (
                ("recovery", wreck),
                ("unit", board),
                ("component", chip),
                ("component", other_chip),
                ("recovery", other_wreck),
            )
        ]
    (tmp_path / "card").mkdir()
    yield Hangar(engine, migrated, Store(tmp_path / "evidence"), tmp_path / "card", *made)
    engine.dispose()
