"""Who keeps turning up, and the evidence for a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.queries.evidence import fetch_evidence
from provenance.queries.ranking import TopQuestion, fetch_top
from provenance.services.contracts.ranking import (
    EvidenceRequest,
    EvidenceResult,
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
        selection = selection_of(session, workspace, request.filters)
        found = fetch_evidence(session, request.firm, selection, request.basis, today=session.today)
    return EvidenceResult(
        firm=found.firm,
        firm_ref=found.firm_ref,
        counted_elsewhere=found.counted_elsewhere,
        rows=tuple(found.recoveries),
        basis=found.basis,
    )
