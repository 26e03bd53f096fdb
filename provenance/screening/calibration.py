"""From how alike two names are to how probable it is that they are one party's. Pure.

The likeness that `score` gives orders pairs; it is not a probability. The tables of `calibration_table` say
what share of the hits of a likeness were the right party, in customer files with known answers of which
`PRIOR` of the rows are listed parties: one for the entry of a list that is most like the customer, one for
entries beside which the same list has a better one (three sister firms are not each three in four).
bench/calibrate.py makes them again after every change of the word tables or coefficients, and prints how far
they hold on parties that they were not made from.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache

import numpy as np

from provenance.screening.calibration_table import ALONE, BESIDE_A_BETTER_ONE, STAMP
from provenance.screening.contradictions import NO_HIT
from provenance.screening.score import COEFFICIENTS, DISTINCTIVE_MATCH, FULL_MATCH, INTERCEPT
from provenance.screening.tokens import KIND_WEIGHTS
from provenance.seeding.files import seed_digest

THRESHOLD = 0.25
"""The probability, of the entry most like the customer, from which a match is a hit by default.

Missing a listed party costs more than looking at three firms too many; bench/README.md has recall and false
rows.
"""

HIGHEST = 0.99
"""The highest probability of a name with all that speaks for it: an equal name proves no identity."""

CLEARLY_BETTER = 0.02
"""By how much another entry's likeness is higher where that one is better: less is a difference of one
letter in a long name."""

_ALONE = tuple(np.array(column) for column in zip(*ALONE, strict=True))
_BESIDE = tuple(np.array(column) for column in zip(*BESIDE_A_BETTER_ONE, strict=True))


def probability(likeness: float, *, outranked: bool = False) -> float:
    """How probable it is that a listed party with a name of this likeness is the customer, 0 to `HIGHEST`.

    Grows with the likeness throughout. ``outranked`` says that another entry of the list is more like it
    (`is_outranked`).
    """
    places, chances = _BESIDE if outranked else _ALONE
    return float(np.interp(likeness, places, chances))


def is_outranked(likeness: float, best_of_list: float) -> bool:
    """Whether a list has a clearly better entry; of entries with all words of the name none is outranked."""
    return likeness < FULL_MATCH and best_of_list - likeness > CLEARLY_BETTER


def likeness_for(chance: float) -> float:
    """The lowest likeness of which `probability` is at least this; above every likeness where none is."""
    places, chances = _ALONE
    return float(np.interp(chance, chances, places)) if chance <= chances[-1] else np.inf


@cache
def stamp() -> str:
    """A digest of the word tables and numbers that likenesses come from; `STAMP` is that of the last fit."""
    numbers = [list(COEFFICIENTS), INTERCEPT, KIND_WEIGHTS, DISTINCTIVE_MATCH, FULL_MATCH, NO_HIT]
    words = seed_digest(["generic_word.csv", "legal_form.csv"])
    return hashlib.sha256(f"{json.dumps(numbers)}\n{words}".encode()).hexdigest()[:16]


def is_fitted() -> bool:
    """Whether the table was made with the word tables and coefficients of this program."""
    return stamp() == STAMP
