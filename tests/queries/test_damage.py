"""What other programs do to the tables without minding references: refused or followed, never guessed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.commands import Outcome
from tests.support.databases import Level, SqliteDatabases

Run = Callable[..., Outcome]

RANKED = ("top", "--country", "any", "--min-recoveries", "1", "--format", "json")


@pytest.fixture
def sample(sqlite_databases: SqliteDatabases, run: Run) -> str:
    """A database with the curated sample."""
    address = sqlite_databases.filled(Level.SCHEMA)
    assert run(address, "init", "--sample").code == 0
    return address


def edit(address: str, statement: str) -> None:
    """One statement by a program that does not check references, as SQLite's default is."""
    with closing(sqlite3.connect(Path(address.removeprefix("sqlite:///")))) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize("place", ["min(id)", "max(id)", "(min(id) + max(id)) / 2"])
def test_components_without_their_recovery_are_not_counted_elsewhere(
    sample: str, run: Run, place: str
) -> None:
    edit(sample, f"DELETE FROM recovery WHERE id = (SELECT {place} FROM recovery)")
    found = run(sample, *RANKED)
    assert (found.code, found.out) == (7, "")
    assert "provenance db check" in found.err and "Traceback" not in found.err
    assert run(sample, "db", "check").code == 7


def test_a_firm_that_is_gone_is_not_ranked(sample: str, run: Run) -> None:
    edit(sample, "DELETE FROM organization WHERE id = (SELECT max(organization_id) FROM maker_attribution)")
    found = run(sample, *RANKED, "--basis", "brand", "--weapon-kind", "any", "--limit", "0")
    assert found.code == 7 and "Traceback" not in found.err


def test_components_of_a_recovery_that_is_withdrawn_by_hand_are_not_counted(sample: str, run: Run) -> None:
    before = run(sample, *RANKED).json["basis"]["counted"]["recoveries"]
    edit(
        sample,
        "UPDATE recovery SET withdrawn_at = '2026-01-01' WHERE id IN (SELECT id FROM recovery"
        " WHERE weapon_system_id = (SELECT weapon_system_id FROM weapon_alias WHERE alias = 'Kh-101'))",
    )
    assert before - run(sample, *RANKED).json["basis"]["counted"]["recoveries"] == 4
