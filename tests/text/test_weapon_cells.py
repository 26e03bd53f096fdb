"""A weapon's number, kind and company in one cell."""

from __future__ import annotations

import pytest

from provenance.core.vocabulary import SerialKind
from provenance.text.weapon_cells import read_weapon_cell, several_weapons, without_kind


@pytest.mark.parametrize(
    ("cell", "weapon", "number"),
    [
        ("Kh-101 No. 7701", "Kh-101", "7701"),
        ("Kh-101 №7701", "Kh-101", "7701"),
        ("Kh-101№7701", "Kh-101", "7701"),
        ("Kh-101, s/n 7701", "Kh-101", "7701"),
        ("Kh-101 S/N: 7701", "Kh-101", "7701"),
        ("Kh-101 SN 7701", "Kh-101", "7701"),
        ("Kh-101 serial number 77", "Kh-101", "77"),
        ("Kh-101 serial: 7701", "Kh-101", "7701"),
        ("Х-101 (зав. № 7701)", "Х-101", "7701"),
        ("Х-101 сер. № 7701", "Х-101", "7701"),
        ("Х-101 заводський номер 3152638829015", "Х-101", "3152638829015"),
        ("Geran-2 No. Ы-417", "Geran-2", "Ы-417"),
        ("T-72B3 obr. 2016 No 5", "T-72B3 obr. 2016", "5"),
    ],
)
def test_a_number_beside_a_weapon_is_the_specimens(cell: str, weapon: str, number: str) -> None:
    read = read_weapon_cell(cell)
    assert (read.name, read.number, read.kind) == (weapon, number, SerialKind.SERIAL)
    assert read.names[:2] == (cell, weapon)


@pytest.mark.parametrize("cell", ["Geran-2 (tail number Ы-1276)", "Geran-2 борт. № Ы-1276"])
def test_a_tail_number_is_one(cell: str) -> None:
    read = read_weapon_cell(cell)
    assert (read.name, read.number, read.kind) == ("Geran-2", "Ы-1276", SerialKind.TAIL)


@pytest.mark.parametrize(
    "cell",
    [
        "Kh-101", "Geran-2 (Shahed-136)", "Iskander-K model No. 9M728", "No. 7701", "Kh-101 Noname 5",
        "Kh-101; Orlan-10 No. 7701", "Product 30", "Kh-101 (7701)",
    ],
)  # fmt: skip
def test_what_nothing_calls_a_number_is_none(cell: str) -> None:
    read = read_weapon_cell(cell)
    assert (read.name, read.number, read.is_vague) == (cell, None, False)


@pytest.mark.parametrize("cell", ["Kh-69 (No. 9504 and 9505)", "Kh-69 (No.9504 and No.9505)"])
def test_two_numbers_are_not_one(cell: str) -> None:
    read = read_weapon_cell(cell)
    assert (read.name, read.number, read.is_vague) == (cell, None, True)
    assert "Kh-69" in read.names


@pytest.mark.parametrize(
    ("cell", "names", "surely"),
    [
        ("Kh-101; Orlan-10", ("Kh-101", "Orlan-10"), True),
        ("Kh-101\nOrlan-10", ("Kh-101", "Orlan-10"), True),
        ("Kh-101 No. 7701; Kh-555 No. 3", ("Kh-101", "Kh-555"), True),
        ("Kh-101 and Orlan-10", ("Kh-101", "Orlan-10"), False),
        ("Х-101 та Орлан-10", ("Х-101", "Орлан-10"), False),
        ("Shahed-136/Geran-2", ("Shahed-136", "Geran-2"), False),
    ],
)
def test_several_names(cell: str, names: tuple[str, ...], surely: bool) -> None:
    assert several_weapons(cell) == (names, surely)


@pytest.mark.parametrize("cell", ["Kh-101", "Kh-101;", "Geran-2 (Shahed-136)", "Land Rover"])
def test_one_name(cell: str) -> None:
    assert several_weapons(cell) is None


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("geran-2-uav", "geran-2"), ("БПЛА Орлан-10", "Орлан-10"), ("Missile Kh-101", "Kh-101"),
        ("Kh-101 cruise missile", "Kh-101"), ("Крылатая ракета Х-101", "Х-101"), ("ракета", "ракета"),
    ],
)  # fmt: skip
def test_the_kind_is_left_out(cell: str, name: str) -> None:
    assert without_kind(cell) == name
