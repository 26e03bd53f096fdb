"""Regression: what says the same twice counts once, and what is fitted is what the textbook says."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.identify import regressing
from provenance.identify.pulls import Pulls
from provenance.identify.regressing import fit_regression
from provenance.identify.showing import Shown
from tests.support.witnesses import votes_of

Taught = list[tuple[Shown, str]]

things = st.lists(st.sampled_from("abcdefgh"), max_size=5, unique=True).map(tuple)
taught = st.lists(
    st.tuples(st.tuples(things, things), st.sampled_from(["adi", "murata", "ti"])), min_size=1, max_size=14
)


def plain(seen: Taught, shown: Shown) -> dict[str, float]:
    """Every maker's score by ridge regression over the things themselves, none of them left out."""
    counts: dict[tuple[int, str], int] = {}
    for each, _maker in seen:
        for thing in {(sort, thing) for sort, things in enumerate(each) for thing in things}:
            counts[thing] = counts.get(thing, 0) + 1
    known = sorted(thing for thing, count in counts.items() if count >= 2)

    def vector(each: Shown) -> np.ndarray:
        row = [
            1 + math.log((1 + len(seen)) / (1 + counts[sort, thing])) if thing in each[sort] else 0.0
            for sort, thing in known
        ]
        return np.array(row) / (math.hypot(*row) or 1.0)

    rows = np.array([vector(each) for each, _maker in seen])
    makers = sorted({maker for _each, maker in seen})
    truth = np.array([[float(maker == right) for maker in makers] for _each, right in seen])
    ridge = 0.3 * np.eye(len(known))
    weights = np.linalg.solve(rows.T @ rows + ridge, rows.T @ truth)
    return dict(zip(makers, (vector(shown) @ weights).tolist(), strict=True))


@given(taught, st.tuples(things, things))
def test_it_is_ridge_regression_over_the_things(seen: Taught, shown: Shown) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regressing, "_MAKERS_OF_A_THING", 3)
        patch.setattr(regressing, "_LEAST_PULL", 0.0)
        found = votes_of("regression", fit_regression(seen), shown)
    for maker, score in plain(seen, shown).items():
        assert found.get(maker, 0.0) == pytest.approx(max(score, 0.0), abs=1e-3)


def test_what_says_the_same_twice_counts_once() -> None:
    murata = ("^GRM", "GRM1", "RM18", "M188")
    seen: Taught = [
        ((murata, ("capacitor",)), "murata"),
        ((murata, ("capacitor",)), "murata"),
        ((("^CL1",), ("capacitor",)), "samsung"),
        ((("^CL1",), ("capacitor",)), "samsung"),
    ]
    fitted = fit_regression(seen)
    by_one, by_four = (votes_of("regression", fitted, (runs, ())) for runs in (("^GRM",), murata))
    assert by_one["murata"] < by_four["murata"] < 1.1, "four runs of one number are one witness"
    assert votes_of("regression", fitted, (murata, ("capacitor",)))["murata"] == pytest.approx(1, abs=0.2)
    assert votes_of("regression", fitted, (("^LQG",), ("inductor",))) == {}


@given(taught, st.tuples(things, things))
def test_neither_order_nor_keeping_changes_an_answer(seen: Taught, shown: Shown) -> None:
    fitted = fit_regression(seen)
    kept = Pulls.from_lists(json.loads(json.dumps(fitted.to_lists())))
    votes = votes_of("regression", fitted, shown)
    assert votes_of("regression", kept, shown) == votes
    turned = votes_of("regression", fit_regression(seen[::-1]), shown)
    for maker in {*turned, *votes}:
        assert turned.get(maker, 0.0) == pytest.approx(votes.get(maker, 0.0), abs=1e-3)


def test_of_too_many_pairs_the_same_are_taken_whatever_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regressing, "MOST_PAIRS", 10)
    seen: Taught = [
        (((f"run{number % 7}",), ("chip",)), "adi" if number % 7 < 3 else "ti") for number in range(40)
    ]
    shown: Shown = (("run1",), ("chip",))
    forward, backward = (votes_of("regression", fit_regression(each), shown) for each in (seen, seen[::-1]))
    assert forward.keys() == backward.keys()
    for maker, vote in forward.items():
        assert vote == pytest.approx(backward[maker], abs=1e-6)


def test_nothing_taught_is_nothing_said() -> None:
    shown: Shown = (("^AD",), ())
    assert votes_of("regression", fit_regression([]), shown) == {}
