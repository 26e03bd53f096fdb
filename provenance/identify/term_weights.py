"""Term weights: how strongly each term of a marking speaks for each maker, counted or fitted.

Counted weights are the logarithm of how much commoner a term is with a maker than with all (`count_weights`).
Fitted weights are those of a ridge regression of makers on terms (`fit_regression`): terms that always occur
together share what one of them would have alone. What a marking's terms add up to:
`provenance.identify.scorers`.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from provenance.identify.features import Terms

Matrix = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
MOST_PAIRS = 3000
"""Pairs that are fitted to, since time grows with the cube; of more, the same 3,000 whatever their order."""
_DECIMALS = 5
"""Weights are rounded, so that the same are stored, and the same answers given, on every machine."""
_SMOOTHING = 2.0
_RIDGE = 0.3
_FEWEST_PAIRS = 2
_MAKERS_PER_TERM = 2
_LEAST_WEIGHT = 1e-3
Item = TypeVar("Item")
TermGroups = dict[tuple[int, ...], list[tuple[int, str]]]
"""Terms (their type and text) by the numbers of the pairs that show them."""


class TermWeight(NamedTuple):
    """A term's share of a marking's squared length, and its weight for (or against) makers."""

    square: float
    by_maker: Sequence[tuple[str, float]]


class TermWeights:
    """The weights of terms of one type or several; the same text of another type is another term.

    ``rows`` has for each type the row of each term; row by row ``counts`` says for how many makers a term has
    a weight, and ``squares`` what it adds to a marking's length. Of all weights, row after row, ``numbers``
    says for which of ``makers`` each of ``weights`` is.
    """

    def __init__(
        self,
        makers: Sequence[str],
        rows: Sequence[Mapping[str, int]],
        numbers: Numbers,
        weights: Matrix,
        counts: Numbers,
        squares: Matrix,
    ) -> None:
        self.makers, self.rows = tuple(makers), tuple(rows)
        self.numbers, self.weights, self.counts, self.squares = numbers, weights, counts, squares
        self._starts = np.cumsum(counts) - counts
        self._number = {maker: number for number, maker in enumerate(self.makers)}

    @classmethod
    def of(cls, types: Sequence[Mapping[str, TermWeight]] = ()) -> TermWeights:
        """The weights of terms, one mapping for each type."""
        each = [weight for terms in types for weight in terms.values()]
        makers = sorted({maker for weight in each for maker, _ in weight.by_maker})
        number = {maker: place for place, maker in enumerate(makers)}
        return cls.from_lists(
            {
                "makers": makers,
                "terms": [list(terms) for terms in types],
                "numbers": [number[maker] for weight in each for maker, _ in weight.by_maker],
                "weights": [round(value, _DECIMALS) for weight in each for _, value in weight.by_maker],
                "counts": [len(weight.by_maker) for weight in each],
                "squares": [round(weight.square, _DECIMALS) for weight in each],
            }
        )

    def weight(self, term: str, maker: str) -> float:
        """The weight of a term of the first type for a maker; 0 where there is none."""
        row = self.rows[0].get(term) if self.rows else None
        if row is None or maker not in self._number:
            return 0.0
        own = slice(self._starts[row], self._starts[row] + self.counts[row])
        return float(self.weights[own][self.numbers[own] == self._number[maker]].sum())

    def to_lists(self) -> dict[str, Any]:
        """All weights in plain lists, for storage."""
        return {
            "makers": list(self.makers),
            "terms": [list(rows) for rows in self.rows],
            "numbers": self.numbers.tolist(),
            "weights": self.weights.tolist(),
            "counts": self.counts.tolist(),
            "squares": self.squares.tolist(),
        }

    @classmethod
    def from_lists(cls, stored: Mapping[str, Any]) -> TermWeights:
        """The weights that `to_lists` gave."""
        rows, start = [], 0
        for terms in stored["terms"]:
            rows.append({term: row for row, term in enumerate(terms, start)})
            start += len(terms)
        return cls(
            stored["makers"],
            rows,
            np.array(stored["numbers"], np.int64),
            np.array(stored["weights"], np.float64),
            np.array(stored["counts"], np.int64),
            np.array(stored["squares"], np.float64),
        )


def count_weights(taught: Iterable[tuple[Sequence[str], str]]) -> TermWeights:
    """The weights of terms of one type, each term by itself, counted from markings of known makers. A maker
    that was seen once has weights too; their value is learned by the ranker.
    """
    seen: dict[str, dict[str, int]] = defaultdict(dict)
    markings: Counter[str] = Counter()
    # Makers in one order whatever the markings' own: a term's makers then need no sorting.
    for terms, maker in sorted(taught, key=itemgetter(1)):
        markings[maker] += 1
        for term in dict.fromkeys(terms):
            counts = seen[term]
            counts[maker] = counts.get(maker, 0) + 1
    total = max(1, markings.total())
    return TermWeights.of(
        [{term: TermWeight(1.0, _log_ratios(seen[term], markings, total)) for term in sorted(seen)}]
    )


def _log_ratios(
    counts: Mapping[str, int], markings: Mapping[str, int], total: int
) -> list[tuple[str, float]]:
    """The logarithm of how much commoner a term is with each maker than with all, where it is commoner."""
    everywhere = sum(counts.values()) / total
    ratios = [
        (maker, (count + _SMOOTHING * everywhere) / (markings[maker] + _SMOOTHING) / everywhere)
        for maker, count in counts.items()
    ]
    return [(maker, math.log(ratio)) for maker, ratio in ratios if ratio > 1]


def fit_regression(taught: Sequence[tuple[Terms, str]]) -> TermWeights:
    """The ridge regression that some markings with their makers support; seconds for some thousand.

    There are many more terms than pairs, so the weights are found through the similarity of each pair to each
    other (the dual form; see "kernel ridge regression" in any textbook): one system of as many equations as
    there are pairs. Of each term only the makers with the greatest weights are kept: the rest change few
    answers.
    """
    taught = at_most(taught, MOST_PAIRS)
    count = max((len(terms) for terms, _maker in taught), default=0)
    found: list[dict[str, TermWeight]] = [{} for _type in range(count)]
    groups = _term_groups(taught)
    if not groups:
        return TermWeights.of(found)
    squares = [(1 + math.log((1 + len(taught)) / (1 + len(pairs)))) ** 2 for pairs in groups]
    lengths = _lengths(groups, squares, len(taught))
    makers = sorted({maker for _terms, maker in taught})
    number = {maker: place for place, maker in enumerate(makers)}
    duals = _duals(groups, squares, lengths, [number[maker] for _terms, maker in taught])
    for (pairs, terms), square in zip(groups.items(), squares, strict=True):
        # Rare for the pair that taught it, and rare for the marking that shows it.
        values = square * (1 / lengths[list(pairs)]) @ duals[list(pairs)]
        weight = TermWeight(square, _greatest(values, makers))
        for type_, term in terms:
            found[type_][term] = weight
    return TermWeights.of(found)


def at_most(items: Sequence[Item], most: int) -> Sequence[Item]:
    """The items in their order; of more than ``most`` a choice, the same whatever their order."""
    if len(items) <= most:
        return items
    digests = [hashlib.sha256(repr(each).encode()).digest() for each in items]
    chosen = sorted(range(len(items)), key=digests.__getitem__)[:most]
    return [items[number] for number in sorted(chosen)]


def _term_groups(taught: Sequence[tuple[Terms, str]]) -> TermGroups:
    """The terms that two pairs or more show; the many runs of one number mostly occur together."""
    pairs_of: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number, (types, _maker) in enumerate(taught):
        for type_, terms in enumerate(types):
            for term in terms:
                pairs_of[type_, term].append(number)
    found: TermGroups = defaultdict(list)
    for each, pairs in sorted(pairs_of.items()):
        if len(pairs) >= _FEWEST_PAIRS:
            found[tuple(pairs)].append(each)
    return found


def _lengths(groups: TermGroups, squares: Sequence[float], count: int) -> Matrix:
    """The length of each pair as a vector of its terms' rarities."""
    lengths = np.zeros(count)
    for (pairs, terms), square in zip(groups.items(), squares, strict=True):
        lengths[list(pairs)] += len(terms) * square
    # A pair that shows nothing that another shows has no direction; any length will do.
    return np.sqrt(np.where(lengths > 0, lengths, 1.0))


def _duals(groups: TermGroups, squares: Sequence[float], lengths: Matrix, right: Sequence[int]) -> Matrix:
    """The dual coefficients: for each pair and maker what similarity to the pair says for the maker."""
    count = len(lengths)
    kernel = np.zeros((count, count))
    for (pairs, terms), square in zip(groups.items(), squares, strict=True):
        kernel[np.ix_(pairs, pairs)] += len(terms) * square
    kernel /= np.outer(lengths, lengths)
    kernel[np.diag_indices(count)] += _RIDGE
    truth = np.zeros((count, max(right) + 1))
    truth[np.arange(count), right] = 1.0
    return np.asarray(np.linalg.solve(kernel, truth), np.float64)


def _greatest(values: Matrix, makers: Sequence[str]) -> tuple[tuple[str, float], ...]:
    # Rounded first: of makers equal but for the last bits the same ones stay on every machine.
    rounded = np.round(values, _DECIMALS)
    order = np.argsort(-np.abs(rounded), kind="stable")[:_MAKERS_PER_TERM].tolist()
    weights = [(makers[number], float(rounded[number])) for number in order]
    return tuple(each for each in weights if abs(each[1]) > _LEAST_WEIGHT)
