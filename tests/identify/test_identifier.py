"""From a marking to its answer: candidates, their reasons, and nothing where nothing is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.identify.catalogue import CatalogueEntry
from provenance.identify.identifier import Identifier
from provenance.identify.knowledge import Knowledge, knowledge_from_bytes, knowledge_to_bytes
from provenance.identify.names import MakerNames
from provenance.identify.ranking import Ranker
from provenance.identify.rules import RuleBook, read_rules
from provenance.identify.sightings import Pair
from provenance.identify.training import FEWEST_PAIRS, fold_of, learn_knowledge
from tests.support.listed_parts import ListedParts

SEED = Path(__file__).resolve().parents[2] / "seed"
TODAY = date(2026, 6, 1)
RULES = RuleBook(read_rules(SEED / "marking_rule.csv"))
NAMES = MakerNames([("altera", "Altera Corporation"), ("u-blox", "u-blox AG"), ("jabiru", "Jabiru Aircraft")])
UNTAUGHT = Identifier(Knowledge(RULES, NAMES), today=TODAY)


def many_pairs() -> list[Pair]:
    """Markings of four makers over sixty recoveries, one of them in a family that no rule knows."""
    pairs = []
    for number in range(60):
        group = f"recovery {number}"
        pairs += [
            Pair(f"Microcircuit ADM{3200 + number}ARNZ #21{number % 40 + 10}", "analog-devices", group),
            Pair(f"Interface MAX{3000 + 7 * number}ESE 16{number % 40 + 10}", "maxim-integrated", group),
            Pair(f"Microcontroller STM32F{103 + number}C8T6", "stmicroelectronics", group),
            Pair(f"Module QZKWJ{8000 + number}", "bespoke", group),
        ]
    return pairs


TAUGHT = learn_knowledge(many_pairs(), RULES, NAMES)
TAUGHT_READER = Identifier(TAUGHT, today=TODAY)


@pytest.mark.parametrize(
    ("marking", "maker", "base"),
    [
        ("ADM3202 ARNZ #2135", "analog-devices", "ADM3202"),
        ("фвь3202", "analog-devices", "ADM3202"),
        ("С8051F120", "silicon-labs", "C8051F120"),
        ("M430F5328", "texas-instruments", "MSP430F5328"),
        ("S29AL032D70TАI00", "spansion", "S29AL032D"),
        ("ATMEGA128 16AU", "atmel", "ATMEGA128"),
        ("ATMEGA 2560", "atmel", "ATMEGA2560"),
        ("ＡＤＭ３２０２", "analog-devices", "ADM3202"),
        ("ΑDΜ32О2", "analog-devices", "ADM3202"),
        ("MAХ4З72", "maxim-integrated", "MAX4372"),
        ("XC3S2000 FGG456EGQ1501", "xilinx", "XC3S2000"),
        ("Low noise 3-axis MEMS accelerometer ADXL 357B #2207 663753", "analog-devices", "ADXL357"),
    ],
)
def test_rules_alone_name_maker_and_base_part(marking: str, maker: str, base: str) -> None:
    first = UNTAUGHT.identify(marking).candidates[0]
    assert (first.maker, first.base_part) == (maker, base)
    assert first.reason


@pytest.mark.parametrize(
    ("marking", "maker", "printed", "full"),
    [
        ("LVC14A", "texas-instruments", "LVC14A", "SN74LVC14A"),
        ("LVC14A", "nxp", "LVC14A", "74LVC14A"),
        ("M430F5328", "texas-instruments", "M430F5328", "MSP430F5328"),
        ("VP230 26M", "texas-instruments", "VP230", "SN65HVD230"),
        ("IOR LR7843", "international-rectifier", "LR7843", "IRLR7843"),
        ("12F683 I/SN1914", "microchip", "12F683", "PIC12F683"),
        ("ATMEGA128 16AU", "atmel", "ATMEGA128-16AU", "ATMEGA128-16AU"),
        ("HC245", "texas-instruments", "HC245", "HC245"),
    ],
)
def test_a_number_without_its_prefix_is_given_in_full(
    marking: str, maker: str, printed: str, full: str
) -> None:
    """By the maker it would be; where the maker sells two such (SN74HC245, CD74HC245) it stays as printed."""
    found = {each.maker: each for each in UNTAUGHT.identify(marking).candidates}
    assert (found[maker].printed, found[maker].mpn) == (printed, full)
    assert printed == full or f"{printed} is {full} without its prefix" in found[maker].reason


def test_a_family_with_a_numeral_is_not_a_part_number() -> None:
    assert UNTAUGHT.identify("FPGA SPARTAN 6").candidates[0].mpn == ""


def test_package_letters_on_their_own_belong_to_the_orderable_number() -> None:
    first = UNTAUGHT.identify("ADM3202 ARNZ #2135").candidates[0]
    assert (first.mpn, first.base_part, first.suffix) == ("ADM3202ARNZ", "ADM3202", "ARNZ")


def test_several_makers_of_one_number_are_several_candidates() -> None:
    catalogue = ListedParts(
        [CatalogueEntry("QRZ7788AB", "maker-one"), CatalogueEntry("QRZ7788CD", "maker-two")]
    )
    answer = Identifier(Knowledge(RULES, NAMES), catalogue, today=TODAY).identify("QRZ7788")
    assert {candidate.maker for candidate in answer.candidates} >= {"maker-one", "maker-two"}
    assert all(candidate.confidence != "certain" for candidate in answer.candidates)


def test_the_catalogue_alone_can_name_a_part() -> None:
    catalogue = ListedParts([CatalogueEntry("QRZ7788AB", "maker-one")])
    first = (
        Identifier(Knowledge(RULES, NAMES), catalogue, today=TODAY)
        .identify("Circuit QRZ7788AB")
        .candidates[0]
    )
    assert (first.maker, first.mpn, first.in_catalogue) == ("maker-one", "QRZ7788AB", True)
    assert "catalogue" in first.reason


def test_a_maker_named_in_the_text_is_a_candidate() -> None:
    answer = UNTAUGHT.identify("Four-stroke aircraft engine Jabiru 2200")
    assert answer.candidates[0].maker == "jabiru"
    assert "names jabiru" in answer.candidates[0].reason


@pytest.mark.parametrize(
    "marking", ["", " ", "!!!", "😀", "\x00\x1b", "?" * 10_000, "x" * 10_000, "Transistor", "Power connector"]
)
def test_where_nothing_is_known_the_answer_is_nothing(marking: str) -> None:
    assert UNTAUGHT.identify(marking).candidates == ()


def test_a_family_learned_from_the_pairs_is_recognised() -> None:
    before = UNTAUGHT.identify("Module QZKWJ9123").candidates
    assert "bespoke" not in {candidate.maker for candidate in before}
    assert TAUGHT_READER.identify("Module QZKWJ9123").candidates[0].maker == "bespoke"


def test_certain_is_said_where_learning_supports_it() -> None:
    first = TAUGHT_READER.identify("Microcircuit ADM3999ARNZ #2145").candidates[0]
    assert (first.maker, first.confidence) == ("analog-devices", "certain")


def test_learning_is_the_same_whatever_the_order() -> None:
    again = learn_knowledge(reversed(many_pairs()), RULES, NAMES)
    marking = "Interface MAX3999ESE 1645"
    assert Identifier(again, today=TODAY).identify(marking) == TAUGHT_READER.identify(marking)


def test_too_few_pairs_teach_no_weights() -> None:
    few = learn_knowledge(many_pairs()[: FEWEST_PAIRS - 1], RULES, NAMES)
    assert few.ranker == Ranker.untaught()
    assert Identifier(few, today=TODAY).identify("ADM3202ARNZ").candidates[0].maker == "analog-devices"


def test_a_specimen_lies_in_one_fold_only() -> None:
    assert len({fold_of("recovery 7", 5) for _ in range(3)}) == 1
    assert {fold_of(f"recovery {number}", 5) for number in range(200)} == set(range(5))


def test_kept_knowledge_answers_as_before() -> None:
    stored = knowledge_from_bytes(knowledge_to_bytes(TAUGHT), RULES, NAMES)
    for marking in ("ADM3202 ARNZ #2135", "Module QZKWJ9123", "Transistor"):
        assert Identifier(stored, today=TODAY).identify(marking) == TAUGHT_READER.identify(marking)


def test_bytes_of_something_else_are_refused() -> None:
    with pytest.raises(ValueError, match="not stored knowledge"):
        knowledge_from_bytes(b"not knowledge", RULES, NAMES)


def test_many_markings_are_answered_in_order_blank_ones_too() -> None:
    markings = ["ADM3202ARNZ", "", "MAX3232", "ADM3202ARNZ"]
    assert [answer.marking for answer in UNTAUGHT.identify_all(markings)] == markings


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_no_text_fails_and_claims_are_ordered(text: str) -> None:
    answer = TAUGHT_READER.identify(text)
    scores = [candidate.score for candidate in answer.candidates]
    assert scores == sorted(scores, reverse=True)
    assert len({candidate.maker for candidate in answer.candidates}) == len(scores)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize("code", ["1AM", "3BW", "1BW transistor", "3BK | 1AM", "2FZ"])
def test_a_code_of_three_characters_alone_names_no_maker_and_no_date(code: str) -> None:
    answer = UNTAUGHT.identify(code)
    assert (answer.candidates, answer.dates) == ((), ())


def test_such_a_code_beside_a_part_number_is_still_that_makers_trace() -> None:
    alone, beside = UNTAUGHT.identify("LM358").candidates[0], UNTAUGHT.identify("LM358 | 3BK").candidates[0]
    assert beside.maker == alone.maker == "texas-instruments"
    assert beside.score > alone.score
