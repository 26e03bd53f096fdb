"""Reading a marking into words, measures, numbers and codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.markings import (
    MAX_TOKENS,
    TokenKind,
    as_meant,
    confusion_key,
    keyboard_repaired,
    read_marking,
)


def keys_of(marking: str) -> list[str]:
    return [part.key for part in read_marking(marking).parts]


def test_description_and_marking_are_kept_apart() -> None:
    reading = read_marking("Low noise 3-axis MEMS accelerometer ADXL 357B #2207 663753")
    assert reading.words == ("low", "noise", "-axis", "mems", "accelerometer")
    assert [mark.key for mark in reading.marks] == ["ADXL", "357B", "663753"]
    assert [token.text for token in reading.tokens if token.kind is TokenKind.HASH_DATE] == ["#2207"]


@pytest.mark.parametrize(
    ("marking", "key"),
    [
        ("С8051F120", "C8051F120"),
        ("S29AL032D70TАI00", "S29AL032D70TAI00"),
        ("МАХ3490", "MAX3490"),
        ("ＡＤＭ３２０２", "ADM3202"),
        ("Microcircuit (ADV7180)", "ADV7180"),
    ],
)
def test_look_alikes_are_read_as_latin(marking: str, key: str) -> None:
    assert key in keys_of(marking)


def test_text_typed_on_a_cyrillic_keyboard_is_offered_as_meant() -> None:
    assert keyboard_repaired("фвь3202") == "adm3202"
    retyped = [part for part in read_marking("фвь3202").parts if part.retyped]
    assert [part.key for part in retyped] == ["ADM3202"]


def test_a_number_in_russian_capitals_is_read_as_printed_and_not_as_typed() -> None:
    for printed in ("РП15-50ШВ-В", "КР142ЕН5А", "РЭС47", "К50-29"):
        assert not any(part.retyped for part in read_marking(printed).parts), printed
    # No Russian part number has Ь or Ы: whoever typed these had caps lock and the wrong keyboard on.
    for typed, meant in (("ФВЬ3202", "ADM3202"), ("ЫТ74ДМС14", "SN74LVC14")):
        assert meant in [part.key for part in read_marking(typed).parts if part.retyped]


def test_the_numero_sign_is_the_number_sign() -> None:
    assert read_marking("ADM3202 №2135").tokens[-1].kind is TokenKind.HASH_DATE


def test_one_part_number_over_several_lines_is_joined() -> None:
    reading = read_marking("XC3S2000\nFGG456EGQ1501")
    assert reading.raw_lines == ("XC3S2000", "FGG456EGQ1501")
    assert "XC3S2000FGG456EGQ1501" in keys_of("XC3S2000 | FGG456EGQ1501")
    assert "ATMEGA2560" in keys_of("Microcircuit ATMEGA 2560")
    assert "LC244A" in keys_of("LC 244 A")


def test_measures_and_kinds_of_parts_are_not_part_numbers() -> None:
    assert keys_of("Electrolytic capacitor 16V 470µF") == []
    assert keys_of("16-bit CMOS SRAM") == []


@pytest.mark.parametrize("marking", ["", "   ", "!!! ???", "😀😀", "\x00\x1b[31m\u202e", "\n|\n"])
def test_an_empty_text_reads_as_nothing(marking: str) -> None:
    assert read_marking(marking).parts == ()


def test_a_very_long_marking_is_read_only_so_far() -> None:
    assert len(read_marking("AD1234 " * 5000).tokens) <= MAX_TOKENS


def test_confusable_characters_share_a_key() -> None:
    assert confusion_key("EPM75I2AEOI2O8") == confusion_key("EPM7512AEQ1208")
    assert confusion_key("ADM3202") != confusion_key("ADM3203")


def test_likely_misreadings_are_corrected() -> None:
    assert as_meant("AMPO3G") == "AMP03G"
    assert as_meant("5N74LS04") == "SN74LS04"
    assert as_meant("MOC3021") == "MOC3021"


@given(st.text())
def test_any_text_is_read_without_failing_and_keys_are_plain(text: str) -> None:
    for part in read_marking(text).parts:
        assert 3 <= len(part.key) <= 26
        assert part.number


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))
def test_the_confusion_key_is_its_own_confusion_key(key: str) -> None:
    assert confusion_key(confusion_key(key)) == confusion_key(key)
    assert len(confusion_key(key)) == len(key)


@pytest.mark.parametrize(
    ("marking", "marks"),
    [
        ("regulator 1.5 A 18 V", []),
        ("28/40-pin CMOS microcontroller", []),
        ("600А 24В ПС-315", ["ПС-315"]),
        ("50 kΩ potentiometer 503", ["503"]),
        ("LVC 245 A", ["LVC", "245", "A"]),
        ("capacitor 226C 03EP5", ["226C", "03EP5"]),
    ],
)
def test_measures_with_separate_or_cyrillic_units_are_not_marks(marking: str, marks: list[str]) -> None:
    assert [mark.text for mark in read_marking(marking).marks] == marks


@pytest.mark.parametrize(
    ("marking", "together"),
    [
        ("MAX3160EAP 1612", False),
        ("Microcircuit ADM3202ARNZ 2135", False),
        ("ADM3202ARNZ 2154", True),
        ("MSP430F 1612", True),
        ("DSPIC30F 2010", True),
        ("XC3S2000 FGG456", True),
    ],
)
def test_year_and_week_after_a_long_number_are_not_part_of_it(marking: str, together: bool) -> None:
    keys = {part.key for part in read_marking(marking).parts}
    last, before = marking.split()[::-1][:2]
    assert {last, before} <= keys
    assert (before + last in keys) == together
