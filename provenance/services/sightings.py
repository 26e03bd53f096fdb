"""Firms and parts first seen, or first entered, since a day or an import."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from provenance.core.errors import UsageError
from provenance.queries.imports import ImportMade, import_named
from provenance.queries.sightings import fetch_entered, fetch_sightings
from provenance.services.contracts.sightings import NewRequest, NewResult
from provenance.services.selection import selection_of

if TYPE_CHECKING:
    from provenance.schema.session import Session
    from provenance.services.workspace import Workspace


def first_sightings(workspace: Workspace, request: NewRequest) -> NewResult:
    """Firms and parts that were first seen since a day, or that nothing entered before named.

    Raises:
        UsageError: not exactly one of day, day of entry and import is given.
        NotFound: there is no such import.
        Ambiguous: a file of that name was imported several times.
    """
    given = (request.since, request.entered_since, request.since_import)
    if sum(each is not None for each in given) != 1:
        raise UsageError("Since when? Give a day, a day of entry, or an import: one of them", code="since")
    with workspace.reading() as session:
        selection = selection_of(session, workspace, request.filters)
        if request.since is not None:
            found = fetch_sightings(session, request.since, selection, request.basis, today=session.today)
            return NewResult(
                since=request.since,
                entered_since=None,
                since_import=None,
                rows=tuple(found.rows),
                basis=found.basis,
            )
        moment, made = _entered_since(session, request)
        found = fetch_entered(session, moment, selection, request.basis, today=session.today)
    return NewResult(
        since=None,
        entered_since=moment,
        since_import=made.name if made else None,
        rows=tuple(found.rows),
        basis=found.basis,
    )


def _entered_since(session: Session, request: NewRequest) -> tuple[datetime, ImportMade | None]:
    """The moment, and the import that began then; a day begins at midnight UTC, as the audit trail counts."""
    if request.entered_since is not None:
        return datetime.combine(request.entered_since, time.min, UTC), None
    assert request.since_import is not None
    made = import_named(session, request.since_import)
    return made.began_at, made
