"""What a list introduces: taken in its own words, and every record that was made of a new name is listed."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from provenance.core.identity import reference
from tests.importing.state import rows_of
from tests.support.commands import run
from tests.support.databases import Level, SqliteDatabases

MAKERS = st.sampled_from(
    (
        *("TI", "Texas Insturments", "Acme Widgets GmbH", "ACME WIDGETS", "Нова Фірма", "新公司", "National"),
        *("TI/National", "Acme/TI", "China", "chip", "unknown", "-", "德州仪器", "Foo Semi, Bar Semi"),
    )
)
WEAPONS = st.sampled_from(("Kh-101", "Shahad-136", "Geran-2", "Zq 77", "drone", "БпЛА", "Орлан-99Ж"))
ROWS = st.lists(st.tuples(WEAPONS, MAKERS), min_size=1, max_size=8)


def taken(address: str, folder: Path, rows: list[tuple[str, str]], *words: str) -> Any:
    """What `import components` says of rows of a weapon and a maker."""
    file = folder / "list.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["record id", "recovery", "weapon", "marking", "maker"])
        writer.writerows(
            [f"A-{at}", f"w{at}", weapon, f"X{at}", maker] for at, (weapon, maker) in enumerate(rows)
        )
    said = run(address, "import", "components", file, "--source", "ours", "--format", "json", *words)
    assert said.code == 0, said.err
    return said.json["rows"][0]


def introduced(address: str) -> set[str]:
    """The references of the firms, weapons and unit types that the reference data does not have."""
    return {
        reference(table, row.uid)
        for table in ("organization", "weapon_system", "unit_type")
        for row in rows_of(address, table)
        if not row.from_seed
    }


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(rows=[("Shahad-136", "Texas Insturments"), ("Kh-101", "TI")])
@given(rows=ROWS)
def test_each_record_that_was_made_is_listed(
    sqlite_databases: SqliteDatabases, tmp_path: Path, rows: list[tuple[str, str]]
) -> None:
    address = sqlite_databases.filled(Level.REFERENCE)
    try:
        foreseen = taken(address, tmp_path, rows, "--dry-run")
        assert introduced(address) == set()
        told = taken(address, tmp_path, rows)
        listed = {row["ref"] for row in told["review"] if row["ref"] is not None}
        assert introduced(address) == listed
        assert foreseen["review"] == told["review"]
    finally:
        sqlite_databases.discard(address)


def test_the_nearest_known_names_are_beside_a_new_one(
    sqlite_databases: SqliteDatabases, tmp_path: Path
) -> None:
    address = sqlite_databases.filled(Level.REFERENCE)
    rows = [("Shahad-136", "Texas Insturments"), ("Kh-101", "Zzyzx Qwerty")]
    review = {row["text"]: row for row in taken(address, tmp_path, rows)["review"]}
    assert review["Texas Insturments"]["near"][0] == "Texas Instruments"
    assert review["Shahad-136"]["near"][0] == "Shahed-136"
    assert review["Zzyzx Qwerty"]["near"] == []
    # The record of each can be shown, to be merged or removed.
    shown = run(address, "show", review["Texas Insturments"]["ref"])
    assert "Texas Insturments" in shown.out
    said = run(address, "import", "components", tmp_path / "list.csv", "--source", "another")
    assert "Texas Insturments" not in said.out
    sqlite_databases.discard(address)


def test_a_country_or_a_thing_is_listed_and_makes_none(
    sqlite_databases: SqliteDatabases, tmp_path: Path
) -> None:
    address = sqlite_databases.filled(Level.REFERENCE)
    rows = [("Kh-101", maker) for maker in ("China", "Board", "National", "TI/National", "unknown")]
    told = taken(address, tmp_path, [*rows, ("БпЛА", "TI")])
    assert introduced(address) == set()
    assert {row["text"]: row["reason"].split(";")[0] for row in told["review"]} == {
        "China": "this is a country, a thing or a placeholder, not a firm",
        "Board": "this is a country, a thing or a placeholder, not a firm",
        "National": "the name may be that of several firms",
        "TI/National": "one cell names several firms",
        "БпЛА": "this is a kind of weapon or a placeholder, not a weapon",
    }
    sqlite_databases.discard(address)
