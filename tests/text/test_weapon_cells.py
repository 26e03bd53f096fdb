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


@pytest.mark.parametrize(
    "cell", ["Kh-101", "Kh-101;", "Geran-2 (Shahed-136)", "Land Rover", "9M727 (Chernihiv, 19.08.2023)"]
)
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


@pytest.mark.parametrize(
    ("cell", "weapon", "number", "kind"),
    [
        ("Gerbera UAV, Tail Number ЫЫ 748", "Gerbera", "ЫЫ 748", SerialKind.TAIL),
        ("Gerbera Tail Number ЫЫ 748", "Gerbera", "ЫЫ 748", SerialKind.TAIL),
        ("Lancet-3 56. 024Z111 525", "Lancet-3", "56. 024Z111 525", SerialKind.SERIAL),
        ("Shahed-136 (GERAN-2) MS001", "Shahed-136 (GERAN-2)", None, SerialKind.SERIAL),
        ("9M727 (Chernihiv, 19.08.2023)", "9M727", None, SerialKind.SERIAL),
        ("9M727 (Chernihiv oblast, August 2023)", "9M727", None, SerialKind.SERIAL),
    ],
)
def test_what_stands_beside_a_weapon_is_no_part_of_its_name(
    cell: str, weapon: str, number: str | None, kind: SerialKind
) -> None:
    read = read_weapon_cell(cell)
    assert weapon in read.names
    assert (read.number, read.kind) == (number, kind)


@pytest.mark.parametrize(
    "cell",
    ["Iskander-K (launcher)", "Orlan-10 ground station", "Kh-101 (Kh-555)", "Zala 421 16", "Kh-47 2 3"],
)
def test_any_other_word_may_name_another_thing(cell: str) -> None:
    read = read_weapon_cell(cell)
    assert (read.names, read.number) == ((cell,), None)
