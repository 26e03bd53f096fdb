"""Base part, suffix and catalogue keys of part numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.folding import fold_marking
from provenance.text.markings import confusion_key
from provenance.text.part_numbers import (
    KEY_LENGTH,
    index_keys,
    is_power_of_ten,
    join_top_codes,
    lookup_keys,
    part_key,
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


class TestIdentity:
    """Which spellings are one part, and which are two."""

    @pytest.mark.parametrize(
        "spellings",
        [
            ("ADM3202ARNZ-REEL7", "ADM3202ARNZREEL7", "adm3202arnz reel7"),
            ("C8051F120", "С8051F120", "C8051\u200bF120"),
            ("SMBJ5.0A", "SMBJ5,0A", "SMBJ 5.0 A", "SMBJ5.\u200b0A"),
            ("LM2576-5", "LM2576\u20115", "LM2576–5", "LM2576 5"),
            ("LTC3780EG#PBF", "LTC3780EGPBF"),
            ("PIC16F877-20I/P", "PIC16F877-20IP"),
            ("BAT54H,115", "BAT54H115"),
        ],
    )
    def test_spellings_of_one_part(self, spellings: tuple[str, ...]) -> None:
        assert len(set(map(part_key, spellings))) == 1

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("SMBJ5.0A", "SMBJ50A"),
            ("1.5SMC6.8CA", "1.5SMC68CA"),
            ("1.5KE15A", "15KE15A"),
            ("SMCJ.5A", "SMCJ5A"),
            ("2.5/25", "2525"),
            ("LM2576-5", "LM25765"),
            ("MAX3232ECD+", "MAX3232ECD"),
            ("MAX3232ECD+T", "MAX3232ECD-T"),
        ],
    )
    def test_two_parts(self, one: str, other: str) -> None:
        assert part_key(one) != part_key(other)
        assert fold_marking(one) == fold_marking(other), "a search finds both"

    @given(st.text(st.sampled_from("AB5.0,-/+ _К#\u2011\u200b"), max_size=12))
    def test_a_key_is_the_search_key_and_what_tells_apart(self, number: str) -> None:
        key = part_key(number)
        assert "".join(filter(str.isalnum, key)) == fold_marking(number)
        assert part_key(key) == key
        assert part_key(number.lower()) == key

    @pytest.mark.parametrize("lost", ["3.15264E+12", "9.55E+12", "9,55167E+12", "3.15264e12", "1E+15"])
    def test_what_a_spreadsheet_left_of_a_number(self, lost: str) -> None:
        assert is_power_of_ten(lost)

    @pytest.mark.parametrize("number", ["2E3", "1E12", "74HC04", "5.0E", "EP4CE22", "3.3", ""])
    def test_other_numbers_are_left_alone(self, number: str) -> None:
        assert not is_power_of_ten(number)
