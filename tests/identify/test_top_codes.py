"""Top codes of small packages: all parts that carry one, none of them for sure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.identify.answers import Answer, first_settled
from provenance.identify.catalogue import Carrier, CatalogueEntry
from provenance.identify.identifier import Identifier
from provenance.identify.knowledge import Knowledge
from provenance.identify.names import MakerNames
from provenance.identify.rules import RuleBook, read_rules
from provenance.text.date_codes import formats_of
from provenance.text.folding import fold_marking
from tests.support.listed_parts import ListedParts

TODAY = date(2026, 6, 1)
SEED = Path(__file__).resolve().parents[2] / "seed"
KNOWLEDGE = Knowledge(
    RuleBook(read_rules(SEED / "marking_rule.csv")),
    MakerNames([("onsemi", "ON Semiconductor"), ("onsemi", "onsemi"), ("vishay", "Vishay")]),
)
BAV, BAW, MMBT = (
    CatalogueEntry("BAV99", "nexperia"),
    CatalogueEntry("BAV99W", "infineon"),
    CatalogueEntry("MMBT3904", "onsemi"),
)
REGULATOR = CatalogueEntry("TPS2051BDBV", "texas-instruments")
LISTED = ListedParts(
    [BAV, BAW, MMBT, REGULATOR],
    {"A7W": [BAV, BAW, MMBT], "1AM": [MMBT], "2A": [MMBT], "PLFI": [REGULATOR], "681": [BAV]},
)


def answer(marking: str, catalogue: ListedParts = LISTED) -> Answer:
    return Identifier(KNOWLEDGE, catalogue, today=TODAY).identify(marking)


def parts(marking: str) -> list[str]:
    return [each.mpn for each in answer(marking).candidates]


def test_every_part_that_carries_a_code_is_a_candidate_and_none_more_than_possible() -> None:
    found = answer("A7W").candidates
    assert {(each.maker, each.mpn) for each in found} == {
        ("nexperia", "BAV99"),
        ("infineon", "BAV99W"),
        ("onsemi", "MMBT3904"),
    }
    assert {each.confidence for each in found} == {"possible"}
    assert {each.reason for each in found} == {"top code A7W, carried by 3 parts in the catalogue"}
    assert [each.score for each in found] == [0.1667, 0.1667, 0.1667]  # half of belief, divided by three


@pytest.mark.parametrize(
    ("marking", "part", "confidence"),
    [("PLFI", "TPS2051BDBV", "likely"), ("1AM", "MMBT3904", "possible"), ("2A", "MMBT3904", "possible")],
)
def test_a_code_of_one_part_is_at_most_likely_and_a_short_one_only_possible(
    marking: str, part: str, confidence: str
) -> None:
    first = answer(marking).candidates[0]
    assert (first.mpn, first.confidence) == (part, confidence)
    assert first.reason == f"top code {marking}, carried by 1 part in the catalogue"


@pytest.mark.parametrize("marking", ["a7w", "А7W", "A7W 21", "21\nA7W", "transistor A7W", "A7\nW", "'A7W'"])
def test_a_code_is_the_whole_marking_or_a_whole_word_of_it(marking: str) -> None:
    assert set(parts(marking)) == {"BAV99", "BAV99W", "MMBT3904"}


@pytest.mark.parametrize("marking", ["A7WX", "XA7", "A7W9", "QA7W", "A7", "7W", "fuse 2A", "#681", "ZZ9"])
def test_a_piece_of_a_longer_word_a_measure_or_an_unknown_code_is_none(marking: str) -> None:
    assert not any(each.carriers for each in answer(marking).candidates)


def test_a_part_number_in_the_marking_answers_it() -> None:
    assert parts("ADM3202 A7W") == ["ADM3202"]
    assert parts("MMBT3904 PLFI") == ["MMBT3904"]
    assert not any(each.carriers for each in answer("MMBT3904 A7W").candidates)


def test_a_maker_named_beside_the_code_picks_its_part_but_not_for_certain() -> None:
    found = answer("onsemi A7W").candidates
    assert (found[0].maker, found[0].mpn, found[0].confidence) == ("onsemi", "MMBT3904", "likely")
    assert "carried by 3 parts" in found[0].reason and "names onsemi" in found[0].reason
    assert {each.mpn for each in found[1:]} == {"BAV99", "BAV99W"}
    assert {each.confidence for each in found[1:]} == {"possible"}


def test_another_maker_named_beside_the_code_stays_first() -> None:
    found = answer("Vishay PLFI").candidates
    assert (found[0].maker, found[0].mpn) == ("vishay", "")
    assert (found[1].mpn, found[1].confidence) == ("TPS2051BDBV", "possible")


def test_codes_with_letters_go_before_bare_digits() -> None:
    assert set(parts("A7W 681")) == {"BAV99", "BAV99W", "MMBT3904"}
    assert parts("681") == ["BAV99"]


def test_a_date_after_a_code_is_a_date_and_a_code_is_not() -> None:
    form = {
        "key": "eia",
        "organization": "",
        "pattern": r"(?P<year>\d\d)(?P<week>\d\d)",
        "name": "year, week",
    }
    trace = {"key": "t", "organization": "onsemi", "pattern": r"(?P<year>\d)(?P<month>[1-9A])M", "name": "t"}
    formats = formats_of([{**each, "reading": "yyww"} for each in (form, trace)])
    reader = Identifier(KNOWLEDGE, LISTED, formats, today=TODAY)
    read = reader.identify("PLFI 2135").dates
    assert [(str(each.span.earliest), each.mark) for each in read] == [("2021-08-30", "2135")]
    assert reader.identify("1AM").dates == ()


def test_one_of_several_parts_is_not_settled() -> None:
    assert first_settled(answer("A7W").candidates) is None
    settled = first_settled(answer("onsemi A7W").candidates)
    assert settled is not None and settled.mpn == "MMBT3904"
    alone = first_settled(answer("1AM").candidates)
    assert alone is not None and alone.mpn == "MMBT3904"
    assert first_settled(()) is None


class Counting(ListedParts):
    """A catalogue that counts how often it is asked for top codes."""

    asked = 0

    def by_top_codes(self, keys: Sequence[str]) -> Sequence[Carrier]:
        self.asked += 1
        return super().by_top_codes(keys)


def test_a_block_of_markings_is_one_query_and_known_parts_are_not_in_it() -> None:
    catalogue = Counting([MMBT], {"A7W": [MMBT]})
    reader = Identifier(KNOWLEDGE, catalogue, today=TODAY)
    answers = list(reader.identify_all([f"A7W {number}" for number in range(200)]))
    assert catalogue.asked == 1 and all(each.candidates for each in answers)
    assert reader.identify("MMBT3904").candidates
    assert catalogue.asked == 1


@given(st.text(alphabet="A7W1M2 681PLFI|-#.xо", max_size=14))
def test_a_candidate_by_a_code_is_never_certain_and_its_code_is_in_the_marking(marking: str) -> None:
    found = answer(marking).candidates
    coded = [each for each in found if each.carriers]
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert all(each.confidence != "certain" for each in coded)
    assert all(each.printed in fold_marking(marking) for each in coded)
    if any(each.carriers > 1 for each in coded):
        assert all(each.confidence == "possible" for each in coded)
