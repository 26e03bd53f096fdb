"""Seizures by direction, route and goods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.queries.names import organization_labels, organization_named
from provenance.queries.seizures import SeizureQuestion, fetch_seizures
from provenance.services.contracts.seizures import SeizuresRequest, SeizuresResult

if TYPE_CHECKING:
    from provenance.services.workspace import Workspace


def seizures(workspace: Workspace, request: SeizuresRequest) -> SeizuresResult:
    """The seizures that fit; those that could not be judged are in the basis.

    Raises:
        NotFound: no firm has that name.
    """
    with workspace.reading() as session:
        firm = organization_named(session, request.firm) if request.firm else None
        question = SeizureQuestion(
            movement=request.movement,
            from_country=request.from_country,
            to_country=request.to_country,
            goods=request.goods,
            hs=request.hs,
            firm=firm,
            firm_name=organization_labels(session, [firm])[firm][0] if firm else None,
            since=request.since,
            until=request.until,
            clearance=workspace.clearance,
        )
        found = fetch_seizures(session, question)
    return SeizuresResult(routes=tuple(found.routes), rows=tuple(found.rows), basis=found.basis)
