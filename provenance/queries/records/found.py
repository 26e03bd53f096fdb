"""Records of what was found: components, recoveries and the units in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.domain.declared_fields import declared_columns
from provenance.domain.made_dates import made_text
from provenance.domain.record_kinds import RecordKind
from provenance.domain.same_statements import cluster_of
from provenance.fields.components import COMPONENT_FIELDS
from provenance.fields.recoveries import RECOVERY_FIELDS
from provenance.fields.units import UNIT_FIELDS
from provenance.queries.disagreements import ClaimLine, disagreements
from provenance.queries.records.amended import AmendedLine, amended_lines
from provenance.queries.records.common import (
    Built,
    CitationLine,
    DecisionLine,
    Members,
    Named,
    RecordBase,
    attributes,
    citations,
    day_of,
    decisions,
    more_of,
    named,
    row_of,
    same_as,
    span,
)
from provenance.queries.records.contents import (
    ComponentLine,
    UnitLine,
    component_lines,
    missing_of_recovery,
    unit_lines,
)
from provenance.queries.records.evidence import (
    CustodyLine,
    PhotoLine,
    custody_lines,
    evidence_members,
    photo_lines,
)
from provenance.queries.records.seizures import SeizureFacts, seizure_facts
from provenance.queries.records.statements import (
    AssessmentLine,
    MakerLine,
    PartLine,
    assessment_lines,
    maker_lines,
    part_lines,
)
from provenance.queries.transfers import TransferLine, transfer_lines
from provenance.schema.assessments import RecoveryPosition
from provenance.schema.recoveries import Component, Recovery, RecoveryDate, RecoverySerial, Unit
from provenance.schema.reference import UnitType, WeaponSystem
from provenance.schema.session import Session
from provenance.schema.transfers import Transfer
from provenance.text.partial_dates import several_in


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A number on the specimen: serial, tail, chassis, or the examiner's sample number."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class DateLine:
    """Something that happened to the recovery; ``date`` is partial ISO text."""

    event: str
    date: str | None
    as_written: str


@dataclass(frozen=True, slots=True)
class Position:
    """Where a recovery was found, in WGS 84 degrees; ``precision_m`` in metres, None where it is unknown."""

    latitude: float
    longitude: float
    precision_m: float | None
    as_written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentRecord(RecordBase):
    """A component with all that is stated about it.

    ``made`` is partial ISO text; where the date is one of several intervals they are in ``made_possible``,
    and ``made`` has them with "or" between them. ``withdrawn_on`` is the day on which it was withdrawn, None
    while it counts.
    ``more`` are the fields that are declared and have no attribute here (`provenance.fields.components`).
    With ``marking_mixed`` the marking also contains the description and codes, as its source keeps them.
    """

    kind: Literal["component"] = "component"
    recovery: Named
    unit: str | None
    description: str | None
    marking: str | None
    marking_mixed: bool
    marking_state: str | None
    date_code: str | None
    lot: str | None
    made: str | None
    made_possible: tuple[str, ...]
    made_basis: str | None
    pieces: int | None
    category: str | None
    hs6: str | None
    condition: str | None
    laboratory: str | None
    authenticity: str | None
    tlp: str | None
    withdrawn_on: date | None
    note: str | None
    more: dict[str, Any]
    makers: tuple[MakerLine, ...]
    parts: tuple[PartLine, ...]
    assessments: tuple[AssessmentLine, ...]
    transfers: tuple[TransferLine, ...]
    photos: tuple[PhotoLine, ...]
    custody: tuple[CustodyLine, ...]
    sources: tuple[CitationLine, ...]
    same_as: tuple[str, ...]
    amended: tuple[AmendedLine, ...]
    decisions: tuple[DecisionLine, ...]
    disagreements: tuple[ClaimLine, ...]


_MORE = declared_columns(COMPONENT_FIELDS, Component, but=attributes(ComponentRecord))
"""The columns of declared fields for which the record has no attribute, by the fields' names."""


