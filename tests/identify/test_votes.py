"""Votes: whom a thing leans to, counted by itself."""

from __future__ import annotations

import json
import math

from hypothesis import given
from hypothesis import strategies as st

from provenance.identify.pulls import Pulls
from provenance.identify.votes import count_votes

counted = count_votes([*[(["servo", "drive"], "hitec")] * 3, (["servo"], "futaba"), (["capacitor"], "kemet")])


def test_a_word_leans_to_the_maker_it_is_commoner_with() -> None:
    # Three of five markings show "drive", all three of hitec: (3 + 2 * 0.6) / (3 + 2) of its own against 0.6.
    assert counted.strength("drive", "hitec") == round(math.log(1.4), 5)
    assert counted.strength("drive", "kemet") == 0


def test_what_was_never_seen_leans_to_nobody() -> None:
    assert counted.strength("turbine", "hitec") == 0
    assert counted.strength("drive", "siemens") == 0


def test_a_maker_seen_once_is_still_leant_to() -> None:
    assert counted.strength("capacitor", "kemet") > 0


@given(st.lists(st.tuples(st.sets(st.sampled_from("abcdef")), st.sampled_from(["x", "y", "z"])), max_size=20))
def test_neither_order_nor_keeping_changes_a_vote(seen: list[tuple[set[str], str]]) -> None:
    votes = count_votes((sorted(shown), maker) for shown, maker in seen)
    turned = count_votes((sorted(shown, reverse=True), maker) for shown, maker in reversed(seen))
    kept = Pulls.from_lists(json.loads(json.dumps(votes.to_lists())))
    for thing in "abcdef":
        for maker in "xyz":
            vote = votes.strength(thing, maker)
            assert vote == kept.strength(thing, maker) == turned.strength(thing, maker) >= 0
