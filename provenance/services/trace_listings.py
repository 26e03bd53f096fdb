"""Trade and listing of firms: the lag, what followed, who began afterwards."""

from __future__ import annotations

from sqlalchemy import select

from provenance.core.errors import NotFound
from provenance.queries.names import organization_named
from provenance.schema.session import Session
from provenance.schema.watchlists import Watchlist
from provenance.services.contracts.trace_listings import ListingsRequest, ListingsResult
from provenance.services.workspace import Workspace
from provenance.tracing.listing_survey import fetch_listings
from provenance.tracing.statements import AsOf
from provenance.tracing.surveys import Scope


def listings(workspace: Workspace, request: ListingsRequest) -> ListingsResult:
    """Firms with trade on record whose name is on a watchlist.

    Raises:
        NotFound: there is no such firm or watchlist.
    """
    as_of = AsOf(request.known_on, request.known_by, workspace.clearance)
    with workspace.reading() as session:
        _check(session, request.watchlists)
        firms = [organization_named(session, request.firm)] if request.firm else []
        scope = Scope(classes=request.evidence_classes, as_of=as_of)
        rows, basis = fetch_listings(session, scope, watchlists=request.watchlists, firms=firms)
    return ListingsResult(basis=basis, rows=rows)


def _check(session: Session, keys: tuple[str, ...]) -> None:
    known = sorted(session.execute(select(Watchlist.key)).scalars())
    for key in keys:
        if key not in known:
            raise NotFound(
                f"There is no watchlist {key}", near=known, hint="provenance watchlist status lists them."
            )
