"""Scores at once are the scores that learning weighs row by row, for the same makers and evidence."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.identify.clues import CLUE_KINDS, hits_by_maker, rule_hits
from provenance.identify.ranking import RANK_SIGNS, Ranker, rank_rows
from provenance.identify.rules import RuleBook, read_rules
from provenance.identify.scoring import Scorer
from provenance.identify.witnesses import WITNESSES, Hearing, Said
from provenance.text.markings import read_marking

SEED = Path(__file__).resolve().parents[2] / "seed"
RULES = RuleBook(read_rules(SEED / "marking_rule.csv"))
MAKERS = ["analog-devices", "maxim-integrated", "nexperia", "nxp", "texas-instruments"]
COLUMNS = {maker: column for column, maker in enumerate(MAKERS)}
MARKINGS = ["ADM3202 ARNZ #2135", "74HC245D", "Driver MAX3232", "LVC14A", "NXP microcircuit", "servo", ""]

strengths = st.floats(0, 1, allow_subnormal=False)
votes = st.lists(st.floats(0, 9).filter(lambda vote: not 0 < vote < 1e-3), min_size=20, max_size=20)
counts = st.dictionaries(st.sampled_from(MAKERS), st.integers(0, 400))
clues = st.dictionaries(
    st.sampled_from(MAKERS), st.dictionaries(st.sampled_from(CLUE_KINDS), strengths, min_size=1)
)


def heard_of(votes: list[float]) -> Hearing:
    """What four witnesses say of one marking and five makers, and of nobody."""
    by_maker = np.array(votes).reshape(len(WITNESSES), 1, len(MAKERS))
    most = by_maker.max(2)
    with_nobody = np.concatenate([by_maker, np.zeros((len(WITNESSES), 1, 1))], 2)
    return Hearing(with_nobody, np.where(most > 0, most, 1.0), [[]])


def said_in(hearing: Hearing, recoveries: dict[str, int], sizes: dict[str, int]) -> Said:
    """The same of its one marking."""
    return Said(hearing.votes[:, 0], hearing.most[:, 0].tolist(), [], COLUMNS, recoveries, sizes)


@given(st.sampled_from(MARKINGS), clues, votes, counts, counts, st.integers(0, 1000))
def test_both_roads_score_alike(
    marking: str,
    spoken: dict[str, dict[str, float]],
    votes: list[float],
    recoveries: dict[str, int],
    sizes: dict[str, int],
    seed: int,
) -> None:
    reading = read_marking(marking)
    hits = hits_by_maker(rule_hits(reading, RULES))
    # A rule that was hit is a clue of its own.
    spoken = {maker: {"trace": 1.0} for maker in hits} | spoken
    chance = random.Random(seed)
    ranker = Ranker(tuple(chance.uniform(-2, 5) for _ in RANK_SIGNS), 20)
    hearing = heard_of(votes)
    said = said_in(hearing, recoveries, sizes)
    asked = [*MAKERS, "never-seen"]
    scorer = Scorer(ranker.weights, recoveries, sizes)
    (weighed,) = scorer.votes_weighed(hearing, [asked], COLUMNS)
    scores = scorer.scores(reading, hits, spoken, asked, said, weighed)
    shares = dict(ranker.by_scores(asked, scores))
    rows = rank_rows(reading, hits, spoken, asked, said)
    assert shares == pytest.approx(dict(ranker.ranked(asked, rows)), abs=1e-9)


def test_a_maker_is_scored_by_clues_votes_and_standing() -> None:
    weights = [0.0] * len(RANK_SIGNS)
    told = {"name": 4.0, "runs": 0.5, "runs-share": 1.0, "range": 3.0, "never-seen": -1.0, "no-clue": -2.0}
    for sign, weight in told.items():
        weights[RANK_SIGNS.index(sign)] = weight
    # Of runs alone: analog-devices has 2 votes, maxim-integrated 1.
    hearing = heard_of([2.0, 1.0, *[0.0] * 18])
    scorer = Scorer(weights, {"analog-devices": 3}, {})
    asked = MAKERS[:2]
    (weighed,) = scorer.votes_weighed(hearing, [asked], COLUMNS)
    said = said_in(hearing, {"analog-devices": 3}, {})
    found = scorer.scores(read_marking("Analog"), {}, {"analog-devices": {"name": 1.0}}, asked, said, weighed)
    # The first: named 4, votes 0.5 times 2, most of all 1; the second: votes 0.5 times 1, half of the most,
    # never seen, nothing else said.
    assert found == pytest.approx([6.0, 0.5 + 0.5 - 1 - 2])
