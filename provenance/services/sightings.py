"""Firms and parts first seen since a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.queries.sightings import fetch_sightings
from provenance.services.contracts.sightings import NewRequest, NewResult
from provenance.services.selection import selection_of

if TYPE_CHECKING:
    from provenance.services.workspace import Workspace


def first_sightings(workspace: Workspace, request: NewRequest) -> NewResult:
    """Firms and parts that were first seen since a day."""
    with workspace.reading() as session:
        selection = selection_of(session, workspace, request.filters)
        found = fetch_sightings(session, request.since, selection, request.basis, today=session.today)
    return NewResult(since=request.since, rows=tuple(found.rows), basis=found.basis)
