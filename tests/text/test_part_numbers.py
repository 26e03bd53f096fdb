"""Base part, suffix and catalogue keys of part numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.markings import confusion_key
from provenance.text.part_numbers import (
    KEY_LENGTH,
    index_keys,
    join_top_codes,
    lookup_keys,
    split_part_number,
    split_top_codes,
    top_code_key,
)


@pytest.mark.parametrize(
    ("number", "base", "suffix"),
    [
        ("ADM3202ARNZ-REEL7", "ADM3202", "ARNZREEL7"),
        ("STM32F405RGT6", "STM32F405", "RGT6"),
        ("SN74LVC14APWR", "SN74LVC14A", "PWR"),
        ("MSP430F5328IRGC", "MSP430F5328", "IRGC"),
        ("XC3S2000-4FGG456C", "XC3S2000", "4FGG456C"),
        ("EP4CGX110DF31I7N", "EP4CGX110", "DF31I7N"),
        ("S29AL032D70TAI00", "S29AL032D", "70TAI00"),
        ("LTC3414", "LTC3414", ""),
        ("ATmega2560-16AU", "ATMEGA2560", "16AU"),
        ("SPARTAN", "SPARTAN", ""),
    ],
)
def test_base_part_and_suffix(number: str, base: str, suffix: str) -> None:
    part = split_part_number(number)
    assert (part.base, part.suffix) == (base, suffix)


@pytest.mark.parametrize(
    ("catalogue", "marking"),
    [
        ("SN74LVC14APWR", "LVC14A"),
        ("MSP430F5328IRGC", "M430F5328"),
        ("MSP430F5328IRGC", "MSP430F5328"),
        ("ADM3202ARNZ", "ADM3202"),
        ("MAX13431EEEB", "13431EEEB"),
        ("EPM7512AEQI208-10N", "EPM75I2AEQ1208"),
    ],
)
def test_a_shortened_or_misread_marking_finds_its_part(catalogue: str, marking: str) -> None:
    stored = index_keys(catalogue)
    assert any(key in stored or stored[0].startswith(key) for key in lookup_keys(marking))


def test_nothing_has_no_keys() -> None:
    assert index_keys("-- /") == ()


@given(st.text(alphabet="ABCXYZOISB0158-/ ", max_size=60))
def test_a_number_is_found_by_itself(number: str) -> None:
    keys = index_keys(number)
    assert len(keys) == len(set(keys))
    assert all(0 < len(key) <= KEY_LENGTH and confusion_key(key) == key for key in keys)
    if keys:
        assert lookup_keys(split_part_number(number).orderable)[0] == keys[0]


def test_a_top_codes_key_is_not_a_part_numbers_key() -> None:
    assert top_code_key("A7W") == top_code_key(" a7w* ") == top_code_key("А7W")
    assert top_code_key("A7W") not in index_keys("A7W")
    assert (top_code_key("*"), top_code_key("X" * KEY_LENGTH)) == ("", "")


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_part_number_has_a_top_codes_key(code: str, number: str) -> None:
    key = top_code_key(code)
    assert len(key) <= KEY_LENGTH
    assert not key or key not in (*index_keys(number), *lookup_keys(number))


@given(st.lists(st.text(alphabet="A7W ;.", max_size=5), max_size=4))
def test_top_codes_survive_being_written_down(pieces: list[str]) -> None:
    codes = split_top_codes(";".join(pieces))
    assert split_top_codes(join_top_codes(codes)) == codes
    assert all(code == code.strip() != "" for code in codes)
