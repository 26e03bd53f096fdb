"""Votes: how strongly what a marking shows leans to each maker, each thing it shows by itself.

Beside the maker model, which weighs everything together, two simple witnesses: runs of characters inside
the numbers ("^ADM", "3202"), and the words of the description. Both count what they saw and nothing else,
so they still lean to a maker that was seen once.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from provenance.text.markings import Reading

_RUN_LENGTHS = (3, 4, 5)
_SMOOTHING = 2.0
_REMEMBERED = 16_384


class Votes:
    """Counts of things shown with their makers; a thing votes by how much commoner it is with a maker."""

    def __init__(self) -> None:
        self._seen: dict[str, Counter[str]] = defaultdict(Counter)
        self._markings: Counter[str] = Counter()
        self._leanings: dict[str, tuple[tuple[str, float], ...]] = {}

    def add(self, shown: Iterable[str], maker: str) -> None:
        """Remembers one marking of a known maker."""
        for thing in set(shown):
            self._seen[thing][maker] += 1
        self._markings[maker] += 1
        self._leanings.clear()

    def of(self, shown: Iterable[str]) -> dict[str, float]:
        """For each maker the votes of what is shown, 0 or more: the sum over the root of how many vote."""
        votes: dict[str, float] = defaultdict(float)
        known = [thing for thing in sorted(set(shown)) if thing in self._seen]
        for thing in known:
            for maker, leaning in self._leaning(thing):
                votes[maker] += leaning
        scale = len(known) ** -0.5 if known else 0.0
        return {maker: vote * scale for maker, vote in votes.items()}

    def _leaning(self, thing: str) -> tuple[tuple[str, float], ...]:
        """Logarithm of how much commoner a thing is with each maker than with all, smoothed by two markings."""
        leaning = self._leanings.get(thing)
        if leaning is None:
            counts = self._seen[thing]
            everywhere = counts.total() / max(1, self._markings.total())
            found = (
                (maker, (count + _SMOOTHING * everywhere) / (self._markings[maker] + _SMOOTHING) / everywhere)
                for maker, count in counts.items()
            )
            leaning = tuple((maker, math.log(ratio)) for maker, ratio in found if ratio > 1)
            self._leanings[thing] = leaning
        return leaning

    def to_rows(self) -> Iterator[tuple[str, str, int]]:
        """Thing, maker and count, then each maker's number of markings under the thing "", for keeping."""
        for thing, counts in self._seen.items():
            for maker, count in counts.items():
                yield thing, maker, count
        for maker, count in self._markings.items():
            yield "", maker, count

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[str, str, int]]) -> Votes:
        """The votes that `to_rows` kept."""
        votes = cls()
        for thing, maker, count in rows:
            counts = votes._seen[thing] if thing else votes._markings
            counts[maker] = count
        return votes


def number_runs(reading: Reading) -> frozenset[str]:
    """Runs of three to five characters inside a marking's numbers, with ^ and $ for their ends."""
    return frozenset(
        run for part in reading.parts if not part.joined_after for run in _runs(part.key)
    )


@lru_cache(maxsize=_REMEMBERED)
def _runs(key: str) -> frozenset[str]:
    whole = f"^{key}$"
    runs = {whole[start : start + size] for size in _RUN_LENGTHS for start in range(len(whole) - size + 1)}
    return frozenset(runs | {whole[:3]})
