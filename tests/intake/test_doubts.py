"""What a list doubts, repeats by a sign or points elsewhere for is not stated: listed, and never assumed."""

from __future__ import annotations

import pytest

from provenance.schema.organizations import Organization
from provenance.schema.reference import WeaponSystem
from tests.intake.desk import Desk, csv_text

DOUBTED = "the source itself doubts this"


def reviewed(desk_row: dict[str, list[dict[str, str]]], reason: str) -> set[str]:
    return {one["text"] for one in desk_row["review"] if one["reason"].startswith(reason)}


@pytest.mark.parametrize(
    "cell", ["Texas Instruments?", "TI (?)", "probably Analog Devices", "ймовірно TI", "Xilinx (возможно)"]
)
def test_a_doubted_maker_is_neither_that_maker_nor_a_new_one(desk: Desk, cell: str) -> None:
    before = desk.count(Organization)
    rows = [["Weapon", "Serial", "Manufacturer", "MPN"], ["Kh-101", "7701", cell, "AD7606BSTZ"]]
    answer = desk.take(csv_text(rows))
    assert answer.accounted == {"read": 1, "new": 1}
    assert desk.items()[0].makers == (None,)
    assert desk.count(Organization) == before
    assert reviewed(answer.row, DOUBTED) == {cell}
    words = ("log", "component", "--weapon", "Kh-101", "--marking", "AD7606", "--maker", cell, "--new-maker")
    assert desk.run(*words).code != 0


@pytest.mark.parametrize("cell", ["Kh-101?", "Geran-2 (?)", "probably Kh-101", "можливо Х-101"])
def test_a_doubted_weapon_is_none(desk: Desk, cell: str) -> None:
    before = desk.count(WeaponSystem)
    answer = desk.take(csv_text([["Weapon", "Serial", "MPN"], [cell, "7701", "AD7606BSTZ"]]))
    assert [wreck.weapon for wreck in desk.wrecks()] == [None]
    assert desk.count(WeaponSystem) == before
    assert reviewed(answer.row, DOUBTED) == {cell}
    assert desk.run("log", "recovery", "--weapon", cell, "--new-weapon").code == 3


def test_a_doubted_part_number_is_listed_by_cell(desk: Desk) -> None:
    rows = [["Weapon", "Serial", "MPN"], ["Kh-101", "7701", "AD7606BSTZ?"], ["Kh-101", "7701", "AD76?6"]]
    answer = desk.take(csv_text(rows))
    assert [item.part for item in desk.items()] == [None, "AD76?6"]
    assert answer.cells == {(2, "MPN")}


@pytest.mark.parametrize("cell", ["7701?", "7701 (?)", "~7701"])
def test_a_doubted_serial_number_is_a_specimen_of_its_own_that_is_asked_about(desk: Desk, cell: str) -> None:
    rows = [["Weapon", "Serial", "MPN"], ["Kh-101", "7701", "AD7606BSTZ"], ["Kh-101", cell, "XC3S250E"]]
    answer = desk.take(csv_text(rows))
    assert len(desk.wrecks()) == 2
    assert any("the number agrees" in text for text in reviewed(answer.row, "may be one recovery"))


CELLS = ["770", "770**", "7*70"]


def test_numbers_of_which_characters_cannot_be_read_are_no_shorter_numbers(desk: Desk) -> None:
    rows = [
        ["Weapon", "Serial", "MPN"],
        *(["Kh-101", cell, "AD7606BSTZ"] for cell in ("770", "770**", "7*70")),
    ]
    desk.take(csv_text(rows))
    assert len(desk.wrecks()) == len(CELLS)


@pytest.mark.parametrize("sign", ['"', "-//-", "〃", "same", "Ditto", "те саме", "То же", "同上"])
def test_a_sign_for_the_cell_above_is_no_value(desk: Desk, sign: str) -> None:
    header = ["Weapon", "Serial", "Place", "Manufacturer", "MPN"]
    rows = [["Kh-101", "7701", "Kyiv", "Xilinx", "XC3S250E"], ["Kh-101", sign, sign, sign, "AD7606BSTZ"]]
    answer = desk.take(csv_text([header, *rows]))
    assert answer.cells == {(3, "Serial"), (3, "Place"), (3, "Manufacturer")}
    _first, second = desk.items()
    assert (second.wreck.serials, second.wreck.place, second.makers) == ((), None, ())
    refused = desk.take(csv_text([header, rows[0], [sign, *rows[1][1:]]]))
    assert refused.code == 3
    assert "the cell above" in refused.told


@pytest.mark.parametrize(
    "cell",
    [
        "unknown drone",
        "UAV (unknown)",
        "невідомий БпЛА",
        "обломки",
        "enemy UAV",
        "Russian drone",
        "wreckage",
        "ударний БпЛА",
        "drone fragments",
    ],
)
def test_words_for_a_wreck_are_no_weapon(desk: Desk, cell: str) -> None:
    before = desk.count(WeaponSystem)
    desk.take(csv_text([["Weapon", "Serial", "MPN"], [cell, "7701", "AD7606BSTZ"]]))
    assert desk.count(WeaponSystem) == before


@pytest.mark.parametrize(
    "cell", ["Chinese clone", "www.ti.com", "https://www.ti.com/", "китайская копия", "见图", "див. фото"]
)
def test_what_is_no_firm_makes_none(desk: Desk, cell: str) -> None:
    before = desk.count(Organization)
    desk.take(csv_text([["Weapon", "Manufacturer", "MPN"], ["Kh-101", cell, "AD7606BSTZ"]]))
    assert desk.count(Organization) == before


@pytest.mark.parametrize(
    ("cell", "maker"),
    [
        ("TI logo", "Texas Instruments"), ("логотип Xilinx", "Xilinx"),
        ("Logo of Analog Devices", "Analog Devices"),
        ("Texas Instruments, USA", "Texas Instruments"), ("Xilinx (AMD), USA", "Xilinx"),
        ("Analog Devices - США", "Analog Devices"),
    ],
)  # fmt: skip
def test_a_logo_or_a_country_beside_a_maker_makes_no_other_maker(desk: Desk, cell: str, maker: str) -> None:
    desk.take(csv_text([["Weapon", "Manufacturer", "MPN"], ["Kh-101", cell, "AD7606BSTZ"]]))
    assert desk.items()[0].maker == maker


@pytest.mark.parametrize("cell", ["=1+1", '=HYPERLINK("http://x.example";"AD7606")', "=B2", "= SUM(A1:A2)"])
def test_a_formula_that_a_program_wrote_out_is_no_value(desk: Desk, cell: str) -> None:
    answer = desk.take(
        csv_text([["Weapon", "Serial", "MPN"], ["Kh-101", "7701", cell], ["Kh-101", cell, "XC3S"]])
    )
    assert [item.part for item in desk.items()] == [None, "XC3S"]
    assert answer.cells == {(2, "MPN"), (3, "Serial")}
