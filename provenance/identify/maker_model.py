"""The maker model: a softmax over makers of what a marking shows and of the clues that speak for each.

score(maker) = bias(maker) + Σ weight(feature, maker) / √features + Σ weight(kind of clue) · strength.

The weights of features are a maker's own and are held small; those of clues are shared by all makers, so a
maker that no pair ever showed can win by its rule or its name. Everything is learned from the pairs that
it is given, by gradient descent with fixed step schedule and no random choice.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provenance.identify.clues import CLUE_KINDS, Clues

Floats = npt.NDArray[np.float32]
MOST_FEATURES = 6000
_FEATURE_SCALE = 3.0
_UNSEEN_MAKER = -1.5
_STEPS = 25
_FEATURE_DECAY = 2.0
_BIAS_DECAY = 0.2
_CLUE_DECAY = 0.5
_BLOCK = 512
_KIND = {kind: number for number, kind in enumerate(CLUE_KINDS)}
DEFAULT_CLUE_WEIGHTS: Mapping[str, float] = {
    "rule-2": 0.2, "rule-3": 1.0, "rule-4": 1.1, "rule-5": 1.2, "rule-6": 1.3, "rule-7": 1.4,
    "rule-name": 1.0, "trace": 1.0, "sold-line": 0.8, "rule-inherited": 0.0, "rule-long-number": 1.3,
    "rule-alone": 1.3, "rule-closest": 1.3, "rule-first": 1.3, "name": 4.5, "name-part": 2.5,
    "number": 0.8, "number-often": 0.6, "base": 0.5, "base-often": 0.4,
    "begins-6": 0.7, "begins-5": 0.6, "begins-4": 0.7, "begins-3": 0.7, "wording": 1.4,
    "catalogue": 4.0,
}  # fmt: skip
"""Weights where too few pairs are known to learn any; rounded from what learning gives on published lists."""


@dataclass(frozen=True, slots=True)
class Example:
    """A marking to learn from: what it shows, what speaks for whom, and who made it."""

    features: frozenset[str]
    clues: Clues
    maker: str


class MakerModel:
    """Learned weights: ask it for every maker's share of belief in a marking."""

    def __init__(
        self,
        makers: Sequence[str],
        features: Sequence[str],
        weights: Floats,
        clue_weights: Mapping[str, float],
    ) -> None:
        self.makers = tuple(makers)
        self.features = tuple(features)
        self.weights = weights
        self.clue_weights = dict(clue_weights)
        self._maker = {maker: number for number, maker in enumerate(self.makers)}
        self._feature = {feature: number for number, feature in enumerate(self.features)}

    @classmethod
    def untaught(cls) -> MakerModel:
        """A model without pairs: rules, names and catalogue alone, with the default weights."""
        return cls((), (), np.zeros((1, 0), np.float32), DEFAULT_CLUE_WEIGHTS)

    def ranked(
        self, features: Iterable[str], clues: Clues, most: int, others: int = 0
    ) -> list[tuple[str, float]]:
        """The makers with the greatest share of belief (softmax), best first, ties by name; at most ``most``.

        ``others`` counts makers that nothing speaks for and nothing rules out; their share is nobody's.
        """
        own = self._own_scores(features)
        rest: dict[str, float] = {}
        for maker, kinds in clues.items():
            said = sum(self.clue_weights[kind] * strength for kind, strength in kinds.items())
            if maker in self._maker:
                own[self._maker[maker]] += said
            else:
                rest[maker] = _UNSEEN_MAKER + said
        top = max(float(own.max()) if len(own) else _UNSEEN_MAKER, max(rest.values(), default=_UNSEEN_MAKER))
        exponents = np.exp(own - np.float32(top))
        by_maker = [(maker, math.exp(score - top)) for maker, score in rest.items()]
        total = float(exponents.sum()) + sum(exponent for _, exponent in by_maker)
        total += others * math.exp(_UNSEEN_MAKER - top)
        best = np.argpartition(-exponents, most)[:most] if len(exponents) > most else range(len(exponents))
        by_maker += [(self.makers[number], float(exponents[number])) for number in best]
        by_maker.sort(key=lambda item: (-item[1], item[0]))
        return [(maker, exponent / total) for maker, exponent in by_maker[:most]]

    def _own_scores(self, features: Iterable[str]) -> Floats:
        known = [self._feature[feature] for feature in features if feature in self._feature]
        own: Floats = self.weights[-1].copy()
        if known:
            own += self.weights[known].sum(0) * np.float32(_FEATURE_SCALE / len(known) ** 0.5)
        return own

    def feature_weight(self, feature: str, maker: str) -> float:
        """How much a feature speaks for a maker; 0 where either is unknown."""
        if feature not in self._feature or maker not in self._maker:
            return 0.0
        return float(self.weights[self._feature[feature], self._maker[maker]])


