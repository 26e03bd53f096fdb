"""What was taken back, or is marked too strictly, leaves a count; how strictly the rest is to be handled."""

from __future__ import annotations

import numpy as np

from provenance.core.tlp import UNMARKED, Handling, strictness
from provenance.core.vocabulary import Tlp
from provenance.facts.sheets import load
from provenance.queries.filters import Rule, Sieve
from provenance.queries.ground import Ground, Numbers
from provenance.queries.marked import any_marks, component_strictness, withdrawn_components
from provenance.schema.session import Session

TAKEN_BACK = "taken back by who logged them"


def sift_marked(session: Session, sieve: Sieve, max_tlp: Tlp | None) -> None:
    """Leaves out what was taken back and, on request, what is marked more strictly than ``max_tlp``."""
    if gone := withdrawn_components(session):
        sieve.drop(np.searchsorted(_ids(session), gone), Rule(TAKEN_BACK))
    if max_tlp is not None:
        strict, _unmarked = _strictness(session, sieve.ground)
        too_strict = np.flatnonzero(strict > strictness(max_tlp))
        sieve.drop(too_strict, Rule(f"marked more strictly than TLP:{max_tlp}"))


def handling(session: Session, sieve: Sieve) -> Handling | None:
    """How strictly an answer out of what the sieve left is to be handled; None where nothing is left."""
    rows = sieve.rows
    if not len(rows):
        return None
    if not any_marks(session):
        return Handling(UNMARKED, len(rows))
    strict, unmarked = _strictness(session, sieve.ground)
    return Handling(list(Tlp)[int(strict[rows].max())], int(np.count_nonzero(unmarked[rows])))


def _strictness(session: Session, ground: Ground) -> tuple[Numbers, Numbers]:
    return component_strictness(session, _ids(session), ground.recoveries["id"][ground.at])


def _ids(session: Session) -> Numbers:
    return load(session, "component", ["id"])["id"].whole()
