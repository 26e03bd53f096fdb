"""Fitting the ranker: it learns which sign tells, and gives shares that are chances."""

from __future__ import annotations

import random

from provenance.identify.fitting import learn_ranker
from provenance.identify.ranking import DEFAULT_CLUE_WEIGHTS, RANK_SIGNS, Ranker, Row


def row(**signs: float) -> Row:
    return [(RANK_SIGNS.index(sign.replace("_", "-")), value) for sign, value in signs.items()]


def answers(how_many: int, truthful: float) -> list[tuple[list[Row], int]]:
    """Two candidates each: a rule speaks for the one, the other is the commoner maker."""
    chance = random.Random(7)
    rows = [row(rule_5=1.0), row(recoveries=3.0)]
    return [(rows, int(chance.random() > truthful)) for _ in range(how_many)]


def test_a_telling_sign_outweighs_one_that_only_says_common() -> None:
    learned = learn_ranker(answers(400, 0.9))
    ranked = learned.ranked(["by-rule", "common"], [row(rule_5=1.0), row(recoveries=3.0)])
    assert ranked[0][0] == "by-rule"
    assert 0.75 < ranked[0][1] < 0.95


def test_a_sign_that_misleads_loses_its_weight() -> None:
    learned = learn_ranker(answers(400, 0.1))
    ranked = learned.ranked(["by-rule", "common"], [row(rule_5=1.0), row(recoveries=3.0)])
    assert ranked[0][0] == "common"


def test_the_catalogue_keeps_the_weight_that_ships() -> None:
    learned = learn_ranker(answers(50, 0.9))
    assert learned.weights[RANK_SIGNS.index("catalogue")] >= DEFAULT_CLUE_WEIGHTS["catalogue"]


def test_shares_add_up_and_ties_go_by_name() -> None:
    ranked = Ranker(tuple(0.0 for _ in RANK_SIGNS)).ranked(["b", "a"], [row(), row()])
    assert [maker for maker, _ in ranked] == ["a", "b"]
    assert abs(sum(share for _, share in ranked) - 1) < 1e-9
    assert Ranker.untaught().ranked([], []) == []
