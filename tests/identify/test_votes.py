"""Votes: what a marking shows, and whom it leans to."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from provenance.identify.votes import HASH_DATE, Votes, number_runs, number_shapes, wording_of
from provenance.text.markings import read_marking


def counted() -> Votes:
    votes = Votes()
    for _ in range(3):
        votes.add(["servo", "drive"], "hitec")
    votes.add(["servo"], "futaba")
    votes.add(["capacitor"], "kemet")
    return votes


def test_a_word_leans_to_the_maker_it_is_commoner_with() -> None:
    leaning = counted().of(["drive"])
    assert set(leaning) == {"hitec"}
    assert counted().leaning("drive", "hitec") == leaning["hitec"] > 0
    assert counted().leaning("drive", "kemet") == 0


def test_what_was_never_seen_votes_for_nobody() -> None:
    assert counted().of(["turbine"]) == {}
    assert counted().leaning("turbine", "hitec") == 0


def test_a_maker_seen_once_still_gets_votes() -> None:
    assert set(counted().of(["capacitor"])) == {"kemet"}


def test_runs_lie_inside_one_number_and_know_its_ends() -> None:
    runs = number_runs(read_marking("ADM3202 21"))
    assert {"^AD", "^ADM", "3202", "202$"} <= set(runs)
    assert not any("20221" in run for run in runs)


def test_a_number_in_cyrillic_has_no_runs_and_no_shape_of_a_latin_one() -> None:
    assert number_runs(read_marking("КТ3102БМ")) == () == number_shapes(read_marking("КТ3102БМ"))
    assert "^C80" in number_runs(read_marking("С8051F120")), "look-alikes are read as Latin"


def test_the_shape_of_a_number_tells_letters_and_digits_apart_and_nothing_else() -> None:
    assert "AAA9999" in number_shapes(read_marking("ADM3202 2135"))
    assert number_shapes(read_marking("ADM3202")) == number_shapes(read_marking("LTC1485"))


def test_a_date_with_a_number_sign_stands_among_the_words() -> None:
    assert wording_of(read_marking("Driver ADM3202 #2135")) == ("driver", HASH_DATE)
    assert wording_of(read_marking("Servo drive")) == ("servo", "drive")


@given(st.lists(st.tuples(st.sets(st.sampled_from("abcdef")), st.sampled_from(["x", "y", "z"])), max_size=20))
def test_kept_votes_are_the_same_votes(seen: list[tuple[set[str], str]]) -> None:
    votes = Votes()
    for shown, maker in seen:
        votes.add(shown, maker)
    kept = Votes.from_counts(json.loads(json.dumps(votes.to_counts())))
    assert kept.of("abcdef") == votes.of("abcdef")
    assert all(vote > 0 for vote in votes.of("abcdef").values())