def component_record(session: Session, number: int) -> Built:
    """A component with its recovery, makers, parts, transfers and sources."""
    kind, row = RecordKind.COMPONENT, row_of(session, RecordKind.COMPONENT, number)
    moved = session.execute(select(Transfer.id).where(Transfer.component_id == number)).scalars().all()
    recovery = named(session, RecordKind.RECOVERY, Recovery.label, row.recovery_id)
    assert recovery is not None
    said, others = decisions(session, kind, number)
    claims = disagreements(session, kind, number)
    record = ComponentRecord(
        ref=reference(kind, row.uid),
        title=row.marking or row.description,
        recovery=recovery,
        unit=row_of(session, RecordKind.UNIT, row.unit_id).label if row.unit_id else None,
        description=row.description,
        marking=row.marking,
        marking_mixed=row.marking_mixed,
        marking_state=row.marking_state,
        date_code=row.date_code,
        lot=row.lot,
        made=made_text(row),
        made_possible=several_in(row.made_possible),
        made_basis=row.made_basis,
        pieces=row.pieces,
        category=row.category,
        hs6=row.hs6,
        condition=row.condition,
        laboratory=row.laboratory,
        authenticity=row.authenticity,
        tlp=row.tlp,
        withdrawn_on=day_of(row.withdrawn_at),
        note=row.note,
        more=more_of(row, _MORE),
        makers=maker_lines(session, number),
        parts=part_lines(session, number),
        assessments=assessment_lines(session, number),
        transfers=tuple(transfer_lines(session, list(moved))),
        photos=photo_lines(session, kind, number),
        custody=custody_lines(session, kind, number),
        sources=citations(session, kind, number),
        same_as=same_as(session, kind, number),
        amended=amended_lines(session, row.uid),
        decisions=said,
        disagreements=claims,
    )
    members = {
        "transfers": Members(RecordKind.TRANSFER, moved),
        "decisions": others,
        "disagreements": _claimants(session, kind, number, claims),
        **evidence_members(session, kind, number),
    }
    return Built(record, members)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryRecord(RecordBase):
    """A recovery with its numbers, dates, components and sources; ``seizure`` is None of other recoveries.

    ``more`` are the fields that are declared and have no attribute here (`provenance.fields.recoveries`).
    """

    kind: Literal["recovery"] = "recovery"
    recovery_kind: str
    extent: str
    weapon: Named | None
    unit_type: Named | None
    variant: str | None
    place: str | None
    country: str | None
    position: Position | None
    seizure: SeizureFacts | None
    tlp: str | None
    withdrawn_on: date | None
    note: str | None
    more: dict[str, Any]
    missing: tuple[str, ...]
    numbers: tuple[NumberLine, ...]
    dates: tuple[DateLine, ...]
    units: tuple[UnitLine, ...]
    components: tuple[ComponentLine, ...]
    photos: tuple[PhotoLine, ...]
    custody: tuple[CustodyLine, ...]
    sources: tuple[CitationLine, ...]
    same_as: tuple[str, ...]
    amended: tuple[AmendedLine, ...]
    decisions: tuple[DecisionLine, ...]
    disagreements: tuple[ClaimLine, ...]


_MORE_OF_RECOVERY = declared_columns(RECOVERY_FIELDS, Recovery, but=attributes(RecoveryRecord))


