"""What is behind a firm's figure: every recovery and component, with its sources."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from sqlalchemy import select

from provenance.core.basis import NO_CLEARANCE, NO_WRONGDOING, Basis
from provenance.core.identity import reference
from provenance.core.vocabulary import CountryBasis, StatementStatus
from provenance.queries.counting import ANY, Counted, TopQuestion, count_components
from provenance.queries.filters import Rule
from provenance.queries.ground import Ground, Numbers
from provenance.queries.names import organization_labels, organization_named, part_labels, weapon_labels
from provenance.queries.sifting import handling
from provenance.schema.chunks import chunks
from provenance.schema.recoveries import Component, MakerAttribution, Recovery
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source's record behind a statement, with its two grades (None: not assessed)."""

    source: str
    record_key: str
    address: str | None
    reliability: str | None
    credibility: int | None
    origin_group: str


@dataclass(frozen=True, slots=True)
class EvidenceComponent:
    """One component behind a figure; ``maker_as_written`` is the source's word, never the program's guess."""

    component_ref: str
    brand: str
    brand_ref: str
    part: str | None
    marking: str | None
    maker_as_written: str | None
    pieces: int | None
    sources: tuple[CitedSource, ...]


@dataclass(frozen=True, slots=True)
class EvidenceRecovery:
    """One recovery behind a figure; ``seen`` is partial ISO text, empty where undated."""

    recovery_ref: str
    recovery: str
    weapon: str | None
    extent: str
    seen: str
    components: tuple[EvidenceComponent, ...]


@dataclass(frozen=True, slots=True)
class EvidenceAnswer:
    """Everything behind a firm's figure on the question's own terms."""

    firm: str
    firm_ref: str
    recoveries: list[EvidenceRecovery]
    basis: Basis


def fetch_evidence(session: Session, question: TopQuestion, firm: str, *, today: date) -> EvidenceAnswer:
    """The recoveries and components that a firm's line in `top` counts, whatever its country.

    Raises:
        NotFound: no organization has that name.
    """
    number = organization_named(session, firm)
    counted = count_components(session, replace(question, country=ANY), today=today)
    elsewhere = _counted_elsewhere(session, counted, number, question.basis)
    counted.keep(counted.standing.firm == number, Rule("of other firms"))
    basis, things = counted.sieve.basis, counted.ground.things(counted.rows)
    basis.question = "top --evidence"
    basis.counted = {"components": len(things), "recoveries": counted.ground.distinct(things)}
    basis.notes += [*elsewhere, NO_WRONGDOING if len(things) else NO_CLEARANCE]
    basis.handling = handling(session, counted.sieve)
    label, ref = organization_labels(session, [number])[number]
    ids = component_ids(session, counted.rows)
    components = evidence_components(session, ids, counted.standing.brand, counted.part)
    return EvidenceAnswer(label, ref, _recoveries(session, counted.ground, things, ids, components), basis)


def _counted_elsewhere(session: Session, counted: Counted, number: int, basis: CountryBasis) -> list[str]:
    """Says which other firms the parts of this brand count for: a zero would read as if there were none."""
    standing = counted.standing
    mine = (standing.brand == number) & (standing.firm != number)
    firms = standing.firm[mine]
    labels = organization_labels(session, np.unique(firms).tolist())
    return sorted(
        f"On the basis {basis} {int(np.count_nonzero(firms == firm)):,} components of this brand"
        f' count for {label}: --evidence "{label}", or --basis brand.'
        for firm, (label, _ref) in labels.items()
    )


def component_ids(session: Session, rows: Numbers) -> list[int]:
    """Row numbers of the components at these positions."""
    from provenance.facts.sheets import load

    found: list[int] = load(session, "component", ["id"])["id"].take(rows).tolist()
    return found


def evidence_components(
    session: Session, ids: list[int], brands: Numbers, parts: Numbers
) -> dict[int, EvidenceComponent]:
    """What is said about components, by row number."""
    brand_labels = organization_labels(session, [int(brand) for brand in brands if brand])
    mpns = part_labels(session, [int(part) for part in parts if part])
    sources = cited_sources(session, ids)
    found: dict[int, EvidenceComponent] = {}
    places = {number: place for place, number in enumerate(ids)}
    for some in chunks(ids):
        rows = session.execute(
            select(
                Component.id,
                Component.uid,
                Component.marking,
                Component.pieces,
                MakerAttribution.as_written,
            )
            .outerjoin(
                MakerAttribution,
                (MakerAttribution.component_id == Component.id)
                & MakerAttribution.superseded_by.is_(None)
                & (MakerAttribution.status != StatementStatus.TENTATIVE),
            )
            .where(Component.id.in_(some))
            .order_by(Component.id, MakerAttribution.id)
        )
        for row in rows:
            place = places[row.id]
            brand, brand_ref = brand_labels.get(int(brands[place]), ("not identified", ""))
            found[row.id] = EvidenceComponent(
                component_ref=reference("component", row.uid),
                brand=brand,
                brand_ref=brand_ref,
                part=mpns[int(parts[place])][0] if parts[place] else None,
                marking=row.marking,
                maker_as_written=row.as_written,
                pieces=row.pieces,
                sources=tuple(sources[row.id]),
            )
    return found


def cited_sources(session: Session, ids: list[int]) -> dict[int, list[CitedSource]]:
    """The sources' records behind components, by row number."""
    found: dict[int, list[CitedSource]] = defaultdict(list)
    for some in chunks(ids):
        rows = session.execute(
            select(
                Citation.component_id,
                Source.key,
                Citation.record_key,
                Citation.address,
                Source.reliability,
                Citation.credibility,
                Source.origin_group,
            )
            .join(Source, Source.id == Citation.source_id)
            .where(Citation.component_id.in_(some))
            .order_by(Citation.component_id, Source.key, Citation.record_key)
        )
        for row in rows:
            found[row.component_id].append(CitedSource(*row[1:]))
    return found


def _recoveries(
    session: Session,
    ground: Ground,
    things: Numbers,
    ids: list[int],
    components: dict[int, EvidenceComponent],
) -> list[EvidenceRecovery]:
    weapons = weapon_labels(session, ground.recoveries["weapon"].take(things).tolist())
    members: dict[int, list[EvidenceComponent]] = defaultdict(list)
    for number, thing in zip(ids, things.tolist(), strict=True):
        members[thing].append(components[number])
    numbers = {int(ground.recoveries["id"][thing]): thing for thing in members}
    found: list[EvidenceRecovery] = []
    wanted = sorted(numbers)
    for some in chunks(wanted):
        rows = session.execute(
            select(
                Recovery.id,
                Recovery.uid,
                Recovery.label,
                Recovery.extent,
                Recovery.weapon_system_id,
            ).where(Recovery.id.in_(some))
        )
        for row in rows:
            thing = numbers[row.id]
            found.append(
                EvidenceRecovery(
                    recovery_ref=reference("recovery", row.uid),
                    recovery=row.label,
                    weapon=weapons.get(row.weapon_system_id or 0, (None, ""))[0],
                    extent=row.extent,
                    seen=ground.seen.text(thing),
                    components=tuple(members[thing]),
                )
            )
    return sorted(found, key=lambda item: (item.seen == "", item.seen, item.recovery, item.recovery_ref))
