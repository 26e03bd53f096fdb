"""Calibration: chances that hold, and a `certain` that is earned."""

from __future__ import annotations

from provenance.identify.calibration import (
    CERTAIN_MAY_FAIL,
    AnswerFeatures,
    Calibration,
    ProbedAnswer,
    calibrate,
    reliability,
)


def features(maker: str, share: float, alone: bool = True, sold_on: bool = False) -> AnswerFeatures:
    return AnswerFeatures(maker, share, 1 - share, {"rule-alone": 1.0 if alone else 0.5}, True, 0.95, sold_on)


def answers(maker: str, share: float, count: int, wrong: int) -> list[ProbedAnswer]:
    return [ProbedAnswer(features(maker, share), number >= wrong, number % 4) for number in range(count)]


def test_certain_begins_where_errors_are_rare() -> None:
    learned = calibrate(answers("sure", 0.99, 400, 2) + answers("unsure", 0.6, 400, 180))
    sure, unsure = (learned.chance(features(*each)) for each in (("sure", 0.99), ("unsure", 0.6)))
    assert sure > 0.97 > 0.7 > unsure
    assert learned.level(sure, True) == "certain"
    assert learned.level(unsure, True) != "certain"


def test_nothing_is_certain_where_errors_are_common() -> None:
    learned = calibrate(answers("shaky", 0.99, 400, 40))
    assert CERTAIN_MAY_FAIL < 0.1
    assert learned.level(learned.chance(features("shaky", 0.99)), True) == "likely"


def test_a_number_that_others_print_too_is_never_certain() -> None:
    assert features("maker", 0.99).unrivalled
    assert not features("maker", 0.99, alone=False).unrivalled
    assert Calibration().level(1.0, False) == "likely"


def test_a_line_that_was_sold_is_certain_only_while_it_keeps_its_brand() -> None:
    assert features("maker", 0.99, sold_on=True).unrivalled
    assert not AnswerFeatures("maker", 0.99, 0.0, {"rule-alone": 1.0}, True, 0.6, True).unrivalled


def test_small_chances_are_not_named() -> None:
    assert Calibration().level(0.01, True) is None


def test_reliability_sets_claims_against_what_was_right() -> None:
    rows = reliability([(0.95, True), (0.93, True), (0.91, False), (0.15, False)])
    assert [(start, count) for start, _, _, count in rows] == [(0.1, 1), (0.9, 3)]
    assert abs(rows[1][2] - 2 / 3) < 1e-9
