"""Questions about all roads on record: chokepoints, recurring distributors, gaps; with their basis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy import func, select

from provenance.core.basis import NO_CLEARANCE, Basis
from provenance.core.vocabulary import EvidenceClass, StatementStatus
from provenance.domain.sameness import clusters
from provenance.queries.fingerprint import data_fingerprint
from provenance.queries.names import organization_labels
from provenance.schema.recoveries import Component, MakerAttribution
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.schema.traces import TraceRequest
from provenance.schema.transfers import Document, Transfer
from provenance.tracing.asking import Gap, Question, gaps
from provenance.tracing.chokepoints import Survey, firms, makers_only, order, survey
from provenance.tracing.classes import CLASSES, DOCUMENTED
from provenance.tracing.cutoff import MOST_CUT, cut_off
from provenance.tracing.finds import Finds, load_finds
from provenance.tracing.ledger import Ledger, load_ledger, of_classes
from provenance.tracing.marks import handling_of
from provenance.tracing.network import Mask, Numbers
from provenance.tracing.people import (
    Figures,
    Named,
    countries_of,
    figures_of,
    names_of,
    transfers_at,
)
from provenance.tracing.statements import AsOf

STANDS_ON_ROADS = (
    "Standing on a road is no evidence of wrongdoing: who sold what to whom knowingly is not told."
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What to survey: finds of some weapons or makers, transfers of some classes, as known on a day."""

    weapons: Sequence[int] = ()
    makers: Sequence[int] = ()
    country: str | None = None
    classes: Sequence[EvidenceClass] = DOCUMENTED
    as_of: AsOf = field(default_factory=AsOf)
    min_documents: int = 2
    with_makers: bool = False


@dataclass(frozen=True, slots=True)
class Chokepoint:
    """One organization on roads into recoveries; equal counts share a rank, none is None (one document)."""

    rank: int | None
    firm: Named
    some_recoveries: int
    some_components: int
    every_recoveries: int
    every_components: int
    replaceable_recoveries: int
    documents: int
    origin_groups: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class CutStep:
    """What is left after one more organization is cut off."""

    firm: Named
    left: int
    at_least_left: int


@dataclass(slots=True)
class Chokepoints:
    """Coverage first, then the organizations in their order."""

    with_road: int
    recoveries: int
    components_with_road: int
    components: int
    rows: list[Chokepoint]
    unranked: int
    cut: list[CutStep]
    basis: Basis


def _load(session: Session, scope: Scope) -> tuple[Ledger, Finds]:
    ledger = load_ledger(session, scope.as_of, classes=scope.classes)
    finds = load_finds(
        session, ledger, weapons=scope.weapons, makers=scope.makers, published_by=scope.as_of.day
    )
    return ledger, finds


def _wide(scope: Scope) -> bool:
    return EvidenceClass.TRADE_RECORD_SAME_HS in scope.classes


def fetch_chokepoints(session: Session, scope: Scope, *, limit: int = 20) -> Chokepoints:
    """Which organizations stand on the most roads into recoveries, and what would be left without them.

    What rests on fewer than ``scope.min_documents`` independent documents is counted and not ranked.
    """
    ledger, finds = _load(session, scope)
    found = survey(ledger, finds, wide=_wide(scope))
    wanted = _candidates(session, ledger, scope) & (found.standing.some_recoveries > 0)
    ranked = wanted & (found.standing.documents >= scope.min_documents)
    numbers = order(found.standing, ranked)
    shown = numbers[: limit or None].tolist()
    cut = cut_off(found, ranked, MOST_CUT)
    names = names_of(session, ledger, [*shown, *cut.holders])
    rows = [_row(session, found, node, names[node], _rank(found, numbers, node)) for node in shown]
    basis = _basis(session, "trace chokepoints", found, scope)
    unranked = int(np.count_nonzero(wanted & ~ranked))
    if unranked:
        basis.notes.append(
            f"Not ranked: {unranked:,} organizations that rest on fewer than {scope.min_documents}"
            " independent documents."
        )
    basis.notes.append(STANDS_ON_ROADS if rows else NO_CLEARANCE)
    return Chokepoints(
        found.with_road,
        finds.recoveries,
        found.components_with_road,
        len(finds.component),
        rows,
        unranked,
        [
            CutStep(names[node], left, low)
            for node, left, low in zip(cut.holders, cut.left, cut.at_least_left, strict=True)
        ],
        basis,
    )


