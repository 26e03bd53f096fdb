"""How strictly single records are to be handled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import SQLColumnExpression, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from provenance.core.tlp import MarkOrigin, strictest
from provenance.core.vocabulary import Tlp
from provenance.domain.record_kinds import RecordKind, id_column
from provenance.queries.marked import CITED
from provenance.schema.chunks import chunks
from provenance.schema.evidence import CustodyEvent, Photo
from provenance.schema.recoveries import Component, Recovery, Unit
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.schema.traces import Trace, TraceRequest
from provenance.schema.transfers import Document, Transfer
from provenance.schema.watchlists import Judgement, ScreeningRun, Watchlist, WatchlistVersion

Marks = list[str | None]
"""Marks of a record; None stands for no mark, which is treated as AMBER."""

_REPORTED = (RecordKind.COMPONENT, RecordKind.RECOVERY, RecordKind.TRANSFER)


def effective_marks(session: Session, kind: str, numbers: Sequence[int]) -> dict[int, Marks]:
    """All marks that count for each of some records: its own, those above it, those of its sources."""
    of = RecordKind(kind)
    found: dict[int, Marks] = {}
    for some in chunks(numbers):
        found |= _own_marks(session, of, some)
        if of in _REPORTED:
            for number, mark in _reported_marks(session, of, some):
                found[number].append(mark)
    return found


def mark_origin(session: Session, kind: str, number: int, mark: Tlp) -> MarkOrigin:
    """Whose mark makes a record be handled as ``mark``: its own first, then a source's, then that of the
    record it belongs to; `LISTED` where it is none of these.
    """
    of = RecordKind(kind)
    own = Component.tlp if of is RecordKind.COMPONENT else _mark_of(of)
    key = id_column(of)
    if session.execute(select(own).where(key == number)).scalar() == mark:
        return MarkOrigin.OWN
    if of in _REPORTED and any(found == mark for _number, found in _reported_marks(session, of, [number])):
        return MarkOrigin.SOURCE
    marks = _own_marks(session, of, [number])[number]
    if strictest(marks) != mark:
        return MarkOrigin.LISTED
    return MarkOrigin.PARENT if any(marks) else MarkOrigin.UNMARKED


def _own_marks(session: Session, kind: RecordKind, numbers: Sequence[int]) -> dict[int, Marks]:
    if kind is RecordKind.COMPONENT:
        rows = session.execute(
            select(Component.id, Component.tlp, Recovery.tlp)
            .join(Recovery, Recovery.id == Component.recovery_id)
            .where(Component.id.in_(numbers))
        )
        return {number: [own or above, above] for number, own, above in rows}
    if kind is RecordKind.WATCHLIST_VERSION:
        versions = session.execute(
            select(WatchlistVersion.id, Watchlist.tlp)
            .join(Watchlist, Watchlist.id == WatchlistVersion.watchlist_id)
            .where(WatchlistVersion.id.in_(numbers))
        )
        return {number: [mark] for number, mark in versions}
    if kind in _PARENTS:
        return _parents_marks(session, kind, numbers)
    number = id_column(kind)
    plain = session.execute(select(number, _mark_of(kind)).where(number.in_(numbers)))
    return {row[0]: [row[1]] for row in plain}


def _parents_marks(session: Session, kind: RecordKind, numbers: Sequence[int]) -> dict[int, Marks]:
    """The marks of records without one of their own: they are as strict as the record they belong to."""
    parent, key = _PARENTS[kind]
    number = id_column(kind)
    above = {row[0]: row[1] for row in session.execute(select(number, key).where(number.in_(numbers)))}
    marks = effective_marks(session, parent, sorted(set(above.values())))
    own = {
        row[0]: row[1] for row in session.execute(select(number, _mark_of(kind)).where(number.in_(numbers)))
    }
    return {
        each: [*([own[each]] if own[each] is not None else []), *marks[higher]]
        for each, higher in above.items()
    }


_PARENTS: dict[RecordKind, tuple[RecordKind, InstrumentedAttribute[int]]] = {
    RecordKind.UNIT: (RecordKind.RECOVERY, Unit.recovery_id),
    RecordKind.TRACE: (RecordKind.COMPONENT, Trace.component_id),
    RecordKind.TRACE_REQUEST: (RecordKind.TRACE, TraceRequest.trace_id),
}
"""The record that one of a kind belongs to or is about; it is never milder than that."""


_MARKS: dict[RecordKind, InstrumentedAttribute[str | None]] = {
    RecordKind.CUSTODY_EVENT: CustodyEvent.tlp,
    RecordKind.DOCUMENT: Document.tlp,
    RecordKind.JUDGEMENT: Judgement.tlp,
    RecordKind.PHOTO: Photo.tlp,
    RecordKind.RECOVERY: Recovery.tlp,
    RecordKind.SCREENING_RUN: ScreeningRun.tlp,
    RecordKind.SOURCE: Source.tlp,
    RecordKind.TRACE: Trace.tlp,
    RecordKind.TRACE_REQUEST: TraceRequest.tlp,
    RecordKind.TRANSFER: Transfer.tlp,
}


def _mark_of(kind: RecordKind) -> SQLColumnExpression[Any]:
    """In a statement: the TLP mark of records of a kind, NULL for kinds that have none."""
    return _MARKS[kind] if kind in _MARKS else literal(None)


def _reported_marks(session: Session, kind: RecordKind, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The marks of the sources, and of their records, that report each of some records."""
    reported = CITED[kind]
    rows = session.execute(
        select(reported, Citation.tlp, Source.tlp)
        .join(Source, Source.id == Citation.source_id)
        .where(reported.in_(numbers), Citation.tlp.is_not(None) | Source.tlp.is_not(None))
    )
    for number, *marks in rows:
        yield from ((number, mark) for mark in marks if mark is not None)
