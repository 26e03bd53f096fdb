"""Scorers: many markings at once are scored as each by itself, and by the plain sums."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.identify.features import Terms
from provenance.identify.scorers import FAMILIES, RUNS, SCORERS, MarkingScores, Scorers
from provenance.identify.term_weights import TermWeight, TermWeights

MAKERS = ["adi", "kemet", "murata", "nxp", "ti"]
TYPES_SCORED = ((0,), (1,), (2,), (0, 1, 2, 3))

terms = st.lists(st.sampled_from("abcdefg"), max_size=5, unique=True).map(tuple)
marking_terms = st.tuples(terms, terms, terms, terms)
weights = st.integers(-300, 300).map(lambda hundredths: hundredths / 100)
term_weight = st.builds(
    TermWeight,
    st.sampled_from([0.5, 1.0, 2.25]),
    st.dictionaries(st.sampled_from(MAKERS), weights).map(lambda each: tuple(each.items())),
)
one_type = st.dictionaries(st.sampled_from("abcdefg"), term_weight)
all_weights = st.tuples(
    *(st.lists(one_type, min_size=len(each), max_size=len(each)) for each in TYPES_SCORED)
)


def plain(types: list[dict[str, TermWeight]], scored: tuple[int, ...], marking: Terms) -> dict[str, float]:
    """The scores by one scorer, added up one by one."""
    met = [
        own[term] for own, place in zip(types, scored, strict=True) for term in marking[place] if term in own
    ]
    length = sum(each.square for each in met) ** 0.5
    return {
        maker: max(0.0, sum(dict(each.by_maker).get(maker, 0.0) for each in met) / (length or 1))
        for maker in MAKERS
    }


def scores_of(weights: tuple[list[dict[str, TermWeight]], ...], markings: list[Terms]) -> list[MarkingScores]:
    scorers = Scorers([TermWeights.of(each) for each in weights])
    return list(scorers.by_marking(scorers.score(markings)))


@given(all_weights, st.lists(marking_terms, min_size=1, max_size=6))
def test_scores_are_the_plain_sums_and_the_leaders_have_the_highest(
    weights: tuple[list[dict[str, TermWeight]], ...], markings: list[Terms]
) -> None:
    for scores, marking in zip(scores_of(weights, markings), markings, strict=True):
        leaders: set[str] = set()
        for scorer, (own, types) in enumerate(zip(weights, TYPES_SCORED, strict=True)):
            for maker, score in plain(own, types, marking).items():
                assert scores.of(maker)[scorer] == pytest.approx(score, abs=1e-9)
            found = {maker: scores.of(maker)[scorer] for maker in MAKERS}
            assert scores.highest[scorer] == (max(found.values()) or 1.0)
            ranked = sorted(
                (maker for maker in MAKERS if found[maker] > 0), key=lambda each: (-found[each], each)
            )
            leaders.update(ranked[:2])
        assert set(scores.leaders) == leaders


@given(all_weights, st.lists(marking_terms, min_size=1, max_size=6))
def test_a_marking_scores_alike_alone_and_among_others(
    weights: tuple[list[dict[str, TermWeight]], ...], markings: list[Terms]
) -> None:
    together, reversed_ = scores_of(weights, markings), scores_of(weights, markings[::-1])[::-1]
    for scores, again, marking in zip(together, reversed_, markings, strict=True):
        (alone,) = scores_of(weights, [marking])
        for maker in MAKERS:
            assert scores.of(maker) == alone.of(maker) == again.of(maker)
        assert scores.highest == alone.highest and list(scores.leaders) == list(alone.leaders)


def test_a_maker_that_was_never_seen_has_no_score() -> None:
    runs = TermWeights.of([{"^AD": TermWeight(1.0, [("adi", 2.0)])}])
    scorers = Scorers([runs, TermWeights.of(), TermWeights.of(), TermWeights.of()])
    (found,) = scorers.by_marking(scorers.score([(("^AD", "never"), ("word",), (), ())]))
    assert found.any_for("adi") and found.speaks_for(RUNS, "adi") and not found.speaks_for(FAMILIES, "adi")
    assert not found.any_for("siemens") and found.of("siemens") == [0.0] * len(SCORERS)
    assert found.leaders == ["adi"]


def test_where_nothing_was_learned_no_maker_has_a_score() -> None:
    scorers = Scorers([TermWeights.of()] * len(SCORERS))
    (found,) = scorers.by_marking(scorers.score([(("^AD",), ("word",), ("family",), ("AA9",))]))
    assert not found.any_for("adi") and not found.leaders and found.highest == [1.0] * len(SCORERS)