def _candidates(session: Session, ledger: Ledger, scope: Scope) -> Mask:
    wanted = firms(ledger)
    if not scope.with_makers:
        wanted &= ~makers_only(ledger)
    if scope.country:
        numbers = {node: int(ledger.holders[node][1]) for node in np.flatnonzero(wanted).tolist()}
        there = countries_of(session, numbers.values())
        for node, number in numbers.items():
            wanted[node] = scope.country in there[number]
    return wanted


def _rank(found: Survey, ranked: Numbers, node: int) -> int:
    better = found.standing.some_recoveries[ranked] > found.standing.some_recoveries[node]
    return int(np.count_nonzero(better)) + 1


def _row(session: Session, found: Survey, node: int, name: Named, rank: int | None) -> Chokepoint:
    standing, ledger = found.standing, found.ledger
    numbers = transfers_at(ledger, found.roads.hop[found.reached.hops], node)
    some, every = int(standing.some_recoveries[node]), int(standing.every_recoveries[node])
    return Chokepoint(
        rank=rank,
        firm=name,
        some_recoveries=some,
        some_components=int(standing.some_components[node]),
        every_recoveries=every,
        every_components=int(standing.every_components[node]),
        replaceable_recoveries=some - every,
        documents=int(standing.documents[node]),
        origin_groups=_origin_groups(session, numbers),
        figures=figures_of(session, int(ledger.holders[node][1]), numbers),
    )


def _origin_groups(session: Session, numbers: Sequence[int]) -> int:
    """How many origins the statements go back to: of their documents, else of their sources."""
    found: set[str] = set()
    for start in range(0, len(numbers), 5_000):
        rows = session.execute(
            select(func.coalesce(Document.origin_group, Source.origin_group))
            .select_from(Transfer)
            .outerjoin(Document, Document.id == Transfer.document_id)
            .outerjoin(Citation, Citation.transfer_id == Transfer.id)
            .outerjoin(Source, Source.id == Citation.source_id)
            .where(Transfer.id.in_(numbers[start : start + 5_000]))
            .distinct()
        ).scalars()
        found |= {group for group in rows if group}
    return len(found)


def _basis(session: Session, question: str, found: Survey, scope: Scope) -> Basis:
    finds, ledger = found.finds, found.ledger
    basis = Basis(question, "recoveries with a road on record", data_fingerprint(session))
    basis.filters = {
        "classes": ", ".join(scope.classes),
        "goods": "same item, lot or part number all the way",
        "dates": "goods cannot leave before they arrive",
    }
    basis.filters |= scope.as_of.settings()
    basis.handling = handling_of(session, scope.classes, scope.as_of.max_tlp)
    basis.counted = {"components": found.components_with_road, "recoveries": found.with_road}
    basis.out_of = {"components": len(finds.component), "recoveries": finds.recoveries}
    dark = len(finds.component) - found.components_with_road
    if dark:
        lost = finds.recoveries - found.with_road
        basis.leave_out("without any such road on record", dark, lost, unjudged=True)
    alone = sum(kind in ("name", "confidential") for kind, _who in ledger.holders)
    if alone:
        basis.notes.append(
            "Parties that are no firm on record (two firms of one name, or given in confidence), on roads but"
            f" not ranked: {alone:,}."
        )
    if ledger.to_self:
        basis.notes.append(f"Transfers of a firm to itself are on no road: {ledger.to_self:,}.")
    basis.notes.append(
        "“every road” is at least so many: dates of combinations may rule out more roads than are ruled out"
        " here."
    )
    return basis


@dataclass(frozen=True, slots=True)
class Recurring:
    """A distributor and the recoveries it reaches, each under the weakest class of its strongest road."""

    rank: int
    firm: Named
    recoveries: int
    by_class: dict[str, int]
    documents: int
    figures: Figures


