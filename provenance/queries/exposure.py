"""One firm: its names, brands and owners by date, its parts, where and when they turned up, through whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import or_, select

from provenance.core.basis import NO_CLEARANCE, NO_WRONGDOING, Basis
from provenance.core.vocabulary import StatementStatus, Verification
from provenance.domain.ownership import Genealogy, Step
from provenance.queries.counting import ANY, Counted, TopQuestion, count_components
from provenance.queries.evidence import component_ids
from provenance.queries.filters import Rule, Selection
from provenance.queries.ground import Numbers
from provenance.queries.names import organization_labels, organization_named, part_labels, weapon_labels
from provenance.queries.sifting import handling
from provenance.queries.tally import Figures, Tally
from provenance.queries.transfers import TransferLine, transfers_naming
from provenance.schema.chunks import chunks
from provenance.schema.organizations import Organization, OrganizationName, Ownership
from provenance.schema.recoveries import Component, MakerAttribution
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.text.partial_dates import DateSpan, format_span

AS_WRITTEN = "as written"
"""The kind of a name that only lists give, beside those on record."""


@dataclass(frozen=True, slots=True)
class NameLine:
    """A name of the firm and when it was one."""

    name: str
    kind: str
    since: str
    until: str
    verification: str


@dataclass(frozen=True, slots=True)
class OwnershipLine:
    """A step of ownership in which the firm or one of its brands is a side."""

    owned: str
    owner: str
    scope: str
    since: str
    until: str
    status: str
    verification: str
    source: str
    note: str | None


@dataclass(frozen=True, slots=True)
class BrandExposure:
    """A brand that is or was the firm's, with the components that carry it.

    ``made_while_owned``, ``made_otherwise`` and ``made_open`` part the components by whether they were
    made in the firm's time; a brand that is no longer the firm's has ``counted`` false.
    """

    brand: str
    brand_ref: str
    counted: bool
    recoveries: int
    components: int
    made_while_owned: int
    made_otherwise: int
    made_open: int


@dataclass(frozen=True, slots=True)
class PartExposure:
    """A part number, or a marking as published where none is known.

    ``stated`` is false of a marking, and of a part number that the program only guesses (``guessed``).
    """

    part: str
    stated: bool
    guessed: bool
    recoveries: int
    components: int
    weapons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeaponExposure:
    """A weapon system in which the firm's parts were found."""

    weapon: str
    recoveries: int
    components: int


@dataclass(frozen=True, slots=True)
class SourceExposure:
    """A source behind the components; grades are None where nobody has assessed them."""

    source: str
    publisher: str
    origin_group: str
    reliability: str | None
    credibility: str
    components: int


@dataclass(frozen=True, slots=True)
class Exposure:
    """Everything about one firm."""

    firm: str
    firm_ref: str
    owner_now: str | None
    figures: Figures | None
    names: list[NameLine]
    ownership: list[OwnershipLine]
    brands: list[BrandExposure]
    parts: list[PartExposure]
    weapons: list[WeaponExposure]
    transfers: list[TransferLine]
    sources: list[SourceExposure]
    basis: Basis


def fetch_exposure(session: Session, firm: str, selection: Selection, *, today: date) -> Exposure:
    """What is on record about a firm, by any of its names.

    Raises:
        NotFound: no organization has that name.
    """
    number = organization_named(session, firm)
    counted = count_components(
        session, TopQuestion(selection=selection, country=ANY, min_recoveries=1), today=today
    )
    genealogy = counted.genealogy
    ever = sorted(genealogy.owned.get(number, {number}) | {number})
    now = [brand for brand in ever if genealogy.belongs_on(brand, number, today)]
    brands = _brands(session, counted, number, ever, set(now))
    counted.keep(np.isin(counted.standing.brand, now), Rule("of other firms' brands"))
    rows, basis = counted.rows, counted.sieve.basis
    basis.question = "exposure"
    basis.counted = {
        "components": len(rows),
        "recoveries": counted.ground.distinct_recoveries(rows),
    }
    basis.notes.append(NO_WRONGDOING if len(rows) else NO_CLEARANCE)
    basis.handling = handling(session, counted.sieve)
    label, ref = organization_labels(session, [number])[number]
    owner = genealogy.owner_now(number).organization_id
    ids = component_ids(session, rows)
    return Exposure(
        firm=label,
        firm_ref=ref,
        owner_now=genealogy.labels.get(owner) if owner not in (None, number) else None,
        figures=_figures(counted, number, now, today) if len(rows) else None,
        names=_names(session, number),
        ownership=_ownership(
            session, ever, [step.owner_id for step in genealogy.road_on(number, today)[0][:-1]]
        ),
        brands=brands,
        parts=_parts(session, counted, ids),
        weapons=_weapons(session, counted),
        transfers=transfers_naming(session, now, ids),
        sources=_sources(session, ids),
        basis=basis,
    )


