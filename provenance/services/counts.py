"""Counting questions: rankings, the evidence for a figure, one firm, first sightings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.queries.evidence import fetch_evidence
from provenance.queries.exposure import fetch_exposure
from provenance.queries.filters import Selection, known_tiers
from provenance.queries.names import weapons_named
from provenance.queries.ranking import TopQuestion, fetch_top
from provenance.queries.sightings import fetch_sightings
from provenance.services.contracts.counts import (
    CountFilters,
    EvidenceRequest,
    EvidenceResult,
    ExposureRequest,
    ExposureResult,
    NewRequest,
    NewResult,
    TopRequest,
    TopResult,
    top_row,
)

if TYPE_CHECKING:
    from provenance.schema.session import Session
    from provenance.services.workspace import Workspace


def rank(workspace: Workspace, request: TopRequest) -> TopResult:
    """Firms, parts, weapons or countries by distinct recoveries.

    Raises:
        NotFound: a weapon of the filters is not known.
        UsageError: a tier of the filters does not exist.
    """
    with workspace.reading() as session:
        question = TopQuestion(
            selection=_selection(session, workspace, request.filters),
            basis=request.basis,
            country=request.country,
            by=request.by,
            min_recoveries=request.min_recoveries,
            brands=request.brands,
            limit=request.limit,
        )
        found = fetch_top(session, question, today=session.today)
    return TopResult(
        by=request.by,
        country=question.count.country,
        country_basis=request.basis,
        rows=tuple(top_row(group, request.by) for group in found.rows),
        basis=found.basis,
    )


def evidence(workspace: Workspace, request: EvidenceRequest) -> EvidenceResult:
    """Every recovery and component behind a firm's figure.

    Raises:
        NotFound: no firm has that name, or a weapon of the filters is not known.
    """
    with workspace.reading() as session:
        selection = _selection(session, workspace, request.filters)
        found = fetch_evidence(session, request.firm, selection, request.basis, today=session.today)
    return EvidenceResult(
        firm=found.firm,
        firm_ref=found.firm_ref,
        counted_elsewhere=found.counted_elsewhere,
        rows=tuple(found.recoveries),
        basis=found.basis,
    )


def exposure(workspace: Workspace, request: ExposureRequest) -> ExposureResult:
    """What is on record about one firm.

    Raises:
        NotFound: no firm has that name, or a weapon of the filters is not known.
    """
    with workspace.reading() as session:
        selection = _selection(session, workspace, request.filters)
        found = fetch_exposure(session, request.firm, selection, today=session.today)
    return ExposureResult(
        firm=found.firm,
        firm_ref=found.firm_ref,
        owner_now=found.owner_now,
        figures=found.figures,
        names=found.names,
        ownership=found.ownership,
        brands=found.brands,
        weapons=found.weapons,
        transfers=found.transfers,
        sources=found.sources,
        rows=found.parts,
        basis=found.basis,
    )


def first_sightings(workspace: Workspace, request: NewRequest) -> NewResult:
    """Firms and parts that were first seen since a day."""
    with workspace.reading() as session:
        selection = _selection(session, workspace, request.filters)
        found = fetch_sightings(session, request.since, selection, request.basis, today=session.today)
    return NewResult(since=request.since, rows=tuple(found.rows), basis=found.basis)


def _selection(session: Session, workspace: Workspace, filters: CountFilters) -> Selection:
    """The filters with weapons and tiers looked up, and the clearance of the workspace."""
    return Selection(
        weapon_kinds=filters.weapon_kinds,
        since=filters.since,
        until=filters.until,
        weapon_ids=weapons_named(session, filters.weapons),
        categories=filters.categories,
        tiers=known_tiers(session, filters.chpl_tiers),
        made_after=filters.made_after,
        min_credibility=filters.min_credibility,
        include_suspect=filters.include_suspect,
        include_tentative=filters.include_tentative,
        clearance=workspace.clearance,
    )
