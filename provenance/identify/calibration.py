"""Calibration: shares of belief become measured chances, and chances become words.

Everything is measured on answers to markings whose own specimen was not learned from (`ProbedAnswer`). A
first candidate's chance comes from a small logistic regression over `CALIBRATION_FEATURES`; the level
`certain` begins where, among probed answers at least as good, fewer were wrong than `CERTAIN_MAY_FAIL`: lower
for a maker without a rival, higher for one with rivals.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import mul
from typing import Literal, NamedTuple

import numpy as np

from provenance.identify.term_weights import Matrix

Confidence = Literal["certain", "likely", "possible"]
CERTAIN_MAY_FAIL = 0.02
"""Measured rate of error that `certain` may have, measured as described above."""
CERTAIN_FROM = 0.95
"""Least chance of an unrivalled answer that is called certain, whatever the data says of smaller ones."""
RIVALLED_CERTAIN_FROM = 0.975
"""The same for an answer to which some rival is known."""
UNMEASURED_CERTAIN_FROM = 0.97
"""The same where too few pairs are known to measure it: with the shipped weights, answers to a published
list from 0.95 on were wrong twice as often as `CERTAIN_MAY_FAIL` allows, from here on they were within it."""
NEVER = 1.01
"""A chance that no answer has."""
LIKELY_FROM = 0.6
UNMEASURED_LIKELY_FROM = 0.85
"""The same as for `certain`: with the shipped weights alone one answer in twenty from here on named a firm
of another house, over a published list and an open library of well-known parts; from 0.6 on one in nine."""
POSSIBLE_FROM = 0.1
_STRONG_RULES = ("rule-4", "rule-5", "rule-6", "rule-7")
_ONLY_IN_CATALOGUE = 0.85
_TRUE_TO_BRAND = 0.9
_STEPS = 25
_FEWEST_FOR_CERTAIN = 40
_RECORD_PRIOR = 4.0
"""The weight of the mean, in answers, by which a maker's own record is smoothed."""


class AnswerFeatures(NamedTuple):
    """The features that predict whether a first candidate is right, besides its share of belief."""

    maker: str
    share: float
    runner_up: float
    clues: Mapping[str, float]
    part_like: bool
    family_record: float
    sold_on: bool
    """Whether the marking's family has been sold to another firm, whose brand it may carry."""
    support: float = 0.0
    """In how many recoveries the marking's families were seen with the maker, as a logarithm."""

    @property
    def unrivalled(self) -> bool:
        """Whether no other firm, rival or new owner of the line, is known to print such numbers."""
        sole = (
            self.clues.get("rule-alone", 0.0) == 1 or self.clues.get("catalogue", 0.0) >= _ONLY_IN_CATALOGUE
        )
        if "rule-contradicted" in self.clues:
            return False
        return sole and (not self.sold_on or self.family_record > _TRUE_TO_BRAND)

    @property
    def strong_rule(self) -> float:
        """Whether a rule that covers four characters or more speaks for the maker."""
        return max([self.clues.get(rule, 0.0) for rule in _STRONG_RULES])


CALIBRATION_FEATURES: Mapping[str, Callable[[AnswerFeatures, float], float]] = {
    "share": lambda answer, _: _logit(answer.share),
    "rule": lambda answer, _: answer.strong_rule,
    "rule-alone": lambda answer, _: answer.clues.get("rule-alone", 0.0) * answer.strong_rule,
    "number-seen": lambda answer, _: answer.clues.get("number", 0.0),
    "name": lambda answer, _: max(answer.clues.get("name", 0.0), answer.clues.get("name-part", 0.0)),
    "part-like": lambda answer, _: float(answer.part_like),
    "maker-record": lambda _, record: _logit(record),
    "catalogue": lambda answer, _: answer.clues.get("catalogue", 0.0),
    "runner-up": lambda answer, _: answer.runner_up,
    "begins-3": lambda answer, _: answer.clues.get("begins-3", 0.0),
    "begins-4": lambda answer, _: answer.clues.get("begins-4", 0.0),
    "begins-5": lambda answer, _: answer.clues.get("begins-5", 0.0),
    "sold-on": lambda answer, _: float(answer.sold_on),
    "rule-first": lambda answer, _: answer.clues.get("rule-first", 0.0),
    "family-record": lambda answer, _: _logit(answer.family_record),
    "support": lambda answer, _: answer.support,
    "rule-described": lambda answer, _: answer.clues.get("rule-described", 0.0),
    "rule-contradicted": lambda answer, _: answer.clues.get("rule-contradicted", 0.0),
}
"""The value of each feature of an answer whose maker has the given record of being right."""
_DEFAULT_WEIGHTS: Mapping[str, float] = {
    "share": 0.55, "rule": 0.35, "rule-alone": 0.3, "number-seen": 0.3, "name": 0.2, "part-like": 0.2,
    "catalogue": 1.0, "begins-3": 0.2, "begins-4": 0.2, "begins-5": 0.2, "rule-first": 0.2,
    "family-record": 0.3, "rule-contradicted": -1.0,
}  # fmt: skip
"""Weights where too few pairs are known to learn any; rounded from what learning gives on published lists."""
_CATALOGUE = 1 + list(CALIBRATION_FEATURES).index("catalogue")


