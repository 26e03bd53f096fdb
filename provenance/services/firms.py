"""Questions about firms: lists, what to look over, and who owned whom on a day."""

from __future__ import annotations

from sqlalchemy import select

from provenance.core.errors import Withheld
from provenance.core.identity import reference
from provenance.core.tlp import stricter_than
from provenance.domain.ownership import load_genealogy
from provenance.domain.record_kinds import RecordKind
from provenance.domain.references import uid_of
from provenance.domain.sameness import clusters
from provenance.queries.firm_list import FirmFilter, fetch_firms, fetch_new_firms
from provenance.queries.firm_tree import fetch_tree
from provenance.queries.marked_names import may_show_name
from provenance.queries.names import organization_labels, organization_named
from provenance.schema.organizations import Organization
from provenance.schema.session import Session
from provenance.services.contracts.firms import (
    FirmListRequest,
    FirmListResult,
    FirmReviewResult,
    FirmTreeRequest,
    FirmTreeResult,
)
from provenance.services.contracts.records import ShowRequest, ShowResult
from provenance.services.firm_changes import firm_meant
from provenance.services.records import show
from provenance.services.workspace import Workspace


def list_firms(workspace: Workspace, request: FirmListRequest) -> FirmListResult:
    """Firms by name, up to the workspace's clearance."""
    wanted = FirmFilter(request.text, request.kind, request.country, request.unverified)
    with workspace.reading() as session:
        found = fetch_firms(session, wanted)
        shown = _shown(session, workspace)
    rows = [row for row in found if shown is None or row.ref in shown]
    limit = request.limit or len(rows)
    return FirmListResult(total=len(rows), left_out=len(found) - len(rows), rows=tuple(rows[:limit]))


def review_firms(workspace: Workspace, limit: int = 0) -> FirmReviewResult:
    """Firms that were made of names and never checked, up to the workspace's clearance; at most ``limit``."""
    with workspace.reading() as session:
        found = fetch_new_firms(session)
        shown = _shown(session, workspace)
    rows = [row for row in found if shown is None or row.ref in shown]
    return FirmReviewResult(
        total=len(rows), left_out=len(found) - len(rows), rows=tuple(rows[: limit or len(rows)])
    )


def _shown(session: Session, workspace: Workspace) -> set[str] | None:
    """References of the firms that may be named; None for all."""
    may_show = may_show_name(RecordKind.ORGANIZATION, workspace.clearance)
    if may_show is None:
        return None
    rows = session.execute(select(Organization.uid).where(may_show)).scalars()
    return {reference(RecordKind.ORGANIZATION, uid) for uid in rows}


def firm_tree(workspace: Workspace, request: FirmTreeRequest) -> FirmTreeResult:
    """Who owned a firm and what it owned on a day.

    Raises:
        NotFound: no such firm.
        Withheld: only records that are marked more strictly than the clearance name it.
    """
    with workspace.reading() as session:
        number = organization_named(session, request.firm)
        shown = _shown(session, workspace)
        first = clusters(session, RecordKind.ORGANIZATION).get(number, number)
        label, ref = organization_labels(session, [first])[first]
        if shown is not None and ref not in shown:
            raise Withheld(f"{request.firm} is named only by records {stricter_than(workspace.clearance)}")
        day = request.at or workspace.today
        lines = fetch_tree(session, number, day)
        genealogy = load_genealogy(session, today=session.today)
        owner = genealogy.owner_on(number, day)
    return FirmTreeResult(
        firm=label,
        firm_ref=ref,
        at=day,
        top_owner=None if owner.organization_id is None else genealogy.labels[owner.organization_id],
        top_owner_unverified=owner.unverified,
        rows=tuple(line for line in lines if shown is None or line.firm_ref in shown),
    )


def show_firm(workspace: Workspace, text: str) -> ShowResult:
    """One firm with everything on record around it.

    Raises:
        NotFound: no such firm.
        Withheld: it is marked more strictly than the clearance.
    """
    with workspace.reading() as session:
        uid = uid_of(session, RecordKind.ORGANIZATION, firm_meant(session, text))
    return show(workspace, ShowRequest(text=reference(RecordKind.ORGANIZATION, uid)))
