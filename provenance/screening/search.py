"""Candidate search: which listed names share how much with which queries, many at once. Pure.

A listed name that covers less than `LEAST_COVERED` of a query, by weight, cannot be a hit. So it must share
one of the query's heaviest words; only those are looked up, and the candidates are then compared in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from provenance.screening.index import NameIndex
from provenance.screening.tokens import (
    ABBREVIATIONS,
    BEGINNING,
    DISTINCTIVE,
    EXACT,
    INITIALS,
    INITIALS_MARK,
    Token,
    blocking_keys,
    kind_weight,
    tokens,
)
from provenance.text.name_words import MOST_WORDS, NameWords
from provenance.text.transliteration import likeness

Array = NDArray[Any]

LEAST_COVERED = 0.42
LEAST_COVERED_OF_LISTED = 0.36
"""Below these shares the fitted score stays under every usable threshold; see bench/screening.py."""

LEAST_SIMILAR = 0.6
"""Texts that are less similar than this are different words."""

INITIALS_SIMILARITY = 0.7
"""How similar initials are to the words that they stand for."""

BEGINNING_SIMILARITY = 0.995
"""How similar a name that ends where a field does is to a name that begins with all of it."""

_WHOLE = {EXACT: 1.0, INITIALS: INITIALS_SIMILARITY, BEGINNING: BEGINNING_SIMILARITY}
"""What the texts are worth that are either the same or different."""

_COMPLETE = 0.99
_BATCH = 400
"""Queries that are compared at once: their arrays fit into a processor's cache."""


@dataclass(frozen=True, slots=True)
class Queries:
    """Names to look for, as arrays: a row per name, a column per word."""

    names: Sequence[NameWords]
    weight: Array
    distinctive: Array
    number: Array
    given: Array


@dataclass(frozen=True, slots=True)
class NamePairs:
    """Pairs of a query and a listed name, and how much of each word of either is found in the other.

    ``query`` and ``listed`` are positions; ``query_coverage`` and ``listed_coverage`` are 0 to 1, with a
    column per word.
    """

    query: Array
    listed: Array
    query_coverage: Array
    listed_coverage: Array


def query_names(index: NameIndex, names: Sequence[NameWords]) -> Queries:
    """Names as queries; their words weigh by kind and by how rare the index makes them."""
    weight = np.zeros((len(names), MOST_WORDS), dtype=np.float32)
    distinctive = np.zeros((len(names), MOST_WORDS), dtype=np.bool_)
    number = np.zeros((len(names), MOST_WORDS), dtype=np.bool_)
    given = np.zeros((len(names), MOST_WORDS), dtype=np.bool_)
    rare = _rarities(index, {word.text for name in names for word in name.words})
    for at, name in enumerate(names):
        for column, word in enumerate(name.words):
            weight[at, column] = kind_weight(word.text, word.kind) * rare[word.text]
            distinctive[at, column] = word.kind in DISTINCTIVE
            number[at, column] = word.kind == "number"
            given[at, column] = word.kind == "given"
    return Queries(names, weight, distinctive, number, given)


def find_pairs(index: NameIndex, queries: Queries) -> list[NamePairs]:
    """Every pair that may be a hit, in batches of queries; all pairs of a query are in one batch."""
    if not len(index):
        return []
    similar = _SimilarTexts(index, many=len(queries.names) > _BATCH)
    return [
        _find_some_pairs(index, queries, range(start, min(start + _BATCH, len(queries.names))), similar)
        for start in range(0, len(queries.names), _BATCH)
    ]


def _rarities(index: NameIndex, texts: set[str]) -> dict[str, float]:
    ordered = sorted(texts)
    rare = dict.fromkeys(ordered, 1.0)
    if not len(index):
        return rare
    for at, place in _same_texts(index, ordered):
        rare[ordered[at]] = float(index.rarity[place])
    return rare


