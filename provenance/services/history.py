"""A record's life: what was done with it, by whom, when and why."""

from __future__ import annotations

from provenance.domain.record_kinds import RecordKind
from provenance.queries.history import fetch_history
from provenance.queries.record import fetch_record, locate
from provenance.services.contracts.amendments import HistoryRequest, HistoryResult
from provenance.services.workspace import Workspace


def history(workspace: Workspace, request: HistoryRequest) -> HistoryResult:
    """What was done with one record, the newest last.

    Raises:
        NotFound: nothing has that reference, record key or name.
        Ambiguous: several records have it.
        Withheld: the record is marked more strictly than the clearance.
    """
    with workspace.reading() as session:
        record = fetch_record(session, request.text, clearance=workspace.clearance)
        kind, number = locate(session, request.text, max_tlp=workspace.clearance)
        found = fetch_history(session, RecordKind(kind), number, workspace.clearance)
    return HistoryResult(
        ref=record.ref, kind=record.kind, title=record.title, left_out=found.left_out, rows=found.events
    )
