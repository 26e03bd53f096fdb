"""How many kinds were not seen: by hand, and against worlds of which everything is known."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.queries.richness import FEWEST_UNITS, Richness, richness, share_with_interval, unseen_kinds

Wreck = frozenset[int]


def learned(wrecks: Sequence[Wreck]) -> Richness:
    """What some wrecks, each a set of kinds, show."""
    times = Counter(kind for wreck in wrecks for kind in wreck)
    unique = sum(any(times[kind] == 1 for kind in wreck) for wreck in wrecks)
    return richness(len(wrecks), list(times.values()), unique)


def drawn(chance: random.Random, frequencies: Sequence[float], count: int) -> list[Wreck]:
    """Wrecks each of which has each kind with its frequency."""
    return [
        frozenset(kind for kind, frequency in enumerate(frequencies) if chance.random() < frequency)
        for _ in range(count)
    ]


def test_by_hand() -> None:
    """Five wrecks; three kinds in one of them, two in two: 4/5 of 3·2/(2·(2+1))."""
    found = unseen_kinds(5, [1, 1, 1, 2, 2, 5])
    assert found.value == pytest.approx(0.8)
    assert 0 < found.low < found.value < found.high


def test_without_a_kind_seen_twice_it_can_be_told_as_well() -> None:
    """4/5 of 3·2/(2·(0+1))."""
    assert unseen_kinds(5, [1, 1, 1, 4]).value == pytest.approx(2.4)


def test_of_what_was_always_there_nothing_is_missing() -> None:
    found = unseen_kinds(40, [40] * 12)
    assert (found.value, found.low, round(found.high, 6)) == (0, 0, 0)


def test_too_few_wrecks_say_nothing() -> None:
    found = learned([frozenset({1, 2}), frozenset({2, 3})])
    assert (found.units, found.seen, found.once, found.twice) == (2, 3, 2, 1)
    assert found.unseen is None
    assert found.chance_new is None
    assert found.new_in_next is None


@given(
    st.lists(st.frozensets(st.integers(0, 30), min_size=1, max_size=8), min_size=FEWEST_UNITS, max_size=40)
)
def test_leaving_out_each_wreck_in_turn_gives_the_chance(wrecks: list[Wreck]) -> None:
    """Brute force: how many of the wrecks have a kind that the others do not, and how many such kinds."""
    new = [
        len(wreck - frozenset().union(*wrecks[:place], *wrecks[place + 1 :]))
        for place, wreck in enumerate(wrecks)
    ]
    found = learned(wrecks)
    assert found.chance_new is not None
    assert found.unseen is not None
    assert found.chance_new.value == pytest.approx(sum(map(bool, new)) / len(wrecks))
    assert found.new_in_next == pytest.approx(sum(new) / len(wrecks))
    assert 0 <= found.chance_new.low <= found.chance_new.value <= found.chance_new.high <= 1
    assert 0 <= found.unseen.low <= found.unseen.value <= found.unseen.high


def test_where_all_are_as_frequent_the_interval_holds_the_truth() -> None:
    """80 kinds, each in one of 25 wrecks; 40 wrecks. Of 20 intervals 19 should hold what is missing."""
    chance = random.Random(2026)
    right = 0
    for _ in range(200):
        found = learned(drawn(chance, [0.04] * 80, 40))
        assert found.unseen is not None
        right += found.unseen.low <= 80 - found.seen <= found.unseen.high
    assert right >= 180


def test_where_some_are_rarer_it_is_a_lower_bound() -> None:
    """60 common kinds and 60 rare ones: on average no more are estimated than there are."""
    chance = random.Random(7)
    frequencies = [0.2] * 60 + [0.01] * 60
    missing, estimated = 0.0, 0.0
    for _ in range(150):
        found = learned(drawn(chance, frequencies, 40))
        assert found.unseen is not None
        missing += 120 - found.seen
        estimated += found.unseen.value
    assert 0.5 * missing < estimated < 1.05 * missing


def test_wrecks_kept_aside_bring_as_much_news_as_was_foretold() -> None:
    """Learned from 40 wrecks, checked on ten others, each of which comes alone."""
    chance = random.Random(11)
    frequencies = [0.3 / rank for rank in range(1, 150)]
    foretold, happened, kinds_foretold, kinds_happened = 0.0, 0.0, 0.0, 0.0
    for _ in range(60):
        known, aside = drawn(chance, frequencies, 40), drawn(chance, frequencies, 10)
        found = learned(known)
        assert found.chance_new is not None
        assert found.new_in_next is not None
        seen = frozenset().union(*known)
        foretold += found.chance_new.value
        kinds_foretold += found.new_in_next
        happened += sum(bool(wreck - seen) for wreck in aside) / len(aside)
        kinds_happened += sum(len(wreck - seen) for wreck in aside) / len(aside)
    assert foretold == pytest.approx(happened, rel=0.1)
    assert kinds_foretold == pytest.approx(kinds_happened, rel=0.1)


def test_wilson_by_the_textbook() -> None:
    """Ten of 50: 0.112 to 0.330 (Newcombe 1998 gives such intervals for method 3)."""
    found = share_with_interval(10, 50)
    assert (round(found.low, 3), round(found.high, 3)) == (0.112, 0.33)
    assert share_with_interval(0, 10).low == 0
    assert share_with_interval(10, 10).high == 1
