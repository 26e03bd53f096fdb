"""Marking rules: the shipped table is sound, and families are found."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from provenance.core.vocabulary import ComponentCategory
from provenance.identify.clues import rule_hits
from provenance.identify.rules import TRACE_CATEGORIES, MarkingRule, RuleBook, read_rules
from provenance.text.markings import read_marking

SEED = Path(__file__).resolve().parents[2] / "seed"
RULES = RuleBook(read_rules(SEED / "marking_rule.csv"))


def makers_of(key: str) -> set[str]:
    return {match.rule.maker for match in RULES.matches(key)}


def test_every_rule_has_a_category_of_the_vocabulary_or_is_not_a_part_number() -> None:
    known = {category.value for category in ComponentCategory} | TRACE_CATEGORIES
    assert {rule.category for rule in RULES.rules} <= known


def test_every_rule_names_a_known_maker_and_has_a_key_of_its_own() -> None:
    with (SEED / "organization.csv").open(encoding="utf-8", newline="") as file:
        known = {row["key"] for row in csv.DictReader(file)}
    keys = [rule.key for rule in RULES.rules]
    assert len(keys) == len(set(keys))
    assert {rule.maker for rule in RULES.rules} <= known
    assert {rule.later_owner_line for rule in RULES.rules} - {""} <= known


@pytest.mark.parametrize(
    ("key", "maker"),
    [
        ("ADM3202ARNZ", "analog-devices"),
        ("LVC14A", "texas-instruments"),
        ("M430F5328", "texas-instruments"),
        ("XC7A35T", "xilinx"),
        ("EP4CGX110DF31I7N", "altera"),
        ("STM32F405RGT6", "stmicroelectronics"),
        ("MAX3490", "maxim-integrated"),
        ("C8051F120", "silicon-labs"),
        ("S29AL032D70TAI00", "spansion"),
        ("IRF7413", "international-rectifier"),
    ],
)
def test_families_of_well_known_numbers(key: str, maker: str) -> None:
    assert maker in makers_of(key)


def test_a_number_that_several_makers_sell_belongs_to_several_families() -> None:
    assert {"nxp", "nexperia", "texas-instruments"} <= makers_of("74HC245D")


def test_a_number_by_jedec_registration_belongs_to_no_single_maker() -> None:
    assert len(makers_of("1N5819")) > 2
    assert len(makers_of("2N2222A")) > 2


def test_two_or_three_digits_after_ada_are_not_an_amplifier() -> None:
    assert "analog-devices" in makers_of("ADA4817")
    assert "analog-devices" not in makers_of("ADA356")


def test_a_line_that_was_sold_names_its_new_owner() -> None:
    lines = {(m.rule.maker, m.rule.later_owner_line) for m in RULES.matches("SI8642BC")}
    assert ("silicon-labs", "skyworks") in lines


def test_a_family_name_is_found_as_a_whole_word_only() -> None:
    assert {match.rule.maker for match in RULES.names("Spartan")} == {"xilinx"}
    assert RULES.names("Spartanburg") == ()


def test_a_broken_pattern_is_refused_by_name() -> None:
    book = RuleBook([MarkingRule("broken", "maker", "A(", "family", "category")])
    with pytest.raises(ValueError, match="marking rule broken"):
        book.matches("A1234")
    with pytest.raises(ValueError, match="marking rule broken"):
        book.check()


def test_every_shipped_pattern_compiles() -> None:
    RULES.check()


def test_an_empty_pattern_prefix_matches_nothing() -> None:
    book = RuleBook([MarkingRule("optional", "maker", "(AB)?", "family", "category")])
    assert book.matches("XY1234") == ()
    assert [match.length for match in book.matches("AB1234")] == [2]


@pytest.mark.parametrize(
    ("printed", "makers"),
    [
        # A Soviet transistor, a connector and a converter: no family of Latin numbers is theirs.
        ("КТ3102БМ", set()),
        ("СНП58-64", set()),
        ("К572ПВ2", set()),
        ("РП15-50ШВ-В", set()),
        # Milandr numbers its circuits so; the letters all look like Latin ones.
        ("1986ВЕ91Т", {"milandr"}),
        # Look-alikes in a Latin number, and a number typed on a Cyrillic keyboard, are read as before.
        ("С8051F120", {"silicon-labs"}),
        ("фвь3202", {"analog-devices"}),
    ],
)
def test_a_number_in_cyrillic_is_of_no_latin_family(printed: str, makers: set[str]) -> None:
    found = {hit.match.rule.maker for hit in rule_hits(read_marking(printed), RULES)}
    assert found >= makers if makers else not found