def _figures(counted: Counted, number: int, now: list[int], today: date) -> Figures:
    doubtful = [
        brand
        for brand in now
        if any(not step.verified for step in _road_to(counted.genealogy, brand, number, today))
    ]
    tally = Tally(counted.ground, counted.rows, np.full(len(counted.rows), number))
    unverified = np.isin(counted.standing.brand, doubtful)
    return tally.figures(tally.members([0]), counted.part, unverified)[0]


def _road_to(genealogy: Genealogy, brand: int, owner: int, day: date) -> list[Step]:
    road, _open = genealogy.road_on(brand, day)
    places = [place for place, step in enumerate(road) if step.owner_id == owner]
    return road[: places[0] + 1] if places else []


def _brands(
    session: Session, counted: Counted, number: int, ever: list[int], now: set[int]
) -> list[BrandExposure]:
    labels = organization_labels(session, ever)
    brands = counted.standing.brand
    found: list[BrandExposure] = []
    for brand, (label, ref) in labels.items():
        rows = counted.rows.take(np.flatnonzero(brands == brand))
        if not len(rows) and brand != number:
            continue
        line = counted.genealogy.belonging(brand, number)
        days = np.array([day.toordinal() for day, _held in line])
        held = np.array([{True: 1, False: 0, None: 2}[state] for _day, state in line])
        earliest, latest = counted.ground.made_bounds(rows)
        first = np.searchsorted(days, np.maximum(earliest, 1), side="right") - 1
        last = np.searchsorted(days, latest, side="right") - 1
        state = np.where(first == last, held[first], 2)
        found.append(
            BrandExposure(
                brand=label,
                brand_ref=ref,
                counted=brand in now,
                recoveries=counted.ground.distinct_recoveries(rows),
                components=len(rows),
                made_while_owned=int(np.count_nonzero(state == 1)),
                made_otherwise=int(np.count_nonzero(state == 0)),
                made_open=int(np.count_nonzero(state == 2)),
            )
        )
    return sorted(found, key=lambda item: (not item.counted, -item.recoveries, -item.components, item.brand))


def _names(session: Session, number: int) -> list[NameLine]:
    """Names on record; of a firm that only lists name, also how else they spell it."""
    rows = session.execute(
        select(OrganizationName)
        .where(OrganizationName.organization_id == number)
        .order_by(OrganizationName.kind, OrganizationName.name, OrganizationName.id)
    ).all()
    spelled = sorted(_as_written(session, number) - {row.name for row in rows})
    return [
        NameLine(
            name=row.name,
            kind=row.kind,
            since=_span(row.since_earliest, row.since_latest),
            until=_span(row.until_earliest, row.until_latest),
            verification=row.verification,
        )
        for row in rows
    ] + [NameLine(text, AS_WRITTEN, "", "", Verification.UNVERIFIED) for text in spelled]


def _as_written(session: Session, number: int) -> set[str]:
    """How publishers write a maker that the reference data does not know."""
    return set(
        session.execute(
            select(MakerAttribution.as_written)
            .join(Organization, Organization.id == MakerAttribution.organization_id)
            .where(
                Organization.id == number,
                ~Organization.from_seed,
                MakerAttribution.superseded_by.is_(None),
                MakerAttribution.status != StatementStatus.TENTATIVE,
            )
            .distinct()
        ).scalars()
    )


def _span(earliest: date | None, latest: date | None) -> str:
    return format_span(DateSpan(earliest, latest))


