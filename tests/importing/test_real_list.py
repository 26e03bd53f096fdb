"""The published list itself, where a copy of it lies beside the checkout; nothing of it is kept here."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.importing.scrape import IMPORT
from tests.importing.state import assert_chain_holds, assert_facts_are_current, content, difference, rows_of
from tests.support.commands import CHECKOUT, Outcome, run
from tests.support.databases import Level, SqliteDatabases

PLACE = "PROVENANCE_REAL_DATA"
"""Environment variable: the folder with components/gur_components.csv in it."""

FIGURES = ("read", "new", "known", "changed", "repeated", "rejected")


@pytest.fixture(scope="session")
def published() -> Path:
    """The list, or a skip that says where it was looked for."""
    folder = Path(os.environ.get(PLACE) or CHECKOUT.parent / "shared" / "data")
    file = folder / "components" / "gur_components.csv"
    if not file.is_file():
        pytest.skip(f"the published list is not at {file}; {PLACE} names the folder that it lies in")
    return file


@pytest.fixture(scope="session")
def imported(published: Path, sqlite_databases: SqliteDatabases) -> Iterator[tuple[str, Outcome]]:
    """A database with the whole list, and what its import said."""
    address = sqlite_databases.filled(Level.REFERENCE)
    yield address, take(address, published)
    sqlite_databases.discard(address)


@pytest.fixture(scope="session")
def address(imported: tuple[str, Outcome]) -> str:
    return imported[0]


def take(address: str, file: Path) -> Outcome:
    return run(address, *IMPORT, file, "--format", "json")


def summary(done: Outcome) -> Any:
    assert done.code == 0, done.err
    return done.json["rows"][0]


def figures(address: str, *words: str) -> dict[str, tuple[int, int]]:
    """Recoveries and components of each firm."""
    said = run(address, "top", *words, "--limit", "0", "--min-recoveries", "1", "--format", "json")
    assert said.code == 0, said.err
    return {row["firm"]: (row["recoveries"], row["components"]) for row in said.json["rows"]}


def test_every_row_is_accounted_for(imported: tuple[str, Outcome]) -> None:
    found = summary(imported[1])
    assert [found[name] for name in FIGURES] == [6964, 4444, 0, 0, 2520, 0]
    assert found["made"]["component"] == 4444
    assert found["made"]["recovery"] == 152


def test_distributors_that_ran_into_maker_cells_are_transfers(address: str) -> None:
    # Twenty-five rows have a heading in the cell; one of them is two components' worth of headings.
    assert len({row.component_id for row in rows_of(address, "transfer")}) == 26
    parties = rows_of(address, "transfer_party")
    assert {row.side for row in parties} <= {"from", "to", "unstated"}
    firms = {row.id: row.label for row in rows_of(address, "organization")}
    makers = {
        firms[row.organization_id] for row in rows_of(address, "maker_attribution") if row.organization_id
    }
    assert not [name for name in makers if "Suppliers" in name or "Importers" in name]


def test_a_second_run_changes_nothing(imported: tuple[str, Outcome], published: Path) -> None:
    address, _first = imported
    before = content(address)
    found = summary(take(address, published))
    assert [found[name] for name in FIGURES] == [6964, 0, 4444, 0, 2520, 0]
    assert difference(before, content(address)) == {}


def test_the_two_brands_that_lead(address: str) -> None:
    found = figures(address, "--weapon-kind", "any", "--basis", "brand")
    assert found["Analog Devices"] == (107, 572)
    assert found["Texas Instruments"] == (104, 566)


def test_in_missiles_and_drones_the_two_are_level(address: str) -> None:
    found = figures(address, "--basis", "brand")
    assert (found["Analog Devices"][0], found["Texas Instruments"][0]) == (71, 71)


def test_by_owner_now_analog_devices_leads_clearly(address: str) -> None:
    found = figures(address, "--weapon-kind", "any")
    (first, second, *_rest) = sorted(found.items(), key=lambda item: item[1], reverse=True)
    assert (first[0], second[0]) == ("Analog Devices", "Texas Instruments")
    assert first[1][0] - second[1][0] >= 10


@pytest.mark.parametrize("brand", ["International Rectifier", "Cypress Semiconductor", "Spansion"])
def test_brands_that_were_sold_abroad_are_american_no_longer(address: str, brand: str) -> None:
    by_brand = figures(address, "--weapon-kind", "any", "--basis", "brand")
    by_owner = figures(address, "--weapon-kind", "any")
    assert brand in by_brand
    assert brand not in by_owner
    assert "Infineon Technologies" not in by_owner
    german = figures(address, "--weapon-kind", "any", "--country", "DE")
    assert german["Infineon Technologies"][1] >= by_brand[brand][1]


def test_a_count_of_rows_would_have_named_texas_instruments_three_times_as_often(
    address: str, published: Path
) -> None:
    with published.open(encoding="utf-8-sig", newline="") as stream:
        rows = Counter(row["manufacturer"] for row in csv.DictReader(stream))
    assert rows.most_common(1)[0][0] == "Texas Instruments"
    components = figures(address, "--weapon-kind", "any", "--basis", "brand")["Texas Instruments"][1]
    assert rows["Texas Instruments"] == pytest.approx(1824, abs=5)
    assert 3 < rows["Texas Instruments"] / components < 3.5


def test_an_entry_that_names_one_specimen_reads_as_one(address: str) -> None:
    found = run(address, "find", "3152638829015", "--format", "json").json["rows"]
    (recovery,) = [hit["ref"] for hit in found if hit["kind"] == "recovery"]
    shown = run(address, "show", recovery, "--format", "json").json["rows"][0]
    assert shown["extent"] == "specimen"
    assert shown["weapon"]["name"].startswith("Kh-101")
    assert [line["number"] for line in shown["numbers"]] == ["3152638829015"]
    assert [(line["of"], line["date"]) for line in shown["dates"]] == [("used", "2024-01-02")]


def test_the_database_hangs_together(address: str) -> None:
    assert_chain_holds(address)
    assert_facts_are_current(address)
