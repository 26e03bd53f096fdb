"""Lists of what was found: recoveries, units, components."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select

from provenance.core.identity import reference
from provenance.core.vocabulary import RecoveryDateKind, Tlp
from provenance.domain.made_dates import made_text
from provenance.domain.record_kinds import RecordKind
from provenance.queries.lists.nouns import COUNT, REF, SPAN, TEXT, WORD, Listed, Loaded, Noun, own
from provenance.queries.lists.statements import (
    components_shown,
    counts,
    firm_names,
    labels,
    makers,
    parts,
    photos,
    sources,
)
from provenance.queries.records.common import span
from provenance.schema.evidence import PhotoSubject
from provenance.schema.recoveries import Component, Recovery, RecoveryDate, RecoverySerial, Unit
from provenance.schema.reference import UnitType, WeaponSystem
from provenance.schema.session import Session
from provenance.schema.sources import Citation

_HAPPENED = (RecoveryDateKind.RECOVERED, RecoveryDateKind.CAPTURED, RecoveryDateKind.USED)
"""The dates by which a recovery is listed; of the kinds that are known the first counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRecovery(Listed):
    """A recovery. ``dated`` is when it was recovered (if unknown: captured or used), partial ISO text;
    ``units``, ``components`` and ``photos`` are without withdrawn ones.
    """

    label: str = field(metadata=TEXT)
    kind: str = field(metadata=WORD)
    extent: str = field(metadata=WORD)
    weapon: str | None = field(metadata=TEXT)
    unit_type: str | None = field(metadata=TEXT)
    numbers: str | None = field(metadata=TEXT)
    dated: str | None = field(metadata=SPAN)
    place: str | None = field(metadata=TEXT)
    country: str | None = field(metadata=WORD)
    units: int = field(metadata=COUNT)
    components: int = field(metadata=COUNT)
    photos: int = field(metadata=COUNT)
    sources: str | None = field(metadata=TEXT)


def _recoveries(session: Session, clearance: Tlp | None) -> Iterator[Loaded]:
    weapons = labels(session, WeaponSystem.id, WeaponSystem.designation)
    types = labels(session, UnitType.id, UnitType.designation)
    numbers, dates = _numbers(session), recovery_dates(session)
    units = counts(session, Unit.recovery_id, Unit.withdrawn_at.is_(None))
    components = counts(session, Component.recovery_id, Component.id.in_(components_shown(clearance)))
    shown, told = photos(session, PhotoSubject.recovery_id, clearance), sources(session, Citation.recovery_id)
    for row in session.execute(select(Recovery).order_by(Recovery.id)):
        values = own(
            label=row.label,
            kind=row.kind,
            extent=row.extent,
            weapon=weapons.get(row.weapon_system_id),
            unit_type=types.get(row.unit_type_id),
            numbers=numbers.get(row.id),
            dated=dates.get(row.id),
            place=row.place,
            country=row.country,
            units=units.get(row.id, 0),
            components=components.get(row.id, 0),
            photos=shown.get(row.id, 0),
            sources=told.get(row.id),
        )
        yield Loaded(row.id, row.uid, row.withdrawn_at, values)


