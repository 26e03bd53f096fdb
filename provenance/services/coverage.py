"""What has not been seen yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.queries.coverage import fetch_coverage
from provenance.services.contracts.coverage import CoverageRequest, CoverageResult, coverage_row
from provenance.services.selection import selection_of

if TYPE_CHECKING:
    from provenance.services.workspace import Workspace


def unseen(workspace: Workspace, request: CoverageRequest) -> CoverageResult:
    """Firms and parts that were seen once, and an estimate of those that were not.

    Raises:
        NotFound: a weapon of the filters is not known.
        UsageError: a tier of the filters does not exist.
    """
    with workspace.reading() as session:
        selection = selection_of(session, workspace, request.filters)
        found = fetch_coverage(
            session,
            selection,
            request.basis,
            today=session.today,
            min_recoveries=request.min_recoveries,
        )
    return CoverageResult(
        weapons_left_out=found.too_few,
        rows=tuple(map(coverage_row, found.rows)),
        basis=found.basis,
    )
