"""Ranking: the candidates of a marking compared with each other, by the same weights for every maker.

The ranker is a conditional logit over the candidates of a marking. There is one way to a candidate's score,
for learning and for answering: the values of `RANK_FEATURES` (`feature_matrix`) times their weights. It
learns from scorers' answers to markings whose own fold had taught them nothing, so that it learns the value
of each scorer on an unseen recovery; a maker without any pair has the same weights as the commonest one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import NamedTuple

import numpy as np

from provenance.identify.clues import CLUE_KINDS, Clues, RuleHit
from provenance.identify.features import MarkingFeatures
from provenance.identify.scorers import FAMILIES, SCORERS, BlockScores, MarkingScores
from provenance.identify.sightings import Sighting
from provenance.identify.term_weights import Matrix, Numbers

PRIOR_FEATURES = ("recoveries", "recoveries-of-code", "range", "never-seen", "no-clue")
"""How well known a maker is: recoveries it was seen in, also where the marking has a part-like code, its
families (both as logarithms), whether it was never seen, whether no clue speaks for it."""
RULE_AND_NAME_FEATURES = (
    "rule-reach", "rule-digits-only", "rule-and-name", "name-alone", "name-never-seen", "family-never-seen",
)  # fmt: skip
"""How a maker's rules and its name in the text go together."""
RANK_FEATURES = (
    *CLUE_KINDS, *SCORERS, *(f"{scorer}-share" for scorer in SCORERS), *PRIOR_FEATURES,
    *RULE_AND_NAME_FEATURES,
)  # fmt: skip
"""The features of the ranking: clues, scores, each score's share of the highest, and the rest."""
DEFAULT_WEIGHTS: Mapping[str, float] = {
    "rule-2": 0.2, "rule-3": 1.0, "rule-4": 1.1, "rule-5": 1.2, "rule-6": 1.3, "rule-7": 1.4,
    "rule-name": 1.0, "trace": 1.0, "sold-line": 0.8, "rule-inherited": 0.0, "rule-long-number": 1.3,
    "rule-alone": 1.3, "rule-closest": 1.3, "rule-first": 1.3, "name": 7.0, "name-part": 2.5,
    "number": 0.8, "number-often": 0.6, "base": 0.5, "base-often": 0.4,
    "begins-6": 0.7, "begins-5": 0.6, "begins-4": 0.7, "begins-3": 0.7, "wording": 1.4,
    "range": 0.3, "catalogue": 4.0, "rule-described": 0.5, "rule-contradicted": -1.5,
}  # fmt: skip
"""Weights where too few pairs are known to learn any; rounded from what learning gives on published lists."""
_OTHERS = 20
"""How many makers that are not candidates share belief where nothing was learned: a weak clue stays weak."""
_ROW = {feature: number for number, feature in enumerate(RANK_FEATURES)}
_SCORES = slice(_ROW[SCORERS[0]], _ROW[SCORERS[0]] + len(SCORERS))
_SHARES = slice(_SCORES.stop, _SCORES.stop + len(SCORERS))
_NO_CLUE = _ROW["no-clue"]
_RULE_AND_NAME = tuple(_ROW[feature] for feature in RULE_AND_NAME_FEATURES)
_RIDGE = 100.0
_STEPS = 25
_LEAST_GAIN = 1e-3


class Candidates(NamedTuple):
    """The makers considered for a marking, in order of name, and the evidence for them."""

    marking: MarkingFeatures
    makers: list[str]
    clues: Clues
    sightings: Mapping[str, Mapping[str, Sighting]]
    scores: MarkingScores

    def speak_for(self, maker: str) -> bool:
        """Whether anything in the marking supports a maker, beyond its being a common one."""
        return bool(self.clues.get(maker)) or self.scores.any_for(maker)


