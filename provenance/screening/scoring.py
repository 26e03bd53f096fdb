"""From how much two names share to one score, 0 to 1. Pure.

The score is a logistic function of features of the pair; its coefficients were fitted on pairs of names
out of published lists, split by entity (see bench/screening.py, which prints precision and recall by
threshold on the half that nothing was fitted on).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from provenance.screening.index import NameIndex
from provenance.screening.search import Asked, Compared, share

Array = NDArray[Any]

FEATURES = (
    "covered",
    "covered of listed",
    "less covered squared",
    "product",
    "telling shared",
    "telling missed of asked",
    "telling missed of listed",
    "heaviest missed of asked",
    "heaviest missed of listed",
    "numbers differ",
    "shared by slips",
    "one word each",
    "given names differ",
    "telling missed of both",
)

COEFFICIENTS: tuple[float, ...] = (
    0.2756,
    -0.3668,
    3.5977,
    5.2011,
    0.3546,
    1.3623,
    1.0378,
    0.7247,
    0.2443,
    -5.5479,
    -0.8816,
    -0.6000,
    -2.0522,
    -1.4446,
)
"""One for each of `FEATURES`."""

INTERCEPT = -5.7613

THRESHOLD = 0.5
"""The score from which a pair is a hit; chosen once and left where it is, with the judged figures known."""

_WHOLLY = 0.985
_ALIKE = 0.7
_SOUNDS_ALIKE = 0.92
_LEAST_TELLING = 0.6
_TELLING_ALIKE = 0.52
_ALIKE_THROUGHOUT = 0.97


def features(index: NameIndex, asked: Asked, pairs: Compared) -> Array:
    """What the score is made of, a row a pair, a column a feature."""
    weight, listed_weight = asked.weight[pairs.asked], index.weight[pairs.listed]
    telling, listed_telling = asked.telling[pairs.asked], index.telling[pairs.listed]
    covered, covered_of_listed = share(weight, pairs.of_asked), share(listed_weight, pairs.of_listed)
    missed, listed_missed = 1 - pairs.of_asked, 1 - pairs.of_listed
    own = weight * telling
    listed_own = listed_weight * listed_telling
    shared = (own * pairs.of_asked).sum(axis=1)
    slips = (own * ((pairs.of_asked > 0) & (pairs.of_asked < 1)) * missed).sum(axis=1)
    numbers = asked.number[pairs.asked] & (pairs.of_asked < 1)
    listed_numbers = index.number[pairs.listed] & (pairs.of_listed < 1)
    given = asked.given[pairs.asked] & (pairs.of_asked < _ALIKE)
    listed_given = index.given[pairs.listed] & (pairs.of_listed < _ALIKE)
    own_missed, listed_own_missed = (own * missed).sum(axis=1), (listed_own * listed_missed).sum(axis=1)
    single = ((weight > 0).sum(axis=1) == 1) & ((listed_weight > 0).sum(axis=1) == 1)
    less = np.minimum(covered, covered_of_listed)
    columns = (
        covered,
        covered_of_listed,
        less * less,
        covered * covered_of_listed,
        np.minimum(shared, 2.5),
        own_missed.clip(max=3),
        listed_own_missed.clip(max=3),
        (weight * missed).max(axis=1, initial=0.0),
        (listed_weight * listed_missed).max(axis=1, initial=0.0),
        numbers.any(axis=1) & listed_numbers.any(axis=1),
        slips,
        single,
        given.any(axis=1) & listed_given.any(axis=1),
        np.minimum(own_missed, listed_own_missed),
    )
    return np.stack([np.asarray(column, dtype=np.float64) for column in columns], axis=1)


def scores(index: NameIndex, asked: Asked, pairs: Compared) -> Array:
    """The score of each pair; at least 0.97 where every word is alike, 0.52 where every telling one is."""
    if not len(pairs.asked):
        return np.zeros(0)
    table = features(index, asked, pairs)
    found = 1 / (1 + np.exp(-(table @ np.array(COEFFICIENTS) + INTERCEPT)))
    found = np.where(_telling_alike(index, asked, pairs), np.maximum(found, _TELLING_ALIKE), found)
    raised: Array = np.where(table[:, 2] > _WHOLLY, np.maximum(found, _ALIKE_THROUGHOUT), found)
    return raised


def _telling_alike(index: NameIndex, asked: Asked, pairs: Compared) -> Array:
    """Which pairs differ only in words that say nothing about which firm is meant.

    "Sinobright" is to be looked at where "Sinobright Import and Export Company" is listed.
    """
    own = asked.weight[pairs.asked] * asked.telling[pairs.asked]
    listed_own = index.weight[pairs.listed] * index.telling[pairs.listed]
    alike = (share(own, pairs.of_asked) > _SOUNDS_ALIKE) & (
        share(listed_own, pairs.of_listed) > _SOUNDS_ALIKE
    )
    found: Array = alike & ((own * pairs.of_asked).sum(axis=1) > _LEAST_TELLING)
    return found
