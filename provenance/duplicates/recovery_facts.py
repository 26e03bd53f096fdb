"""What recoveries are compared by, loaded at once: some statements for all of them, none for each."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from provenance.core.vocabulary import StatementStatus
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.schema.recoveries import Component, MakerAttribution, Recovery, RecoveryDate, RecoverySerial
from provenance.schema.reference import WeaponSystem
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.text.folding import fold_marking
from provenance.text.serial_numbers import is_ordinal, serial_key

_SHORTEST_MARKING = 5
"""Characters of a marking that say which item it is: "104" is on every board."""


@dataclass(slots=True)
class RecoveryFacts:
    """A recovery as it is compared.

    ``weapon`` is weapon and type of unit by row number, ``family`` the weapon that this one is a variant of.
    ``numbers`` are kind and key, ``dates`` kind, first and last day, ``makers`` the components' makers in the
    order of the list, 0 where unknown. ``markings`` and ``lots`` are keys. ``sources`` are the sources that
    report it, with their origin groups.
    """

    id: int
    label: str
    kind: str
    extent: str
    weapon: tuple[int | None, int | None]
    family: int | None
    place: str
    country: str | None
    numbers: dict[tuple[str, str], str] = field(default_factory=dict)
    dates: list[tuple[str, date, date]] = field(default_factory=list)
    makers: list[int] = field(default_factory=list)
    markings: set[str] = field(default_factory=set)
    lots: set[str] = field(default_factory=set)
    sources: dict[int, str] = field(default_factory=dict)


def recovery_facts(session: Session) -> dict[int, RecoveryFacts]:
    """Every recovery that counts, by row number."""
    families = {
        row.id: row.variant_of_id
        for row in session.execute(select(WeaponSystem.id, WeaponSystem.variant_of_id))
    }
    rows = session.execute(select(Recovery).where(Recovery.withdrawn_at.is_(None)).order_by(Recovery.id))
    found = {row.id: _of_row(row, families) for row in rows}
    for row in session.execute(select(RecoverySerial).order_by(RecoverySerial.id)):
        if (facts := found.get(row.recovery_id)) and not is_ordinal(row.value):
            facts.numbers[row.kind, serial_key(row.value)] = row.value
    for row in session.execute(select(RecoveryDate).order_by(RecoveryDate.id)):
        if facts := found.get(row.recovery_id):
            first, last = row.earliest or date.min, row.latest or date.max
            facts.dates.append((row.kind, first, last))
    _add_components(session, found)
    _add_sources(session, found)
    return found


def _of_row(row: Any, families: dict[int, int | None]) -> RecoveryFacts:
    return RecoveryFacts(
        id=row.id,
        label=row.label,
        kind=row.kind,
        extent=row.extent,
        weapon=(row.weapon_system_id, row.unit_type_id),
        family=families.get(row.weapon_system_id),
        place=serial_key(row.place or ""),
        country=row.country,
    )


def _add_components(session: Session, found: dict[int, RecoveryFacts]) -> None:
    firms = clusters(session, RecordKind.ORGANIZATION)
    rows = session.execute(
        select(
            Component.recovery_id,
            Component.id,
            Component.marking,
            Component.lot,
            MakerAttribution.organization_id,
        )
        .outerjoin(
            MakerAttribution,
            (MakerAttribution.component_id == Component.id)
            & MakerAttribution.superseded_by.is_(None)
            & (MakerAttribution.status != StatementStatus.TENTATIVE),
        )
        .where(Component.withdrawn_at.is_(None))
        .order_by(Component.recovery_id, Component.id)
    )
    for recovery, _number, marking, lot, maker in rows:
        if (facts := found.get(recovery)) is None:
            continue
        facts.makers.append(firms.get(maker, maker) or 0)
        if marking and len(key := fold_marking(marking)) >= _SHORTEST_MARKING:
            facts.markings.add(key)
        if lot and len(key := fold_marking(lot)) >= _SHORTEST_MARKING:
            facts.lots.add(key)


def _add_sources(session: Session, found: dict[int, RecoveryFacts]) -> None:
    """The sources of a recovery are those that report it or anything in it."""
    of_component = (
        select(Component.recovery_id, Citation.source_id)
        .join(Citation, Citation.component_id == Component.id)
        .distinct()
    )
    of_recovery = select(Citation.recovery_id, Citation.source_id).where(Citation.recovery_id.is_not(None))
    origins = {row.id: row.origin_group for row in session.execute(select(Source.id, Source.origin_group))}
    for statement in (of_component, of_recovery):
        for recovery, source in session.execute(statement):
            if facts := found.get(recovery):
                facts.sources[source] = origins[source]


def rare(facts: dict[int, RecoveryFacts], most: int) -> dict[str, set[int]]:
    """The recoveries of each marking that at most ``most`` of them have, and at least two."""
    counts: Counter[str] = Counter(key for each in facts.values() for key in each.markings)
    found: dict[str, set[int]] = defaultdict(set)
    for number, each in facts.items():
        for key in each.markings:
            if 1 < counts[key] <= most:
                found[key].add(number)
    return found
