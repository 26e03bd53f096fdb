"""Scorers: the summed term weights of each maker, for all markings of a block at once.

The scores of all makers for all markings of a block are in one array, so that adding them up costs next to
nothing for each marking. The weight of a score is learned by `provenance.identify.ranking`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, repeat
from typing import NamedTuple

import numpy as np

from provenance.identify.features import TERM_TYPES, Terms
from provenance.identify.term_weights import Matrix, Numbers, TermWeights

SCORERS = ("runs", "words", "families", "regression")
"""Three count terms of one type each; the regression was fitted to terms of all types together."""
RUNS, FAMILIES = SCORERS.index("runs"), SCORERS.index("families")
_TYPES_SCORED: Sequence[tuple[int, ...]] = ((0,), (1,), (2,), (0, 1, 2, 3))
"""The numbers of the `TERM_TYPES` that each scorer looks at."""
_NO_MAKER = ""
"""Has the last column, always 0: that of every maker for whom no term has a weight."""


class BlockScores(NamedTuple):
    """The scores of a block of markings.

    ``scores`` by scorer, marking and maker's column are 0 or more; ``highest`` is the highest score by scorer
    and marking, 1 where all are 0; ``leaders`` are for each marking the makers with the highest scores, at
    most two for each scorer.
    """

    scores: Matrix
    highest: Matrix
    leaders: Sequence[Sequence[str]]


class MarkingScores(NamedTuple):
    """The scores of one marking, see `BlockScores`: ``scores`` by scorer and maker's column."""

    scores: Matrix
    highest: Sequence[float]
    leaders: Sequence[str]
    columns: Mapping[str, int]

    def any_for(self, maker: str) -> bool:
        """Whether any scorer supports a maker."""
        return any(self.of(maker))

    def speaks_for(self, scorer: int, maker: str) -> bool:
        """Whether one scorer supports a maker."""
        return bool(self.scores[scorer, self.columns.get(maker, -1)] > 0)

    def of(self, maker: str) -> list[float]:
        """Each scorer's score of a maker."""
        found: list[float] = self.scores[:, self.columns.get(maker, -1)].tolist()
        return found


class Scorers:
    """The learned scorers, in the order of `SCORERS`, over common columns, one for each maker.

    A score is the sum of the weights of a marking's terms over the root of the sum of their squares, 0 where
    that would be negative.
    """

    def __init__(self, weights: Sequence[TermWeights]) -> None:
        self._makers = (*sorted({maker for each in weights for maker in each.makers}), _NO_MAKER)
        self.columns: Mapping[str, int] = {maker: column for column, maker in enumerate(self._makers)}
        self._column = np.concatenate([self._columns_of(each)[each.numbers] for each in weights])
        self._weights = np.concatenate([each.weights for each in weights])
        # The last row has no weights: that of a term which a scorer never saw.
        self._counts = np.concatenate([*(each.counts for each in weights), [0]])
        self._squares = np.concatenate([*(each.squares for each in weights), [0.0]])
        self._starts = np.cumsum(self._counts) - self._counts
        self._known, self._rows = _numbered(weights)

    def score(self, markings: Sequence[Terms]) -> BlockScores:
        """The scores of some markings, one at least, by their terms."""
        count, makers, scorers = len(markings), len(self._makers), len(SCORERS)
        row, line = self._rows_of(markings)
        counts = self._counts[row]
        before = np.cumsum(counts) - counts
        place = np.arange(counts.sum()) + np.repeat(self._starts[row] - before, counts)
        cell = np.repeat(line * makers, counts) + self._column[place]
        sums = np.bincount(cell, self._weights[place], scorers * count * makers)
        squares = np.bincount(line, self._squares[row], scorers * count)
        scale = np.where(squares > 0, squares, 1.0) ** -0.5
        scores = sums.astype(np.float64, copy=False).reshape(-1, makers)
        # In place: an array of a block is large enough to be requested from the system each time.
        scores *= scale[:, None]
        np.maximum(scores, 0.0, out=scores)
        highest, leaders = self._leaders(scores, count)
        highest = np.where(highest > 0, highest, 1.0).reshape(scorers, count)
        return BlockScores(scores.reshape(scorers, count, makers), highest, leaders)

    def by_marking(self, block: BlockScores) -> Iterator[MarkingScores]:
        """The same for each marking."""
        for place, (highest, makers) in enumerate(zip(block.highest.T.tolist(), block.leaders, strict=True)):
            yield MarkingScores(block.scores[:, place], highest, makers, self.columns)

    def _rows_of(self, markings: Sequence[Terms]) -> tuple[Numbers, Numbers]:
        """Rows of all terms, scorer after scorer, and for each the line of scores that it adds to."""
        found = []
        for known, terms in zip(self._known, zip(*markings, strict=True), strict=True):
            counts = list(map(len, terms))
            numbers = map(known.get, chain.from_iterable(terms), repeat(-1))
            number = np.fromiter(numbers, np.int64, sum(counts))
            marking = np.repeat(range(len(counts)), counts)
            found.append((number[number >= 0], marking[number >= 0]))
        rows, lines = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for scorer, type_, row in self._rows:
            number, marking = found[type_]
            rows.append(row[number])
            lines.append(marking + scorer * len(markings))
        return np.concatenate(rows), np.concatenate(lines)

    def _leaders(self, scores: Matrix, markings: int) -> tuple[Matrix, list[list[str]]]:
        """Each line's highest score; for each marking the makers with the highest, by name among equals."""
        lines = np.arange(len(scores))
        first = scores.argmax(1)
        highest = scores[lines, first]
        scores[lines, first] = 0.0
        second = scores.argmax(1)
        columns = np.concatenate(
            [np.where(highest > 0, first, -1), np.where(scores[lines, second] > 0, second, -1)]
        )
        scores[lines, first] = highest
        own = columns.reshape(-1, markings).T.tolist()
        return highest, [[self._makers[column] for column in each if column >= 0] for each in own]

    def _columns_of(self, weights: TermWeights) -> Numbers:
        return np.array([self.columns[maker] for maker in weights.makers], np.int64)


def _numbered(weights: Sequence[TermWeights]) -> tuple[list[dict[str, int]], list[tuple[int, int, Numbers]]]:
    """All terms of each type with numbers of their own; by scorer and type the row of each number."""
    seen = [
        (scorer, type_, rows)
        for scorer, (each, types) in enumerate(zip(weights, _TYPES_SCORED, strict=True))
        for type_, rows in zip(types, each.rows, strict=False)
    ]
    known: list[dict[str, int]] = [{} for _type in TERM_TYPES]
    for _scorer, type_, terms in seen:
        for term in terms:
            known[type_].setdefault(term, len(known[type_]))
    starts = np.cumsum([0, *(len(each.counts) for each in weights)]).tolist()
    found = []
    for scorer, type_, terms in seen:
        row = np.full(len(known[type_]), -1, np.int64)
        row[[known[type_][term] for term in terms]] = (
            np.array(list(terms.values()), np.int64) + starts[scorer]
        )
        found.append((scorer, type_, row))
    return known, found
