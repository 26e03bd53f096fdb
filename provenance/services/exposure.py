"""What is on record about one firm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.queries.exposure import fetch_exposure
from provenance.services.contracts.exposure import ExposureRequest, ExposureResult
from provenance.services.selection import selection_of

if TYPE_CHECKING:
    from provenance.services.workspace import Workspace


def exposure(workspace: Workspace, request: ExposureRequest) -> ExposureResult:
    """What is on record about one firm.

    Raises:
        NotFound: no firm has that name, or a weapon of the filters is not known.
    """
    with workspace.reading() as session:
        selection = selection_of(session, workspace, request.filters)
        found = fetch_exposure(session, request.firm, selection, today=session.today)
    return ExposureResult(
        firm=found.firm,
        firm_ref=found.firm_ref,
        owner_now=found.owner_now,
        figures=found.figures,
        control_days=found.control_days,
        names=found.names,
        ownership=found.ownership,
        brands=found.brands,
        weapons=found.weapons,
        transfers=found.transfers,
        looked_for=found.looked_for,
        sources=found.sources,
        rows=found.parts,
        basis=found.basis,
    )
