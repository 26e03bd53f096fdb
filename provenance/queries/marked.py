"""TLP marks: which records carry one, what may be shown under a clearance, which components are withdrawn.

An answer about a component rests on the component, its recovery and the records of sources that report it.
A component without a mark has its recovery's; a recovery without one is AMBER; the mark of a source or of
its record can make handling stricter, never milder.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from provenance.core.tlp import UNMARKED, strictness
from provenance.core.vocabulary import Tlp
from provenance.domain.record_kinds import RecordKind, id_column
from provenance.schema.chunks import chunks
from provenance.schema.recoveries import Component, Recovery
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.schema.transfers import Transfer

Numbers = NDArray[Any]

CITED: dict[RecordKind, InstrumentedAttribute[int | None]] = {
    RecordKind.COMPONENT: Citation.component_id,
    RecordKind.RECOVERY: Citation.recovery_id,
    RecordKind.TRANSFER: Citation.transfer_id,
    RecordKind.ORGANIZATION: Citation.organization_id,
}
"""The key of a citation, by the kind of record that it supports."""

_AMBER = strictness(None)
_MILDEST = next(iter(Tlp))


def component_strictness(session: Session, ids: Numbers, recovery_ids: Numbers) -> tuple[Numbers, Numbers]:
    """How strictly each component is to be handled (see `strictness`), and which have no mark at all.

    ``ids`` are ascending; ``recovery_ids`` are the components' recoveries. Only marked rows are read.
    """
    recoveries = _marked(session, Recovery.id, Recovery.tlp)
    highest = max([*recoveries, *recovery_ids[-1:].tolist(), int(recovery_ids.max(initial=0))])
    of_recovery = np.full(highest + 1, _AMBER, dtype=np.uint8)
    plain = np.ones(highest + 1, dtype=np.bool_)
    for number, mark in recoveries.items():
        of_recovery[number], plain[number] = mark, False
    found, unmarked = of_recovery[recovery_ids], plain[recovery_ids]
    own = _among(ids, _marked(session, Component.id, Component.tlp))
    places = np.searchsorted(ids, list(own)) if own else np.empty(0, dtype=np.intp)
    marks = np.array(list(own.values()), dtype=np.uint8)
    found[places] = np.maximum(marks, np.where(plain[recovery_ids[places]], _AMBER, found[places]))
    unmarked[places] = False
    for number, mark in _among(ids, _marked_by_sources(session)).items():
        place = int(np.searchsorted(ids, number))
        found[place] = max(int(found[place]), mark)
    return found, unmarked


def _among(ids: Numbers, marks: dict[int, int]) -> dict[int, int]:
    """The marks of those that are among the ids: a row that may not be seen has no place there."""
    there = set(np.intersect1d(ids, list(marks)).tolist()) if marks else set()
    return {number: mark for number, mark in marks.items() if number in there}


def any_marks(session: Session) -> bool:
    """Whether any mark affects how strictly components are to be handled."""
    marks = [
        *(mark.is_not(None) for mark in (Component.tlp, Recovery.tlp)),
        *(_tightens(mark) for mark in (Citation.tlp, Source.tlp)),
    ]
    return any(session.execute(select(exists().where(mark))).scalar() for mark in marks)


def _tightens(mark: SQLColumnExpression[str | None]) -> ColumnElement[bool]:
    """In a statement: whether a source's mark can make handling stricter; the mildest one cannot."""
    return mark != str(_MILDEST)


def withdrawn_components(session: Session) -> list[int]:
    """The row numbers of the components that are withdrawn, or whose recovery is, ascending."""
    # By way of the recovery: where that may not be seen, neither may its components.
    of_recovery = select(Component.id).join(Recovery, Recovery.id == Component.recovery_id)
    found = set(session.execute(of_recovery.where(Component.withdrawn_at.is_not(None))).scalars())
    withdrawn = session.execute(select(Recovery.id).where(Recovery.withdrawn_at.is_not(None))).scalars().all()
    for some in chunks(withdrawn):
        found.update(session.execute(select(Component.id).where(Component.recovery_id.in_(some))).scalars())
    return sorted(found)


def _marked(
    session: Session, number: InstrumentedAttribute[int], mark: InstrumentedAttribute[str | None]
) -> dict[int, int]:
    rows = session.execute(select(number, mark).where(mark.is_not(None)).order_by(number))
    return {row[0]: strictness(row[1]) for row in rows}


def _marked_by_sources(session: Session) -> dict[int, int]:
    """The components that a marked source, or a marked record of one, reports, with the strictest mark."""
    marked_sources = {
        row.id: strictness(row.tlp)
        for row in session.execute(select(Source.id, Source.tlp).where(_tightens(Source.tlp)))
    }
    found: dict[int, int] = {}
    rows = session.execute(
        select(Citation.component_id, Citation.tlp).where(
            _tightens(Citation.tlp), Citation.component_id.is_not(None)
        )
    )
    for component_id, tlp in rows:
        found[component_id] = max(found.get(component_id, 0), strictness(tlp))
    for number, mark in marked_sources.items():
        reported = select(Citation.component_id).where(
            Citation.source_id == number, Citation.component_id.is_not(None)
        )
        for component_id in session.execute(reported).scalars():
            found[component_id] = max(found.get(component_id, 0), mark)
    return found


def reported_marks(session: Session, kind: RecordKind, numbers: Sequence[int]) -> list[str]:
    """The marks of the sources, and of their records, that report some records of a kind in `CITED`."""
    found: set[str] = set()
    for some in chunks(numbers):
        rows = session.execute(
            select(Citation.tlp, Source.tlp)
            .join(Source, Source.id == Citation.source_id)
            .where(CITED[kind].in_(some), Citation.tlp.is_not(None) | Source.tlp.is_not(None))
            .distinct()
        )
        found |= {mark for row in rows for mark in row if mark is not None}
    return sorted(found)


def may_show_recovery(clearance: Tlp | None) -> ColumnElement[bool] | None:
    """In a statement over recoveries: whether one may be shown; None where all may."""
    if clearance is None:
        return None
    return and_(_within(Recovery.tlp, clearance), ~_reported_more_strictly(RecordKind.RECOVERY, clearance))


def may_show_component(clearance: Tlp | None) -> ColumnElement[bool] | None:
    """In a statement over components joined with their recoveries: whether one may be shown."""
    if clearance is None:
        return None
    own, recovery = Component.tlp, Recovery.tlp
    return and_(
        _within(func.coalesce(own, recovery), clearance),
        _within(recovery, clearance),
        ~_reported_more_strictly(RecordKind.COMPONENT, clearance),
    )


def may_show_transfer(clearance: Tlp | None) -> ColumnElement[bool] | None:
    """In a statement over transfers: whether one may be shown; None where all may."""
    if clearance is None:
        return None
    return and_(_within(Transfer.tlp, clearance), ~_reported_more_strictly(RecordKind.TRANSFER, clearance))


def _allowed(clearance: Tlp) -> list[Tlp]:
    return [mark for mark in Tlp if strictness(mark) <= strictness(clearance)]


def _within(mark: SQLColumnExpression[Any], clearance: Tlp) -> ColumnElement[bool]:
    return func.coalesce(mark, str(UNMARKED)).in_([str(each) for each in _allowed(clearance)])


def _reported_more_strictly(kind: RecordKind, clearance: Tlp) -> ColumnElement[bool]:
    stricter = [str(mark) for mark in Tlp if mark not in _allowed(clearance)]
    return exists().where(
        CITED[kind] == id_column(kind),
        Source.id == Citation.source_id,
        Citation.tlp.in_(stricter) | Source.tlp.in_(stricter),
    )
