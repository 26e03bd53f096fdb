"""Requests to makers and distributors, with their state and deadline on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.core.vocabulary.tracing import RequestKind, RequestState, TraceOutcome
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Component
from provenance.schema.session import Session
from provenance.schema.traces import Trace, TraceAnswer, TraceRequest

FINISHED = (RequestState.ANSWERED, RequestState.NO_REPLY, RequestState.CLOSED)
"""The states in which no answer is expected any more."""


@dataclass(frozen=True, slots=True)
class RequestStatus:
    """A request with its state and deadline on a day.

    ``component`` is the component's marking or description. ``due`` is the last day to answer, None until
    it is known when the request was received; ``days_late`` counts from then, 0 where it is not late.
    ``days_since_sent`` is given while receipt is not confirmed.
    """

    ref: str
    trace_ref: str
    component_ref: str
    component: str | None
    firm: str
    firm_ref: str
    kind: RequestKind
    state: RequestState
    sent: date | None
    received: date | None
    days: int
    due: date | None
    days_late: int | None
    days_since_sent: int | None
    outcome: TraceOutcome | None
    answered: date | None


def fetch_requests(
    session: Session, today: date, *, numbers: Sequence[int] | None = None
) -> dict[int, RequestStatus]:
    """Every request by its row number with its state and deadline as of a day, the most overdue first."""
    statement = (
        select(
            TraceRequest,
            Trace.uid.label("trace_uid"),
            Trace.closed_on,
            Component.uid.label("component_uid"),
            Component.marking,
            Component.description,
            Organization.label,
            Organization.uid.label("firm_uid"),
            TraceAnswer.outcome,
            TraceAnswer.answered_on,
        )
        .join(Trace, Trace.id == TraceRequest.trace_id)
        .join(Component, Component.id == Trace.component_id)
        .join(Organization, Organization.id == TraceRequest.organization_id)
        .outerjoin(
            TraceAnswer,
            (TraceAnswer.trace_request_id == TraceRequest.id) & TraceAnswer.superseded_by.is_(None),
        )
        .order_by(TraceRequest.id)
    )
    if numbers is not None:
        statement = statement.where(TraceRequest.id.in_(numbers))
    found = [(row.id, _status(row, today)) for row in session.execute(statement)]
    ordered = sorted(found, key=lambda item: (-(item[1].days_late or 0), item[1].due or date.max, item[0]))
    return dict(ordered)


def _status(row: Any, today: date) -> RequestStatus:
    due = row.received_on + timedelta(days=row.days) if row.received_on else None
    state = state_of(row, due, today)
    return RequestStatus(
        ref=reference("trace_request", row.uid),
        trace_ref=reference("trace", row.trace_uid),
        component_ref=reference("component", row.component_uid),
        component=row.marking or row.description,
        firm=row.label,
        firm_ref=reference("organization", row.firm_uid),
        kind=RequestKind(row.kind),
        state=state,
        sent=row.sent_on,
        received=row.received_on,
        days=row.days,
        due=due,
        days_late=_days_late(due, state, today),
        days_since_sent=(today - row.sent_on).days if row.sent_on and not row.received_on else None,
        outcome=TraceOutcome(row.outcome) if row.outcome else None,
        answered=row.answered_on,
    )


def _days_late(due: date | None, state: RequestState, today: date) -> int | None:
    if due is None:
        return None
    return (today - due).days if state == RequestState.OVERDUE else 0


def state_of(row: Any, due: date | None, today: date) -> RequestState:
    """The state of a request on a day; any answer, no reply included, stops its clock.

    ``row`` has the ``outcome`` of its answer, the day its trace was ``closed_on``, and ``sent_on``.
    """
    if row.outcome == TraceOutcome.NO_REPLY:
        return RequestState.NO_REPLY
    if row.outcome is not None:
        return RequestState.ANSWERED
    if row.closed_on is not None:
        return RequestState.CLOSED
    if row.sent_on is None:
        return RequestState.DRAFTED
    if due is None:
        return RequestState.AWAITING_RECEIPT
    return RequestState.OVERDUE if today > due else RequestState.RUNNING
