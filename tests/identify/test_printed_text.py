"""One reading whatever the order of a marking's lines, and the maker that is printed on the thing."""

from __future__ import annotations

import csv
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.identify.answers import Answer
from provenance.identify.identifier import Identifier
from provenance.identify.knowledge import Knowledge
from provenance.identify.names import MakerNames
from provenance.identify.printed_text import part_glued
from provenance.identify.rules import RuleBook, read_rules
from provenance.text.date_codes import formats_of
from provenance.text.markings import is_in_cyrillic

SEED = Path(__file__).resolve().parents[2] / "seed"


def rows(name: str) -> list[dict[str, str]]:
    with (SEED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


NAMES = MakerNames([(row["organization"], row["name"]) for row in rows("organization_name.csv")])
READER = Identifier(
    Knowledge(RuleBook(read_rules(SEED / "marking_rule.csv")), NAMES),
    date_formats=formats_of(rows("date_code_format.csv")),
    today=date(2026, 6, 1),
)
MARKINGS = (
    ("TMS320", "F28335PGFA", "CA-95A", "C#TI"),
    ("CYP 606541", "B 05 PHI 2007", "CY8C29666"),
    ("SPARTAN", "XC3S500E", "FGG320DGQ1521", "D5309423A"),
    ("STM32F103", "C8T6", "GQ2029C", "246"),
    ("PIC18F43K20", "I/PT", "1927CC7"),
    ("ADM3202", "ARNZ", "#2135", "663753"),
    ("ATMEGA", "2560 16AU", "1834"),
    ("1986ВЕ91Т", "1834"),
    ("Microcontroller", "MSP430", "F1612", "26M"),
)
CODES = st.from_regex(r"[A-Z]{1,4}\d{2,5}[A-Z]{0,3}|#?\d{4}|[A-Z]{2,6}", fullmatch=True)


def said(answer: Answer) -> tuple[object, ...]:
    """What an answer says, without the lines as given."""
    return answer.candidates, answer.dates, answer.lot


@pytest.mark.parametrize("lines", MARKINGS, ids=lambda lines: lines[0])
def test_a_marking_reads_the_same_whatever_the_order_of_its_lines(lines: tuple[str, ...]) -> None:
    answers = [READER.identify("\n".join(order)) for order in permutations(lines)]
    assert all(said(answer) == said(answers[0]) for answer in answers)
    assert {answer.lines for answer in answers} == set(permutations(lines))


@settings(deadline=None, max_examples=150)
@given(st.lists(CODES, min_size=2, max_size=5), st.randoms(use_true_random=False), st.sampled_from("\n|\r"))
def test_so_do_any_codes(lines: list[str], chance: object, end: str) -> None:
    shuffled = sorted(lines, key=lambda line: chance.random())  # type: ignore[attr-defined]  # a Random
    assert said(READER.identify("\n".join(lines))) == said(READER.identify(end.join(shuffled)))


@pytest.mark.parametrize(
    ("marking", "mpn"),
    [
        ("TMS320 | F28335PGFA", "TMS320F28335PGFA"),
        ("F28335PGFA | TMS320", "TMS320F28335PGFA"),
        ("TMS320F28335PGFA", "TMS320F28335PGFA"),
        ("SPARTAN | XC3S500E", "XC3S500E"),
        ("CYP 606541 | B 05 PHI 2007 | CY8C29666", "CY8C29666"),
        ("CYP 606541 B 05 PHI 2007 CY8C29666", "CY8C29666"),
        ("VICORV28B12C150BL", "V28B12C150BL"),
        ("IRLR3103IOR", "IRLR3103"),
        ("IRLR3103 IOR", "IRLR3103"),
        ("SLBXC3028A", ""),
    ],
)
def test_a_number_is_read_without_what_is_glued_to_it_and_with_what_is_split_off(
    marking: str, mpn: str
) -> None:
    assert READER.identify(marking.replace(" | ", "\n")).candidates[0].mpn == mpn


@pytest.mark.parametrize(
    ("marking", "maker", "mpn"),
    [
        ("Carburetor Walbro WB-37", "walbro", "WB-37"),
        ("Honeywell HMC6352", "honeywell", "HMC6352"),
        ("Lens Canon EF 85mm f/1.8", "canon", ""),
        ("Engine ROTAX 912", "rotax", ""),
        ("NVIDIA TX570D", "nvidia", "TX570D"),
        ("SEMTECH", "semtech", ""),
        ("Spark plug NGK CR7HSA", "ngk", "CR7HSA"),
        ("Ангстрем К1804ВС1", "angstrem", "К1804ВС1"),
        ("ЭЛВИС 1892ВМ3Т", "elvees", "1892ВМ3Т"),
        ("НТЛаб 5101", "ntlab", ""),
    ],
)
def test_the_maker_printed_on_the_thing_comes_first(marking: str, maker: str, mpn: str) -> None:
    """Before the families that its number happens to fit, and in any script."""
    first = READER.identify(marking).candidates[0]
    assert (first.maker, first.mpn, first.ground) == (maker, mpn, "name")


@given(
    st.sampled_from(sorted(NAMES.names_of_one_word())), st.from_regex(r"[A-Z]\d{3}[A-Z]{2}", fullmatch=True)
)
def test_a_name_glued_to_a_number_is_parted_from_it(name: str, number: str) -> None:
    head = name.upper()
    parted = part_glued(f"{head}{number}", NAMES)
    assert parted.replace(" ", "") == f"{head}{number}"
    assert " " in parted or len(head) < 5


@pytest.mark.parametrize("number", ["К1804ВС1", "УМ5701ВЕ51", "2Т881А", "КР1533ЛА3", "286ЕП3", "1986ВЕ92QI"])
def test_a_russian_number_stays_cyrillic_and_is_nobody_s_in_the_west(number: str) -> None:
    assert is_in_cyrillic(number)
    found = READER.identify(f"Microcircuit {number}").candidates
    assert {each.maker for each in found} <= {"milandr", "integral", "kremniy-el", "elvees", "angstrem"}
    assert {each.mpn for each in found} <= {number}


@pytest.mark.parametrize(
    "number", ["МАХ3490", "74НС54", "С8051F120", "АВТЕ16245", "2С256", "7М9102", "13431ЕЕВ"]
)
def test_a_latin_number_typed_in_cyrillic_letters_is_none(number: str) -> None:
    """Lists write so: the first two are Maxim's and Nexperia's."""
    assert not is_in_cyrillic(number)


@pytest.mark.parametrize(
    ("marking", "category"),
    [
        ("operational amplifier LPC661IM", "analog"),
        ("DSP TMS320C6713", "processor"),
        ("RF transceiver AD9361BBCZ", "transceiver"),
        ("CY8C29666", "mcu"),
    ],
)
def test_the_narrowest_family_and_the_words_beside_it_say_the_category(marking: str, category: str) -> None:
    assert READER.identify(marking).candidates[0].category == category


@pytest.mark.parametrize(
    ("family", "agreeing", "contrary"),
    [
        ("LPC2148FBD64", "Microcontroller", "Operational amplifier"),
        ("ADM3202ARNZ", "Line driver", "Flash memory"),
        ("MT48LC16M16", "SDRAM chip", "Tantalum capacitor"),
        ("STM32F103C8T6", "Microcontroller", "Schottky diode"),
    ],
)
def test_words_that_contradict_a_family_lower_it(family: str, agreeing: str, contrary: str) -> None:
    alone, with_it, against = (
        READER.identify(text.strip()).candidates[0]
        for text in (family, f"{agreeing} {family}", f"{contrary} {family}")
    )
    assert with_it.score >= alone.score > against.score
    assert against.confidence != "certain"
