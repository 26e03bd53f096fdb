"""Ranking: features counted by hand, one way of scoring, and weights that learn from answers."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from provenance.identify.clues import Clues
from provenance.identify.features import read_features
from provenance.identify.names import MakerNames
from provenance.identify.ranking import (
    DEFAULT_WEIGHTS,
    RANK_FEATURES,
    Candidates,
    MakerPriors,
    Ranker,
    feature_matrix,
    learn_ranker,
)
from provenance.identify.rules import RuleBook, read_rules
from provenance.identify.scorers import SCORERS, BlockScores, MarkingScores
from provenance.identify.term_weights import Matrix
from provenance.text.markings import read_marking

SEED = Path(__file__).resolve().parents[2] / "seed"
RULES = RuleBook(read_rules(SEED / "marking_rule.csv"))
NAMES = MakerNames([("analog-devices", "Analog Devices")])
COLUMNS = {"analog-devices": 0, "maxim-integrated": 1}


def matrix_of(marking: str, makers: list[str], clues: Clues, runs: list[float]) -> Matrix:
    """The features of some makers of a marking; ``runs`` are the scores by runs of two makers."""
    scores = np.zeros((len(SCORERS), 1, 3))
    scores[0, 0, :2] = runs
    highest = np.where(scores.max(2) > 0, scores.max(2), 1.0)
    own = MarkingScores(scores[:, 0], highest[:, 0].tolist(), [], COLUMNS)
    candidates = Candidates(
        read_features(read_marking(marking), RULES, NAMES), makers, clues, sightings={}, scores=own
    )
    priors = MakerPriors({"analog-devices": 3}, {"analog-devices": 40})
    return feature_matrix([candidates], BlockScores(scores, highest, [[]]), COLUMNS, priors)


def shown(matrix: Matrix, candidate: int) -> dict[str, float]:
    """The features of a candidate that are not 0."""
    values = dict(zip(RANK_FEATURES, matrix[:, candidate].tolist(), strict=True))
    return {feature: value for feature, value in values.items() if value}


def test_a_candidate_has_its_clues_its_scores_and_how_well_known_it_is() -> None:
    makers = ["analog-devices", "maxim-integrated", "siemens"]
    matrix = matrix_of("Analog", makers, {"analog-devices": {"name-part": 1.0}}, [2.0, 1.0])
    assert shown(matrix, 0) == pytest.approx(
        {
            "name-part": 1.0,
            "runs": 2.0,
            "runs-share": 1.0,
            "recoveries": np.log(4),
            "range": np.log(41),
            "name-alone": 1.0,
        }
    )
    # Half of the highest score, never seen, and no clue speaks for it.
    assert shown(matrix, 1) == {"runs": 1.0, "runs-share": 0.5, "never-seen": 1.0, "no-clue": 1.0}
    assert shown(matrix, 2) == {"never-seen": 1.0, "no-clue": 1.0}


def test_a_rule_reaches_over_a_share_of_the_number_and_agrees_with_a_name() -> None:
    clues = {"analog-devices": {"rule-3": 1.0, "name": 1.0}, "maxim-integrated": {"name": 1.0}}
    own = shown(matrix_of("ADM3202", ["analog-devices", "maxim-integrated"], clues, [0.0, 0.0]), 0)
    longest = max(m.length for m in RULES.matches("ADM3202") if m.rule.maker == "analog-devices")
    assert own["rule-reach"] == pytest.approx(longest / len("ADM3202"))
    assert own["rule-and-name"] == own["family-never-seen"] == 1.0 and "name-alone" not in own
    assert own["recoveries-of-code"] == own["recoveries"], "the marking has a part-like code"
    other = shown(matrix_of("ADM3202", ["analog-devices", "maxim-integrated"], clues, [0.0, 0.0]), 1)
    assert other["name-alone"] == other["name-never-seen"] == 1.0 and "rule-reach" not in other


def test_shares_are_the_softmax_of_weighed_features() -> None:
    weights = [0.0] * len(RANK_FEATURES)
    weights[RANK_FEATURES.index("name")] = 2.0
    matrix = matrix_of("Analog", ["a", "b"], {"a": {"name": 1.0}}, [0.0, 0.0])
    (ranked,) = Ranker(tuple(weights)).rank([["a", "b"]], matrix)
    assert dict(ranked) == pytest.approx({"a": np.e**2 / (np.e**2 + 1), "b": 1 / (np.e**2 + 1)})


def test_shares_add_up_and_ties_go_by_name() -> None:
    untold = np.zeros((len(RANK_FEATURES), 2))
    (ranked,) = Ranker((0.0,) * len(RANK_FEATURES)).rank([["b", "a"]], untold)
    assert [maker for maker, _ in ranked] == ["a", "b"]
    assert sum(share for _, share in ranked) == pytest.approx(1)
    assert list(Ranker.untaught().rank([[]], untold[:, :0])) == [[]]


def test_a_marking_is_ranked_alike_alone_and_among_others() -> None:
    chance = np.random.default_rng(1)
    ranker = Ranker(tuple(chance.uniform(-2, 5, len(RANK_FEATURES)).tolist()), 20)
    counts = [1, 4, 0, 2, 9, 1]
    makers = [[f"maker{number}" for number in range(count)] for count in counts]
    matrix = chance.uniform(0, 1, (len(RANK_FEATURES), sum(counts)))
    ends = np.cumsum(counts)
    for own, count, end, together in zip(makers, counts, ends, ranker.rank(makers, matrix), strict=True):
        assert list(ranker.rank([own], matrix[:, end - count : end])) == [together]


def features(*candidates: dict[str, float]) -> Matrix:
    """The matrix of candidates with these features."""
    return np.array(
        [[each.get(feature, 0.0) for each in candidates] for feature in RANK_FEATURES], np.float64
    )


BY_RULE_AND_COMMON = features({"rule-5": 1.0}, {"recoveries": 3.0})


def answers(how_many: int, truthful: float) -> list[tuple[Matrix, int]]:
    """Two candidates each: a rule speaks for the one, the other is the commoner maker."""
    chance = random.Random(7)
    return [(BY_RULE_AND_COMMON, int(chance.random() > truthful)) for _ in range(how_many)]


def test_a_feature_that_is_mostly_right_outweighs_being_common() -> None:
    (ranked,) = learn_ranker(answers(400, 0.9)).rank([["by-rule", "common"]], BY_RULE_AND_COMMON)
    assert ranked[0][0] == "by-rule"
    assert 0.75 < ranked[0][1] < 0.95


def test_a_feature_that_misleads_loses_its_weight() -> None:
    (ranked,) = learn_ranker(answers(400, 0.1)).rank([["by-rule", "common"]], BY_RULE_AND_COMMON)
    assert ranked[0][0] == "common"


def test_the_catalogue_keeps_the_weight_that_ships() -> None:
    learned = learn_ranker(answers(50, 0.9))
    assert learned.weights[RANK_FEATURES.index("catalogue")] >= DEFAULT_WEIGHTS["catalogue"]


def test_every_shipped_weight_is_of_a_feature() -> None:
    assert set(DEFAULT_WEIGHTS) <= set(RANK_FEATURES)
    assert len(set(RANK_FEATURES)) == len(RANK_FEATURES)