def fetch_recurring(session: Session, scope: Scope, *, limit: int = 20) -> tuple[list[Recurring], Basis]:
    """Distributors by the recoveries they reach, evidence classes apart: none counts in two of them."""
    ledger, finds = _load(session, scope)
    found = survey(ledger, finds, wide=_wide(scope))
    so_far = np.zeros(ledger.nodes, np.int64)
    by_class: dict[EvidenceClass, Numbers] = {}
    for place, name in enumerate(CLASSES):
        if name in scope.classes:
            here = (
                found if name == CLASSES[-1] else survey(of_classes(ledger, place), finds, wide=_wide(scope))
            )
            by_class[name] = here.standing.some_recoveries - so_far
            so_far = here.standing.some_recoveries
    wanted = _candidates(session, ledger, scope) & (found.standing.some_recoveries > 0)
    numbers = order(found.standing, wanted)
    shown = numbers[: limit or None].tolist()
    names = names_of(session, ledger, shown)
    hops = found.roads.hop[found.reached.hops]
    rows = [
        Recurring(
            rank=_rank(found, numbers, node),
            firm=names[node],
            recoveries=int(found.standing.some_recoveries[node]),
            by_class={name: int(counts[node]) for name, counts in by_class.items()},
            documents=int(found.standing.documents[node]),
            figures=figures_of(session, int(ledger.holders[node][1]), transfers_at(ledger, hops, node)),
        )
        for node in shown
    ]
    basis = _basis(session, "trace recurring", found, scope)
    basis.notes.append("Each recovery is counted under the weakest class on its strongest road, once.")
    basis.notes.append(STANDS_ON_ROADS if rows else NO_CLEARANCE)
    return rows, basis


@dataclass(frozen=True, slots=True)
class GapRow:
    """A question to a firm and what would gain from it; ``asked`` is how many requests went to it already."""

    question: Question
    firm: Named
    recoveries: int
    components: int
    traceable: int
    asked: int


def fetch_gaps(session: Session, scope: Scope, *, limit: int = 20) -> tuple[list[GapRow], int, Basis]:
    """The chains worth a request, by how many recoveries would gain; and how many there are in all."""
    ledger, finds = _load(session, scope)
    found = survey(ledger, finds, wide=_wide(scope))
    brand, coded = _brands(session, finds)
    rows = gaps(found, firms(ledger), brand, coded)
    shown: list[Gap] = rows[: limit or None]
    of_ledger = [gap.holder for gap in shown if gap.question != Question.FIRST_SALE]
    names = names_of(session, ledger, of_ledger)
    makers = organization_labels(
        session, [gap.holder for gap in shown if gap.question == Question.FIRST_SALE]
    )
    asked = _asked(session)
    found_rows = []
    for gap in shown:
        first = gap.question == Question.FIRST_SALE
        firm = Named(*makers[gap.holder]) if first else names[gap.holder]
        number = gap.holder if first else int(ledger.holders[gap.holder][1])
        found_rows.append(
            GapRow(gap.question, firm, gap.recoveries, gap.components, gap.traceable, asked.get(number, 0))
        )
    basis = _basis(session, "trace gaps", found, scope)
    basis.notes.append("A component is traceable by a seller where it carries a lot or a date code.")
    return found_rows, len(rows), basis


def _brands(session: Session, finds: Finds) -> tuple[Numbers, Mask]:
    merged = clusters(session, "organization")
    makers = {
        row.component_id: merged.get(row.organization_id, row.organization_id)
        for row in session.execute(
            select(MakerAttribution.component_id, MakerAttribution.organization_id).where(
                MakerAttribution.superseded_by.is_(None),
                MakerAttribution.status != StatementStatus.TENTATIVE,
                MakerAttribution.organization_id.is_not(None),
            )
        )
    }
    coded = set(
        session.execute(
            select(Component.id).where(Component.lot.is_not(None) | Component.date_code.is_not(None))
        ).scalars()
    )
    numbers = finds.component.tolist()
    return (
        np.array([makers.get(number, 0) for number in numbers], np.int64),
        np.array([number in coded for number in numbers], bool),
    )


def _asked(session: Session) -> dict[int, int]:
    merged = clusters(session, "organization")
    found: dict[int, int] = {}
    rows = session.execute(
        select(TraceRequest.organization_id, func.count()).group_by(TraceRequest.organization_id)
    )
    for number, count in rows:
        first = merged.get(number, number)
        found[first] = found.get(first, 0) + count
    return found
