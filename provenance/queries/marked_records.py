"""How strictly single records are to be handled, and which names come only from stricter records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.field import FIELD_LOG
from provenance.domain.record_kinds import TABLES, RecordKind, id_column
from provenance.queries.marked import CITED, may_show_component, may_show_recovery, may_show_transfer
from provenance.schema.assessments import Seizure
from provenance.schema.chunks import chunks
from provenance.schema.evidence import CustodyEvent, Photo
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Component, Identification, MakerAttribution, Recovery, Unit
from provenance.schema.reference import Part, UnitType, WeaponSystem
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.schema.traces import Trace, TraceRequest
from provenance.schema.transfers import Document, Transfer, TransferParty
from provenance.schema.watchlists import Judgement, ScreeningRun, Watchlist, WatchlistVersion

Marks = list[str | None]
"""Marks of a record; None stands for no mark, which is treated as AMBER."""

NAMES = (RecordKind.ORGANIZATION, RecordKind.PART, RecordKind.UNIT_TYPE, RecordKind.WEAPON_SYSTEM)
"""Records that carry no mark: names, which are as strict as the records that use them."""

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


def may_show_name(kind: RecordKind, clearance: Tlp | None) -> ColumnElement[bool] | None:
    """In a statement over firms, parts, weapons or types of units: whether one may be named.

    A name of the reference data always may. Another may where a record that may be shown uses it, or where
    no record uses it at all.
    """
    if clearance is None:
        return None
    uses = _USES[kind]
    shown = [_used(kind, use, clearance) for use in uses]
    any_ = [_used(kind, use, None) for use in uses]
    return or_(_of_the_reference_data(kind), *shown, ~or_(*any_))


def _of_the_reference_data(kind: RecordKind) -> ColumnElement[bool]:
    seeded = {
        RecordKind.ORGANIZATION: Organization.from_seed,
        RecordKind.UNIT_TYPE: UnitType.from_seed,
        RecordKind.WEAPON_SYSTEM: WeaponSystem.from_seed,
    }
    if kind in seeded:
        return and_(seeded[kind])
    logs = select(Source.id).where(Source.key.startswith(FIELD_LOG))
    return Part.source_id.not_in(logs)


@dataclass(frozen=True, slots=True)
class _Use:
    """A statement that uses a name: the column with the name, and the marked record that it is about.

    ``key`` is the statement's key of that record, None where the statement is the record itself.
    """

    name: Any
    about: RecordKind
    key: Any


_USES: dict[RecordKind, tuple[_Use, ...]] = {
    RecordKind.ORGANIZATION: (
        _Use(MakerAttribution.organization_id, RecordKind.COMPONENT, MakerAttribution.component_id),
        _Use(Seizure.authority_id, RecordKind.RECOVERY, Seizure.recovery_id),
        _Use(Seizure.consignor_id, RecordKind.RECOVERY, Seizure.recovery_id),
        _Use(Seizure.consignee_id, RecordKind.RECOVERY, Seizure.recovery_id),
        _Use(TransferParty.organization_id, RecordKind.TRANSFER, TransferParty.transfer_id),
    ),
    RecordKind.PART: (_Use(Identification.part_id, RecordKind.COMPONENT, Identification.component_id),),
    RecordKind.UNIT_TYPE: (
        _Use(Recovery.unit_type_id, RecordKind.RECOVERY, None),
        _Use(Unit.unit_type_id, RecordKind.RECOVERY, Unit.recovery_id),
    ),
    RecordKind.WEAPON_SYSTEM: (_Use(Recovery.weapon_system_id, RecordKind.RECOVERY, None),),
}

_SHOWN: dict[RecordKind, Callable[[Tlp | None], ColumnElement[bool] | None]] = {
    RecordKind.COMPONENT: may_show_component,
    RecordKind.RECOVERY: may_show_recovery,
    RecordKind.TRANSFER: may_show_transfer,
}


def _used(kind: RecordKind, use: _Use, clearance: Tlp | None) -> ColumnElement[bool]:
    """Whether a statement uses this name, about a record that may be shown."""
    statement = select(1).select_from(use.name.class_).where(use.name == id_column(kind))
    if clearance is not None:
        if use.key is not None:
            statement = statement.join(TABLES[use.about], id_column(use.about) == use.key)
        if use.about is RecordKind.COMPONENT:
            statement = statement.join(Recovery, Recovery.id == Component.recovery_id)
        if (shown := _SHOWN[use.about](clearance)) is not None:
            statement = statement.where(shown)
    return exists(statement.correlate(TABLES[kind]))