def _ownership(session: Session, ever: list[int], road: list[int]) -> list[OwnershipLine]:
    """Steps of the firm, of its brands and of those on its road to the firm that answers today."""
    rows = session.execute(
        select(Ownership, Source.publisher)
        .join(Source, Source.id == Ownership.source_id)
        .where(or_(Ownership.owned_id.in_({*ever, *road}), Ownership.owner_id.in_(ever)))
        .order_by(Ownership.since_earliest.is_not(None), Ownership.since_earliest, Ownership.id)
    ).all()
    labels = organization_labels(session, [side for row in rows for side in (row.owned_id, row.owner_id)])
    return [
        OwnershipLine(
            owned=labels[row.owned_id][0],
            owner=labels[row.owner_id][0],
            scope=row.product_line or "all",
            since=_span(row.since_earliest, row.since_latest),
            until=_span(row.until_earliest, row.until_latest),
            status=row.status,
            verification=row.verification,
            source=row.publisher,
            note=row.note,
        )
        for row in rows
    ]


def _weapons_of(counted: Counted) -> Numbers:
    return counted.ground.recoveries["weapon"].take(counted.ground.at.take(counted.rows))


def _parts(session: Session, counted: Counted, ids: list[int]) -> list[PartExposure]:
    parts, stated_parts = counted.part.tolist(), counted.ground.components["part"].take(counted.rows)
    mpns = part_labels(session, [part for part in parts if part])
    markings = _markings(session, ids)
    weapons = _weapons_of(counted)
    names = weapon_labels(session, np.unique(weapons).tolist())
    groups: dict[tuple[bool, bool, str], list[int]] = {}
    for place, (part, stated, number) in enumerate(zip(parts, stated_parts.tolist(), ids, strict=True)):
        text = mpns[part][0] if part else markings.get(number, "")
        if text:
            groups.setdefault((bool(stated), bool(part and not stated), text), []).append(place)
    things = counted.ground.things(counted.rows)
    found = [
        PartExposure(
            part=text,
            stated=stated,
            guessed=guessed,
            recoveries=len(np.unique(things[places])),
            components=len(places),
            weapons=tuple(
                sorted({names[weapon][0] for weapon in weapons[places].tolist() if weapon in names})
            ),
        )
        for (stated, guessed, text), places in groups.items()
    ]
    return sorted(found, key=lambda item: (-item.recoveries, -item.components, not item.stated, item.part))


def _markings(session: Session, ids: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in chunks(ids):
        rows = session.execute(
            select(Component.id, Component.marking).where(
                Component.id.in_(some), Component.marking.is_not(None)
            )
        )
        found.update({row.id: row.marking for row in rows})
    return found


def _weapons(session: Session, counted: Counted) -> list[WeaponExposure]:
    weapons = _weapons_of(counted)
    names = weapon_labels(session, np.unique(weapons).tolist())
    things = counted.ground.things(counted.rows)
    found = [
        WeaponExposure(
            weapon=names[weapon][0] if weapon in names else "weapon not named",
            recoveries=len(np.unique(things[weapons == weapon])),
            components=int(np.count_nonzero(weapons == weapon)),
        )
        for weapon in np.unique(weapons).tolist()
    ]
    return sorted(found, key=lambda item: (-item.recoveries, -item.components, item.weapon))


def _sources(session: Session, ids: list[int]) -> list[SourceExposure]:
    counts: Counter[tuple[str, str, str, str | None, str]] = Counter()
    for some in chunks(ids):
        rows = session.execute(
            select(
                Source.key,
                Source.publisher,
                Source.origin_group,
                Source.reliability,
                Citation.credibility,
                Citation.component_id,
            )
            .join(Source, Source.id == Citation.source_id)
            .where(Citation.component_id.in_(some))
            .distinct()
        )
        for row in rows:
            grade = str(row.credibility) if row.credibility is not None else "not assessed"
            counts[row.key, row.publisher, row.origin_group, row.reliability, grade] += 1
    found = [SourceExposure(*key, components=count) for key, count in counts.items()]
    return sorted(found, key=lambda item: (-item.components, item.source, item.credibility))