@dataclass(frozen=True, slots=True)
class ProbedAnswer:
    """A first candidate from a model that has not seen its specimen, its fold, and whether it was right."""

    features: AnswerFeatures
    right: bool
    fold: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns an answer's features into a chance, and a chance into a level.

    ``weights`` are the intercept and those of `CALIBRATION_FEATURES`; ``records`` is how often each maker was
    right when named, ``mean_record`` that of all others.
    """

    weights: tuple[float, ...] = (
        0.0,
        *(_DEFAULT_WEIGHTS.get(feature, 0.0) for feature in CALIBRATION_FEATURES),
    )
    records: Mapping[str, float] = field(default_factory=dict)
    mean_record: float = 0.6
    certain_from: float = UNMEASURED_CERTAIN_FROM
    """Chances from which an unrivalled answer is `certain`; `NEVER` where the data supports no certainty."""
    rivalled_certain_from: float = NEVER
    """The same for every other answer."""
    likely_from: float = UNMEASURED_LIKELY_FROM
    """Chances from which an answer is `likely`."""

    def chance(self, answer: AnswerFeatures) -> float:
        """Measured chance that the candidate is right, 0 to 1."""
        row = _feature_row(answer, self.records.get(answer.maker, self.mean_record))
        return _logistic(sum(map(mul, self.weights, row)))

    def level(self, chance: float, unrivalled: bool) -> Confidence | None:
        """The word for a chance; None where it is too small to be named."""
        if chance >= (self.certain_from if unrivalled else self.rivalled_certain_from):
            return "certain"
        if chance >= self.likely_from:
            return "likely"
        return "possible" if chance >= POSSIBLE_FROM else None


def reliability(
    judged: Iterable[tuple[float, bool]], steps: int = 10
) -> list[tuple[float, float, float, int]]:
    """Rows of (chance from, mean chance claimed, share right, how many), in equal steps of chance."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for chance, right in judged:
        bins.setdefault(min(int(chance * steps), steps - 1), []).append((chance, right))
    return [
        (
            step / steps,
            sum(chance for chance, _ in rows) / len(rows),
            sum(right for _, right in rows) / len(rows),
            len(rows),
        )
        for step, rows in sorted(bins.items())
    ]


def calibrate(answers: Sequence[ProbedAnswer]) -> Calibration:
    """The calibration that the probed answers support.

    The thresholds of `certain` are found on chances from models that have not seen the answer's own fold:
    first the one that holds for every answer, then, among the rest, the lower one of the unrivalled.
    """
    folds = sorted({answer.fold for answer in answers})
    judged: list[tuple[float, ProbedAnswer]] = []
    for fold in folds:
        fitted = _fit([answer for answer in answers if answer.fold != fold])
        judged += [(fitted.chance(answer.features), answer) for answer in answers if answer.fold == fold]
    whole = _fit(answers)
    for_all = _certain_from(judged, RIVALLED_CERTAIN_FROM)
    able = [(chance, answer) for chance, answer in judged if answer.features.unrivalled or chance >= for_all]
    for_unrivalled = min(for_all, _certain_from(able, CERTAIN_FROM))
    return replace(whole, certain_from=for_unrivalled, rivalled_certain_from=for_all, likely_from=LIKELY_FROM)


def _fit(answers: Sequence[ProbedAnswer]) -> Calibration:
    """A calibration without thresholds; each answer's own outcome is taken out of its maker's record."""
    named = Counter(answer.features.maker for answer in answers)
    right = Counter(answer.features.maker for answer in answers if answer.right)
    mean = sum(right.values()) / max(1, len(answers))

    def record(maker: str, right_answers: int, count: int) -> float:
        return (right[maker] - right_answers + _RECORD_PRIOR * mean) / (count + _RECORD_PRIOR)

    rows = np.array(
        [
            _feature_row(
                answer.features,
                record(answer.features.maker, int(answer.right), named[answer.features.maker] - 1),
            )
            for answer in answers
        ]
    )
    truth = np.array([float(answer.right) for answer in answers])
    records = {maker: record(maker, 0, count) for maker, count in named.items()}
    return Calibration(tuple(_logistic_regression(rows, truth)), records, mean)


def _logistic_regression(rows: Matrix, truth: Matrix) -> list[float]:
    """The weights by Newton's method with a mild ridge; the catalogue's is not below the one that ships."""
    weights = np.zeros(rows.shape[1])
    ridge = np.full(rows.shape[1], 1.0)
    ridge[0] = 1e-3
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        gradient = rows.T @ (chances - truth) + ridge * weights
        curvature = (rows * (chances * (1 - chances))[:, None]).T @ rows + np.diag(ridge)
        weights -= np.linalg.solve(curvature, gradient)
    fitted: list[float] = weights.tolist()
    fitted[_CATALOGUE] = max(fitted[_CATALOGUE], _DEFAULT_WEIGHTS["catalogue"])
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


def _feature_row(answer: AnswerFeatures, record: float) -> list[float]:
    """One, for the intercept, and the value of each of `CALIBRATION_FEATURES`."""
    return [1.0, *[value(answer, record) for value in CALIBRATION_FEATURES.values()]]


def _logit(chance: float) -> float:
    bounded = 1e-4 if chance < 1e-4 else 1 - 1e-4 if chance > 1 - 1e-4 else chance
    return math.log(bounded / (1 - bounded))


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
