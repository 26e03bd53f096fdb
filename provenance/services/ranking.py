"""Who keeps turning up, and the evidence for a figure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.queries.evidence import fetch_evidence
from provenance.queries.ranking import GROUPS, GroupBy, Ranking, TopQuestion, fetch_top
from provenance.services.contracts.count_filters import CountFilters
from provenance.services.contracts.ranking import (
    EvidenceRequest,
    EvidenceResult,
    ReadingsWouldCount,
    TopRequest,
    TopResult,
    top_row,
)
from provenance.services.selection import selection_of

if TYPE_CHECKING:
    from provenance.services.workspace import Workspace


def rank(workspace: Workspace, request: TopRequest) -> TopResult:
    """Firms, parts, weapons or countries by distinct recoveries.

    Raises:
        NotFound: a weapon of the filters is not known.
        UsageError: a tier of the filters does not exist.
    """
    with workspace.reading() as session:
        question = TopQuestion(
            selection=selection_of(session, workspace, request.filters),
            basis=request.basis,
            country=request.country,
            by=request.by,
            min_recoveries=request.min_recoveries,
            brands=request.brands,
            limit=request.limit,
        )
        found = fetch_top(session, question, today=session.today)
        with_readings = None
        if not found.rows and request.filters != (more := _with_readings(request.filters)):
            wider = replace(question, selection=selection_of(session, workspace, more))
            with_readings = _would_count(fetch_top(session, wider, today=session.today), request.by)
    return TopResult(
        by=request.by,
        country=question.count.country,
        country_basis=request.basis,
        rows=tuple(top_row(group, request.by) for group in found.rows),
        with_readings=with_readings,
        control_days=found.control_days,
        basis=found.basis,
    )


def _with_readings(filters: CountFilters) -> CountFilters:
    """The same filters, with what the program reads from markings."""
    return filters.model_copy(update={"include_read_parts": True, "include_read_makers": True})


def _would_count(found: Ranking, by: GroupBy) -> ReadingsWouldCount:
    counted = found.basis.counted
    return ReadingsWouldCount(
        groups=counted.get(GROUPS[by], 0),
        qualifying=counted.get("qualifying", 0),
        components=counted.get("components", 0),
        recoveries=counted.get("recoveries", 0),
    )


def evidence(workspace: Workspace, request: EvidenceRequest) -> EvidenceResult:
    """Every recovery and component behind a firm's figure.

    Raises:
        NotFound: no firm has that name, or a weapon of the filters is not known.
    """
    with workspace.reading() as session:
        selection = selection_of(session, workspace, request.filters)
        found = fetch_evidence(session, request.firm, selection, request.basis, today=session.today)
    return EvidenceResult(
        firm=found.firm,
        firm_ref=found.firm_ref,
        counted_elsewhere=found.counted_elsewhere,
        rows=tuple(found.recoveries),
        basis=found.basis,
    )
