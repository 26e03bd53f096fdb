"""Requests to makers and distributors: traces, letters, deadlines and answers."""

from __future__ import annotations

from provenance.core.basis import Basis
from provenance.core.identity import reference
from provenance.core.tlp import Handling, ceiling, stricter_than
from provenance.core.vocabulary.tracing import RequestState
from provenance.letters.trace_request import draft_letter
from provenance.queries.fingerprint import data_fingerprint
from provenance.queries.marked_records import effective_marks
from provenance.queries.names import organization_named
from provenance.schema.session import Session
from provenance.services.contracts.trace_requests import (
    AnswerResult,
    ClosedTraceRow,
    CloseTrace,
    CloseTraceResult,
    LetterText,
    NoteReceipt,
    OpenedTraceRow,
    OpenTrace,
    OpenTraceResult,
    ReceiptResult,
    RecordAnswer,
    RequestsDue,
    RequestsDueResult,
    TraceRequestResult,
    WriteTraceRequest,
)
from provenance.services.contracts.transfers import StatedParty, StatedTransfer
from provenance.services.transfers import stated_in_file, stated_record
from provenance.services.workspace import Workspace
from provenance.sources.records import ShipmentRecord
from provenance.text.plurals import many
from provenance.tracing import requests
from provenance.tracing.answers import record_answer as store_answer
from provenance.tracing.request_status import FINISHED, RequestStatus, fetch_requests


def open_trace(workspace: Workspace, request: OpenTrace) -> OpenTraceResult:
    """Opens the trace of a component, or finds the one that is open already.

    Raises:
        NotFound: there is no such component.
        BadInput: it was withdrawn.
    """
    with workspace.writing() as session:
        found = requests.open_trace(session, request.component, actor=workspace.actor, reason=request.reason)
    row = OpenedTraceRow(trace=found.ref, new=found.new, component=found.component_ref)
    return OpenTraceResult(rows=(row,))


def write_request(workspace: Workspace, request: WriteTraceRequest) -> TraceRequestResult:
    """Records a request to a maker or distributor and drafts its letter.

    Raises:
        NotFound: no such trace, component or firm.
        UsageError: the dates contradict each other.
        BadInput: the component was withdrawn.
    """
    with workspace.writing() as session:
        return request_written(session, request, actor=workspace.actor)


def request_written(session: Session, request: WriteTraceRequest, *, actor: str) -> TraceRequestResult:
    """Records a request and drafts its letter, in a transaction that is open.

    Raises:
        NotFound: as `write_request` says.
        UsageError: as `write_request` says.
        BadInput: as `write_request` says.
    """
    trace = requests.trace_number(session, request.trace)
    if trace is None:
        trace = requests.open_trace(session, request.trace, actor=actor).number
    number = requests.write_request(
        session,
        trace,
        organization_named(session, request.firm),
        actor=actor,
        kind=request.kind,
        asked=request.question,
        sent=request.sent,
        received=request.received,
        days=request.days,
    )
    (found,) = fetch_requests(session, session.today, numbers=[number]).values()
    letter = draft_letter(session, number)
    text = LetterText(markdown=letter.markdown(), html=letter.html())
    return TraceRequestResult(on=session.today, letter=text, rows=(found,))


def note_receipt(workspace: Workspace, request: NoteReceipt) -> ReceiptResult:
    """Records that a request was received: its time to answer runs from that day.

    Raises:
        NotFound: there is no such request.
        UsageError: received before it was sent.
    """
    with workspace.writing() as session:
        today = session.today
        number = requests.note_dates(
            session, request.ref, actor=workspace.actor, sent=request.sent, received=request.on or today
        )
        found = fetch_requests(session, today, numbers=[number])
    return ReceiptResult(on=today, rows=tuple(found.values()))


def record_answer(workspace: Workspace, request: RecordAnswer) -> AnswerResult:
    """Records an answer with the transfers that it states; the answer is their source.

    Raises:
        NotFound: there is no such request, or a party's name looks like a known one misspelt.
        UsageError: the answer contradicts itself or the request.
        BadInput: the list of transfers cannot be used; nothing is stored.
    """
    listed = stated_in_file(request.transfers_file, today=workspace.today) if request.transfers_file else []
    with workspace.writing() as session:
        today = session.today
        number = requests.request_number(session, request.ref)
        (known,) = fetch_requests(session, today, numbers=[number]).values()
        stored = store_answer(
            session,
            number,
            request.outcome,
            actor=workspace.actor,
            answered=request.on or today,
            said=request.said,
            transfers=[*_stated(known, request), *listed],
            new=request.new,
        )
        found = fetch_requests(session, today, numbers=[number])
    refs = tuple(reference("transfer", uid) for uid in stored.uids)
    return AnswerResult(on=today, transfers=refs, rows=tuple(found.values()), notes=stored.notes)


def _stated(known: RequestStatus, request: RecordAnswer) -> list[ShipmentRecord]:
    """The transfers of an answer: one from the firm that answers, one to it."""
    own = (StatedParty(name=known.firm, role=request.role),)
    found = []
    if request.sold_to:
        found.append(
            StatedTransfer(
                senders=own,
                recipients=request.sold_to,
                component=known.component_ref,
                date=request.moved,
                quantity=request.quantity,
                document=request.document,
            )
        )
    if request.bought_from:
        found.append(
            StatedTransfer(senders=request.bought_from, recipients=own, component=known.component_ref)
        )
    return [stated_record(stated) for stated in found]


def requests_due(workspace: Workspace, request: RequestsDue) -> RequestsDueResult:
    """Requests and their deadlines as of a day, the most overdue first."""
    allowed = ceiling(workspace.clearance)
    with workspace.reading() as session:
        day = request.on or session.today
        everything = fetch_requests(session, day)
        marks = effective_marks(session, "trace_request", list(everything))
        basis = Basis("trace due", "trace requests on record", data_fingerprint(session))
    found = {number: item for number, item in everything.items() if all(map(allowed, marks[number]))}
    shown = {number: item for number, item in found.items() if request.finished or item.state not in FINISHED}
    basis.filters = {"on": str(day)} | ({} if request.finished else {"state": "not finished"})
    if workspace.clearance:
        basis.filters["at_most_tlp"] = str(workspace.clearance)
    basis.counted, basis.out_of = {"shown": len(shown)}, {"requests": len(found)}
    basis.handling = Handling.of(mark for number in shown for mark in marks[number])
    if hidden := len(everything) - len(found):
        strict = stricter_than(workspace.clearance)
        basis.unknown.append(f"Left out: {many(hidden, 'request')} {strict}.")
    states = {state: sum(item.state == state for item in found.values()) for state in RequestState}
    return RequestsDueResult(basis=basis, on=day, states=states, rows=tuple(shown.values()))


def close_trace(workspace: Workspace, request: CloseTrace) -> CloseTraceResult:
    """Closes a trace: the deadlines of its open requests no longer run.

    Raises:
        NotFound: there is no such trace.
        UsageError: it is closed already.
    """
    with workspace.writing() as session:
        ref, day = requests.close_trace(session, request.trace, actor=workspace.actor, reason=request.reason)
    return CloseTraceResult(rows=(ClosedTraceRow(trace=ref, closed_on=day, reason=request.reason),))
