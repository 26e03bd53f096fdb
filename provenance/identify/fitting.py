"""Fitting: how the ranker learns its weights, and the calibration its chances and the level `certain`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from provenance.identify.calibration import (
    CERTAIN_FROM,
    CERTAIN_MAY_FAIL,
    NEVER,
    RIVALLED_CERTAIN_FROM,
    SIGNS,
    Calibration,
    ProbedAnswer,
    sign_row,
)
from provenance.identify.ranking import DEFAULT_CLUE_WEIGHTS, RANK_SIGNS, Ranker, Row

Matrix = npt.NDArray[np.float64]
_RIDGE = 100.0
_STEPS = 25
_LEAST_GAIN = 1e-3
_FEWEST_FOR_CERTAIN = 40
_RECORD_PRIOR = 4.0


def learn_ranker(answers: Sequence[tuple[Sequence[Row], int]]) -> Ranker:
    """The ranker that the answers support: rows of candidates, and which of them was right.

    Maximum likelihood with a ridge over signs of equal spread, by Newton's method with halved steps.
    """
    rows = _as_matrix([row for each, _ in answers for row in each])
    starts = np.cumsum([0, *(len(each) for each, _ in answers)])
    right = np.array([start + place for start, (_, place) in zip(starts, answers, strict=False)])
    spread = rows.std(0) + 1e-6
    weights = _Likelihood(rows / spread, starts[:-1], right).most_likely() / spread
    catalogue = RANK_SIGNS.index("catalogue")
    weights[catalogue] = max(weights[catalogue], DEFAULT_CLUE_WEIGHTS["catalogue"])
    return Ranker(tuple(weights.tolist()))


def _as_matrix(rows: Sequence[Row]) -> Matrix:
    matrix = np.zeros((len(rows), len(RANK_SIGNS)))
    for line, row in zip(matrix, rows, strict=True):
        for sign, value in row:
            line[sign] = value
    return matrix


class _Likelihood:
    """Answers as one array of candidates' rows, and the climb to the likeliest weights."""

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


def calibrate(answers: Sequence[ProbedAnswer]) -> Calibration:
    """The calibration that the probed answers support.

    The thresholds of `certain` are themselves found on chances that the answer's own fold had no part in:
    first the one that holds for every answer, then, among what is left, the lower one of the unrivalled.
    """
    folds = sorted({answer.fold for answer in answers})
    judged: list[tuple[float, ProbedAnswer]] = []
    for fold in folds:
        fitted = _fit([answer for answer in answers if answer.fold != fold])
        judged += [(fitted.chance(answer.signs), answer) for answer in answers if answer.fold == fold]
    whole = _fit(answers)
    for_all = _certain_from(judged, RIVALLED_CERTAIN_FROM)
    able = [(chance, answer) for chance, answer in judged if answer.signs.unrivalled or chance >= for_all]
    for_unrivalled = min(for_all, _certain_from(able, CERTAIN_FROM))
    return Calibration(whole.weights, whole.records, whole.mean_record, for_unrivalled, for_all)


def _fit(answers: Sequence[ProbedAnswer]) -> Calibration:
    records, mean = _records(answers)
    rows = np.array([_row_without_itself(answer, records, mean) for answer in answers])
    truth = np.array([float(answer.right) for answer in answers])
    return Calibration(tuple(_regress(rows, truth)), {key: value[0] for key, value in records.items()}, mean)


def _records(answers: Sequence[ProbedAnswer]) -> tuple[dict[str, tuple[float, int, int]], float]:
    """For each maker how often it was right when named, pulled towards the mean while named seldom."""
    named = Counter(answer.signs.maker for answer in answers)
    right = Counter(answer.signs.maker for answer in answers if answer.right)
    mean = sum(right.values()) / max(1, len(answers))
    return {
        maker: ((right[maker] + _RECORD_PRIOR * mean) / (count + _RECORD_PRIOR), right[maker], count)
        for maker, count in named.items()
    }, mean


def _row_without_itself(
    answer: ProbedAnswer, records: Mapping[str, tuple[float, int, int]], mean: float
) -> list[float]:
    _, right, count = records[answer.signs.maker]
    own = (right - answer.right + _RECORD_PRIOR * mean) / (count - 1 + _RECORD_PRIOR)
    return sign_row(answer.signs, {answer.signs.maker: own}, mean)


def _regress(rows: Matrix, truth: Matrix) -> list[float]:
    """Logistic regression by Newton's method with a mild ridge; the catalogue's weight stays as shipped."""
    weights = np.zeros(rows.shape[1])
    ridge = np.full(rows.shape[1], 1.0)
    ridge[0] = 1e-3
    for _ in range(25):
        chances = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        gradient = rows.T @ (chances - truth) + ridge * weights
        curvature = (rows * (chances * (1 - chances))[:, None]).T @ rows + np.diag(ridge)
        weights -= np.linalg.solve(curvature, gradient)
    fitted: list[float] = weights.tolist()
    catalogue = 1 + SIGNS.index("catalogue")
    fitted[catalogue] = max(fitted[catalogue], 1.0)
    return fitted


def _certain_from(judged: Sequence[tuple[float, ProbedAnswer]], least: float) -> float:
    """The smallest chance, not below ``least``, at which errors among answers as good keep within bounds."""
    wrong, threshold = 0, NEVER
    ranked = sorted((item for item in judged if item[0] >= least), key=lambda item: -item[0])
    for count, (chance, answer) in enumerate(ranked, 1):
        wrong += not answer.right
        if count >= _FEWEST_FOR_CERTAIN and wrong <= CERTAIN_MAY_FAIL * count:
            threshold = least if count == len(ranked) else chance
    return threshold
