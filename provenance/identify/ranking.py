"""Ranking: all witnesses of a marking weighed against each other, the same way for every maker.

The ranker is a conditional logit over the candidates of a marking. It learns on answers that the witnesses
gave to markings whose own fold had taught them nothing, so it knows what each is worth on a recovery that
nobody has seen; a maker that no pair ever showed is weighed by the same weights as the commonest one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provenance.identify.clues import CLUE_KINDS, Clues, RuleHit
from provenance.identify.maker_model import DEFAULT_CLUE_WEIGHTS
from provenance.text.markings import Reading

Matrix = npt.NDArray[np.float64]
WITNESS_SIGNS = (
    "model", "runs", "runs-share", "words", "recoveries", "recoveries-of-code", "never-seen", "no-clue",
    "rule-reach", "rule-digits-only", "rule-and-name", "name-never-seen",
)  # fmt: skip
RANK_SIGNS = CLUE_KINDS + WITNESS_SIGNS
"""Columns of the matrix that is ranked by: clues as they are, then what the learned witnesses say."""
_COLUMN = {sign: number for number, sign in enumerate(RANK_SIGNS)}
_RIDGE = 20.0
_STEPS = 25
_LEAST_GAIN = 1e-3
_LEAST_SHARE = 1e-5


@dataclass(frozen=True, slots=True)
class Witnesses:
    """What learned witnesses say of a marking: shares, votes, and in how many recoveries each maker was."""

    model: Mapping[str, float]
    runs: Mapping[str, float]
    words: Mapping[str, float]
    recoveries: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights of `RANK_SIGNS`."""

    weights: tuple[float, ...]

    def ranked(self, makers: Sequence[str], rows: Matrix) -> list[tuple[str, float]]:
        """The makers with their shares of belief (softmax), best first, ties by name."""
        if not makers:
            return []
        scores = rows @ np.array(self.weights)
        exponents = np.exp(scores - scores.max())
        shares = (exponents / exponents.sum()).tolist()
        return sorted(zip(makers, shares, strict=True), key=lambda item: (-item[1], item[0]))


def rank_rows(
    reading: Reading, hits: Sequence[RuleHit], clues: Clues, makers: Sequence[str], said: Witnesses
) -> Matrix:
    """A row of `RANK_SIGNS` for each maker."""
    rows = np.zeros((len(makers), len(RANK_SIGNS)))
    own_hits: dict[str, list[RuleHit]] = defaultdict(list)
    for hit in hits:
        own_hits[hit.match.rule.maker].append(hit)
    most_runs = max(said.runs.values(), default=0.0) or 1.0
    least = max(min(said.model.values(), default=_LEAST_SHARE) / 2, _LEAST_SHARE)
    for row, maker in zip(rows, makers, strict=True):
        own = clues.get(maker, {})
        for kind, strength in own.items():
            row[_COLUMN[kind]] = strength
        seen = said.recoveries.get(maker, 0)
        named = "name" in own or "name-part" in own
        runs, ruled = said.runs.get(maker, 0.0), own_hits.get(maker, [])
        row[len(CLUE_KINDS) :] = (
            math.log(max(said.model.get(maker, least), _LEAST_SHARE)),
            runs,
            runs / most_runs,
            said.words.get(maker, 0.0),
            math.log1p(seen),
            math.log1p(seen) if reading.has_part_like_code else 0.0,
            float(not seen),
            float(not own),
            max((hit.match.length / len(hit.part.key) for hit in ruled if hit.is_first), default=0.0),
            float(bool(ruled) and all(_only_digits(hit) for hit in ruled)),
            float(named and bool(ruled)),
            float(named and not seen),
        )
    return rows


def learn_ranker(answers: Sequence[tuple[Matrix, int]]) -> Ranker:
    """The ranker that the answers support: rows of candidates, and which of them was right.

    Maximum likelihood with a ridge over signs of equal spread, by Newton's method with halved steps.
    """
    rows = np.concatenate([matrix for matrix, _ in answers])
    starts = np.cumsum([0, *(len(matrix) for matrix, _ in answers)])
    right = np.array([start + place for start, (_, place) in zip(starts, answers, strict=False)])
    spread = rows.std(0) + 1e-6
    weights = _Likelihood(rows / spread, starts[:-1], right).most_likely() / spread
    catalogue = _COLUMN["catalogue"]
    weights[catalogue] = max(weights[catalogue], DEFAULT_CLUE_WEIGHTS["catalogue"])
    return Ranker(tuple(weights.tolist()))


class _Likelihood:
    """Answers as one array of candidates' rows, and the climb to the weights under which they are likeliest."""

    def __init__(self, rows: Matrix, starts: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> None:
        self.rows, self.starts, self.right = rows, starts, right
        self.answer = np.repeat(np.arange(len(starts)), np.diff([*starts.tolist(), len(rows)]))

    def most_likely(self) -> Matrix:
        """The weights; the same for the same answers."""
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
        scores = self.rows @ weights
        highest = np.maximum.reduceat(scores, self.starts)
        exponents = np.exp(scores - highest[self.answer])
        totals = np.add.reduceat(exponents, self.starts)
        said = float((scores[self.right] - highest - np.log(totals)).sum())
        return said - _RIDGE / 2 * float(weights @ weights), exponents / totals[self.answer]

    def _step(self, weights: Matrix, shares: Matrix) -> Matrix:
        weighed = self.rows * shares[:, None]
        means = np.add.reduceat(weighed, self.starts)
        gradient = self.rows[self.right].sum(0) - weighed.sum(0) - _RIDGE * weights
        curvature = weighed.T @ self.rows - means.T @ means + _RIDGE * np.eye(len(weights))
        step: Matrix = np.linalg.solve(curvature, gradient)
        return step


def _only_digits(hit: RuleHit) -> bool:
    return hit.part.key[: hit.match.length].isdigit()
