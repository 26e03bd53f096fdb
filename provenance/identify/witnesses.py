"""Witnesses: what was learned of runs, words, families and all together, asked of many markings at once.

The votes of all makers for all markings of a block stand in one array, so that summing them costs a marking
next to nothing. Who is worth weighing, and what a vote is worth, is said elsewhere (`knowledge`, `scoring`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, repeat
from typing import NamedTuple

import numpy as np

from provenance.identify.pulls import Matrix, Numbers, Pulls
from provenance.identify.showing import Shown

WITNESSES = ("runs", "words", "families", "regression")
RUNS, FAMILIES = WITNESSES.index("runs"), WITNESSES.index("families")
_SORTS_LOOKED_AT: Sequence[tuple[int, ...]] = ((0,), (1,), (2,), (0, 1, 2, 3))
"""The sorts of what a marking shows that each witness looks at."""
_NOBODY = ""
"""Has the last column, without a vote: that of every maker whom no witness ever saw."""


class Hearing(NamedTuple):
    """What the witnesses say of a block of markings.

    ``votes`` by witness, marking and maker are 0 or more; ``most`` are the most votes by witness and marking,
    1 where nobody has any; ``strongest`` for each marking the makers with most, two a witness at most.
    """

    votes: Matrix
    most: Matrix
    strongest: Sequence[Sequence[str]]


class Said(NamedTuple):
    """What the witnesses say of one marking, see `Hearing`: ``votes`` by witness and column of a maker.

    ``recoveries`` is in how many recoveries each maker was seen at all, ``sizes`` how many families it has.
    """

    votes: Matrix
    most: Sequence[float]
    strongest: Sequence[str]
    columns: Mapping[str, int]
    recoveries: Mapping[str, int]
    sizes: Mapping[str, int]

    def of(self, maker: str) -> bool:
        """Whether any of them leans to a maker."""
        return any(self.votes_for(maker))

    def by(self, witness: int, maker: str) -> bool:
        """Whether one of them does."""
        return bool(self.votes[witness, self.columns.get(maker, -1)] > 0)

    def votes_for(self, maker: str) -> list[float]:
        """Each witness's vote for a maker."""
        found: list[float] = self.votes[:, self.columns.get(maker, -1)].tolist()
        return found


class Witnesses:
    """The learned witnesses, in the order of `WITNESSES`, over common columns, one a maker.

    A witness's votes for a maker are the sum of the pulls of what is shown over the root of the sum of their
    weights, nothing where that is below 0.
    """

    def __init__(
        self, pulls: Sequence[Pulls], recoveries: Mapping[str, int], sizes: Mapping[str, int]
    ) -> None:
        self._makers = (*sorted({maker for each in pulls for maker in each.makers}), _NOBODY)
        self.columns: Mapping[str, int] = {maker: column for column, maker in enumerate(self._makers)}
        self._recoveries, self._sizes = recoveries, sizes
        self._pulled = np.concatenate([self._columns_of(each)[each.numbers] for each in pulls])
        self._strengths = np.concatenate([each.strengths for each in pulls])
        # The last row pulls to nobody: that of a thing which a witness never saw.
        self._lengths = np.concatenate([*(each.lengths for each in pulls), [0]])
        self._weights = np.concatenate([*(each.weights for each in pulls), [0.0]])
        self._starts = np.cumsum(self._lengths) - self._lengths
        self._known, self._rows = _numbered(pulls)

    def on(self, shown: Sequence[Shown]) -> Hearing:
        """What they say of some markings, one at least, that show so much."""
        markings, makers, witnesses = len(shown), len(self._makers), len(WITNESSES)
        row, line = self._asked(shown)
        lengths = self._lengths[row]
        before = np.cumsum(lengths) - lengths
        place = np.arange(lengths.sum()) + np.repeat(self._starts[row] - before, lengths)
        cell = np.repeat(line * makers, lengths) + self._pulled[place]
        sums = np.bincount(cell, self._strengths[place], witnesses * markings * makers)
        weights = np.bincount(line, self._weights[row], witnesses * markings)
        scale = np.where(weights > 0, weights, 1.0) ** -0.5
        votes = sums.astype(np.float64, copy=False).reshape(-1, makers)
        # In place: an array of a block is large enough to be asked of the system each time.
        votes *= scale[:, None]
        np.maximum(votes, 0.0, out=votes)
        most, strongest = self._strongest(votes, markings)
        most = np.where(most > 0, most, 1.0).reshape(witnesses, markings)
        return Hearing(votes.reshape(witnesses, markings, makers), most, strongest)

    def apart(self, hearing: Hearing) -> Iterator[Said]:
        """The same marking by marking."""
        votes, most, strongest = hearing
        for place, (own_most, makers) in enumerate(zip(most.T.tolist(), strongest, strict=True)):
            yield Said(votes[:, place], own_most, makers, self.columns, self._recoveries, self._sizes)

    def _asked(self, shown: Sequence[Shown]) -> tuple[Numbers, Numbers]:
        """Rows of everything shown, witness after witness, and for each the line of votes that it adds to."""
        asked = []
        for known, things in zip(self._known, zip(*shown, strict=True), strict=True):
            counts = list(map(len, things))
            numbers = map(known.get, chain.from_iterable(things), repeat(-1))
            number = np.fromiter(numbers, np.int64, sum(counts))
            marking = np.repeat(range(len(counts)), counts)
            asked.append((number[number >= 0], marking[number >= 0]))
        rows, lines = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for witness, sort, row in self._rows:
            number, marking = asked[sort]
            rows.append(row[number])
            lines.append(marking + witness * len(shown))
        return np.concatenate(rows), np.concatenate(lines)

    def _strongest(self, votes: Matrix, markings: int) -> tuple[Matrix, list[list[str]]]:
        """The most votes of each line; by marking the makers with most, the first by name among equals."""
        lines = np.arange(len(votes))
        first = votes.argmax(1)
        most = votes[lines, first]
        votes[lines, first] = 0.0
        second = votes.argmax(1)
        columns = np.concatenate(
            [np.where(most > 0, first, -1), np.where(votes[lines, second] > 0, second, -1)]
        )
        votes[lines, first] = most
        own = columns.reshape(-1, markings).T.tolist()
        return most, [[self._makers[column] for column in each if column >= 0] for each in own]

    def _columns_of(self, pulls: Pulls) -> Numbers:
        return np.array([self.columns[maker] for maker in pulls.makers], np.int64)


def _numbered(pulls: Sequence[Pulls]) -> tuple[list[dict[str, int]], list[tuple[int, int, Numbers]]]:
    """All things of each sort with numbers of their own; by witness and sort the row of each number."""
    seen = [
        (witness, sort, rows)
        for witness, (each, sorts) in enumerate(zip(pulls, _SORTS_LOOKED_AT, strict=True))
        for sort, rows in zip(sorts, each.rows, strict=False)
    ]
    known: list[dict[str, int]] = [{} for _sort in range(1 + max(map(max, _SORTS_LOOKED_AT)))]
    for _witness, sort, things in seen:
        for thing in things:
            known[sort].setdefault(thing, len(known[sort]))
    starts = np.cumsum([0, *(len(each.lengths) for each in pulls)]).tolist()
    found = []
    for witness, sort, things in seen:
        row = np.full(len(known[sort]), -1, np.int64)
        row[[known[sort][thing] for thing in things]] = (
            np.array(list(things.values()), np.int64) + starts[witness]
        )
        found.append((witness, sort, row))
    return known, found
