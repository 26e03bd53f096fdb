"""The score of a pair of names, 0 to 1, from what they share. Pure.

The score is a logistic function of features of the pair; its coefficients were fitted on pairs of names
from published lists, split by entity; bench/screening.py prints precision and recall by threshold on the
half that nothing was fitted on.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from provenance.screening.index import NameIndex
from provenance.screening.search import NamePairs, Queries, weighted_share

Array = NDArray[Any]

FEATURES = (
    "query covered",
    "listed covered",
    "lesser of both squared",
    "product of both",
    "distinctive weight shared",
    "distinctive weight missing in the listed name",
    "distinctive weight missing in the query",
    "heaviest word missing in the listed name",
    "heaviest word missing in the query",
    "numbers differ",
    "shared with spelling mistakes",
    "one word each",
    "given names differ",
    "distinctive weight missing in both",
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

INTERCEPT = -5.5613
"""Fitted (-5.7613) and raised by 0.2: what speaks against a pair is asked for by itself (`contradictions`),
and names with two slips came out just below the threshold. bench/customer_file.py shows what that costs.
"""

THRESHOLD = 0.5
"""The middle of the logistic function: where pairs of names are compared with each other, they are taken for
one party's from here. What a customer's hit is, a probability settles (`calibration`)."""

_COMPLETE = 0.985
_SAME_GIVEN_NAME = 0.7
_DISTINCTIVE_COMPLETE = 0.92
_LEAST_DISTINCTIVE = 0.6
DISTINCTIVE_MATCH = 0.52
"""The least score of names whose distinctive words all match: just a hit, for a person to check."""

FULL_MATCH = 0.97
"""The least score of names of which every word matches, and the highest of all others."""


def features(index: NameIndex, queries: Queries, pairs: NamePairs) -> Array:
    """The features of each pair: a row per pair, a column for each of `FEATURES`."""
    weight, listed_weight = queries.weight[pairs.query], index.weight[pairs.listed]
    distinctive, listed_distinctive = queries.distinctive[pairs.query], index.distinctive[pairs.listed]
    covered, covered_of_listed = (
        weighted_share(weight, pairs.query_coverage),
        weighted_share(listed_weight, pairs.listed_coverage),
    )
    missed, listed_missed = 1 - pairs.query_coverage, 1 - pairs.listed_coverage
    own = weight * distinctive
    listed_own = listed_weight * listed_distinctive
    shared = (own * pairs.query_coverage).sum(axis=1)
    misspelt = (own * ((pairs.query_coverage > 0) & (pairs.query_coverage < 1)) * missed).sum(axis=1)
    numbers = queries.number[pairs.query] & (pairs.query_coverage < 1)
    listed_numbers = index.number[pairs.listed] & (pairs.listed_coverage < 1)
    given = queries.given[pairs.query] & (pairs.query_coverage < _SAME_GIVEN_NAME)
    listed_given = index.given[pairs.listed] & (pairs.listed_coverage < _SAME_GIVEN_NAME)
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
        misspelt,
        single,
        given.any(axis=1) & listed_given.any(axis=1),
        np.minimum(own_missed, listed_own_missed),
    )
    return np.stack([np.asarray(column, dtype=np.float64) for column in columns], axis=1)


def scores(index: NameIndex, queries: Queries, pairs: NamePairs) -> Array:
    """The score of each pair, at least `FULL_MATCH` or `DISTINCTIVE_MATCH` where they apply."""
    if not len(pairs.query):
        return np.zeros(0)
    table = features(index, queries, pairs)
    found = 1 / (1 + np.exp(-(table @ np.array(COEFFICIENTS) + INTERCEPT)))
    found = np.where(
        _distinctive_words_match(index, queries, pairs), np.maximum(found, DISTINCTIVE_MATCH), found
    )
    settled: Array = np.where(
        table[:, 2] > _COMPLETE, np.maximum(found, FULL_MATCH), np.minimum(found, FULL_MATCH)
    )
    return settled


def _distinctive_words_match(index: NameIndex, queries: Queries, pairs: NamePairs) -> Array:
    """Which pairs differ only in general words that one of the names has besides all of the other.

    "Sinobright" should be checked where "Sinobright Import and Export Company" is listed; "Pars Oil" and
    "Pars Shipping" are two firms.
    """
    own = queries.weight[pairs.query] * queries.distinctive[pairs.query]
    listed_own = index.weight[pairs.listed] * index.distinctive[pairs.listed]
    matching = (weighted_share(own, pairs.query_coverage) > _DISTINCTIVE_COMPLETE) & (
        weighted_share(listed_own, pairs.listed_coverage) > _DISTINCTIVE_COMPLETE
    )
    covered = weighted_share(queries.weight[pairs.query], pairs.query_coverage)
    listed_covered = weighted_share(index.weight[pairs.listed], pairs.listed_coverage)
    matching &= np.maximum(covered, listed_covered) > _DISTINCTIVE_COMPLETE
    found: Array = matching & ((own * pairs.query_coverage).sum(axis=1) > _LEAST_DISTINCTIVE)
    return found
