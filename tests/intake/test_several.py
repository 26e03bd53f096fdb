"""Several parts, pieces, makers or wrecks in one cell."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Recovery
from provenance.schema.reference import WeaponSystem
from tests.importing.state import reading
from tests.intake.desk import Desk, csv_text


def parts_of(desk: Desk, maker: str, mpn: str) -> list[tuple[str | None, int | None]]:
    desk.take(csv_text([["Weapon", "Serial", "Manufacturer", "MPN"], ["Kh-101", "7701", maker, mpn]]))
    return [(item.part, item.pieces) for item in desk.items()]


@pytest.mark.parametrize(
    "cell",
    [f"AD7606BSTZ{between}LM2596S-5.0" for between in (", ", "; ", " / ", "\n")],
)
def test_two_parts_in_a_cell_are_two_or_none(desk: Desk, cell: str) -> None:
    found = {part for part, _pieces in parts_of(desk, "", cell)}
    assert found in ({"AD7606BSTZ", "LM2596S-5.0"}, {None})


@pytest.mark.parametrize(
    "cell",
    [
        "2x AD7606BSTZ", "2 x AD7606BSTZ", "2× AD7606BSTZ", "AD7606BSTZ x2", "AD7606BSTZ x 2",
        "AD7606BSTZ ×2", "AD7606BSTZ (2 pcs)", "AD7606BSTZ (2 шт.)", "AD7606BSTZ - 2 шт", "2 шт. AD7606BSTZ",
        "2х AD7606BSTZ", "AD7606BSTZ (x2)", "AD7606BSTZ, 2 pcs",
    ],
)  # fmt: skip
def test_pieces_beside_a_part_number_are_pieces(desk: Desk, cell: str) -> None:
    assert parts_of(desk, "Analog Devices", cell) == [("AD7606BSTZ", 2)]


@pytest.mark.parametrize(
    "mpn", ["BAT54H,115", "SN74LVC1G08DBVR,235", "PMEG3020ER,115", "LT1086CM-3.3", "DS18B20+", "MAX232/SO"]
)
def test_an_ordering_code_with_a_comma_is_one_part(desk: Desk, mpn: str) -> None:
    assert parts_of(desk, "Nexperia", mpn) == [(mpn, None)]


@pytest.mark.parametrize(
    "maker", ["TI/National", "Texas Instruments / Analog Devices", "Xilinx\nMicron", "Maxim или TI"]
)
def test_several_makers_are_no_new_firm(desk: Desk, maker: str) -> None:
    before = desk.count(Organization)
    answer = desk.take(csv_text([["Weapon", "Manufacturer", "MPN"], ["Kh-101", maker, "AD7606BSTZ"]]))
    assert desk.count(Organization) == before, answer.told
    assert len(desk.items()) == 1


def test_an_array_names_no_weapon(desk: Desk) -> None:
    rows = [["Found in", "Marking"], ['["kh-101", "kh-555"]', "AD7606BSTZ"]]
    answer = desk.take(csv_text(rows))
    assert not any("[" in (wreck.weapon or "") for wreck in desk.wrecks()), answer.told


def test_alternates_are_not_pieces(desk: Desk) -> None:
    rows = [
        ["Weapon", "Manufacturer 1", "MPN 1", "Manufacturer 2", "MPN 2", "Qty"],
        ["Kh-101", "Analog Devices", "AD7606BSTZ", "Texas Instruments", "ADS8588SIPM", "1"],
    ]
    desk.take(csv_text(rows))
    items = desk.items()
    assert [item.pieces for item in items] == [1]
    assert items[0].part == "AD7606BSTZ"


@pytest.mark.parametrize(
    "serial", ["7701, 7702", "7701; 7702", "7701 and 7703", "Ы-12 та Ы-14", "7701、7702"]
)
def test_two_serials_in_a_cell_are_not_one_specimen(desk: Desk, serial: str) -> None:
    answer = desk.take(csv_text([["Weapon", "Serial", "Marking"], ["Kh-101", serial, "AD7606BSTZ"]]))
    assert answer.accounted == {"read": 1, "new": 1}
    with reading(desk.address) as session:
        assert session.execute(select(Recovery.extent)).scalars().all() == ["several"]


WEAPONS = ["Weapon", "Serial", "Marking"]


@pytest.mark.parametrize(
    "cell",
    ["Kh-101; Orlan-10", "Kh-101\nOrlan-10", "Kh-101, Orlan-10", "Kh-101 and Orlan-10", "Х-101 та Орлан-10",
     "Kh-101 / Orlan-10", "Kh-101; Unheard-7"],
)  # fmt: skip
def test_two_weapons_in_a_cell_are_no_new_weapon(desk: Desk, cell: str) -> None:
    before = desk.count(WeaponSystem)
    answer = desk.take(csv_text([WEAPONS, [cell, "", "AD7606BSTZ"]]))
    assert answer.accounted == {"read": 1, "new": 1}, answer.told
    assert desk.count(WeaponSystem) == before
    assert [wreck.weapon for wreck in desk.wrecks()] == [None]
    assert {row["text"] for row in answer.row["review"] if "several weapons" in row["reason"]} == {cell}
    assert desk.run("log", "recovery", "--weapon", cell, "--new-weapon").code == 3


def test_two_names_of_one_weapon_are_that_weapon(desk: Desk) -> None:
    answer = desk.take(csv_text([WEAPONS, ["Shahed-136 / Geran-2", "", "AD7606BSTZ"]]))
    assert [wreck.weapon for wreck in desk.wrecks()] == ["Geran-2"]
    assert not answer.row["review"]


def test_a_number_in_a_weapons_cell_is_that_of_the_specimen(desk: Desk) -> None:
    before = desk.count(WeaponSystem)
    rows = [
        WEAPONS,
        ["Kh-101 No. 7701", "", "AD7606BSTZ"],
        ["Kh-101", "7701", "XC3S250E"],
        ["Х-101 (зав. № 7701)", "7701", "LM2596S"],
        ["Kh-101 №1", "", "MT41K128M16"],
        ["Kh-101 №2", "", "MT41K128M16"],
    ]
    answer = desk.take(csv_text(rows))
    assert answer.accounted == {"read": 5, "new": 5}, answer.told
    assert desk.count(WeaponSystem) == before
    found = [(wreck.weapon, wreck.serials) for wreck in desk.wrecks()]
    assert found == [("Kh-101", ("7701",)), ("Kh-101", ()), ("Kh-101", ())]


def test_two_different_numbers_of_one_specimen_are_refused(desk: Desk) -> None:
    answer = desk.take(csv_text([WEAPONS, ["Kh-101 No. 7701", "7702", "AD7606BSTZ"]]))
    assert answer.code == 3
    assert "7701" in answer.told
    assert "7702" in answer.told
    assert desk.items() == []