class MakerPriors:
    """How well known each maker is: in how many recoveries it was seen, how many families it has."""

    def __init__(self, recoveries: Mapping[str, int], families: Mapping[str, int]) -> None:
        makers = dict.fromkeys(chain(recoveries, families))
        self._columns = {maker: column for column, maker in enumerate(makers)}
        seen = [recoveries.get(maker, 0) for maker in makers]
        sizes = [families.get(maker, 0) for maker in makers]
        # The last column is that of a maker who is not known at all.
        self._recoveries = np.array([*map(math.log1p, seen), 0.0])
        self._families = np.array([*map(math.log1p, sizes), 0.0])
        self._never_seen = np.array([*(float(not count) for count in seen), 1.0])

    def set_into(self, matrix: Matrix, makers: Sequence[str], part_like: Numbers) -> None:
        """Writes the `PRIOR_FEATURES` of some makers; ``part_like`` is 1 beside a part-like code."""
        column = _columns(self._columns, makers)
        recoveries = self._recoveries[column]
        matrix[_ROW["recoveries"]] = recoveries
        matrix[_ROW["recoveries-of-code"]] = recoveries * part_like
        matrix[_ROW["range"]] = self._families[column]
        matrix[_ROW["never-seen"]] = self._never_seen[column]
        matrix[_ROW["no-clue"]] = 1.0


def feature_matrix(
    block: Sequence[Candidates], scores: BlockScores, columns: Mapping[str, int], priors: MakerPriors
) -> Matrix:
    """The values of `RANK_FEATURES`, a row each, for all candidates of some markings, a column each.

    ``scores`` are those of the same markings, with the column of each maker.
    """
    counts = [len(each.makers) for each in block]
    makers = list(chain.from_iterable([each.makers for each in block]))
    marking = np.repeat(np.arange(len(counts)), counts)
    matrix = np.zeros((len(RANK_FEATURES), len(makers)))
    own = scores.scores[:, marking, _columns(columns, makers)]
    matrix[_SCORES] = own
    np.divide(own, scores.highest[:, marking], out=matrix[_SHARES])
    part_like = np.array([int(each.marking.reading.has_part_like_code) for each in block], np.int64)
    priors.set_into(matrix, makers, part_like[marking])
    never_seen, family_scores = matrix[_ROW["never-seen"]].tolist(), own[FAMILIES].tolist()
    rows, places, values = _clue_features(block, never_seen, family_scores)
    matrix[rows, places] = values
    return matrix


def _columns(columns: Mapping[str, int], makers: Sequence[str]) -> Numbers:
    return np.fromiter(map(columns.get, makers, repeat(-1)), np.int64, len(makers))


def _clue_features(
    block: Sequence[Candidates], never_seen: Sequence[float], family_scores: Sequence[float]
) -> tuple[list[int], Numbers, list[float]]:
    """Row, candidate and value of the features that clues give; most candidates have none of them."""
    rows: list[int] = []
    values: list[float] = []
    places: list[int] = []
    counts: list[int] = []
    start = 0
    for each in block:
        clues, own_hits = each.clues, each.marking.hits_by_maker
        for place, maker in enumerate(each.makers, start):
            if own := clues.get(maker):
                before = len(rows)
                rows.append(_NO_CLUE)
                values.append(0.0)
                rows += [_ROW[kind] for kind in own]
                values += own.values()
                # A rule of the maker is a clue itself.
                hits = own_hits.get(maker, ())
                if hits or "name" in own or "name-part" in own:
                    rows += _RULE_AND_NAME
                    values += _rules_and_name(own, hits, never_seen[place], family_scores[place])
                places.append(place)
                counts.append(len(rows) - before)
        start += len(each.makers)
    return rows, np.repeat(np.array(places, np.int64), counts), values


def _rules_and_name(
    clues: Mapping[str, float], hits: Sequence[RuleHit], never_seen: float, family_score: float
) -> tuple[float, ...]:
    """The `RULE_AND_NAME_FEATURES` of a maker with these rule hits."""
    named = "name" in clues or "name-part" in clues
    reach = max([hit.match.length / len(hit.part.key) for hit in hits if hit.is_first], default=0.0)
    return (
        reach,
        float(bool(hits) and all(map(_only_digits, hits))),
        float(named and bool(hits)),
        float(named and not hits),
        named * never_seen,
        float(bool(hits) and family_score <= 0),
    )


