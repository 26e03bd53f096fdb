"""One firm: its names, brands and owners by date, its parts, where and when they were found, transfers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from provenance.core.basis import Basis
from provenance.core.tlp import Handling, stricter_than, strictest, strictness
from provenance.core.vocabulary import CountryBasis, Tlp
from provenance.domain.ownership import Genealogy, Step
from provenance.domain.record_kinds import RecordKind
from provenance.queries.control_days import ControlDay, ControlDays, days_in_words, fetch_control_days
from provenance.queries.counts import DOUBTED, CountQuestion, Counts, count_components, new_basis, share
from provenance.queries.exposure_parts import (
    PartExposure,
    SourceExposure,
    WeaponExposure,
    exposed_parts,
    exposed_sources,
    exposed_weapons,
)
from provenance.queries.facts.columns import ComponentFact
from provenance.queries.filter_pipeline import Rule
from provenance.queries.filters import Selection, selection_filters
from provenance.queries.firm_history import NameLine, OwnershipLine, names_of, ownership_of, span_of
from provenance.queries.firm_transfers import FirmTransfers, FoundBy, transfers_of_firm
from provenance.queries.group_counts import Figures, GroupCounts
from provenance.queries.names import organization_labels, organization_named
from provenance.queries.transfers import TransferLine, transfer_lines, transfers_to_show
from provenance.schema.session import Session
from provenance.text.plurals import many


@dataclass(frozen=True, slots=True)
class BrandExposure:
    """A brand that is or was the firm's, with the components that carry it.

    ``made_while_owned``, ``made_otherwise`` and ``made_unknown`` divide the components by whether they were
    made while the firm owned the brand; a brand that is no longer the firm's has ``counted`` false. Where the
    brand's firm bought a product line, what may have been made before is unknown: another firm made the line.
    """

    brand: str
    brand_ref: str
    counted: bool
    recoveries: int
    components: int
    made_while_owned: int
    made_otherwise: int
    made_unknown: int


@dataclass(frozen=True, slots=True)
class FirmTransferLine(TransferLine):
    """A transfer that concerns the firm, and what connects the two, the closest first."""

    found_by: tuple[FoundBy, ...]


@dataclass(frozen=True, slots=True)
class LookedFor:
    """What the transfers on record were searched for: without it, "none" would say too much.

    ``names`` are the names looked for among the words of the goods (short and ambiguous ones are not),
    ``part_numbers`` and ``components`` count the firm's part numbers and its recovered components.
    """

    names: tuple[str, ...]
    part_numbers: int
    components: int


@dataclass(frozen=True, slots=True)
class Exposure:
    """What is on record about one firm; ``figures`` is None where none of its parts was found."""

    firm: str
    firm_ref: str
    owner_now: str | None
    figures: Figures | None
    control_days: tuple[ControlDay, ...]
    names: tuple[NameLine, ...]
    ownership: tuple[OwnershipLine, ...]
    brands: tuple[BrandExposure, ...]
    parts: tuple[PartExposure, ...]
    weapons: tuple[WeaponExposure, ...]
    transfers: tuple[FirmTransferLine, ...]
    looked_for: LookedFor
    sources: tuple[SourceExposure, ...]
    basis: Basis


def fetch_exposure(session: Session, firm: str, selection: Selection, *, today: date) -> Exposure:
    """What is on record about a firm, by any of its names.

    Raises:
        NotFound: no organization has that name.
    """
    number = organization_named(session, firm)
    label, ref = organization_labels(session, [number])[number]
    basis = new_basis(session, "exposure", {"firm": label} | selection_filters(session, selection))
    # Its brands of today are its own: the attribution to an owner serves only to leave out unknown makers.
    question = CountQuestion(selection, CountryBasis.OWNER_NOW)
    counts = count_components(
        session, question, basis, today=today, more_columns=(ComponentFact.GUESSED_ORGANIZATION,)
    )
    genealogy = counts.genealogy
    ever = sorted(genealogy.owned.get(number, {number}) | {number})
    now = [brand for brand in ever if genealogy.belongs_on(brand, number, today)]
    brands = _brands(session, counts, number, ever, set(now))
    counts.keep(np.isin(counts.attribution.brand, now), Rule("of other firms' brands"))
    counts.account(session)
    basis.cautions += share(DOUBTED, counts.doubts(session) != 0)
    basis.cautions += _product_lines(genealogy, number, [line for line in brands if line.made_unknown])
    owner = genealogy.owner_now(number).organization_id
    controls = fetch_control_days(session)
    used = controls.used(counts.weapons())
    basis.notes += days_in_words(used)
    ids, reported = counts.component_ids(session), counts.reported_ids(session)
    concerned = transfers_of_firm(
        session, now, reported, (int(part) for part in np.unique(counts.part) if part)
    )
    owners = [step.owner_id for step in genealogy.ownership_chain(number, today)[0][:-1]]
    return Exposure(
        firm=label,
        firm_ref=ref,
        owner_now=genealogy.labels.get(owner) if owner not in (None, number) else None,
        figures=_figures(counts, number, now, controls, today) if ids else None,
        control_days=used,
        names=names_of(session, number),
        ownership=ownership_of(session, ever, owners),
        brands=brands,
        parts=exposed_parts(session, counts, ids, reported),
        weapons=exposed_weapons(session, counts),
        transfers=_transfers(session, basis, concerned, selection.clearance),
        looked_for=LookedFor(concerned.names, concerned.parts, len(ids)),
        sources=exposed_sources(session, reported),
        basis=basis,
    )


def _transfers(
    session: Session, basis: Basis, concerned: FirmTransfers, clearance: Tlp | None
) -> tuple[FirmTransferLine, ...]:
    """The transfers that may be shown; they count for the handling of the answer."""
    # Loads the tables of every kind of record; other questions do not need them.
    from provenance.queries.marked_records import effective_marks

    numbers = list(concerned.found)
    shown = transfers_to_show(session, numbers, clearance)
    if hidden := len(transfers_to_show(session, numbers, None)) - len(shown):
        basis.cautions.append(f"Left out: {many(hidden, 'transfer')} {stricter_than(clearance)}.")
    marks = [mark for each in effective_marks(session, RecordKind.TRANSFER, shown).values() for mark in each]
    if marks and basis.handling is not None:
        strict = max(basis.handling.tlp, strictest(marks), key=strictness)
        unmarked = basis.handling.unmarked + sum(mark is None for mark in marks)
        basis.handling = Handling(strict, unmarked)
    elif marks:
        basis.handling = Handling.of(marks)
    numbered = zip(shown, transfer_lines(session, shown), strict=True)
    return tuple(
        FirmTransferLine(
            ref=line.ref,
            component_ref=line.component_ref,
            goods=line.goods,
            evidence_class=line.evidence_class,
            date=line.date,
            parties=line.parties,
            source=line.source,
            address=line.address,
            note=line.note,
            found_by=concerned.found[number],
        )
        for number, line in numbered
    )


def _figures(counts: Counts, number: int, now: list[int], controls: ControlDays, today: date) -> Figures:
    unverified = [
        brand
        for brand in now
        if any(not step.verified for step in _steps_to(counts.genealogy, brand, number, today))
    ]
    groups = GroupCounts(counts.facts, counts.rows, np.full(len(counts.rows), number))
    mask = np.isin(counts.attribution.brand, unverified)
    return groups.figures(groups.members([0]), counts.part, mask, controls)[0]


def _product_lines(genealogy: Genealogy, number: int, brands: list[BrandExposure]) -> list[str]:
    """Which product lines leave open by whom components of a brand were made."""
    unknown = {brand.brand for brand in brands if brand.components}
    found: list[str] = []
    for brand in sorted(genealogy.owned.get(number, {number}) | {number}):
        if genealogy.labels.get(brand) not in unknown:
            continue
        found += [
            f"Made while owned is unknown of components that may be of a product line"
            f" ({line.name}) which {genealogy.labels.get(line.buyer_id)} bought from"
            f" {genealogy.labels.get(line.seller_id)}: {since}."
            for line in genealogy.lines_bought(brand)
            if (since := span_of(*line.since) or "date unknown")
        ]
    return found


def _steps_to(genealogy: Genealogy, brand: int, owner: int, day: date) -> list[Step]:
    """The steps of ownership from a brand up to an owner on a day."""
    steps, _open = genealogy.ownership_chain(brand, day)
    places = [place for place, step in enumerate(steps) if step.owner_id == owner]
    return steps[: places[0] + 1] if places else []


def _brands(
    session: Session, counts: Counts, number: int, ever: list[int], now: set[int]
) -> tuple[BrandExposure, ...]:
    labels = organization_labels(session, ever)
    brands = counts.attribution.brand
    found: list[BrandExposure] = []
    for brand, (label, ref) in labels.items():
        rows = counts.rows.take(np.flatnonzero(brands == brand))
        if not len(rows) and brand != number:
            continue
        periods = counts.genealogy.making(brand, number)
        days = np.array([day.toordinal() for day, _owned in periods])
        owned = np.array([{True: 1, False: 0, None: 2}[state] for _day, state in periods])
        earliest, latest = counts.facts.made_bounds(rows)
        first = np.searchsorted(days, np.maximum(earliest, 1), side="right") - 1
        last = np.searchsorted(days, latest, side="right") - 1
        state = np.where(first == last, owned[first], 2)
        found.append(
            BrandExposure(
                brand=label,
                brand_ref=ref,
                counted=brand in now,
                recoveries=counts.facts.count_recoveries(rows),
                components=len(rows),
                made_while_owned=int(np.count_nonzero(state == 1)),
                made_otherwise=int(np.count_nonzero(state == 0)),
                made_unknown=int(np.count_nonzero(state == 2)),
            )
        )
    order = sorted(found, key=lambda each: (not each.counted, -each.recoveries, -each.components, each.brand))
    return tuple(order)
