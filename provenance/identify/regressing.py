"""Fitting a regression: ridge regression of makers on what markings show, solved over the pairs.

There are many more things than pairs, so the weights are found through the likeness of each pair to each
other (the dual form; see "kernel ridge regression" in any textbook): one system of as many equations as
there are pairs.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from provenance.identify.pulls import Matrix, Pull, Pulls
from provenance.identify.showing import Shown

MOST_PAIRS = 3000
"""Pairs that are fitted to, since time grows with the cube; of more, the same 3,000 whatever their order."""
_RIDGE = 0.3
_FEWEST_PAIRS = 2
_MAKERS_OF_A_THING = 2
_LEAST_PULL = 1e-3
Item = TypeVar("Item")
Together = dict[tuple[int, ...], list[tuple[int, str]]]
"""Things (their sort and themselves) by the numbers of the pairs that show them."""


def fit_regression(taught: Sequence[tuple[Shown, str]]) -> Pulls:
    """The regression that some markings with their makers support; seconds for some thousand.

    Only the makers that a thing pulls to or from most are kept: the rest change few answers.
    """
    taught = at_most(taught, MOST_PAIRS)
    pulls: list[dict[str, Pull]] = [{} for _sort in range(max((len(each[0]) for each in taught), default=0))]
    together = _together(taught)
    if not together:
        return Pulls.of(pulls)
    squares = [(1 + math.log((1 + len(taught)) / (1 + len(pairs)))) ** 2 for pairs in together]
    lengths = _lengths(together, squares, len(taught))
    makers = sorted({maker for _shown, maker in taught})
    number = {maker: place for place, maker in enumerate(makers)}
    duals = _duals(together, squares, lengths, [number[maker] for _shown, maker in taught])
    for (pairs, things), square in zip(together.items(), squares, strict=True):
        # Rare for the pair that taught it, and rare for the marking that shows it.
        worth = square * (1 / lengths[list(pairs)]) @ duals[list(pairs)]
        pull = Pull(square, _strongest(worth, makers))
        for sort, thing in things:
            pulls[sort][thing] = pull
    return Pulls.of(pulls)


def at_most(items: Sequence[Item], most: int) -> Sequence[Item]:
    """The items in their order; of more than ``most`` so many, the same whatever their order."""
    if len(items) <= most:
        return items
    digests = [hashlib.sha256(repr(each).encode()).digest() for each in items]
    chosen = sorted(range(len(items)), key=digests.__getitem__)[:most]
    return [items[number] for number in sorted(chosen)]


def _together(taught: Sequence[tuple[Shown, str]]) -> Together:
    """What two pairs or more show; the many runs of one number mostly stand together."""
    pairs_of: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number, (shown, _maker) in enumerate(taught):
        for sort, things in enumerate(shown):
            for thing in things:
                pairs_of[sort, thing].append(number)
    found: Together = defaultdict(list)
    for each, pairs in sorted(pairs_of.items()):
        if len(pairs) >= _FEWEST_PAIRS:
            found[tuple(pairs)].append(each)
    return found


def _lengths(together: Together, squares: Sequence[float], count: int) -> Matrix:
    """How long each pair is as a vector of rarities."""
    lengths = np.zeros(count)
    for (pairs, things), square in zip(together.items(), squares, strict=True):
        lengths[list(pairs)] += len(things) * square
    # A pair that shows nothing that another shows has no direction; any length will do.
    return np.sqrt(np.where(lengths > 0, lengths, 1.0))


def _duals(together: Together, squares: Sequence[float], lengths: Matrix, right: Sequence[int]) -> Matrix:
    """For each pair and maker how much the pair's likeness to a marking speaks for the maker."""
    count = len(lengths)
    alike = np.zeros((count, count))
    for (pairs, things), square in zip(together.items(), squares, strict=True):
        alike[np.ix_(pairs, pairs)] += len(things) * square
    alike /= np.outer(lengths, lengths)
    alike[np.diag_indices(count)] += _RIDGE
    truth = np.zeros((count, max(right) + 1))
    truth[np.arange(count), right] = 1.0
    return np.asarray(np.linalg.solve(alike, truth), np.float64)


def _strongest(worth: Matrix, makers: Sequence[str]) -> tuple[tuple[str, float], ...]:
    # Rounded first: of makers equal but for the last bits the same ones stay on every machine.
    rounded = np.round(worth, 5)
    order = np.argsort(-np.abs(rounded), kind="stable")[:_MAKERS_OF_A_THING].tolist()
    pulls = [(makers[number], float(rounded[number])) for number in order]
    return tuple(each for each in pulls if abs(each[1]) > _LEAST_PULL)
