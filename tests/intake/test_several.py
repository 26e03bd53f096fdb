"""Several parts, pieces, makers or wrecks in one cell."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Recovery
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