def _only_digits(hit: RuleHit) -> bool:
    return hit.part.key[: hit.match.length].isdigit()


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights of `RANK_FEATURES`, and how many makers that are not candidates take part in sharing belief."""

    weights: tuple[float, ...]
    others: int = 0

    @classmethod
    def untaught(cls) -> Ranker:
        """The weights that ship, for clues alone."""
        return cls(tuple(DEFAULT_WEIGHTS.get(feature, 0.0) for feature in RANK_FEATURES), _OTHERS)

    def rank(self, makers: Sequence[Sequence[str]], matrix: Matrix) -> Iterator[list[tuple[str, float]]]:
        """The candidates of each marking with their shares of belief, best first, ties by name.

        ``matrix`` is that of `feature_matrix` for the candidates of all the markings. A share is the softmax
        of a score.
        """
        # The added column keeps NumPy from adding up in another order where there is but one candidate.
        weighed = np.zeros((len(self.weights), matrix.shape[1] + 1))
        np.multiply(matrix, np.array(self.weights)[:, None], out=weighed[:, :-1])
        scores = weighed.sum(0).tolist()
        place = 0
        for own in makers:
            yield self._shares(own, scores[place : place + len(own)])
            place += len(own)

    def _shares(self, makers: Sequence[str], scores: Sequence[float]) -> list[tuple[str, float]]:
        if not makers:
            return []
        highest = max(scores)
        exponents = [math.exp(score - highest) for score in scores]
        total = math.fsum(exponents) + self.others * math.exp(-highest)
        order = sorted(
            [(-exponent / total, maker) for exponent, maker in zip(exponents, makers, strict=True)]
        )
        return [(maker, -share) for share, maker in order]


def learn_ranker(answers: Sequence[tuple[Matrix, int]]) -> Ranker:
    """The ranker that the answers support: a marking's `feature_matrix` each, and which candidate is right.

    Maximum likelihood with a ridge over features of equal spread, by Newton's method with halved steps.
    """
    rows = np.ascontiguousarray(np.concatenate([matrix for matrix, _ in answers], 1).T)
    starts = np.cumsum([0, *(matrix.shape[1] for matrix, _ in answers)])
    right = np.array([start + place for start, (_, place) in zip(starts, answers, strict=False)])
    spread = rows.std(0) + 1e-6
    weights = _Likelihood(rows / spread, starts[:-1], right).maximum() / spread
    # The pairs were answered without a catalogue, so its weight cannot be learned from them. A name printed
    # on the thing says more than the numbers that other makers' families happen to fit, of which lists of
    # chips with few names in them do not teach enough.
    for feature in ("catalogue", "name"):
        row = RANK_FEATURES.index(feature)
        weights[row] = max(weights[row], DEFAULT_WEIGHTS[feature])
    return Ranker(tuple(weights.tolist()))


class _Likelihood:
    """Answers as one array of candidates' rows, and Newton's method to the likeliest weights."""

    def __init__(self, rows: Matrix, starts: Numbers, right: Numbers) -> None:
        self.rows, self.starts, self.right = rows, starts, right
        self.answer = np.repeat(np.arange(len(starts)), np.diff([*starts.tolist(), len(rows)]))

    def maximum(self) -> Matrix:
        """The likeliest weights; the same for the same answers."""
        weights = np.zeros(self.rows.shape[1])
        value, shares = self._value(weights)
        for _ in range(_STEPS):
            step, size = self._step(weights, shares), 1.0
            better, new_shares = self._value(weights + step)
            while better < value and size > 1e-4:
                size /= 2
                better, new_shares = self._value(weights + size * step)
            if better - value < _LEAST_GAIN:
                break
            weights, value, shares = weights + size * step, better, new_shares
        return weights

    def _value(self, weights: Matrix) -> tuple[float, Matrix]:
        """The logarithm of the likelihood less the ridge, and each candidate's share."""
        scores = self.rows @ weights
        highest = np.maximum.reduceat(scores, self.starts)
        exponents = np.exp(scores - highest[self.answer])
        totals = np.add.reduceat(exponents, self.starts)
        logarithm = float((scores[self.right] - highest - np.log(totals)).sum())
        return logarithm - _RIDGE / 2 * float(weights @ weights), exponents / totals[self.answer]

    def _step(self, weights: Matrix, shares: Matrix) -> Matrix:
        weighed = self.rows * shares[:, None]
        means = np.add.reduceat(weighed, self.starts)
        gradient = self.rows[self.right].sum(0) - weighed.sum(0) - _RIDGE * weights
        curvature = weighed.T @ self.rows - means.T @ means + _RIDGE * np.eye(len(weights))
        step: Matrix = np.linalg.solve(curvature, gradient)
        return step
