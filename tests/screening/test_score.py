"""Scores: what a full match is worth, and that a list finds itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.screening.score import (
    COEFFICIENTS,
    DISTINCTIVE_MATCH,
    FEATURES,
    FULL_MATCH,
    THRESHOLD,
    features,
    scores,
)
from provenance.screening.search import compare_pairs, query_names
from provenance.sources.customers import Customer
from provenance.text.name_words import name_words
from tests.screening.world import OTHERS, matcher, names_index


def score_of(listed: str, asked: str) -> float:
    index = names_index([listed, *OTHERS])
    queries = query_names(index, [name_words(asked)])
    pairs = compare_pairs(index, queries, np.array([0]), np.array([0]))
    return float(scores(index, queries, pairs)[0])


def feature_of(listed: str, asked: str, name: str) -> float:
    index = names_index([listed, *OTHERS])
    queries = query_names(index, [name_words(asked)])
    pairs = compare_pairs(index, queries, np.array([0]), np.array([0]))
    return float(features(index, queries, pairs)[0][FEATURES.index(name)])


def test_every_feature_has_its_coefficient() -> None:
    assert len(COEFFICIENTS) == len(FEATURES) == len(set(FEATURES))


@pytest.mark.parametrize("asked", ["Obsidian Helix", "HELIX OBSIDIAN LLC"])
def test_every_word_alike_is_a_full_match(asked: str) -> None:
    assert score_of("Obsidian Helix LLC", asked) >= FULL_MATCH


def test_another_script_is_almost_a_full_match() -> None:
    assert 0.9 < score_of("Obsidian Helix LLC", "Обсидиан Хеликс") <= FULL_MATCH


def test_words_that_distinguish_nothing_may_be_missing() -> None:
    found = score_of("Sinobright Import and Export Company", "Sinobright")
    assert THRESHOLD <= DISTINCTIVE_MATCH <= found < FULL_MATCH


def test_another_number_pulls_a_pair_below_the_threshold() -> None:
    assert feature_of("Plant No. 9", "Plant No. 12", "numbers differ") == 1
    assert score_of("Plant No. 9", "Plant No. 12") < THRESHOLD


def test_a_spelling_mistake_costs_something_and_stays_a_hit() -> None:
    assert feature_of("Obsidian Helix", "Obsidain Helix", "shared with spelling mistakes") > 0
    assert (
        THRESHOLD
        < score_of("Obsidian Helix", "Obsidain Helix")
        <= score_of("Obsidian Helix", "Obsidian Helix")
    )


def test_no_pairs_have_no_scores() -> None:
    index = names_index(OTHERS)
    queries = query_names(index, [])
    none = np.zeros(0, dtype=np.int64)
    assert len(scores(index, queries, compare_pairs(index, queries, none, none))) == 0


OWN_WORDS = ("obsidian", "helix", "granit", "vektor", "marble", "reef", "zircon", "meadow", "lantern")
GENERIC = ("trading", "electronics", "shipping", "LLC")
DISTINCT_NAMES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(OWN_WORDS), min_size=1, max_size=3, unique=True),
        st.lists(st.sampled_from(GENERIC), max_size=2, unique=True),
    ).map(lambda parts: " ".join([*parts[0], *parts[1]])),
    min_size=1,
    max_size=15,
    unique=True,
)


@given(DISTINCT_NAMES)
def test_a_list_screened_against_its_own_names_finds_all_of_itself(names: list[str]) -> None:
    customers = [Customer(row, name) for row, name in enumerate(names)]
    for row, candidates in enumerate(matcher(names).by_name(customers)):
        own = [candidate.score for candidate in candidates if candidate.party == row]
        assert own, names[row]
        assert own[0] >= FULL_MATCH
        assert own[0] == max(candidate.score for candidate in candidates)


@given(DISTINCT_NAMES)
def test_scores_lie_between_0_and_1(names: list[str]) -> None:
    index = names_index(names)
    queries = query_names(index, [name_words(name) for name in names])
    rows = np.repeat(np.arange(len(names)), len(index))
    listed = np.tile(np.arange(len(index)), len(names))
    found = scores(index, queries, compare_pairs(index, queries, rows, listed))
    assert ((found >= 0) & (found <= 1)).all()
