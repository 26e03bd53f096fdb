"""Leads between recoveries: lots found in several, and recoveries that share rare parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.core.errors import UsageError
from provenance.domain.record_kinds import RecordKind
from provenance.queries.leads.holders import Holder
from provenance.queries.leads.lots import LotQuestion, fetch_lots
from provenance.queries.leads.similar import SimilarQuestion, fetch_similar
from provenance.queries.names import organization_named
from provenance.queries.record import fetch_record, locate
from provenance.services.contracts.leads import LotsRequest, LotsResult, SimilarRequest, SimilarResult

if TYPE_CHECKING:
    from provenance.schema.session import Session
    from provenance.services.workspace import Workspace

_HOLDERS = (RecordKind.RECOVERY, RecordKind.UNIT)


def lots(workspace: Workspace, request: LotsRequest) -> LotsResult:
    """Lots and date codes of one maker's goods in several recoveries, the rarest first.

    Raises:
        NotFound: no firm has that name.
    """
    with workspace.reading() as session:
        question = LotQuestion(
            maker=organization_named(session, request.firm) if request.firm else None,
            min_recoveries=request.min_recoveries,
            limit=request.limit,
            read_parts=request.include_read_parts,
            clearance=workspace.clearance,
        )
        found = fetch_lots(session, question)
    return LotsResult(total=found.total, rows=found.rows, basis=found.basis)


def similar(workspace: Workspace, request: SimilarRequest) -> SimilarResult:
    """Recoveries or units that share rare parts with one, and what was swapped since an earlier one.

    Raises:
        NotFound: there is no such record.
        Ambiguous: several have that handle.
        UsageError: it is neither a recovery nor a unit, or the two cannot be compared.
        BadInput: it has nothing that could be compared.
        Withheld: it is marked more strictly than the clearance.
    """
    with workspace.reading() as session:
        question = SimilarQuestion(
            subject=_holder(session, workspace, request.text),
            against=_holder(session, workspace, request.against) if request.against else None,
            swapped=request.swapped,
            limit=request.limit,
            read_parts=request.include_read_parts,
            clearance=workspace.clearance,
        )
        found = fetch_similar(session, question)
    return SimilarResult(
        ref=found.ref,
        label=found.label,
        total=found.total,
        compared_with=found.compared_with,
        changes=found.changes,
        rows=found.rows,
        basis=found.basis,
    )


def _holder(session: Session, workspace: Workspace, text: str) -> Holder:
    """The recovery or unit of any handle, if it may be shown."""
    name, number = locate(session, text, max_tlp=workspace.clearance)
    kind = RecordKind(name)
    if kind not in _HOLDERS:
        raise UsageError(f"{text} is a {kind.replace('_', ' ')}; recoveries and units can be compared")
    fetch_record(session, text, clearance=workspace.clearance)
    return kind, number
