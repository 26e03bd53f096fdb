"""Recoveries whose components have the same makers in the same order: one story, told twice. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

_RUN = 4
"""Makers in a row by which recoveries are found; three in a row agree by chance in most pairs of missiles."""

_MOST = 12
"""A run that more recoveries have says only that they are of one design."""

_SHORTEST = 6
"""The fewest makers that make a sequence: with fewer, order is chance."""


def common_runs(sequences: Mapping[int, Sequence[int]]) -> Iterator[tuple[int, int]]:
    """The pairs of recoveries that share a run of makers which few recoveries have."""
    runs: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for number, makers in sequences.items():
        if len(makers) >= _SHORTEST:
            for start in range(len(makers) - _RUN + 1):
                run = tuple(makers[start : start + _RUN])
                if len(set(run)) > 2:
                    runs[run].add(number)
    found = {
        pair
        for numbers in runs.values()
        if len(numbers) <= _MOST
        for pair in combinations(sorted(numbers), 2)
    }
    yield from sorted(found)


def in_common(one: Sequence[int], other: Sequence[int]) -> int:
    """How many makers two sequences have in common in the same order (longest common subsequence)."""
    from rapidfuzz.distance import LCSseq

    return int(LCSseq.similarity(one, other))


def weight(common: int, shorter: int) -> int:
    """What that speaks for; 0 for little.

    Chosen on the published list: entries of one wreck share nine of ten makers in order, and two wrecks of
    one design mostly less than two thirds.
    """
    if shorter < _SHORTEST:
        return 0
    share = common / shorter
    if share >= 0.9:
        return 6 if common >= 12 else 4
    if share >= 0.8:
        return 3
    return 1 if share >= 0.65 else 0
