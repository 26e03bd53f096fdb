"""Scores at once are the scores that learning weighs row by row, for the same makers and evidence."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.identify.clues import CLUE_KINDS, rule_hits
from provenance.identify.ranking import RANK_SIGNS, Ranker, Witnesses, rank_rows
from provenance.identify.rules import RuleBook, read_rules
from provenance.identify.scoring import Scorer
from provenance.identify.votes import Leanings
from provenance.text.markings import read_marking

SEED = Path(__file__).resolve().parents[2] / "seed"
RULES = RuleBook(read_rules(SEED / "marking_rule.csv"))
MAKERS = ["analog-devices", "maxim-integrated", "nexperia", "nxp", "texas-instruments"]
MARKINGS = ["ADM3202 ARNZ #2135", "74HC245D", "Driver MAX3232", "LVC14A", "NXP microcircuit", "servo", ""]

strengths = st.floats(0, 1, allow_subnormal=False)
leanings = st.dictionaries(st.sampled_from(MAKERS), st.floats(0.001, 9)).map(Leanings.of)
counts = st.dictionaries(st.sampled_from(MAKERS), st.integers(0, 400))
clues = st.dictionaries(
    st.sampled_from(MAKERS), st.dictionaries(st.sampled_from(CLUE_KINDS), strengths, min_size=1)
)


@given(
    st.sampled_from(MARKINGS),
    clues,
    st.builds(Witnesses, leanings, leanings, leanings, leanings, counts, counts),
    st.integers(0, 1000),
)
def test_both_roads_rank_alike_to_the_last_bit(
    marking: str, spoken: dict[str, dict[str, float]], said: Witnesses, seed: int
) -> None:
    reading = read_marking(marking)
    hits = rule_hits(reading, RULES)
    chance = random.Random(seed)
    ranker = Ranker(tuple(chance.uniform(-2, 5) for _ in RANK_SIGNS), 20)
    scorer = Scorer(ranker.weights, said.recoveries, said.sizes)
    scores = scorer.scores(reading, hits, spoken, MAKERS, said)
    rows = rank_rows(reading, hits, spoken, MAKERS, said)
    assert ranker.by_scores(MAKERS, scores) == ranker.ranked(MAKERS, rows)


def test_a_maker_is_scored_by_clues_votes_and_standing() -> None:
    weights = [0.0] * len(RANK_SIGNS)
    told = {"name": 4.0, "runs": 0.5, "runs-share": 1.0, "range": 3.0, "never-seen": -1.0, "no-clue": -2.0}
    for sign, weight in told.items():
        weights[RANK_SIGNS.index(sign)] = weight
    nobody = Leanings.of({})
    votes = Leanings.of({"kemet": 2.0, "murata": 1.0})
    said = Witnesses(votes, nobody, nobody, nobody, {"kemet": 3}, {"murata": 0})
    scorer = Scorer(weights, said.recoveries, said.sizes)
    found = scorer.scores(read_marking("Kemet"), (), {"kemet": {"name": 1.0}}, ["kemet", "murata"], said)
    # kemet: named 4, votes 0.5 times 2, most of all 1; murata: votes 0.5 times 1, half of the most, never
    # seen, nothing else said.
    assert found == pytest.approx([6.0, 0.5 + 0.5 - 1 - 2])
