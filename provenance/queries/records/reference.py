"""Records of the reference data: weapons, unit types, parts, sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.domain.record_kinds import RecordKind
from provenance.queries.records.common import (
    Built,
    Members,
    Named,
    RecordBase,
    SourceName,
    named,
    row_of,
    source_name,
    span,
)
from provenance.schema.audit import ImportRun
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Component, Identification, Recovery
from provenance.schema.reference import UnitTypeAlias, WeaponAlias, WeaponSystem
from provenance.schema.session import Session


@dataclass(frozen=True, slots=True)
class AliasLine:
    """A name of a weapon or unit type in one language."""

    name: str
    language: str
    verification: str
    source: SourceName


@dataclass(frozen=True, slots=True)
class RecoveryLine:
    """A recovery of a weapon or unit type."""

    ref: str
    label: str
    extent: str


@dataclass(frozen=True, slots=True)
class PartComponentLine:
    """A component that is stated to be a part."""

    ref: str
    marking: str | None
    status: str
    recovery: Named


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An import of a source's file, with how many rows were read and were new."""

    file: str
    format: str
    started_at: datetime
    actor: str
    status: str
    rows_read: int
    rows_new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeaponRecord(RecordBase):
    """A weapon system with its names and its recoveries; ``first_known`` is partial ISO text."""

    kind: Literal["weapon"] = "weapon"
    weapon_kind: str | None
    variant_of: Named | None
    design_country: str | None
    build_country: str | None
    producer: str | None
    nato_name: str | None
    first_known: str | None
    first_known_source: SourceName | None
    verification: str
    note: str | None
    source: SourceName
    further_sources: str | None
    names: tuple[AliasLine, ...]
    recoveries: tuple[RecoveryLine, ...]


def weapon_record(session: Session, number: int) -> Built:
    """A weapon system with its names and its recoveries."""
    row = row_of(session, RecordKind.WEAPON_SYSTEM, number)
    aliases = session.execute(
        select(WeaponAlias).where(WeaponAlias.weapon_system_id == number).order_by(WeaponAlias.id)
    ).all()
    recoveries, members = _recoveries(session, Recovery.weapon_system_id == number)
    record = WeaponRecord(
        ref=reference(RecordKind.WEAPON_SYSTEM, row.uid),
        title=row.designation,
        weapon_kind=row.kind,
        variant_of=named(session, RecordKind.WEAPON_SYSTEM, WeaponSystem.designation, row.variant_of_id),
        design_country=row.design_country,
        build_country=row.build_country,
        producer=row.producer,
        nato_name=row.nato_name,
        first_known=span(row.first_known_earliest, row.first_known_latest),
        first_known_source=(
            source_name(session, row.first_known_source_id) if row.first_known_source_id else None
        ),
        verification=row.verification,
        note=row.note,
        source=source_name(session, row.source_id),
        further_sources=row.further_sources,
        names=_aliases(session, aliases),
        recoveries=recoveries,
    )
    return Built(record, {"recoveries": members})


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTypeRecord(RecordBase):
    """A type of unit with its names and its recoveries."""

    kind: Literal["unit_type"] = "unit_type"
    unit_kind: str | None
    verification: str
    note: str | None
    source: SourceName
    further_sources: str | None
    names: tuple[AliasLine, ...]
    recoveries: tuple[RecoveryLine, ...]


def unit_type_record(session: Session, number: int) -> Built:
    """A type of unit with its names and its recoveries."""
    row = row_of(session, RecordKind.UNIT_TYPE, number)
    aliases = session.execute(
        select(UnitTypeAlias).where(UnitTypeAlias.unit_type_id == number).order_by(UnitTypeAlias.id)
    ).all()
    recoveries, members = _recoveries(session, Recovery.unit_type_id == number)
    record = UnitTypeRecord(
        ref=reference(RecordKind.UNIT_TYPE, row.uid),
        title=row.designation,
        unit_kind=row.kind,
        verification=row.verification,
        note=row.note,
        source=source_name(session, row.source_id),
        further_sources=row.further_sources,
        names=_aliases(session, aliases),
        recoveries=recoveries,
    )
    return Built(record, {"recoveries": members})


