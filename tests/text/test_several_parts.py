"""Cells that name several parts, makers or pieces are taken apart where that is plain, and only there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.several_parts import (
    StatedPart,
    Undecided,
    may_hold_several,
    several_makers,
    stated_parts,
)

TI, ADI = "Texas Instruments", "Analog Devices"


@pytest.mark.parametrize(
    ("number", "maker", "parts"),
    [
        ("TPS5430DDA, LM2596S", TI, [("TPS5430DDA", TI), ("LM2596S", TI)]),
        ("TPS5430DDA,LM2596S", TI, [("TPS5430DDA", TI), ("LM2596S", TI)]),
        ("TPS5430DDA / LT8645S", f"{TI} / {ADI}", [("TPS5430DDA", TI), ("LT8645S", ADI)]),
        ("TPS5430DDA\nLT8645S", f"{TI}\n{ADI}", [("TPS5430DDA", TI), ("LT8645S", ADI)]),
        ("TPS5430DDA; LT8645S", f"{TI}; {ADI}", [("TPS5430DDA", TI), ("LT8645S", ADI)]),
        ("TPS5430DDA, LT8645S", f"{TI}, {ADI}, Inc.", [("TPS5430DDA", TI), ("LT8645S", f"{ADI}, Inc.")]),
        ("TPS5430DDA та LM2596S", "", [("TPS5430DDA", ""), ("LM2596S", "")]),
        ("TPS5430DDA、LM2596S", "", [("TPS5430DDA", ""), ("LM2596S", "")]),
        ("TPS5430DDA; LM2596S; MAX3232", "", [("TPS5430DDA", ""), ("LM2596S", ""), ("MAX3232", "")]),
    ],
)
def test_a_list_of_part_numbers_is_several_parts(
    number: str, maker: str, parts: list[tuple[str, str]]
) -> None:
    assert stated_parts(number, maker) == [StatedPart(*part) for part in parts]


@pytest.mark.parametrize(
    "number",
    [
        "2x TPS5430DDA", "2 x TPS5430DDA", "2× TPS5430DDA", "2х TPS5430DDA", "TPS5430DDA x2", "TPS5430DDA ×2",
        "TPS5430DDA*2", "TPS5430DDA (2 pcs)", "TPS5430DDA (x2)", "TPS5430DDA, 2 pcs", "TPS5430DDA - 2 шт.",
        "2 шт TPS5430DDA", "TPS5430DDA [2 pcs]", "TPS5430DDA 2x", "TPS5430DDA 2 个",
    ],
)  # fmt: skip
def test_pieces_beside_a_number_are_not_part_of_it(number: str) -> None:
    assert stated_parts(number) == [StatedPart("TPS5430DDA", "", 2)]


def test_each_part_of_a_list_may_have_its_own_pieces() -> None:
    assert stated_parts("2x TPS5430DDA, LM2596S") == [
        StatedPart("TPS5430DDA", "", 2),
        StatedPart("LM2596S", "", None),
    ]


@pytest.mark.parametrize(
    "number",
    [
        "BAT54H,115", "SN74LVC1G08DBVR,235", "PMEG2010AEH,115", "PIC18F43K20-I/PT", "LM2596S-5.0/NOPB",
        "STM32F405 RGT6", "1N4007", "2N3904", "74HC595", "XC3S250E-4TQG144C", "TEA1733T/N1,118",
        "2N7002/S711",         "LTC4364-2x", "LT1086CM-3.3#PBF", "MAX3232ECD+", "SMBJ5.0A",
    ],
)  # fmt: skip
def test_signs_of_a_single_number_do_not_part_it(number: str) -> None:
    assert stated_parts(number, TI) == [StatedPart(number, TI)]


def test_a_packing_code_stays_with_its_number() -> None:
    assert stated_parts("BAT54H, 115") == [StatedPart("BAT54H,115")]


@pytest.mark.parametrize(
    ("number", "maker"),
    [
        ("TPS5430DDA or LM2596S", TI),
        ("TPS5430DDA або LM2596S", TI),
        ("TPS5430DDA/LM2596S", TI),
        ("TPS5430DDA / LM2596S", TI),
        ("LM2596S / LM2596T", ""),
        ("LM2596S, TO-263", TI),
        ("LM358, 1834", TI),
        ("TPS5430DDA, voltage regulator", TI),
        ("TPS5430DDA, LM2596S", f"{TI} / {ADI} / NXP"),
    ],
)
def test_what_is_not_plain_is_not_decided(number: str, maker: str) -> None:
    with pytest.raises(Undecided):
        stated_parts(number, maker)


def test_firms_are_parted_at_lines_and_free_slashes_only() -> None:
    assert several_makers(f"{TI} / {ADI}") == [TI, ADI]
    assert several_makers(f"{TI}\n{ADI}") == [TI, ADI]
    for one in ("M/A-COM", "M/A-COM Technology Solutions", "TI/National", "S/N", "Maxim Integrated, Inc."):
        assert several_makers(one) == [one]


@given(st.lists(st.from_regex(r"[A-Z]{2,4}[0-9]{3,5}[A-Z]{0,3}", fullmatch=True), min_size=1, max_size=4))
def test_no_number_is_invented_or_lost(numbers: list[str]) -> None:
    for between in ("; ", "\n", ", "):
        assert [part.number for part in stated_parts(between.join(numbers))] == numbers


@given(st.text(max_size=20))
def test_any_text_is_one_thing_several_or_undecided(text: str) -> None:
    try:
        parts = stated_parts(text)
    except Undecided:
        return
    assert all(
        part.number.replace(",", "").replace(" ", "") in text.replace(",", "").replace(" ", "")
        for part in parts
    )
    if not may_hold_several(text):
        assert parts == [StatedPart(text)]
