"""The evidence for a firm's figure: every recovery and component behind it, with its sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import numpy as np
from sqlalchemy import select

from provenance.core.basis import Basis
from provenance.core.identity import reference
from provenance.core.vocabulary import CountryBasis, Extent, StatementStatus
from provenance.domain.record_kinds import RecordKind
from provenance.queries.counts import DOUBTED, CountQuestion, Counts, count_components, new_basis, share
from provenance.queries.facts.columns import ComponentFact, RecoveryFact
from provenance.queries.filter_pipeline import Rule
from provenance.queries.filters import Selection, selection_filters
from provenance.queries.names import organization_labels, organization_named, part_labels, weapon_labels
from provenance.schema.chunks import chunks
from provenance.schema.recoveries import Component, MakerAttribution, Recovery
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source

Value = TypeVar("Value")


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
    """One component behind a figure; ``maker_as_written`` is what the source says, never the program.

    ``same_as`` are the components that count as one with it; their sources are its own. ``read_as`` is the
    maker that the program reads from the marking where it is another one than the maker stated, None where
    it is not: a doubt, which changes no figure. ``brand_read`` and ``part_read`` say that brand and part are
    only what the program read from the marking: no source and no person states them.
    """

    component_ref: str
    brand: str | None
    brand_ref: str | None
    part: str | None
    marking: str | None
    maker_as_written: str | None
    pieces: int | None
    sources: tuple[CitedSource, ...]
    same_as: tuple[str, ...] = ()
    read_as: str | None = None
    brand_read: bool = False
    part_read: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceRecovery:
    """One recovery behind a figure; ``seen`` is partial ISO text, None where it is undated. ``same_as`` are
    the recoveries that count as one with it.
    """

    recovery_ref: str
    recovery: str
    weapon: str | None
    extent: str
    seen: str | None
    components: tuple[EvidenceComponent, ...]
    same_as: tuple[str, ...] = ()


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
    counts = count_components(
        session,
        CountQuestion(selection, country_basis),
        basis,
        today=today,
        more_columns=(ComponentFact.GUESSED_ORGANIZATION,),
    )
    elsewhere = _counted_elsewhere(session, counts, number)
    counts.keep(counts.attribution.firm == number, Rule("of other firms"))
    basis.cautions += [
        f"{each.components:,} components of this brand count for {each.firm} on the basis {country_basis}."
        for each in elsewhere
    ]
    counts.account(session)
    basis.cautions += share(DOUBTED, counts.doubts(session) != 0)
    ids = counts.component_ids(session)
    components = _components(session, counts, ids)
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


def _components(session: Session, counts: Counts, ids: list[int]) -> dict[int, EvidenceComponent]:
    """What is stated about components, by row number."""
    reported = counts.reported_ids(session)
    brands = organization_labels(session, [int(brand) for brand in counts.attribution.brand if brand])
    mpns = part_labels(session, [int(part) for part in counts.part if part])
    told: dict[int, list[Any]] = defaultdict(list)
    for row in _stated(session, sorted(reported)):
        told[reported[row.id]].append(row)
    sources = cited_sources(session, sorted(reported))
    found: dict[int, EvidenceComponent] = {}
    read = counts.doubts(session).tolist()
    readers = organization_labels(session, [number for number in read if number])
    columns = counts.attribution.brand, counts.part, counts.brand_read, counts.part_read
    for number, reads, brand, part, brand_read, part_read in zip(
        ids, read, *(column.tolist() for column in columns), strict=True
    ):
        # Its own row first, then those that repeat it.
        rows = sorted(told[number], key=lambda row: row.id != number)
        label, brand_ref = brands.get(brand, (None, None))
        found[number] = EvidenceComponent(
            component_ref=reference(RecordKind.COMPONENT, rows[0].uid),
            brand=label,
            brand_ref=brand_ref,
            part=mpns[part][0] if part else None,
            marking=_first(row.marking for row in rows),
            maker_as_written=_first(row.as_written for row in rows),
            pieces=_first(row.pieces for row in rows),
            sources=tuple(each for row in rows for each in sources[row.id]),
            same_as=tuple(reference(RecordKind.COMPONENT, row.uid) for row in rows[1:]),
            read_as=readers[reads][0] if reads else None,
            brand_read=brand_read,
            part_read=part_read,
        )
    return found


def _first(values: Iterable[Value | None]) -> Value | None:
    return next((value for value in values if value is not None), None)


def _stated(session: Session, numbers: list[int]) -> Iterator[Any]:
    """What sources and people state about components, each once, in the order of their row numbers."""
    for some in chunks(numbers):
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
        yield from {row.id: row for row in rows}.values()


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
    numbers = facts.recoveries[RecoveryFact.ID]
    same = {
        int(numbers[place]): [int(numbers[each]) for each in facts.same_recoveries.get(place, ())[1:]]
        for place in members
    }
    records = _recovery_rows(session, sorted({*same, *(number for of in same.values() for number in of)}))
    found: list[EvidenceRecovery] = []
    for place, components_of in members.items():
        row = records[number := int(numbers[place])]
        found.append(
            EvidenceRecovery(
                recovery_ref=reference(RecordKind.RECOVERY, row.uid),
                recovery=row.label,
                weapon=weapons.get(int(facts.recoveries["weapon"][place]), (None, ""))[0],
                extent=list(Extent)[int(facts.recoveries["extent"][place]) - 1],
                seen=facts.timeline.text(place),
                components=tuple(components_of),
                same_as=tuple(reference(RecordKind.RECOVERY, records[each].uid) for each in same[number]),
            )
        )
    return sorted(
        found, key=lambda item: (item.seen is None, item.seen or "", item.recovery, item.recovery_ref)
    )


def _recovery_rows(session: Session, numbers: list[int]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for some in chunks(numbers):
        rows = session.execute(select(Recovery.id, Recovery.uid, Recovery.label).where(Recovery.id.in_(some)))
        found.update({row.id: row for row in rows})
    return found
