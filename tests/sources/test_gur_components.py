"""The scrape of the War & Sanctions portal, cell by cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from provenance.sources.formats import ReadOptions
from provenance.sources.records import ComponentRecord, Rejected
from provenance.sources.registry import COMPONENTS
from tests.sources.lists import Row, gur_row, write_list
from tests.support.days import TODAY

ENTRY = "Missile Kh-101 №7701700000001 (used on 02.01.2024)"


def read(tmp_path: Path, row: Row) -> ComponentRecord | Rejected:
    file = write_list(tmp_path / "scrape.csv", [row])
    (found,) = COMPONENTS.named("gur-components").read(file, ReadOptions(TODAY))
    return found


def record(
    tmp_path: Path, maker: str = "Analog Devices", country: str = "US", entry: str = ENTRY
) -> ComponentRecord:
    found = read(tmp_path, gur_row(1, "Amplifier AD8572A", maker, country, entry))
    assert isinstance(found, ComponentRecord), found
    return found


def test_the_portal_s_own_number_is_the_key_and_its_page_the_address(tmp_path: Path) -> None:
    found = record(tmp_path)
    assert found.key == "gur-1"
    assert found.address == "https://war-sanctions.gur.gov.ua/en/components/1"
    assert found.retrieved == date(2026, 6, 13)


def test_an_entry_gives_weapon_extent_serial_and_dated_fact(tmp_path: Path) -> None:
    found = record(tmp_path).recovery
    assert found.label == ENTRY
    assert found.weapon_names[0] == "Kh-101"
    assert (found.weapon_kind, found.extent) == ("missile", "specimen")
    assert [(serial.kind, serial.value) for serial in found.serials] == [("serial", "7701700000001")]
    (fact,) = found.dates
    assert (fact.kind, fact.earliest, fact.latest) == ("used", date(2024, 1, 2), date(2024, 1, 2))


def test_an_entry_that_names_only_a_model_gives_no_number_and_no_date(tmp_path: Path) -> None:
    found = record(tmp_path, entry="Geran-4 UAV").recovery
    assert (found.extent, found.serials, found.dates) == ("model", (), ())


def test_description_marking_and_codes_stay_in_one_text(tmp_path: Path) -> None:
    found = record(tmp_path)
    assert (found.marking, found.marking_mixed, found.mpn) == ("Amplifier AD8572A", True, None)


def test_unspecified_is_no_marking(tmp_path: Path) -> None:
    found = read(tmp_path, gur_row(1, "(unspecified)", "Murata", "JP", ENTRY))
    assert isinstance(found, ComponentRecord)
    assert (found.marking, found.marking_mixed) == (None, False)


def test_the_guessed_part_number_is_kept_in_the_raw_text_only(tmp_path: Path) -> None:
    found = read(tmp_path, gur_row(1, "DRAM", "Micron", "US", ENTRY, oem_part_number="DRAM"))
    assert isinstance(found, ComponentRecord)
    assert found.mpn is None
    assert '"oem_part_number": "DRAM"' in found.raw


def test_unknown_countries_and_categories_are_unknown(tmp_path: Path) -> None:
    found = record(tmp_path, country="UNK")
    assert (found.country_stated, found.category) == (None, None)


@pytest.mark.parametrize("cell", ["Not identified", "not identified"])
def test_not_identified_is_no_brand_but_a_statement(tmp_path: Path, cell: str) -> None:
    found = record(tmp_path, maker=cell)
    assert found.maker is not None
    assert (found.maker.brand, found.maker.as_written) == (None, cell)


def test_an_empty_maker_cell_states_nothing(tmp_path: Path) -> None:
    assert record(tmp_path, maker="").maker is None


def test_a_comma_before_a_legal_form_parts_nothing(tmp_path: Path) -> None:
    found = record(tmp_path, maker="TESTEK CONTROLS CO., LTD")
    assert found.maker is not None
    assert found.maker.brand == "TESTEK CONTROLS CO., LTD"
    assert found.transfer is None


def test_suppliers_that_ran_into_the_cell_are_a_transfer_from_them(tmp_path: Path) -> None:
    found = record(tmp_path, maker="Murata Suppliers JSC CHIP AND SALSA")
    assert found.maker is not None
    assert found.maker.brand == "Murata"
    assert found.transfer is not None
    assert found.transfer.evidence_class == "named_by_publisher"
    assert [(party.side, party.role, party.as_written) for party in found.transfer.parties] == [
        ("from", "supplier", "JSC CHIP AND SALSA")
    ]


def test_importers_and_foreign_suppliers_stand_on_their_own_sides(tmp_path: Path) -> None:
    found = record(
        tmp_path,
        maker="Rotorwin Importers LLC AJAX IMPORT, BOREI JSC"
        " Foreign suppliers ORIENT TRADING CO., LTD, PACIFIC LLC",
    )
    assert found.maker is not None
    assert found.maker.brand == "Rotorwin"
    assert found.transfer is not None
    assert [(party.side, party.role, party.as_written) for party in found.transfer.parties] == [
        ("to", "importer", "LLC AJAX IMPORT"),
        ("to", "importer", "BOREI JSC"),
        ("from", "supplier", "ORIENT TRADING CO., LTD"),
        ("from", "supplier", "PACIFIC LLC"),
    ]


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("component_id", "7188", "gur-123"),
        ("name_marking", "", "name_marking is empty"),
        ("found_in_drones", "geran-4-uav", "does not name one entry"),
        ("found_in_drones", '["a", "b"]', "does not name one entry"),
        ("found_in_drones", "[]", "does not name one entry"),
        ("notes", "Geran-4 UAV", "notes do not begin"),
        ("notes", "Linked weapon as published by GUR: ", "entry's name is blank"),
        ("manufacturer_country", "usa", "country stated"),
    ],
)
def test_what_the_scrape_cannot_hold_is_rejected_with_the_column(
    tmp_path: Path, column: str, value: str, said: str
) -> None:
    found = read(tmp_path, gur_row(1, "X", "Murata", "JP", ENTRY) | {column: value})
    assert isinstance(found, Rejected)
    assert said in found.reason
    assert found.row["source_url"].endswith("/1")


@pytest.mark.parametrize(
    ("column", "value", "field"),
    [("category", "gnss", "category"), ("last_verified", "13.06.2026", "retrieved")],
)
def test_an_odd_value_is_unknown_and_listed(tmp_path: Path, column: str, value: str, field: str) -> None:
    found = read(tmp_path, gur_row(1, "X", "Murata", "JP", ENTRY) | {column: value})
    assert isinstance(found, ComponentRecord)
    assert getattr(found, field) is None
    assert value in found.raw
