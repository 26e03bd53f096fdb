"""A maker rests on a part-like code or its own name, never on wording, a serial number or a measure."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.identify.catalogue import CatalogueEntry
from provenance.identify.identifier import Identifier
from provenance.identify.knowledge import Knowledge
from provenance.identify.names import MakerNames
from provenance.identify.rules import RuleBook, read_rules
from provenance.identify.sightings import Pair
from provenance.identify.training import learn_knowledge
from tests.support.listed_parts import ListedParts

SEED = Path(__file__).resolve().parents[2] / "seed"
TODAY = date(2026, 6, 1)
RULES = RuleBook(read_rules(SEED / "marking_rule.csv"))
NAMES = MakerNames([("gearmaker", "Gearmaker GmbH"), ("jabiru", "Jabiru Aircraft")])
WORDS = ("Servo drive", "Board", "Engine", "Battery", "Video camera", "Fuse", "Modem", "Antenna")
MEASURES = ("25T", "8000mAh", "14.8V", "220uF", "50C", "2A", "433 MHz", "100K")
SERIALS = ("№10089982", "S/N 46-320", "SN#: AD9361BBCZ", "serial number MAX3232", "Serial No. 5003612")


def taught() -> Identifier:
    """Every word of a description, measure and serial number was often seen with one maker or other."""
    pairs = [
        Pair(f"{word} {more}", ("gearmaker", "bespoke")[place % 2], f"recovery {place}")
        for place, (word, more) in enumerate((word, more) for word in WORDS for more in (*MEASURES, *SERIALS))
    ]
    numbered = [
        Pair(f"Circuit QZKWJ{8000 + number}", "bespoke", f"recovery {number}") for number in range(60)
    ]
    return Identifier(learn_knowledge(pairs + numbered, RULES, NAMES), today=TODAY)


TAUGHT = taught()


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=2),
    st.lists(st.sampled_from((*MEASURES, *SERIALS)), max_size=3),
    st.booleans(),
)
def test_wording_serial_numbers_and_measures_are_no_ground(
    words: list[str], more: list[str], words_first: bool
) -> None:
    pieces = [*words, *more] if words_first else [*more, *words]
    found = TAUGHT.identify(" ".join(pieces)).candidates
    assert {each.ground for each in found} <= {None}


@pytest.mark.parametrize(
    ("marking", "ground"),
    [
        ("Servo drive QZKWJ8003", "part number"),
        ("Engine Jabiru 2200 S/N 46-320", "name"),
        ("Circuit ADM3202ARNZ", "part number"),
        ("Chip № AD9361BBCZ", "part number"),
    ],
)
def test_a_code_or_a_name_is_one(marking: str, ground: str) -> None:
    assert ground in {each.ground for each in TAUGHT.identify(marking).candidates}


@pytest.mark.parametrize("digits", ["7755", "7755319904"])
def test_bare_digits_are_one_only_where_a_catalogue_has_so_long_a_number(digits: str) -> None:
    catalogue = ListedParts([CatalogueEntry("7755", "maker-one"), CatalogueEntry("7755319904", "maker-one")])
    reader = Identifier(Knowledge(RULES, NAMES), catalogue, today=TODAY)
    grounds = {each.ground for each in reader.identify(f"Connector {digits}").candidates}
    assert ("part number" in grounds) == (digits == "7755319904")
    assert not reader.identify(f"Engine №{digits}22").candidates