def _numbers(session: Session) -> dict[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = session.execute(
        select(RecoverySerial.recovery_id, RecoverySerial.value).order_by(RecoverySerial.id)
    )
    for number, value in rows:
        found[number].append(value)
    return {number: ", ".join(dict.fromkeys(each)) for number, each in found.items()}


def recovery_dates(session: Session) -> dict[int, str | None]:
    """Each recovery's date, bounded by all statements of its kind together."""
    bounds: dict[tuple[int, str], list[tuple[date | None, date | None]]] = defaultdict(list)
    for row in session.execute(select(RecoveryDate).where(RecoveryDate.kind.in_(_HAPPENED))):
        bounds[row.recovery_id, row.kind].append((row.earliest, row.latest))
    found: dict[int, str | None] = {}
    for kind in reversed(_HAPPENED):
        for (number, of_kind), spans in bounds.items():
            if of_kind == kind:
                firsts, lasts = zip(*spans, strict=True)
                first = None if None in firsts else min(firsts)
                found[number] = span(first, None if None in lasts else max(lasts))
    return found


RECOVERIES = Noun(
    "recoveries",
    RecordKind.RECOVERY,
    ListedRecovery,
    _recoveries,
    "ref label dated place components units photos kind entered_on entered_by",
    "label",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedUnit(Listed):
    """A unit inside a recovery; ``components`` are those on it that stand."""

    label: str = field(metadata=TEXT)
    unit_type: str | None = field(metadata=TEXT)
    serial: str | None = field(metadata=TEXT)
    recovery: str = field(metadata=REF)
    recovery_label: str = field(metadata=TEXT)
    components: int = field(metadata=COUNT)
    photos: int = field(metadata=COUNT)


def _units(session: Session, clearance: Tlp | None) -> Iterator[Loaded]:
    types = labels(session, UnitType.id, UnitType.designation)
    components = counts(session, Component.unit_id, Component.id.in_(components_shown(clearance)))
    shown = photos(session, PhotoSubject.unit_id, clearance)
    rows = session.execute(
        select(
            Unit,
            Recovery.uid.label("recovery_uid"),
            Recovery.label.label("recovery_label"),
            func.coalesce(Unit.withdrawn_at, Recovery.withdrawn_at).label("out_at"),
        )
        .join(Recovery, Recovery.id == Unit.recovery_id)
        .order_by(Unit.id)
    )
    for row in rows:
        values = own(
            label=row.label,
            unit_type=types.get(row.unit_type_id),
            serial=row.serial,
            recovery=reference(RecordKind.RECOVERY, row.recovery_uid),
            recovery_label=row.recovery_label,
            components=components.get(row.id, 0),
            photos=shown.get(row.id, 0),
        )
        yield Loaded(row.id, row.uid, row.out_at, values)


UNITS = Noun(
    "units",
    RecordKind.UNIT,
    ListedUnit,
    _units,
    "ref label unit_type serial recovery_label components photos",
    "recovery_label label",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedComponent(Listed):
    """A component. ``maker_status`` and ``part_status`` are tentative where the program, or a person who is
    not sure, names them. ``made`` is partial ISO text.
    """

    marking: str | None = field(metadata=TEXT)
    description: str | None = field(metadata=TEXT)
    maker: str | None = field(metadata=TEXT)
    maker_status: str | None = field(metadata=WORD)
    part: str | None = field(metadata=TEXT)
    part_status: str | None = field(metadata=WORD)
    weapon: str | None = field(metadata=TEXT)
    recovery: str = field(metadata=REF)
    recovery_label: str = field(metadata=TEXT)
    unit: str | None = field(metadata=TEXT)
    component_serial: str | None = field(metadata=TEXT)
    lot: str | None = field(metadata=TEXT)
    date_code: str | None = field(metadata=TEXT)
    made: str | None = field(metadata=SPAN)
    pieces: int | None = field(metadata=COUNT)
    category: str | None = field(metadata=WORD)
    hs6: str | None = field(metadata=TEXT)
    authenticity: str | None = field(metadata=WORD)
    marking_state: str | None = field(metadata=WORD)
    photos: int = field(metadata=COUNT)
    sources: str | None = field(metadata=TEXT)


def _components(session: Session, clearance: Tlp | None) -> Iterator[Loaded]:
    weapons = labels(session, WeaponSystem.id, WeaponSystem.designation)
    units = labels(session, Unit.id, Unit.label)
    recoveries = {row.id: row for row in session.execute(select(Recovery))}
    refs = {number: reference(RecordKind.RECOVERY, row.uid) for number, row in recoveries.items()}
    made_by, parts_of = makers(session, firm_names(session)), parts(session)
    shown, told = (
        photos(session, PhotoSubject.component_id, clearance),
        sources(session, Citation.component_id),
    )
    for row in session.execute(select(Component).order_by(Component.id)):
        recovery = recoveries[row.recovery_id]
        maker, maker_status = made_by.get(row.id, (None, None))
        part, part_status = parts_of.get(row.id, (None, None))
        values = own(
            marking=row.marking,
            description=row.description,
            maker=maker,
            maker_status=maker_status,
            part=part,
            part_status=part_status,
            weapon=weapons.get(recovery.weapon_system_id),
            recovery=refs[row.recovery_id],
            recovery_label=recovery.label,
            unit=units.get(row.unit_id),
            component_serial=row.component_serial,
            lot=row.lot,
            date_code=row.date_code,
            made=made_text(row),
            pieces=row.pieces,
            category=row.category,
            hs6=row.hs6,
            authenticity=row.authenticity,
            marking_state=row.marking_state,
            photos=shown.get(row.id, 0),
            sources=told.get(row.id),
        )
        yield Loaded(row.id, row.uid, row.withdrawn_at or recovery.withdrawn_at, values)


COMPONENTS = Noun(
    "components",
    RecordKind.COMPONENT,
    ListedComponent,
    _components,
    "ref marking maker part made pieces recovery_label unit photos category",
    "recovery_label unit marking",
)
