"""The evidence for a firm's figure: every recovery and component behind it, with its sources."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import select

from provenance.core.basis import Basis
from provenance.core.identity import reference
from provenance.core.vocabulary import CountryBasis, StatementStatus
from provenance.domain.record_kinds import RecordKind
from provenance.queries.counts import CountQuestion, Counts, count_components, new_basis
from provenance.queries.fact_table import Numbers
from provenance.queries.facts.columns import RecoveryFact
from provenance.queries.filter_pipeline import Rule
from provenance.queries.filters import Selection, selection_filters
from provenance.queries.names import organization_labels, organization_named, part_labels, weapon_labels
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
    """One component behind a figure; ``maker_as_written`` is what the source says, never the program."""

    component_ref: str
    brand: str | None
    brand_ref: str | None
    part: str | None
    marking: str | None
    maker_as_written: str | None
    pieces: int | None
    sources: tuple[CitedSource, ...]


@dataclass(frozen=True, slots=True)
class EvidenceRecovery:
    """One recovery behind a figure; ``seen`` is partial ISO text, None where it is undated."""

    recovery_ref: str
    recovery: str
    weapon: str | None
    extent: str
    seen: str | None
    components: tuple[EvidenceComponent, ...]


@dataclass(frozen=True, slots=True)
class CountedElsewhere:
    """Components of the firm's own brand that count for another firm on this basis."""

    firm: str
    firm_ref: str
    components: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything behind a firm's figure, and what of its brand counts for other firms."""

    firm: str
    firm_ref: str
    recoveries: list[EvidenceRecovery]
    counted_elsewhere: tuple[CountedElsewhere, ...]
    basis: Basis


def fetch_evidence(
    session: Session, firm: str, selection: Selection, country_basis: CountryBasis, *, today: date
) -> Evidence:
    """The recoveries and components that a firm's line in a ranking counts, whatever its country.

    Raises:
        NotFound: no organization has that name.
    """
    number = organization_named(session, firm)
    label, ref = organization_labels(session, [number])[number]
    filters = {"firm": label, "country_basis": str(country_basis)} | selection_filters(session, selection)
    basis = new_basis(session, "top evidence", filters)
    counts = count_components(session, CountQuestion(selection, country_basis), basis, today=today)
    elsewhere = _counted_elsewhere(session, counts, number)
    counts.keep(counts.attribution.firm == number, Rule("of other firms"))
    basis.cautions += [
        f"{each.components:,} components of this brand count for {each.firm} on the basis {country_basis}."
        for each in elsewhere
    ]
    counts.account(session)
    ids = counts.component_ids(session)
    components = _components(session, ids, counts.attribution.brand, counts.part)
    return Evidence(label, ref, _recoveries(session, counts, ids, components), elsewhere, basis)


def _counted_elsewhere(session: Session, counts: Counts, number: int) -> tuple[CountedElsewhere, ...]:
    """The other firms that the parts of this brand count for: without them a zero would be misread."""
    attribution = counts.attribution
    firms = attribution.firm[(attribution.brand == number) & (attribution.firm != number)]
    labels = organization_labels(session, np.unique(firms).tolist())
    found = (
        CountedElsewhere(label, ref, int(np.count_nonzero(firms == firm)))
        for firm, (label, ref) in labels.items()
    )
    return tuple(sorted(found, key=lambda each: (each.firm, each.firm_ref)))


def _components(
    session: Session, ids: list[int], brands: Numbers, parts: Numbers
) -> dict[int, EvidenceComponent]:
    """What is stated about components, by row number."""
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
            brand, brand_ref = brand_labels.get(int(brands[place]), (None, None))
            found[row.id] = EvidenceComponent(
                component_ref=reference(RecordKind.COMPONENT, row.uid),
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
            found[row[0]].append(CitedSource(*row[1:]))
    return found


def _recoveries(
    session: Session, counts: Counts, ids: list[int], components: dict[int, EvidenceComponent]
) -> list[EvidenceRecovery]:
    facts, positions = counts.facts, counts.recoveries()
    weapons = weapon_labels(session, facts.recoveries[RecoveryFact.WEAPON].take(positions).tolist())
    members: dict[int, list[EvidenceComponent]] = defaultdict(list)
    for number, position in zip(ids, positions.tolist(), strict=True):
        members[position].append(components[number])
    position_of = {int(facts.recoveries[RecoveryFact.ID][position]): position for position in members}
    found: list[EvidenceRecovery] = []
    for some in chunks(sorted(position_of)):
        rows = session.execute(
            select(
                Recovery.id,
                Recovery.uid,
                Recovery.label,
                Recovery.extent,
                Recovery.weapon_system_id,
            ).where(Recovery.id.in_(some))
        )
        found += [
            EvidenceRecovery(
                recovery_ref=reference(RecordKind.RECOVERY, row.uid),
                recovery=row.label,
                weapon=weapons.get(row.weapon_system_id or 0, (None, ""))[0],
                extent=row.extent,
                seen=facts.timeline.text(position_of[row.id]),
                components=tuple(members[position_of[row.id]]),
            )
            for row in rows
        ]
    return sorted(
        found, key=lambda item: (item.seen is None, item.seen or "", item.recovery, item.recovery_ref)
    )
