"""The index of listed names: rarity counted by hand, duplicates once, one block of bytes and back."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.screening.index import NamedParty, NameIndex, build, layout, rarity
from provenance.text.name_words import name_words
from tests.screening.world import OTHERS, found, names_index


def test_rarity_of_a_short_list_is_that_of_two_thousand_names() -> None:
    assert rarity(np.array([1.0]), 3)[0] == pytest.approx(math.log(2001 / 2) / math.log(2001))
    assert rarity(np.array([2000.0]), 3)[0] == pytest.approx(0.08)


@given(st.lists(st.integers(1, 5000), min_size=2, max_size=20), st.integers(1, 10_000))
def test_the_more_names_have_a_word_the_less_it_weighs(frequencies: list[int], names: int) -> None:
    found = rarity(np.array(sorted(frequencies), dtype=np.float64), names)
    assert (np.diff(found) <= 0).all()
    assert ((found >= 0.08) & (found <= 1)).all()


def test_a_name_that_a_party_has_twice_is_indexed_once() -> None:
    words = name_words("Obsidian Helix")
    index = build([NamedParty(1, 10, words), NamedParty(1, 11, words), NamedParty(2, 12, words)])
    assert list(zip(index.party.tolist(), index.row.tolist(), strict=True)) == [(1, 11), (2, 12)]


def test_words_that_few_names_have_weigh_more() -> None:
    index = names_index(["Obsidian Marble", "Obsidian Helix", "Obsidian Reef"])
    common, rare = index.weight[0][:2]
    assert 0 < common < rare <= 1


def test_an_index_in_one_block_is_the_same_index() -> None:
    index = names_index(OTHERS)
    again = NameIndex.from_bytes(index.to_bytes())
    for name in NameIndex.__slots__:
        assert np.array_equal(getattr(index, name), getattr(again, name)), name
    assert again.texts() == [index.text_at(place) for place in range(len(index.texts()))]


def test_an_index_of_nothing_finds_nothing() -> None:
    assert len(build([])) == 0
    assert found([], "Obsidian Helix") == []


def test_the_layout_is_the_same_in_every_process() -> None:
    assert layout() == layout()
    assert len(layout()) == 16
