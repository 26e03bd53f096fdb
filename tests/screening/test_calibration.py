"""Probabilities: more likeness is never less probable; the tables belong to the words that stand."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.screening import calibration
from provenance.screening.calibration import (
    HIGHEST,
    THRESHOLD,
    is_fitted,
    is_outranked,
    likeness_for,
    probability,
)
from provenance.screening.calibration_table import ALONE, BESIDE_A_BETTER_ONE, PRIOR
from provenance.screening.contradictions import NO_HIT
from provenance.screening.matcher import ABBREVIATION, GENERAL_WORD
from provenance.screening.score import DISTINCTIVE_MATCH, FULL_MATCH

LIKENESS = st.floats(0, 1.06)


def test_the_tables_were_made_with_the_words_that_stand() -> None:
    assert is_fitted(), (
        "the word tables, coefficients or weights have changed: run `python bench/calibrate.py --lists"
        " FOLDER` with the published lists that bench/screening_pairs.py names"
    )


def test_another_word_table_needs_other_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    calibration.stamp.cache_clear()
    monkeypatch.setattr(calibration, "seed_digest", lambda names: "other words")
    assert not is_fitted()
    calibration.stamp.cache_clear()


@pytest.mark.parametrize("table", [ALONE, BESIDE_A_BETTER_ONE])
def test_both_columns_of_a_table_grow(table: tuple[tuple[float, float], ...]) -> None:
    assert all(low[0] < high[0] and low[1] < high[1] for low, high in pairwise(table))
    assert table[0] == (0.0, 0.0)
    assert table[-1][1] == HIGHEST
    assert 0 < PRIOR < 1


@given(LIKENESS, LIKENESS, st.booleans())
def test_more_likeness_is_more_probable(one: float, other: float, outranked: bool) -> None:
    low, high = sorted((one, other))
    assert probability(low, outranked=outranked) <= probability(high, outranked=outranked)
    if high - low > 1e-6:
        assert probability(low, outranked=outranked) < probability(high, outranked=outranked)


@given(st.floats(NO_HIT, FULL_MATCH))
def test_beside_a_better_entry_a_hit_is_less_probable(likeness: float) -> None:
    if likeness >= likeness_for(THRESHOLD):
        assert probability(likeness, outranked=True) < probability(likeness)


@given(st.floats(0.001, HIGHEST))
def test_the_likeness_for_a_probability_has_it(chance: float) -> None:
    assert probability(likeness_for(chance)) == pytest.approx(chance, abs=1e-9)


def test_nothing_is_more_probable_than_the_highest() -> None:
    assert likeness_for(1.0) == np.inf
    assert probability(5.0) == HIGHEST


@pytest.mark.parametrize("likeness", [DISTINCTIVE_MATCH, ABBREVIATION, GENERAL_WORD, FULL_MATCH])
def test_what_is_to_be_checked_is_above_the_threshold(likeness: float) -> None:
    assert probability(likeness) >= THRESHOLD


def test_what_something_speaks_against_stays_below_it_in_the_same_country_and_at_the_same_address() -> None:
    assert probability(NO_HIT + 0.06) < THRESHOLD


def test_equal_names_of_a_list_do_not_outrank_each_other() -> None:
    assert not is_outranked(FULL_MATCH, 1.0)
    assert is_outranked(0.8, FULL_MATCH)
    assert not is_outranked(0.8, 0.81)