def recovery_record(session: Session, number: int) -> Built:
    """A recovery with everything found in it and everything that supports it."""
    kind, row = RecordKind.RECOVERY, row_of(session, RecordKind.RECOVERY, number)
    components, members = component_lines(session, Component.recovery_id == number)
    said, others = decisions(session, kind, number)
    claims = disagreements(session, kind, number)
    units, unit_members = unit_lines(session, number)
    record = RecoveryRecord(
        ref=reference(kind, row.uid),
        title=row.label,
        recovery_kind=row.kind,
        extent=row.extent,
        weapon=named(session, RecordKind.WEAPON_SYSTEM, WeaponSystem.designation, row.weapon_system_id),
        unit_type=named(session, RecordKind.UNIT_TYPE, UnitType.designation, row.unit_type_id),
        variant=row.variant,
        place=row.place,
        country=row.country,
        position=_position(session, number),
        seizure=seizure_facts(session, number),
        tlp=row.tlp,
        withdrawn_on=day_of(row.withdrawn_at),
        note=row.note,
        more=more_of(row, _MORE_OF_RECOVERY),
        missing=missing_of_recovery(session, number),
        numbers=_numbers(session, number),
        dates=_dates(session, number),
        units=units,
        components=components,
        photos=photo_lines(session, kind, number),
        custody=custody_lines(session, kind, number),
        sources=citations(session, kind, number),
        same_as=same_as(session, kind, number),
        amended=amended_lines(session, row.uid),
        decisions=said,
        disagreements=claims,
    )
    lists = {"components": members, "units": unit_members, "decisions": others}
    return Built(record, {**lists, **evidence_members(session, kind, number)})


def _claimants(session: Session, kind: RecordKind, number: int, claims: tuple[ClaimLine, ...]) -> Members:
    """The records that make the claims, each with a mark of its own."""
    return Members(kind, cluster_of(session, kind, number) if claims else [])


def _position(session: Session, number: int) -> Position | None:
    row: Any = session.execute(
        select(RecoveryPosition).where(
            RecoveryPosition.recovery_id == number, RecoveryPosition.superseded_by.is_(None)
        )
    ).first()
    return Position(row.latitude, row.longitude, row.precision_m, row.as_written) if row else None


def _numbers(session: Session, number: int) -> tuple[NumberLine, ...]:
    rows = session.execute(
        select(RecoverySerial.kind, RecoverySerial.value)
        .where(RecoverySerial.recovery_id == number)
        .order_by(RecoverySerial.id)
    )
    return tuple(NumberLine(row.kind, row.value) for row in rows)


def _dates(session: Session, number: int) -> tuple[DateLine, ...]:
    rows = session.execute(
        select(RecoveryDate).where(RecoveryDate.recovery_id == number).order_by(RecoveryDate.id)
    ).all()
    return tuple(DateLine(row.kind, span(row.earliest, row.latest), row.as_written) for row in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRecord(RecordBase):
    """A unit inside a recovery, with the components on it.

    ``more`` are the fields that are declared and have no attribute here (`provenance.fields.units`).
    """

    kind: Literal["unit"] = "unit"
    recovery: Named
    unit_type: Named | None
    serial: str | None
    withdrawn_on: date | None
    note: str | None
    more: dict[str, Any]
    components: tuple[ComponentLine, ...]
    amended: tuple[AmendedLine, ...]


_MORE_OF_UNIT = declared_columns(UNIT_FIELDS, Unit, but={*attributes(UnitRecord), "label"})
"""The title of the record is its label."""


def unit_record(session: Session, number: int) -> Built:
    """A unit inside a recovery, with the components on it."""
    row = row_of(session, RecordKind.UNIT, number)
    components, members = component_lines(session, Component.unit_id == number)
    recovery = named(session, RecordKind.RECOVERY, Recovery.label, row.recovery_id)
    assert recovery is not None
    record = UnitRecord(
        ref=reference(RecordKind.UNIT, row.uid),
        title=row.label,
        recovery=recovery,
        unit_type=named(session, RecordKind.UNIT_TYPE, UnitType.designation, row.unit_type_id),
        serial=row.serial,
        withdrawn_on=day_of(row.withdrawn_at),
        note=row.note,
        more=more_of(row, _MORE_OF_UNIT),
        components=components,
        amended=amended_lines(session, row.uid),
    )
    return Built(record, {"components": members})
