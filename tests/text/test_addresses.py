"""Addresses taken apart into building and unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.addresses import UnitMatch, numbers_meet, read_address, unit_match


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Room 1318-19, 610 Nathan Road", {"1318", "1319"}),
        ("Room 1318-20, 610 Nathan Road", {"1318", "1319", "1320"}),
        ("Unit B1-B3, 21/F, Block B, 603 Castle Peak Road", {"b1", "b2", "b3"}),
        ("ул. Лесная, д. 24, кв. 62, Ижевск", {"62"}),
        ("深圳市科技路12号5楼1318室", {"1318"}),
        ("Flat/Rm 5 & 6, 10 Cedar Street", {"5", "6"}),
        ("İstiklal Caddesi No: 12 Daire 5, Beyoğlu", {"5"}),
        ("İstiklal Cad. No:12 D.5 Beyoğlu", {"5"}),
        ("İstiklal Cad. No:12/D:5 Beyoğlu", {"5"}),
        ("Д.127, Амурская, Благовещенск", set()),
        ("5 Quarry Lane, Riga", set()),
    ],
)
def test_units(text: str, units: set[str]) -> None:
    assert read_address(text).units == units


def test_floors_and_post_boxes_stand_apart() -> None:
    parts = read_address("13/F, Cedar House, 610 Nathan Road, P.O. Box 4711, Dubai, AE")
    assert (parts.floors, parts.boxes, parts.numbers) == ({"13"}, {"4711"}, {"610"})


def test_a_country_or_a_city_is_not_an_address() -> None:
    assert not read_address("CN").locates
    assert not read_address("Moscow, Russia").locates
    assert read_address("5 Quarry Lane, Riga").locates


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        ("Room 5, 1 A Road", "Rm. 5, 1 A Road", UnitMatch.SAME),
        ("Room 5-7, 1 A Road", "Rm. 7, 1 A Road", UnitMatch.OVERLAPS),
        ("Room 5, 1 A Road", "Rm. 6, 1 A Road", UnitMatch.OTHER),
        ("Room 5, 1 A Road", "1 A Road", UnitMatch.UNSTATED),
        ("Room 5, 3/F, 1 A Road", "Room 5, 4/F, 1 A Road", UnitMatch.OTHER),
        ("P.O. Box 12, Riga", "PO Box 13, Riga", UnitMatch.OTHER),
    ],
)
def test_units_compared(left: str, right: str, told: UnitMatch) -> None:
    assert unit_match(read_address(left), read_address(right)) == told
    assert unit_match(read_address(right), read_address(left)) == told


def test_house_numbers_have_to_meet() -> None:
    assert not numbers_meet(read_address("5 Quarry Lane"), read_address("7 Quarry Lane"))
    assert numbers_meet(read_address("5 Quarry Lane"), read_address("Quarry Lane"))


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    parts = read_address(text)
    assert unit_match(parts, parts) in (UnitMatch.SAME, UnitMatch.UNSTATED)
