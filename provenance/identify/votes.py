"""Votes: how strongly what a marking shows leans to each maker, each thing that it shows by itself.

A marking shows runs of characters inside its numbers ("^ADM", "3202"), the words of its description and the
style of its date, and families of the rules. A witness counts one sort of them and nothing else, so it leans
even to a maker that was seen once; what it is worth is the ranker's to learn.
"""

from __future__ import annotations

import math
import string
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from provenance.text.markings import Reading, TokenKind

_RUN_LENGTHS = (3, 4, 5)
_SMOOTHING = 2.0
_REMEMBERED = 1024
_WORDINGS_REMEMBERED = 512
_STRONGEST = 2
_SHAPES = {ord(each): "9" if each.isdigit() else "A" for each in string.digits + string.ascii_uppercase}
HASH_DATE = "#"
"""Stands among the words for a date written with a number sign."""


class Leanings(NamedTuple):
    """Whom what a marking shows leans to: votes maker by maker, the makers with most, and the most votes."""

    votes: Mapping[str, float]
    strongest: tuple[str, ...]
    """At most two, the strongest first."""
    most: float
    """1 where nobody has any."""

    @classmethod
    def of(cls, votes: Mapping[str, float]) -> Leanings:
        """The leanings that some votes make."""
        strongest = tuple(sorted(votes, key=votes.__getitem__, reverse=True)[:_STRONGEST])
        return cls(votes, strongest, votes[strongest[0]] if strongest else 1.0)


class Votes:
    """Counts of things shown with their makers; a thing votes by how much commoner it is with a maker."""

    def __init__(self) -> None:
        self._seen: dict[str, dict[str, int]] = {}
        self._markings: Counter[str] = Counter()
        self._leanings: dict[str, tuple[tuple[str, float], ...]] = {}
        self._of_wording = lru_cache(maxsize=_WORDINGS_REMEMBERED)(self.leanings)

    def add(self, shown: Iterable[str], maker: str) -> None:
        """Remembers one marking of a known maker."""
        for thing in set(shown):
            counts = self._seen.setdefault(thing, {})
            counts[maker] = counts.get(maker, 0) + 1
        self._markings[maker] += 1
        self._leanings.clear()
        self._of_wording.cache_clear()

    def of(self, shown: Sequence[str]) -> dict[str, float]:
        """For each maker the votes of what is shown, 0 or more: the sum over the root of how many vote.

        What is shown comes once each, and in one order always: sums of floating-point numbers depend on it.
        """
        votes: dict[str, float] = {}
        leanings, seen, voters = self._leanings, self._seen, 0
        for thing in shown:
            if thing in seen:
                voters += 1
                for maker, leaning in leanings.get(thing) or self._leaning(thing):
                    if maker in votes:
                        votes[maker] += leaning
                    else:
                        votes[maker] = leaning
        scale = voters**-0.5 if voters else 0.0
        return {maker: vote * scale for maker, vote in votes.items()}

    def leanings(self, shown: Sequence[str]) -> Leanings:
        """The votes of what is shown, see `of`, with the makers that have most."""
        return Leanings.of(self.of(shown))

    def leanings_of_wording(self, words: tuple[str, ...]) -> Leanings:
        """The same for a wording, which is remembered: descriptions come again, part numbers seldom."""
        return self._of_wording(words)

    def leaning(self, thing: str, maker: str) -> float:
        """How much one thing leans to a maker; 0 where it does not, or was never seen."""
        return dict(self._leaning(thing)).get(maker, 0.0) if thing in self._seen else 0.0

    def _leaning(self, thing: str) -> tuple[tuple[str, float], ...]:
        """Logarithm of how much commoner a thing is with each maker than with all."""
        leaning = self._leanings.get(thing)
        if leaning is None:
            counts = self._seen[thing]
            everywhere = sum(counts.values()) / max(1, self._markings.total())
            found = (
                (maker, (count + _SMOOTHING * everywhere) / (self._markings[maker] + _SMOOTHING) / everywhere)
                for maker, count in counts.items()
            )
            leaning = tuple((maker, math.log(ratio)) for maker, ratio in found if ratio > 1)
            self._leanings[thing] = leaning
        return leaning

    def to_counts(self) -> dict[str, Any]:
        """Everything counted, in plain lists and dictionaries, for keeping."""
        makers = list(self._markings)
        number = {maker: place for place, maker in enumerate(makers)}
        return {
            "makers": makers,
            "markings": [self._markings[maker] for maker in makers],
            "seen": {
                thing: [each for maker, count in counts.items() for each in (number[maker], count)]
                for thing, counts in self._seen.items()
            },
        }

    @classmethod
    def from_counts(cls, kept: Mapping[str, Any]) -> Votes:
        """The votes that `to_counts` kept."""
        votes, makers = cls(), kept["makers"]
        votes._markings = Counter(dict(zip(makers, kept["markings"], strict=True)))
        for thing, flat in kept["seen"].items():
            pairs = zip(flat[::2], flat[1::2], strict=True)
            votes._seen[thing] = {makers[each]: count for each, count in pairs}
        return votes


def number_runs(reading: Reading) -> tuple[str, ...]:
    """Runs of three to five characters inside a marking's numbers, with ^ and $ for their ends; once each.

    A number in Cyrillic has none: its transliteration is like Latin numbers by chance.
    """
    own = [part for part in reading.parts if not part.joined_after and not part.is_cyrillic]
    runs = [run for part in own for run in _runs(part.key)]
    return tuple(dict.fromkeys(runs))


def wording_of(reading: Reading) -> tuple[str, ...]:
    """The words of a marking's description, once each, and whether a date is written with a number sign."""
    words = tuple(dict.fromkeys(reading.words))
    for token in reading.tokens:
        if token.kind is TokenKind.HASH_DATE:
            return (*words, HASH_DATE)
    return words


def number_shapes(reading: Reading) -> tuple[str, ...]:
    """The shapes of a marking's numbers, once each: 9 for a digit, A for a letter ("AAA9999AAAA")."""
    return tuple(dict.fromkeys([_shape(part.key) for part in reading.parts if not part.is_cyrillic]))


@lru_cache(maxsize=_REMEMBERED)
def _shape(key: str) -> str:
    return key.translate(_SHAPES)


@lru_cache(maxsize=_REMEMBERED)
def _runs(key: str) -> tuple[str, ...]:
    whole = f"^{key}$"
    length = len(whole)
    runs = [whole[start : start + size] for size in _RUN_LENGTHS for start in range(length - size + 1)]
    return (*runs, whole[:3])
