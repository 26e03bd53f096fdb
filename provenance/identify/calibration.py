"""How far a claim can be trusted: shares of belief turned into measured chances, and chances into words.

Everything is measured on answers to markings whose own specimen had built nothing (`ProbedAnswer`). A
first candidate's chance comes from a small logistic regression over the signs in `SIGNS`; the level
`certain` begins where, among probed answers at least as good, fewer were wrong than `CERTAIN_MAY_FAIL`:
lower for a maker without a rival, higher for one that has some. How both are found:
`provenance.identify.fitting`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import mul
from typing import Literal, NamedTuple

Confidence = Literal["certain", "likely", "possible"]
CERTAIN_MAY_FAIL = 0.02
"""Measured rate of error that `certain` may have, measured as said above."""
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
POSSIBLE_FROM = 0.1
SIGNS = (
    "share", "rule", "rule-alone", "number-seen", "name", "part-like", "maker-record", "catalogue",
    "runner-up",
    "begins-3", "begins-4", "begins-5", "sold-on", "rule-first", "family-record",
)  # fmt: skip
_STRONG_RULES = ("rule-4", "rule-5", "rule-6", "rule-7")
_ONLY_IN_CATALOGUE = 0.85
_TRUE_TO_BRAND = 0.9


class Signs(NamedTuple):
    """What bears on whether a first candidate is right, besides its share of belief."""

    maker: str
    share: float
    runner_up: float
    clues: Mapping[str, float]
    part_like: bool
    family_record: float
    sold_on: bool
    """Whether the marking's family has passed to another house, whose brand it may carry."""

    @property
    def unrivalled(self) -> bool:
        """Whether nobody else is known to print such numbers, neither a rival nor the line's new owner."""
        sole = (
            self.clues.get("rule-alone", 0.0) == 1 or self.clues.get("catalogue", 0.0) >= _ONLY_IN_CATALOGUE
        )
        return sole and (not self.sold_on or self.family_record > _TRUE_TO_BRAND)


@dataclass(frozen=True, slots=True)
class ProbedAnswer:
    """A first candidate given without its own specimen's help, in which fold, and whether it was right."""

    signs: Signs
    right: bool
    fold: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns signs into a chance, and a chance into a level."""

    weights: tuple[float, ...] = (
        0.0,
        0.55,
        0.35,
        0.3,
        0.3,
        0.2,
        0.2,
        0.0,
        1.0,
        0.0,
        0.2,
        0.2,
        0.2,
        0.0,
        0.2,
        0.3,
    )
    records: Mapping[str, float] = field(default_factory=dict)
    mean_record: float = 0.6
    certain_from: float = UNMEASURED_CERTAIN_FROM
    """Chances from which an unrivalled answer is `certain`; `NEVER` where the data supports no certainty."""
    rivalled_certain_from: float = NEVER
    """The same for every other answer."""

    def chance(self, signs: Signs) -> float:
        """Measured chance that the candidate is right, 0 to 1."""
        row = sign_row(signs, self.records, self.mean_record)
        return _logistic(sum(map(mul, self.weights, row)))

    def level(self, chance: float, unrivalled: bool) -> Confidence | None:
        """The word for a chance; None where it is too small to be named."""
        if chance >= (self.certain_from if unrivalled else self.rivalled_certain_from):
            return "certain"
        if chance >= LIKELY_FROM:
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


def sign_row(signs: Signs, records: Mapping[str, float], mean: float) -> list[float]:
    """One and the value of each of `SIGNS`; ``records`` is each maker's own, ``mean`` that of all others."""
    clues = signs.clues
    strong_rule = max([clues.get(rule, 0.0) for rule in _STRONG_RULES])
    record = records.get(signs.maker, mean)
    return [
        1.0,
        _logit(signs.share),
        strong_rule,
        clues.get("rule-alone", 0.0) * strong_rule,
        clues.get("number", 0.0),
        max(clues.get("name", 0.0), clues.get("name-part", 0.0)),
        float(signs.part_like),
        _logit(record),
        clues.get("catalogue", 0.0),
        signs.runner_up,
        clues.get("begins-3", 0.0),
        clues.get("begins-4", 0.0),
        clues.get("begins-5", 0.0),
        float(signs.sold_on),
        clues.get("rule-first", 0.0),
        _logit(signs.family_record),
    ]


def _logit(chance: float) -> float:
    bounded = 1e-4 if chance < 1e-4 else 1 - 1e-4 if chance > 1 - 1e-4 else chance
    return math.log(bounded / (1 - bounded))


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
