"""Candidate search: it misses nothing that brute force finds, and no order of the list matters."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from provenance.screening.score import THRESHOLD, scores
from provenance.screening.search import (
    compare_pairs,
    find_pairs,
    possible_hits,
    query_names,
    weighted_share,
)
from provenance.text.name_words import FIELD_ENDS, name_words
from tests.screening.world import NAMES, found, names_index


def test_a_share_is_by_weight() -> None:
    weight = np.array([[0.6, 0.3, 0.1], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    covered = np.array([[1.0, 0.0, 1.0], [0.5, 1.0, 1.0], [1.0, 1.0, 1.0]])
    assert weighted_share(weight, covered).round(6).tolist() == [0.7, 0.5, 0.0]


def test_coverage_says_which_words_are_found_in_the_other_name() -> None:
    index = names_index(["Marble Helix"])
    queries = query_names(index, [name_words("Obsidian Helix")])
    pairs = compare_pairs(index, queries, np.array([0]), np.array([0]))
    assert pairs.query_coverage[0][:2].tolist() == [0.0, 1.0]
    assert pairs.listed_coverage[0][:2].tolist() == [0.0, 1.0]


def test_all_pairs_of_a_query_are_in_one_batch() -> None:
    names = [f"Obsidian {word}" for word in ("Helix", "Marble", "Reef")]
    index = names_index(names)
    batches = find_pairs(index, query_names(index, [name_words("Obsidian Helix")] * 900))
    assert len(batches) == 3
    of_queries = [set(batch.query.tolist()) for batch in batches]
    assert sum(map(len, of_queries)) == len(set().union(*of_queries))


@given(st.lists(NAMES, min_size=1, max_size=12, unique=True), st.randoms())
def test_the_order_of_words_and_of_list_entries_does_not_matter(
    names: list[str], chance: random.Random
) -> None:
    # Where a name may have been cut off its last word has another weight.
    assume(len(names[0]) not in FIELD_ENDS)
    words = names[0].split()
    chance.shuffle(words)
    shuffled = list(names)
    chance.shuffle(shuffled)
    before = {names[hit.party]: round(hit.score, 5) for hit in found(names, names[0])}
    after = {shuffled[hit.party]: round(hit.score, 5) for hit in found(shuffled, " ".join(words))}
    both = before.keys() & after.keys()
    assert {name: before[name] for name in both} == {name: after[name] for name in both}


@given(st.lists(NAMES, min_size=1, max_size=12, unique=True), NAMES, st.randoms())
def test_the_order_of_list_entries_alone_changes_nothing(
    names: list[str], asked: str, chance: random.Random
) -> None:
    shuffled = list(names)
    chance.shuffle(shuffled)
    before = {names[hit.party]: round(hit.score, 5) for hit in found(names, asked)}
    assert before == {shuffled[hit.party]: round(hit.score, 5) for hit in found(shuffled, asked)}


@given(st.lists(NAMES, min_size=2, max_size=25, unique=True), NAMES)
def test_the_search_misses_nothing_that_brute_force_finds(names: list[str], asked: str) -> None:
    index = names_index(names)
    queries = query_names(index, [name_words(asked)])
    every = compare_pairs(index, queries, np.zeros(len(index), dtype=np.int64), np.arange(len(index)))
    possible = possible_hits(index, queries, every)
    wanted = {
        int(name)
        for name, score in zip(possible.listed, scores(index, queries, possible), strict=True)
        if score >= THRESHOLD
    }
    searched = {
        int(name)
        for pairs in find_pairs(index, queries)
        for name, score in zip(pairs.listed, scores(index, queries, pairs), strict=True)
        if score >= THRESHOLD
    }
    assert searched == wanted
