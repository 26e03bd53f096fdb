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


GONE = {
    "a maker": "DELETE FROM organization WHERE id = (SELECT max(organization_id) FROM maker_attribution)",
    "a maker that never was": "UPDATE maker_attribution SET organization_id = 900000 WHERE id = 1",
    "a part": "DELETE FROM part WHERE id = (SELECT max(part_id) FROM identification WHERE score IS NULL)",
    "some part": "DELETE FROM part WHERE id = (SELECT min(part_id) FROM identification WHERE score IS NULL)",
    "a weapon": "DELETE FROM weapon_system WHERE id = (SELECT max(weapon_system_id) FROM recovery)",
    "an owner": "UPDATE ownership SET owner_id = 900000 WHERE id = 1",
}
QUESTIONS = (
    (*RANKED, "--limit", "1"),
    (*RANKED, "--basis", "brand"),
    (*RANKED, "--by", "part"),
    (*RANKED, "--by", "weapon"),
    (*RANKED, "--by", "country"),
    ("top", "--country", "DE", "--format", "json"),
    ("exposure", "Analog Devices", "--format", "json"),
    ("new", "--since", "2020-01-01", "--format", "json"),
)


@pytest.mark.parametrize("statement", GONE.values(), ids=GONE)
def test_no_question_is_answered_from_records_that_refer_to_one_that_is_gone(
    sample: str, run: Run, statement: str
) -> None:
    edit(sample, statement)
    for question in QUESTIONS:
        found = run(sample, *question)
        assert (found.code, found.out) == (7, ""), question
        assert "provenance db check" in found.err and "Traceback" not in found.err
    assert run(sample, "db", "check").code == 7


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE transfer_party SET organization_id = 900000 WHERE id = 1",
        "UPDATE transfer SET document_id = 900000 WHERE id = 1",
        "DELETE FROM transfer WHERE id = 2",
    ],
)
def test_no_path_is_drawn_from_transfers_that_refer_to_one_that_is_gone(
    sample: str, run: Run, statement: str
) -> None:
    edit(sample, statement)
    for question in (("trace", "chokepoints"), ("trace", "gaps")):
        found = run(sample, *question, "--format", "json")
        assert (found.code, found.out) == (7, ""), (question, found.err)
        assert "provenance db check" in found.err and "Traceback" not in found.err


def test_components_of_a_recovery_that_is_withdrawn_by_hand_are_not_counted(sample: str, run: Run) -> None:
    before = run(sample, *RANKED).json["basis"]["counted"]["recoveries"]
    edit(
        sample,
        "UPDATE recovery SET withdrawn_at = '2026-01-01' WHERE id IN (SELECT id FROM recovery"
        " WHERE weapon_system_id = (SELECT weapon_system_id FROM weapon_alias WHERE alias = 'Kh-101'))",
    )
    assert before - run(sample, *RANKED).json["basis"]["counted"]["recoveries"] == 4


@pytest.mark.parametrize("table", ["watchlist", "listed_party", "listed_record"])
def test_a_list_of_which_something_is_gone_clears_nobody(
    sample: str, run: Run, tmp_path: Path, table: str
) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("id,name,address,country\nA1,Quuxtronics Zyzzy LLC,,RU\nA2,Marble Reef GmbH,,DE\n")
    taken = run(sample, "watchlist", "import", "csv", str(listed), "--name", "ours", "--as-of", "2024-01-01")
    assert taken.code == 0, taken.err
    assert run(sample, "screen", "Quuxtronics Zyzzy").code == 6
    edit(sample, f"DELETE FROM {table} WHERE id = (SELECT min(id) FROM {table})")
    found = run(sample, "screen", "Quuxtronics Zyzzy")
    assert found.code == 7, (found.out, found.err)
    assert "provenance db check" in found.err and "Traceback" not in found.err
