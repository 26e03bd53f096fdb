"""Withdrawn and too strictly marked components are left out of counts; how strictly the rest is handled."""

from __future__ import annotations

import numpy as np

from provenance.core.tlp import UNMARKED, Handling, stricter_than, strictest, strictness
from provenance.core.vocabulary import Tlp
from provenance.domain.record_kinds import RecordKind
from provenance.queries.fact_table import FactTable, Numbers
from provenance.queries.facts.columns import ComponentFact, RecoveryFact
from provenance.queries.facts.layout import COMPONENTS
from provenance.queries.facts.sheets import load
from provenance.queries.filter_pipeline import FilterPipeline, Rule
from provenance.queries.marked import any_marks, component_strictness, withdrawn_components
from provenance.schema.session import Session

WITHDRAWN = "withdrawn by the person who logged them"


def apply_marks(session: Session, pipeline: FilterPipeline, clearance: Tlp | None) -> None:
    """Excludes withdrawn components and those marked more strictly than ``clearance`` (None: no limit)."""
    if withdrawn := withdrawn_components(session):
        pipeline.drop(np.searchsorted(_ids(session), withdrawn), Rule(WITHDRAWN))
    if clearance is not None:
        strict, _unmarked = _strictness(session, pipeline.facts)
        too_strict = np.flatnonzero(strict > strictness(clearance))
        pipeline.drop(too_strict, Rule(stricter_than(clearance)))


def handling(session: Session, pipeline: FilterPipeline) -> Handling | None:
    """How strictly an answer about the remaining components is to be handled; None where none remain.

    What repeats them, and the recoveries that are the same as theirs, went into the answer too.
    """
    facts = pipeline.facts
    rows = facts.with_repeats(pipeline.rows)
    if not len(rows):
        return None
    if not any_marks(session):
        return Handling(UNMARKED, len(pipeline.rows))
    strict, unmarked = _strictness(session, facts)
    marks = [list(Tlp)[int(strict[rows].max())], *_marks_of_same_recoveries(session, facts, rows)]
    return Handling(strictest(marks), int(np.count_nonzero(unmarked[pipeline.rows])))


def _marks_of_same_recoveries(session: Session, facts: FactTable, rows: Numbers) -> list[str | None]:
    if not facts.same_recoveries:
        return []
    # Loads the tables of every kind of record; most databases have no merged recoveries.
    from provenance.queries.marked_records import effective_marks

    there = set(facts.distinct_recoveries_of(rows).tolist()) & facts.same_recoveries.keys()
    places = [place for first in there for place in facts.same_recoveries[first]]
    numbers = sorted(facts.recoveries["id"][places].tolist())
    found = effective_marks(session, RecordKind.RECOVERY, numbers)
    return [mark for marks in found.values() for mark in marks]


def _strictness(session: Session, facts: FactTable) -> tuple[Numbers, Numbers]:
    return component_strictness(session, _ids(session), facts.recoveries[RecoveryFact.ID][facts.at])


def _ids(session: Session) -> Numbers:
    return load(session, COMPONENTS, [ComponentFact.ID])[ComponentFact.ID].whole()