def _same_texts(index: NameIndex, texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The position of each text that the index has, with its position there."""
    owners, places = _sharing_keys(index, [(text, EXACT) for text in texts])
    for at, place in zip(owners.tolist(), places.tolist(), strict=True):
        if index.text_at(place) == texts[at]:
            yield at, place


def _names_with(index: NameIndex, place: int, *, alone: bool) -> list[int]:
    """The names that have a text of the index; ``alone`` keeps those of one word."""
    names = index.posting[index.posting_start[place] : index.posting_start[place + 1]]
    found: list[int] = (names[(index.weight[names] > 0).sum(axis=1) == 1] if alone else names).tolist()
    return found


def _sharing_keys(index: NameIndex, texts: Sequence[tuple[str, int]]) -> tuple[Array, Array]:
    """Which texts share a blocking key with which texts of the index, as two arrays of positions."""
    hashes: list[int] = []
    owners: list[int] = []
    for at, (text, tolerance) in enumerate(texts):
        found = blocking_keys(text, tolerance)
        hashes += found
        owners += [at] * len(found)
    wanted = np.array(hashes, dtype=np.uint32)
    left = np.searchsorted(index.key, wanted, "left")
    right = np.searchsorted(index.key, wanted, "right")
    which, places = _expand_ranges(left, right)
    texts_of = index.key_text[places].astype(np.int64)
    pairs = np.unique((np.array(owners, dtype=np.int64)[which] << 32) | texts_of)
    return pairs >> 32, pairs & 0xFFFFFFFF


def _expand_ranges(left: Array, right: Array) -> tuple[Array, Array]:
    """The number of a range and a position in it, for every position of the ranges ``left`` to ``right``."""
    sizes = (right - left).astype(np.int64)
    which = np.repeat(np.arange(len(sizes)), sizes)
    first = np.repeat(left.astype(np.int64) - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes)
    return which, first + np.arange(len(which))


class _SimilarTexts:
    """The texts of the index that are similar to a text, looked up once per text."""

    def __init__(self, index: NameIndex, *, many: bool) -> None:
        self._index = index
        self._known: dict[tuple[str, int], tuple[list[int], list[float]]] = {}
        # Decoding all texts of the index at once pays only for many queries.
        self._text_at = index.texts().__getitem__ if many else index.text_at

    def of(self, parts: Sequence[Token]) -> list[tuple[list[int], list[float]]]:
        """For each token the positions of similar texts, and how similar they are."""
        wanted = [(part.text, part.tolerance) for part in parts]
        new = [text for text in dict.fromkeys(wanted) if text not in self._known]
        if new:
            self._find(new)
        return [self._known[text] for text in wanted]

    def _find(self, texts: Sequence[tuple[str, int]]) -> None:
        found: list[tuple[list[int], list[float]]] = [([], []) for _text in texts]
        self._known.update(zip(texts, found, strict=True))
        owners, places = _sharing_keys(self._index, texts)
        text_at = self._text_at
        for owner, place in zip(owners.tolist(), places.tolist(), strict=True):
            text, tolerance = texts[owner]
            other = text_at(place)
            if tolerance in _WHOLE:
                similarity = _WHOLE[tolerance] if text == other else 0.0
            else:
                similarity = likeness(text, other)
            if similarity >= LEAST_SIMILAR:
                found[owner][0].append(place)
                found[owner][1].append(similarity)


def _find_some_pairs(index: NameIndex, queries: Queries, rows: range, similar: _SimilarTexts) -> NamePairs:
    """The pairs of a batch of queries that may be hits."""
    links = _links(queries, rows, similar)
    pairs = _candidates(index, links)
    return possible_hits(index, queries, _compare_pairs(index, links, pairs >> 32, pairs & 0xFFFFFFFF))


def compare_pairs(index: NameIndex, queries: Queries, owner: Array, name: Array) -> NamePairs:
    """The given pairs compared, whether or not they may be hits: the brute force that tests the search."""
    similar = _SimilarTexts(index, many=True)
    return _compare_pairs(index, _links(queries, range(len(queries.names)), similar), owner, name)


def _compare_pairs(index: NameIndex, links: _Links, owner: Array, name: Array) -> NamePairs:
    """How much of each word of either name is found in the other."""
    query_coverage = np.zeros((len(owner), MOST_WORDS), dtype=np.float32)
    listed_coverage = np.zeros((len(owner), MOST_WORDS), dtype=np.float32)
    # The tokens of both sides are joined by (query, text).
    pair, token = _expand_ranges(index.token_start[name], index.token_start[name + 1])
    wanted = (owner[pair] << 32) | index.token_text[token].astype(np.int64)
    left = np.searchsorted(links.key, wanted, "left")
    right = np.searchsorted(links.key, wanted, "right")
    joined, at = _expand_ranges(left, right)
    pair, token = pair[joined], token[joined]
    similarity = links.similarity[at]
    _raise_coverage(query_coverage, pair, links.start[at], links.length[at], similarity)
    _raise_coverage(listed_coverage, pair, index.token_word[token], index.token_words[token], similarity)
    return NamePairs(owner, name, query_coverage, listed_coverage)


def possible_hits(index: NameIndex, queries: Queries, pairs: NamePairs) -> NamePairs:
    """The pairs that share enough, and either a distinctive word or all of several words."""
    covered = weighted_share(queries.weight[pairs.query], pairs.query_coverage)
    covered_of_listed = weighted_share(index.weight[pairs.listed], pairs.listed_coverage)
    distinctive = (pairs.query_coverage * queries.distinctive[pairs.query]).any(axis=1)
    distinctive &= (pairs.listed_coverage * index.distinctive[pairs.listed]).any(axis=1)
    several = (queries.weight[pairs.query] > 0).sum(axis=1) > 1
    several |= (index.weight[pairs.listed] > 0).sum(axis=1) > 1
    distinctive |= several & (covered > _COMPLETE) & (covered_of_listed > _COMPLETE)
    kept = (covered >= LEAST_COVERED) & (covered_of_listed >= LEAST_COVERED_OF_LISTED) & distinctive
    return NamePairs(
        pairs.query[kept], pairs.listed[kept], pairs.query_coverage[kept], pairs.listed_coverage[kept]
    )


def same_general_word(index: NameIndex, queries: Queries) -> list[tuple[int, int]]:
    """The pairs of a query and a listed name that are both one and the same general word ("Trust", "Center").

    `find_pairs` leaves them out: only names that are the same as a whole, legal form included, are hits.
    """
    single = (queries.weight > 0).sum(axis=1) == 1
    asked = np.flatnonzero(single & ~queries.distinctive.any(axis=1)).tolist()
    words = [queries.names[at].words[0].text for at in asked]
    return [
        (asked[at], name)
        for at, place in _same_texts(index, words)
        for name in _names_with(index, place, alone=True)
    ]


def abbreviated(index: NameIndex, queries: Queries) -> list[tuple[int, int]]:
    """The pairs of a query and a listed name of which one is what the other's first letters make (SMIC).

    `find_pairs` leaves them out: the words of such a name are mostly general ones.
    """
    asked: list[tuple[int, str, bool]] = []
    for at, name in enumerate(queries.names):
        word = name.words[0].text if len(name.words) == 1 and name.words[0].kind == "own" else ""
        if word.isalpha() and len(word) in ABBREVIATIONS:
            asked.append((at, INITIALS_MARK + word, False))
        asked += [(at, text, True) for text in name.initials if len(text) in ABBREVIATIONS]
    # Two long names must not meet because one begins with the letters of the other.
    return [
        (asked[at][0], name)
        for at, place in _same_texts(index, [text for _at, text, _is_whole in asked])
        for name in _names_with(index, place, alone=asked[at][2])
    ]


def weighted_share(weight: Array, covered: Array) -> Array:
    """The share of each name's weight that is covered, 0 to 1."""
    found: Array = (weight * covered).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-6)
    return found


