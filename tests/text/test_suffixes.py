"""Suffixes: package, temperature and reel by the maker's own grammar, nothing where it does not fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.part_numbers import split_part_number
from provenance.text.suffixes import UNREAD, read_suffix


@pytest.mark.parametrize(
    ("number", "package", "temperature", "reel"),
    [
        ("ADM3202ARNZ-REEL7", "RN", "A", "REEL7"),
        ("ADM3202ARNZ", "RN", "A", ""),
        ("AD9364BBCZ", "BC", "B", ""),
        ("LTC3414EFE#TRPBF", "FE", "E", "TR"),
        ("MAX3232ESE+T", "SE", "E", "T"),
        ("SN74LVC14APWR", "PW", "", "R"),
        ("MAX3232IDR", "D", "I", "R"),
        ("STM32F405RGT6TR", "T", "6", "TR"),
        ("XC6SLX16-2FTG256C", "FTG256", "C", ""),
        ("EP4CGX150CF23I7N", "F23", "I", ""),
        ("PIC16F877-20I/P", "P", "I", ""),
        ("ATMEGA128-16AU", "A", "U", ""),
        ("LPC1768FBD100", "BD100", "F", ""),
        ("IS62WV102416BLL-25TLI", "T", "I", ""),
        ("W25Q64FVSSIG", "SS", "I", ""),
    ],
)
def test_suffixes_of_the_major_makers(number: str, package: str, temperature: str, reel: str) -> None:
    part = split_part_number(number)
    said = read_suffix(part.base, part.suffix)
    assert (said.package, said.temperature, said.reel) == (package, temperature, reel)


@pytest.mark.parametrize(("base", "suffix"), [("ADM3202", ""), ("QRZ7788", "ARNZ"), ("ADM3202", "QQQQ")])
def test_what_no_grammar_reads_stays_unread(base: str, suffix: str) -> None:
    assert read_suffix(base, suffix) == UNREAD


@given(st.text(alphabet="ADMXSTM0123456789", max_size=12), st.text(alphabet="ABCRNZT0123456789", max_size=8))
def test_every_code_is_in_the_suffix(base: str, suffix: str) -> None:
    said = read_suffix(base, suffix)
    assert all(code in suffix for code in (said.package, said.temperature, said.reel))
