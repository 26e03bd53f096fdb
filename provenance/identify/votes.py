"""Votes: how strongly what a marking shows leans to each maker, each thing that it shows by itself.

A witness counts one sort of thing and nothing else, so it leans even to a maker that was seen once; what it
is worth is the ranker's to learn.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from provenance.identify.pulls import Pull, Pulls

_SMOOTHING = 2.0


def count_votes(taught: Iterable[tuple[Sequence[str], str]]) -> Pulls:
    """What some markings with their makers support: a thing votes by how much commoner it is with a maker.

    Each vote is the logarithm of how much commoner the thing is with the maker than with all.
    """
    seen: dict[str, dict[str, int]] = defaultdict(dict)
    markings: Counter[str] = Counter()
    # Makers in one order whatever the markings' own: a thing's makers then need no sorting.
    for shown, maker in sorted(taught, key=itemgetter(1)):
        markings[maker] += 1
        for thing in dict.fromkeys(shown):
            counts = seen[thing]
            counts[maker] = counts.get(maker, 0) + 1
    total = max(1, markings.total())
    return Pulls.of([{thing: Pull(1.0, _leanings(seen[thing], markings, total)) for thing in sorted(seen)}])


def _leanings(counts: Mapping[str, int], markings: Mapping[str, int], total: int) -> list[tuple[str, float]]:
    everywhere = sum(counts.values()) / total
    found = [
        (maker, (count + _SMOOTHING * everywhere) / (markings[maker] + _SMOOTHING) / everywhere)
        for maker, count in counts.items()
    ]
    return [(maker, math.log(ratio)) for maker, ratio in found if ratio > 1]