@dataclass(frozen=True, slots=True)
class _Links:
    """Tokens of queries and the texts that are similar to them, in the order of ``key`` (query, text)."""

    key: Array
    start: Array
    length: Array
    similarity: Array
    leading: Array


def _links(queries: Queries, rows: range, similar: _SimilarTexts) -> _Links:
    parts = [(row, part) for row in rows for part in tokens(queries.names[row], listed=False)]
    first = {row: _leading_words(queries.weight[row, : len(queries.names[row].words)]) for row in rows}
    keys_: list[int] = []
    starts: list[int] = []
    lengths: list[int] = []
    similarity: list[float] = []
    leading: list[bool] = []
    for (row, part), (places, scores) in zip(parts, similar.of([part for _row, part in parts]), strict=True):
        keys_ += [(row << 32) | place for place in places]
        similarity += scores
        starts += [part.start] * len(places)
        lengths += [part.length] * len(places)
        leads = not first[row].isdisjoint(range(part.start, part.start + part.length))
        leading += [leads] * len(places)
    key = np.array(keys_, dtype=np.int64)
    order = np.argsort(key, kind="stable")
    return _Links(
        key[order],
        np.array(starts, dtype=np.uint8)[order],
        np.array(lengths, dtype=np.uint8)[order],
        np.array(similarity, dtype=np.float32)[order],
        np.array(leading, dtype=np.bool_)[order],
    )


def _leading_words(weight: Array) -> set[int]:
    """The heaviest words: without any of them the others weigh too little for a hit."""
    left = float(weight.sum())
    allowed = left * LEAST_COVERED
    chosen: set[int] = set()
    for place in np.argsort(-weight, kind="stable").tolist():
        if left < allowed and chosen:
            break
        chosen.add(place)
        left -= float(weight[place])
    return chosen


def _candidates(index: NameIndex, links: _Links) -> Array:
    """The pairs (query, listed name) that share a leading word, each as one number."""
    key = links.key[links.leading]
    place = key & 0xFFFFFFFF
    which, at = _expand_ranges(index.posting_start[place], index.posting_start[place + 1])
    return np.unique((key[which] >> 32 << 32) | index.posting[at].astype(np.int64))


def _raise_coverage(covered: Array, pair: Array, start: Array, length: Array, similarity: Array) -> None:
    """Raises the coverage of the words that each token stands for."""
    flat = covered.reshape(-1)
    for step in range(int(length.max(initial=0))):
        some = length > step
        at = pair[some] * MOST_WORDS + start[some] + step
        inside = start[some].astype(np.int64) + step < MOST_WORDS
        np.maximum.at(flat, at[inside], similarity[some][inside])