def learn(examples: Sequence[Example]) -> MakerModel:
    """A model of the examples; the same examples in the same order give the same model.

    Features shown once are left out, and the commonest `MOST_FEATURES` kept. A maker shown once gets no
    weights of its own: what is known of it are its clues.
    """
    counts = Counter(feature for example in examples for feature in example.features)
    features = sorted(sorted(counts, key=lambda name: (-counts[name], name))[:MOST_FEATURES])
    features = [feature for feature in features if counts[feature] > 1]
    pairs = Counter(example.maker for example in examples)
    makers = sorted(maker for maker, count in pairs.items() if count > 1)
    named = pairs.keys() | {maker for example in examples for maker in example.clues}
    candidates = makers + sorted(named - set(makers))
    problem = _Problem(examples, features, len(makers), candidates)
    weights, clue_weights = problem.solve()
    return MakerModel(makers, features, weights, dict(zip(CLUE_KINDS, clue_weights.tolist(), strict=True)))


class _Problem:
    """The examples as arrays, and the descent over them in blocks of rows."""

    def __init__(
        self, examples: Sequence[Example], features: list[str], known_makers: int, candidates: list[str]
    ) -> None:
        feature_number = {feature: number for number, feature in enumerate(features)}
        maker_number = {maker: number for number, maker in enumerate(candidates)}
        self.known = known_makers
        self.width = len(candidates)
        self.features = len(features)
        self.blocks = [
            _Block(examples[start : start + _BLOCK], feature_number, maker_number)
            for start in range(0, len(examples), _BLOCK)
        ]

    def solve(self) -> tuple[Floats, Floats]:
        weights = np.zeros((self.features + 1, self.known), np.float32)
        clue_weights = np.zeros(len(CLUE_KINDS), np.float32)
        weight_squares, clue_squares = np.zeros_like(weights), np.zeros_like(clue_weights)
        for _ in range(_STEPS):
            gradient = weights * np.float32(_FEATURE_DECAY)
            gradient[-1] = weights[-1] * np.float32(_BIAS_DECAY)
            clue_gradient = clue_weights * np.float32(_CLUE_DECAY)
            for block in self.blocks:
                block.add_gradients(weights, clue_weights, gradient, clue_gradient, self.width)
            weight_squares += gradient * gradient
            clue_squares += clue_gradient * clue_gradient
            weights -= np.float32(0.5) * gradient / (np.sqrt(weight_squares) + np.float32(1e-6))
            clue_weights -= np.float32(0.3) * clue_gradient / (np.sqrt(clue_squares) + np.float32(1e-6))
        clue_weights[_KIND["catalogue"]] = DEFAULT_CLUE_WEIGHTS["catalogue"]
        clue_weights[_KIND["name"]] = max(clue_weights[_KIND["name"]], DEFAULT_CLUE_WEIGHTS["name"])
        return weights, clue_weights


class _Block:
    """Some examples as arrays: the features each shows, and clues as place in the scores, kind, strength."""

    def __init__(
        self, examples: Sequence[Example], feature_number: Mapping[str, int], maker_number: Mapping[str, int]
    ) -> None:
        self.truth = np.array([maker_number[example.maker] for example in examples])
        bias = len(feature_number)
        features: list[int] = []
        rows: list[int] = []
        scales: list[float] = []
        starts: list[int] = []
        clues = []
        for row, example in enumerate(examples):
            known = sorted(feature_number[name] for name in example.features if name in feature_number)
            starts.append(len(features))
            features += [bias, *known]
            rows += [row] * (len(known) + 1)
            scales += [1.0] + [_FEATURE_SCALE / max(1, len(known)) ** 0.5] * len(known)
            for maker, kinds in example.clues.items():
                place = row * len(maker_number) + maker_number[maker]
                clues += [(place, _KIND[kind], strength) for kind, strength in kinds.items()]
        self._keep_features(
            np.array(features), np.array(rows), np.array(scales, np.float32), np.array(starts)
        )
        self.place = np.array([clue[0] for clue in clues], np.int64)
        self.kind = np.array([clue[1] for clue in clues], np.int64)
        self.strength = np.array([clue[2] for clue in clues], np.float32)

    def _keep_features(
        self,
        features: npt.NDArray[np.int64],
        rows: npt.NDArray[np.int64],
        scales: Floats,
        starts: npt.NDArray[np.int64],
    ) -> None:
        """The same cells twice: by row for scores, by feature for gradients."""
        self.features, self.scales, self.row_starts = features, scales[:, None], starts
        order = np.argsort(features, kind="stable")
        self.rows_by_feature, self.scales_by_feature = rows[order], scales[order][:, None]
        self.shown, self.feature_starts = np.unique(features[order], return_index=True)

    def add_gradients(
        self, weights: Floats, clue_weights: Floats, gradient: Floats, clue_gradient: Floats, width: int
    ) -> None:
        known = weights.shape[1]
        said = np.bincount(self.place, self.strength * clue_weights[self.kind], len(self.truth) * width)
        scores = said.astype(np.float32).reshape(len(self.truth), width)
        scores[:, :known] += np.add.reduceat(weights[self.features] * self.scales, self.row_starts)
        scores[:, known:] += np.float32(_UNSEEN_MAKER)
        scores -= scores.max(1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(1, keepdims=True)
        scores[np.arange(len(self.truth)), self.truth] -= 1
        pulls = scores[self.rows_by_feature, :known] * self.scales_by_feature
        gradient[self.shown] += np.add.reduceat(pulls, self.feature_starts)
        felt = scores.ravel()[self.place] * self.strength
        clue_gradient += np.bincount(self.kind, felt, len(CLUE_KINDS)).astype(np.float32)