def _aliases(session: Session, rows: Any) -> tuple[AliasLine, ...]:
    return tuple(
        AliasLine(row.alias, row.language, row.verification, source_name(session, row.source_id))
        for row in rows
    )


def _recoveries(session: Session, of: Any) -> tuple[tuple[RecoveryLine, ...], Members]:
    rows = session.execute(
        select(Recovery).where(of, Recovery.withdrawn_at.is_(None)).order_by(Recovery.label, Recovery.id)
    ).all()
    lines = tuple(
        RecoveryLine(reference(RecordKind.RECOVERY, row.uid), row.label, row.extent) for row in rows
    )
    return lines, Members(RecordKind.RECOVERY, [row.id for row in rows])


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRecord(RecordBase):
    """A part with the components that are stated to be it; ``introduced`` is partial ISO text."""

    kind: Literal["part"] = "part"
    maker: Named | None
    description: str | None
    category: str | None
    hs6: str | None
    introduced: str | None
    top_codes: str | None
    note: str | None
    source: SourceName
    components: tuple[PartComponentLine, ...]


def part_record(session: Session, number: int) -> Built:
    """A part with the components that are stated to be it."""
    row = row_of(session, RecordKind.PART, number)
    components, members = _part_components(session, number)
    record = PartRecord(
        ref=reference(RecordKind.PART, row.uid),
        title=row.mpn,
        maker=named(session, RecordKind.ORGANIZATION, Organization.label, row.organization_id),
        description=row.description,
        category=row.category,
        hs6=row.hs6,
        introduced=span(row.introduced_earliest, row.introduced_latest),
        top_codes=row.top_codes,
        note=row.note,
        source=source_name(session, row.source_id),
        components=components,
    )
    return Built(record, {"components": members})


def _part_components(session: Session, number: int) -> tuple[tuple[PartComponentLine, ...], Members]:
    rows = session.execute(
        select(
            Component.id,
            Component.uid,
            Component.marking,
            Identification.status,
            Recovery.label,
            Recovery.uid.label("recovery_uid"),
        )
        .join(Component, Component.id == Identification.component_id)
        .join(Recovery, Recovery.id == Component.recovery_id)
        .where(
            Identification.part_id == number,
            Identification.superseded_by.is_(None),
            Component.withdrawn_at.is_(None),
        )
        .order_by(Component.id)
    ).all()
    lines = tuple(
        PartComponentLine(
            reference(RecordKind.COMPONENT, row.uid),
            row.marking,
            row.status,
            Named(row.label, reference(RecordKind.RECOVERY, row.recovery_uid)),
        )
        for row in rows
    )
    return lines, Members(RecordKind.COMPONENT, [row.id for row in rows])


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord(RecordBase):
    """A source with its grade and its imports; ``published`` is partial ISO text."""

    kind: Literal["source"] = "source"
    key: str
    publisher: str
    address: str | None
    published: str | None
    origin_group: str
    reliability: str | None
    tlp: str | None
    note: str | None
    imports: tuple[ImportLine, ...]


def source_record(session: Session, number: int) -> Built:
    """A source with its grade and its imports."""
    row = row_of(session, RecordKind.SOURCE, number)
    runs = session.execute(
        select(ImportRun).where(ImportRun.source_id == number).order_by(ImportRun.id)
    ).all()
    imports = tuple(
        ImportLine(
            run.file_name, run.format, run.started_at, run.actor, run.status, run.rows_read, run.rows_new
        )
        for run in runs
    )
    record = SourceRecord(
        ref=reference(RecordKind.SOURCE, row.uid),
        title=row.title,
        key=row.key,
        publisher=row.publisher,
        address=row.address,
        published=span(row.published_earliest, row.published_latest),
        origin_group=row.origin_group,
        reliability=row.reliability,
        tlp=row.tlp,
        note=row.note,
        imports=imports,
    )
    return Built(record)
