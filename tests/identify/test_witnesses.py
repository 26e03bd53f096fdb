"""Witnesses: many markings asked at once are answered as each by itself, and by the plain sums."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.identify.pulls import Pull, Pulls
from provenance.identify.showing import Shown
from provenance.identify.witnesses import FAMILIES, RUNS, WITNESSES, Said, Witnesses

MAKERS = ["adi", "kemet", "murata", "nxp", "ti"]
SORTS_LOOKED_AT = ((0,), (1,), (2,), (0, 1, 2, 3))

things = st.lists(st.sampled_from("abcdefg"), max_size=5, unique=True).map(tuple)
shown = st.tuples(things, things, things, things)
strengths = st.integers(-300, 300).map(lambda hundredths: hundredths / 100)
pull = st.builds(
    Pull,
    st.sampled_from([0.5, 1.0, 2.25]),
    st.dictionaries(st.sampled_from(MAKERS), strengths).map(dict.items),
)
sort = st.dictionaries(
    st.sampled_from("abcdefg"), pull.map(lambda each: Pull(each.weight, tuple(each.makers)))
)
witnesses = st.tuples(*(st.lists(sort, min_size=len(each), max_size=len(each)) for each in SORTS_LOOKED_AT))


def plain(pulls: list[dict[str, Pull]], sorts: tuple[int, ...], marking: Shown) -> dict[str, float]:
    """The votes of one witness, added up one by one."""
    met = [
        own[thing]
        for own, place in zip(pulls, sorts, strict=True)
        for thing in marking[place]
        if thing in own
    ]
    length = sum(each.weight for each in met) ** 0.5
    return {
        maker: max(0.0, sum(dict(each.makers).get(maker, 0.0) for each in met) / (length or 1))
        for maker in MAKERS
    }


def asked_of(pulls: tuple[list[dict[str, Pull]], ...], markings: list[Shown]) -> list[Said]:
    everybody = Witnesses([Pulls.of(each) for each in pulls], {"adi": 3}, {})
    return list(everybody.apart(everybody.on(markings)))


@given(witnesses, st.lists(shown, min_size=1, max_size=6))
def test_votes_are_the_plain_sums_and_the_strongest_have_most(
    pulls: tuple[list[dict[str, Pull]], ...], markings: list[Shown]
) -> None:
    for said, marking in zip(asked_of(pulls, markings), markings, strict=True):
        strongest: set[str] = set()
        for witness, (own, sorts) in enumerate(zip(pulls, SORTS_LOOKED_AT, strict=True)):
            expected = plain(own, sorts, marking)
            for maker, votes in expected.items():
                assert said.votes_for(maker)[witness] == pytest.approx(votes, abs=1e-9)
            found = {maker: said.votes_for(maker)[witness] for maker in MAKERS}
            assert said.most[witness] == (max(found.values()) or 1.0)
            ranked = sorted(
                (maker for maker in MAKERS if found[maker] > 0), key=lambda each: (-found[each], each)
            )
            strongest.update(ranked[:2])
        assert set(said.strongest) == strongest


@given(witnesses, st.lists(shown, min_size=1, max_size=6))
def test_a_marking_is_answered_alike_alone_and_among_others(
    pulls: tuple[list[dict[str, Pull]], ...], markings: list[Shown]
) -> None:
    together, turned = asked_of(pulls, markings), asked_of(pulls, markings[::-1])[::-1]
    for said, again, marking in zip(together, turned, markings, strict=True):
        (alone,) = asked_of(pulls, [marking])
        for maker in MAKERS:
            assert said.votes_for(maker) == alone.votes_for(maker) == again.votes_for(maker)
        assert said.most == alone.most and list(said.strongest) == list(alone.strongest)


def test_who_was_never_seen_has_no_votes() -> None:
    runs = Pulls.of([{"^AD": Pull(1.0, [("adi", 2.0)])}])
    everybody = Witnesses([runs, Pulls.of(), Pulls.of(), Pulls.of()], {}, {})
    (said,) = everybody.apart(everybody.on([(("^AD", "never"), ("word",), (), ())]))
    assert said.of("adi") and said.by(RUNS, "adi") and not said.by(FAMILIES, "adi")
    assert not said.of("siemens") and said.votes_for("siemens") == [0.0] * len(WITNESSES)
    assert said.strongest == ["adi"]


def test_where_nothing_was_learned_nobody_is_leant_to() -> None:
    nobody = Witnesses([Pulls.of()] * len(WITNESSES), {}, {})
    (said,) = nobody.apart(nobody.on([(("^AD",), ("word",), ("family",), ("AA9",))]))
    assert not said.of("adi") and not said.strongest and said.most == [1.0] * len(WITNESSES)
