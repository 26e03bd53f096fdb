"""Term weights: counted by themselves, or fitted together as the textbook's ridge regression."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.identify import term_weights
from provenance.identify.features import Terms
from provenance.identify.term_weights import TermWeights, count_weights, fit_regression
from tests.support.scorers import scores_of

Taught = list[tuple[Terms, str]]

terms = st.lists(st.sampled_from("abcdefgh"), max_size=5, unique=True).map(tuple)
taught = st.lists(
    st.tuples(st.tuples(terms, terms), st.sampled_from(["adi", "murata", "ti"])), min_size=1, max_size=14
)


def plain(seen: Taught, shown: Terms) -> dict[str, float]:
    """Every maker's score by ridge regression over the terms themselves, none of them left out."""
    counts: dict[tuple[int, str], int] = {}
    for each, _maker in seen:
        for term in {(type_, term) for type_, own in enumerate(each) for term in own}:
            counts[term] = counts.get(term, 0) + 1
    known = sorted(term for term, count in counts.items() if count >= 2)

    def vector(each: Terms) -> np.ndarray:
        row = [
            1 + math.log((1 + len(seen)) / (1 + counts[type_, term])) if term in each[type_] else 0.0
            for type_, term in known
        ]
        return np.array(row) / (math.hypot(*row) or 1.0)

    rows = np.array([vector(each) for each, _maker in seen])
    makers = sorted({maker for _each, maker in seen})
    truth = np.array([[float(maker == right) for maker in makers] for _each, right in seen])
    ridge = 0.3 * np.eye(len(known))
    weights = np.linalg.solve(rows.T @ rows + ridge, rows.T @ truth)
    return dict(zip(makers, (vector(shown) @ weights).tolist(), strict=True))


@given(taught, st.tuples(terms, terms))
def test_the_regression_is_ridge_regression_over_the_terms(seen: Taught, shown: Terms) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(term_weights, "_MAKERS_PER_TERM", 3)
        patch.setattr(term_weights, "_LEAST_WEIGHT", 0.0)
        found = scores_of("regression", fit_regression(seen), shown)
    for maker, score in plain(seen, shown).items():
        assert found.get(maker, 0.0) == pytest.approx(max(score, 0.0), abs=1e-3)


def test_terms_that_always_occur_together_count_once() -> None:
    murata = ("^GRM", "GRM1", "RM18", "M188")
    seen: Taught = [
        ((murata, ("capacitor",)), "murata"),
        ((murata, ("capacitor",)), "murata"),
        ((("^CL1",), ("capacitor",)), "samsung"),
        ((("^CL1",), ("capacitor",)), "samsung"),
    ]
    fitted = fit_regression(seen)
    by_one, by_four = (scores_of("regression", fitted, (runs, ())) for runs in (("^GRM",), murata))
    assert by_one["murata"] < by_four["murata"] < 1.1, "four runs of one number are one piece of evidence"
    assert scores_of("regression", fitted, (murata, ("capacitor",)))["murata"] == pytest.approx(1, abs=0.2)
    assert scores_of("regression", fitted, (("^LQG",), ("inductor",))) == {}


@given(taught, st.tuples(terms, terms))
def test_neither_order_nor_storage_changes_the_regression(seen: Taught, shown: Terms) -> None:
    fitted = fit_regression(seen)
    stored = TermWeights.from_lists(json.loads(json.dumps(fitted.to_lists())))
    scores = scores_of("regression", fitted, shown)
    assert scores_of("regression", stored, shown) == scores
    turned = scores_of("regression", fit_regression(seen[::-1]), shown)
    for maker in {*turned, *scores}:
        assert turned.get(maker, 0.0) == pytest.approx(scores.get(maker, 0.0), abs=1e-3)


def test_of_too_many_pairs_the_same_are_taken_whatever_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(term_weights, "MOST_PAIRS", 10)
    seen: Taught = [
        (((f"run{number % 7}",), ("chip",)), "adi" if number % 7 < 3 else "ti") for number in range(40)
    ]
    shown: Terms = (("run1",), ("chip",))
    forward, backward = (scores_of("regression", fit_regression(each), shown) for each in (seen, seen[::-1]))
    assert forward.keys() == backward.keys()
    for maker, score in forward.items():
        assert score == pytest.approx(backward[maker], abs=1e-6)


def test_nothing_taught_is_no_score() -> None:
    shown: Terms = (("^AD",), ())
    assert scores_of("regression", fit_regression([]), shown) == {}


COUNTED = count_weights(
    [*[(["servo", "drive"], "hitec")] * 3, (["servo"], "futaba"), (["capacitor"], "kemet")]
)


def test_a_word_has_weight_for_the_maker_it_is_commoner_with() -> None:
    # Three of five markings show "drive", all three of hitec: (3 + 2 * 0.6) / (3 + 2) of its own against 0.6.
    assert COUNTED.weight("drive", "hitec") == round(math.log(1.4), 5)
    assert COUNTED.weight("drive", "kemet") == 0


def test_a_word_or_maker_never_seen_has_no_weight() -> None:
    assert COUNTED.weight("turbine", "hitec") == 0
    assert COUNTED.weight("drive", "siemens") == 0


def test_a_maker_seen_once_has_weights_too() -> None:
    assert COUNTED.weight("capacitor", "kemet") > 0


@given(st.lists(st.tuples(st.sets(st.sampled_from("abcdef")), st.sampled_from(["x", "y", "z"])), max_size=20))
def test_neither_order_nor_storage_changes_a_counted_weight(seen: list[tuple[set[str], str]]) -> None:
    weights = count_weights((sorted(shown), maker) for shown, maker in seen)
    turned = count_weights((sorted(shown, reverse=True), maker) for shown, maker in reversed(seen))
    stored = TermWeights.from_lists(json.loads(json.dumps(weights.to_lists())))
    for term in "abcdef":
        for maker in "xyz":
            weight = weights.weight(term, maker)
            assert weight == stored.weight(term, maker) == turned.weight(term, maker) >= 0
