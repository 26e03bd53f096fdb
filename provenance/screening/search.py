"""Which listed names share how much with which given names: many at once, in arrays. Pure.

A name that covers less than `LEAST_COVERED` of what is asked, by weight, cannot be a hit. So it must share
one of the heaviest words that together weigh more than the rest; only those words are looked up, and what
they lead to is compared in full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from provenance.screening.elements import EXACT, INITIALS, TELLING, Element, elements, keys, kind_weight
from provenance.screening.index import NameIndex
from provenance.text.party_names import MOST_WORDS, NameWords
from provenance.text.transliteration import likeness

Array = NDArray[Any]

LEAST_COVERED = 0.42
LEAST_COVERED_OF_LISTED = 0.36
LEAST_ALIKE = 0.6
"""What is less alike than this is another word."""

INITIALS_WORTH = 0.7
"""What initials are worth beside the words that they stand for."""

_WHOLLY = 0.99
_TOGETHER = 400
"""Names that are compared at once: what fits into a processor's memory."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Given names as arrays: a row a name, a column a word."""

    names: Sequence[NameWords]
    weight: Array
    telling: Array
    number: Array
    given: Array


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of a given and a listed name, with how much of each word of either the other one holds.

    ``asked`` and ``listed`` are places; ``of_asked`` and ``of_listed`` are 0 to 1, a column a word.
    """

    asked: Array
    listed: Array
    of_asked: Array
    of_listed: Array


def ask(index: NameIndex, names: Sequence[NameWords]) -> Asked:
    """Given names with the weight of their words, as rare as the listed names make them."""
    weight = np.zeros((len(names), MOST_WORDS), dtype=np.float32)
    telling = np.zeros((len(names), MOST_WORDS), dtype=np.bool_)
    number = np.zeros((len(names), MOST_WORDS), dtype=np.bool_)
    given = np.zeros((len(names), MOST_WORDS), dtype=np.bool_)
    rare = _rarities(index, {word.text for name in names for word in name.words})
    for at, name in enumerate(names):
        for column, word in enumerate(name.words):
            weight[at, column] = kind_weight(word.text, word.kind) * rare[word.text]
            telling[at, column] = word.kind in TELLING
            number[at, column] = word.kind == "number"
            given[at, column] = word.kind == "given"
    return Asked(names, weight, telling, number, given)


def compare(index: NameIndex, asked: Asked) -> list[Compared]:
    """Every pair that may be a hit, some given names at a time; a given name is in one of them only."""
    if not len(index):
        return []
    likes = _Likes(index, many=len(asked.names) > _TOGETHER)
    return [
        _compare_some(index, asked, range(start, min(start + _TOGETHER, len(asked.names))), likes)
        for start in range(0, len(asked.names), _TOGETHER)
    ]


def _rarities(index: NameIndex, texts: set[str]) -> dict[str, float]:
    ordered = sorted(texts)
    rare = dict.fromkeys(ordered, 1.0)
    if not len(index):
        return rare
    owners, found = _sharing(index, [(text, EXACT) for text in ordered])
    for owner, place in zip(owners.tolist(), found.tolist(), strict=True):
        text = ordered[owner]
        if index.text_at(place) == text:
            rare[text] = float(index.rarity[place])
    return rare


def _sharing(index: NameIndex, texts: Sequence[tuple[str, int]]) -> tuple[Array, Array]:
    """Which texts share a key with which texts of the index, as pairs of places."""
    hashes: list[int] = []
    owners: list[int] = []
    for at, (text, looseness) in enumerate(texts):
        found = keys(text, looseness)
        hashes += found
        owners += [at] * len(found)
    asked = np.array(hashes, dtype=np.uint32)
    left = np.searchsorted(index.key, asked, "left")
    right = np.searchsorted(index.key, asked, "right")
    which, places = _spread(left, right)
    texts_of = index.key_text[places].astype(np.int64)
    pairs = np.unique((np.array(owners, dtype=np.int64)[which] << 32) | texts_of)
    return pairs >> 32, pairs & 0xFFFFFFFF


def _spread(left: Array, right: Array) -> tuple[Array, Array]:
    """Every place in the ranges from ``left`` to ``right``, and which range it is of."""
    sizes = (right - left).astype(np.int64)
    which = np.repeat(np.arange(len(sizes)), sizes)
    first = np.repeat(left.astype(np.int64) - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes)
    return which, first + np.arange(len(which))


class _Likes:
    """The texts of the index that a text is like, found once for each text."""

    def __init__(self, index: NameIndex, *, many: bool) -> None:
        self._index = index
        self._known: dict[tuple[str, int], tuple[list[int], list[float]]] = {}
        # Taking all texts out of their block at once pays only for many names.
        self._text_at = index.texts().__getitem__ if many else index.text_at

    def of(self, parts: Sequence[Element]) -> list[tuple[list[int], list[float]]]:
        """For each element the places of the texts alike and how alike they are."""
        wanted = [(part.text, part.looseness) for part in parts]
        new = [text for text in dict.fromkeys(wanted) if text not in self._known]
        if new:
            self._find(new)
        return [self._known[text] for text in wanted]

    def _find(self, texts: Sequence[tuple[str, int]]) -> None:
        found: list[tuple[list[int], list[float]]] = [([], []) for _text in texts]
        self._known.update(zip(texts, found, strict=True))
        owners, places = _sharing(self._index, texts)
        text_at = self._text_at
        for owner, place in zip(owners.tolist(), places.tolist(), strict=True):
            text, looseness = texts[owner]
            other = text_at(place)
            if looseness in (EXACT, INITIALS):
                alike = 0.0 if text != other else 1.0 if looseness == EXACT else INITIALS_WORTH
            else:
                alike = likeness(text, other)
            if alike >= LEAST_ALIKE:
                found[owner][0].append(place)
                found[owner][1].append(alike)


def _compare_some(index: NameIndex, asked: Asked, rows: range, likes: _Likes) -> Compared:
    """The pairs of some given names that may be hits."""
    links = _links(asked, rows, likes)
    pairs = _candidates(index, links)
    return may_hit(index, asked, _compare_pairs(index, links, pairs >> 32, pairs & 0xFFFFFFFF))


def compare_pairs(index: NameIndex, asked: Asked, owner: Array, name: Array) -> Compared:
    """These pairs, whether or not they may be hits; for measuring the search by brute force."""
    likes = _Likes(index, many=True)
    return _compare_pairs(index, _links(asked, range(len(asked.names)), likes), owner, name)


def _compare_pairs(index: NameIndex, links: _Links, owner: Array, name: Array) -> Compared:
    """How much of each word of either name the other one holds."""
    of_asked = np.zeros((len(owner), MOST_WORDS), dtype=np.float32)
    of_listed = np.zeros((len(owner), MOST_WORDS), dtype=np.float32)
    # Both sides meet by (given name, text).
    pair, element = _spread(index.element_start[name], index.element_start[name + 1])
    wanted = (owner[pair] << 32) | index.element_text[element].astype(np.int64)
    left = np.searchsorted(links.key, wanted, "left")
    right = np.searchsorted(links.key, wanted, "right")
    meeting, at = _spread(left, right)
    pair, element = pair[meeting], element[meeting]
    alike = links.alike[at]
    _cover(of_asked, pair, links.start[at], links.length[at], alike)
    _cover(of_listed, pair, index.element_at[element], index.element_length[element], alike)
    return Compared(owner, name, of_asked, of_listed)


def may_hit(index: NameIndex, asked: Asked, pairs: Compared) -> Compared:
    """The pairs that share enough, something telling among it, or whole names of several words."""
    covered = share(asked.weight[pairs.asked], pairs.of_asked)
    covered_of_listed = share(index.weight[pairs.listed], pairs.of_listed)
    telling = (pairs.of_asked * asked.telling[pairs.asked]).any(axis=1)
    telling &= (pairs.of_listed * index.telling[pairs.listed]).any(axis=1)
    several = (asked.weight[pairs.asked] > 0).sum(axis=1) > 1
    several |= (index.weight[pairs.listed] > 0).sum(axis=1) > 1
    telling |= several & (covered > _WHOLLY) & (covered_of_listed > _WHOLLY)
    kept = (covered >= LEAST_COVERED) & (covered_of_listed >= LEAST_COVERED_OF_LISTED) & telling
    return Compared(pairs.asked[kept], pairs.listed[kept], pairs.of_asked[kept], pairs.of_listed[kept])


def share(weight: Array, covered: Array) -> Array:
    """How much of each name is covered, by weight, 0 to 1."""
    found: Array = (weight * covered).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-6)
    return found


@dataclass(frozen=True, slots=True)
class _Links:
    """Elements of given names and the texts they are like, in the order of ``key`` (given name, text)."""

    key: Array
    start: Array
    length: Array
    alike: Array
    leading: Array


def _links(asked: Asked, rows: range, likes: _Likes) -> _Links:
    parts = [(row, part) for row in rows for part in elements(asked.names[row], listed=False)]
    first = {row: _leading(asked.weight[row, : len(asked.names[row].words)]) for row in rows}
    keys_: list[int] = []
    starts: list[int] = []
    lengths: list[int] = []
    alike: list[float] = []
    leading: list[bool] = []
    for (row, part), (places, scores) in zip(parts, likes.of([part for _row, part in parts]), strict=True):
        keys_ += [(row << 32) | place for place in places]
        alike += scores
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
        np.array(alike, dtype=np.float32)[order],
        np.array(leading, dtype=np.bool_)[order],
    )


def _leading(weight: Array) -> set[int]:
    """The heaviest words, which weigh so much that a hit must share one; all where none is telling."""
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
    """Pairs (given name, listed name) that share a leading word."""
    key = links.key[links.leading]
    place = key & 0xFFFFFFFF
    which, at = _spread(index.posting_start[place], index.posting_start[place + 1])
    return np.unique((key[which] >> 32 << 32) | index.posting[at].astype(np.int64))


def _cover(covered: Array, pair: Array, start: Array, length: Array, alike: Array) -> None:
    """Raises what is covered of the words that each element stands for."""
    flat = covered.reshape(-1)
    for step in range(int(length.max(initial=0))):
        some = length > step
        at = pair[some] * MOST_WORDS + start[some] + step
        inside = start[some].astype(np.int64) + step < MOST_WORDS
        np.maximum.at(flat, at[inside], alike[some][inside])
