"""Traces of components and the requests sent for them: opened, written, sent, received, closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from provenance.core.errors import NotFound, UsageError
from provenance.core.identity import new_uid, reference
from provenance.core.vocabulary.tracing import ANSWER_DAYS, RequestKind
from provenance.domain.amendments.standing import refuse_withdrawn
from provenance.domain.audit import add_entry
from provenance.domain.handles import called_one_of
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.queries.names import row_of_reference
from provenance.schema.recoveries import Component
from provenance.schema.row_values import Values, by_name, given, update_rows, values_in, without
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from provenance.schema.traces import Trace, TraceRequest


@dataclass(frozen=True, slots=True)
class OpenedTrace:
    """The open trace of a component; ``new`` where there was none before."""

    number: int
    ref: str
    component_ref: str
    new: bool


def open_trace(session: Session, component: str, *, actor: str, reason: str | None = None) -> OpenedTrace:
    """Opens the trace of a component, or finds the one that is open already.

    Raises:
        NotFound: there is no such component.
        BadInput: it was withdrawn, so there is nothing to ask about.
    """
    number = called_one_of(session, component, RecordKind.COMPONENT)
    refuse_withdrawn(session, RecordKind.COMPONENT, number)
    component_uid = session.execute(select(Component.uid).where(Component.id == number)).scalar_one()
    component_ref = reference("component", component_uid)
    merged = clusters(session, RecordKind.COMPONENT)
    known = session.execute(
        select(Trace.id, Trace.uid)
        .where(Trace.component_id.in_({number, merged.get(number, number)}), Trace.closed_on.is_(None))
        .order_by(Trace.id)
    ).first()
    if known is not None:
        return OpenedTrace(known.id, reference("trace", known.uid), component_ref, new=False)
    uid = new_uid()
    row = Trace(uid=uid, component_id=number, opened_on=session.today, opened_by=actor, reason=reason)
    made = insert_row(session, row)
    add_entry(session, actor=actor, action="open trace", table=Trace, uid=uid, after=_stated(row))
    return OpenedTrace(made, reference("trace", uid), component_ref, new=True)


def close_trace(session: Session, ref: str, *, actor: str, reason: str) -> tuple[str, date]:
    """Closes a trace and returns its reference and the day; the deadlines of its open requests no longer run.

    Raises:
        NotFound: there is no such trace.
        UsageError: it is closed already.
    """
    number = _row_of(session, ref, "trace")
    row = session.execute(select(Trace).where(Trace.id == number)).one()
    if row.closed_on is not None:
        raise UsageError(f"Trace {ref} was already closed on {row.closed_on}")
    day = max(session.today, row.opened_on)
    values: Values = {Trace.closed_on: day, Trace.closed_reason: reason}
    update_rows(session, Trace, values, Trace.id == number)
    add_entry(
        session, actor=actor, action="close trace", table=Trace, uid=row.uid,
        before=by_name({Trace.closed_on: None}), after=by_name(values),
    )  # fmt: skip
    return reference("trace", row.uid), day


def write_request(
    session: Session,
    trace_id: int,
    organization_id: int,
    *,
    actor: str,
    kind: RequestKind = RequestKind.TRACE,
    asked: str | None = None,
    sent: date | None = None,
    received: date | None = None,
    days: int = ANSWER_DAYS,
) -> int:
    """Records a request to an organization; its row number. Without ``sent`` it is a draft.

    Raises:
        UsageError: received without having been sent, or before.
        BadInput: the component of the trace was withdrawn, so there is nothing to ask about.
    """
    traced = session.execute(select(Trace.component_id).where(Trace.id == trace_id)).scalar_one()
    refuse_withdrawn(session, RecordKind.COMPONENT, traced)
    if received and sent is None:
        raise UsageError(f"A request received on {received} also needs the day it was sent")
    if received and sent and received < sent:
        raise UsageError(f"A request sent on {sent} cannot have been received on {received}")
    uid = new_uid()
    row = TraceRequest(
        uid=uid, trace_id=trace_id, organization_id=organization_id, kind=kind, asked=asked,
        written_on=session.today, written_by=actor, sent_on=sent, received_on=received, days=days,
    )  # fmt: skip
    number = insert_row(session, row)
    add_entry(session, actor=actor, action="write request", table=TraceRequest, uid=uid, after=_stated(row))
    return number


def note_dates(session: Session, ref: str, *, actor: str, sent: date | None, received: date | None) -> int:
    """Records when a request was sent or received, from which its clock runs; its row number.

    Raises:
        NotFound: there is no such request.
        UsageError: received before it was sent.
    """
    number = request_number(session, ref)
    row = session.execute(select(TraceRequest).where(TraceRequest.id == number)).one()
    sent_on, received_on = sent or row.sent_on or received, received or row.received_on
    if received_on and sent_on and received_on < sent_on:
        raise UsageError(f"{ref} was sent on {sent_on}: it cannot have been received on {received_on}")
    after: Values = {TraceRequest.sent_on: sent_on, TraceRequest.received_on: received_on}
    update_rows(session, TraceRequest, after, TraceRequest.id == number)
    add_entry(
        session, actor=actor, action="note dates", table=TraceRequest, uid=row.uid,
        before=by_name(values_in(row, after)), after=by_name(after),
    )  # fmt: skip
    return number


def _stated(row: Trace | TraceRequest) -> dict[str, Any]:
    """What a new row says of its record, as the audit trail keeps it."""
    return by_name(without(given(row), {type(row).uid}))


def _row_of(session: Session, ref: str, name: str) -> int:
    found: Any = row_of_reference(session, ref)
    if found is None or found[0] != name:
        raise NotFound(
            f"{ref} is not a {name.replace('_', ' ')}", hint="provenance trace due lists the requests."
        )
    return int(found[1])


def request_number(session: Session, ref: str) -> int:
    """The row number of a request by its reference.

    Raises:
        NotFound: there is no such request.
    """
    return _row_of(session, ref, "trace_request")


def trace_number(session: Session, text: str) -> int | None:
    """The row number of a trace by its reference; None where the text names something else."""
    found = row_of_reference(session, text)
    return found[1] if found and found[0] == "trace" else None
