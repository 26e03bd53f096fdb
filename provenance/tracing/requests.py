"""Traces of components and the letters sent for them: opened, written, received, answered, closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from provenance.core.errors import NotFound, UsageError
from provenance.core.identity import natural_uid, new_uid, reference
from provenance.core.vocabulary.tracing import ANSWER_DAYS, RequestKind, RequestState, TraceOutcome
from provenance.domain.audit import add_entry
from provenance.domain.sameness import clusters
from provenance.domain.transfers import component_named
from provenance.queries.names import row_of_reference
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Component
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from provenance.schema.sources import Source
from provenance.schema.traces import Trace, TraceAnswer, TraceRequest
from provenance.sources.records import ShipmentRecord
from provenance.text.confidence import blank_names
from provenance.tracing.logging import log_transfers

_WITHOUT_TRANSFERS = (
    TraceOutcome.NO_RECORDS,
    TraceOutcome.NOT_OURS,
    TraceOutcome.REFUSED,
    TraceOutcome.NO_REPLY,
)


@dataclass(frozen=True, slots=True)
class Request:
    """A letter with its clock on a day.

    ``due`` is the last day to answer, None while nobody knows that it was received; ``days_late`` is how
    far it lies back; ``days_since_sent`` counts where the clock does not run yet.
    """

    number: int
    ref: str
    trace_ref: str
    component_ref: str
    component: str
    firm: str
    firm_ref: str
    kind: str
    state: RequestState
    sent: date | None
    received: date | None
    days: int
    due: date | None
    days_late: int
    days_since_sent: int | None
    outcome: str | None
    answered: date | None


def open_trace(
    session: Session, component: str, *, actor: str, today: date, reason: str | None = None
) -> tuple[int, str, bool]:
    """The open trace of a component, made where there is none; its number, reference, whether it is new.

    Raises:
        NotFound: there is no such component.
    """
    number = component_named(session, component)
    merged = clusters(session, "component")
    same = {number, merged.get(number, number)}
    known = session.execute(
        select(Trace.id, Trace.uid)
        .where(Trace.component_id.in_(same), Trace.closed_on.is_(None))
        .order_by(Trace.id)
    ).first()
    if known is not None:
        return known.id, reference("trace", known.uid), False
    uid = new_uid()
    values = {"component_id": number, "opened_on": today, "opened_by": actor, "reason": reason}
    made = insert_row(session, Trace, {"uid": uid, **values})
    add_entry(session, actor=actor, action="open trace", table="trace", uid=uid, after=values)
    return made, reference("trace", uid), True


def close_trace(session: Session, text: str, *, actor: str, today: date, reason: str) -> str:
    """Closes a trace; its requests stay as they are, and their clocks stop. Its reference.

    Raises:
        NotFound: there is no such trace.
        UsageError: it is closed.
    """
    number = _row_of(session, text, "trace")
    row = session.execute(select(Trace).where(Trace.id == number)).one()
    if row.closed_on is not None:
        raise UsageError(f"{text} was closed on {row.closed_on}")
    values = {"closed_on": max(today, row.opened_on), "closed_reason": reason}
    session.execute(update(Trace).where(Trace.id == number).values(**values))
    add_entry(
        session, actor=actor, action="close trace", table="trace", uid=row.uid,
        before={"closed_on": None}, after=values,
    )  # fmt: skip
    return reference("trace", row.uid)


def write_request(
    session: Session,
    trace_id: int,
    organization_id: int,
    *,
    actor: str,
    today: date,
    kind: RequestKind = RequestKind.TRACE,
    asked: str | None = None,
    sent: date | None = None,
    received: date | None = None,
    days: int = ANSWER_DAYS,
) -> int:
    """Puts a letter on record; its row number. Without ``sent`` it is a draft.

    Raises:
        UsageError: received before it was sent.
    """
    if received and (sent is None or received < sent):
        raise UsageError("A letter is received on the day it was sent or after", hint="Give --sent as well.")
    uid = new_uid()
    values = {
        "trace_id": trace_id, "organization_id": organization_id, "kind": kind, "asked": asked,
        "written_on": today, "written_by": actor, "sent_on": sent, "received_on": received, "days": days,
    }  # fmt: skip
    number = insert_row(session, TraceRequest, {"uid": uid, **values})
    add_entry(session, actor=actor, action="write request", table="trace_request", uid=uid, after=values)
    return number


def note_dates(session: Session, text: str, *, actor: str, sent: date | None, received: date | None) -> int:
    """Takes note of when a letter was sent or received, from which its clock runs; its row number.

    Raises:
        NotFound: there is no such request.
        UsageError: the dates do not fit each other.
    """
    number = _row_of(session, text, "trace_request")
    row = session.execute(select(TraceRequest).where(TraceRequest.id == number)).one()
    after = {"sent_on": sent or row.sent_on or received, "received_on": received or row.received_on}
    if after["received_on"] and after["sent_on"] and after["received_on"] < after["sent_on"]:
        raise UsageError(f"{text} was sent on {after['sent_on']}: it cannot have come in before")
    before = {"sent_on": row.sent_on, "received_on": row.received_on}
    session.execute(update(TraceRequest).where(TraceRequest.id == number).values(**after))
    add_entry(
        session, actor=actor, action="note dates", table="trace_request", uid=row.uid,
        before=before, after=after,
    )  # fmt: skip
    return number


def take_answer(
    session: Session,
    text: str,
    outcome: TraceOutcome,
    *,
    actor: str,
    answered: date,
    said: str | None = None,
    transfers: list[ShipmentRecord] | None = None,
) -> tuple[int, list[str]]:
    """Puts an answer on record with the transfers it tells of, itself their source.

    The answer before it is superseded, never lost; transfers add up. Gives the request's row number and
    the uids of the transfers.

    Raises:
        NotFound: there is no such request.
        UsageError: transfers with an outcome that tells of none, or an answer before the letter was sent.
    """
    transfers = transfers or []
    number = _row_of(session, text, "trace_request")
    if transfers and outcome in _WITHOUT_TRANSFERS:
        raise UsageError(f"An answer “{outcome}” tells of no transfer", hint="Say full or partial.")
    row = session.execute(select(TraceRequest).where(TraceRequest.id == number)).one()
    if row.sent_on is not None and answered < row.sent_on:
        raise UsageError(f"{text} was sent on {row.sent_on}: no answer can be of {answered}")
    hidden = [party.as_written for item in transfers for party in item.parties if party.confidential]
    open_words = blank_names(said, hidden) if said else None
    before = session.execute(
        select(TraceAnswer.id, TraceAnswer.uid, TraceAnswer.outcome)
        .where(TraceAnswer.trace_request_id == number, TraceAnswer.superseded_by.is_(None))
        .order_by(TraceAnswer.id.desc())
    ).first()
    if outcome == TraceOutcome.NO_REPLY and before and before.outcome != TraceOutcome.NO_REPLY:
        raise UsageError(f"{text} was answered ({before.outcome}): it is not without reply")
    uid = new_uid()
    source = None
    if outcome != TraceOutcome.NO_REPLY:
        source = _answer_source(session, row, uid, answered)
    made = insert_row(
        session, TraceAnswer,
        {
            "uid": uid, "trace_request_id": number, "outcome": outcome, "answered_on": answered,
            "said": open_words, "source_id": source[0] if source else None,
            "entered_at": datetime.now(UTC), "entered_by": actor,
        },
    )  # fmt: skip
    if before is not None:
        session.execute(update(TraceAnswer).where(TraceAnswer.id == before.id).values(superseded_by=made))
    add_entry(
        session, actor=actor, action="take answer", table="trace_answer", uid=uid,
        before={"outcome": before.outcome, "answer": before.uid} if before else None,
        after={"request": row.uid, "outcome": outcome, "answered_on": answered, "said": open_words},
    )  # fmt: skip
    told = [item.model_copy(update={"retrieved": item.retrieved or answered}) for item in transfers]
    return number, log_transfers(session, source, told, actor=actor) if source and told else []


def _answer_source(session: Session, request: Any, answer_uid: str, answered: date) -> tuple[int, str]:
    """The answer as a source of its own; its origin is the firm that gave it."""
    label, firm_uid = session.execute(
        select(Organization.label, Organization.uid).where(Organization.id == request.organization_id)
    ).one()
    ref = reference("trace_request", request.uid)
    key = f"answer:{ref}:{answer_uid[-12:]}"
    number = insert_row(
        session, Source,
        {
            "uid": natural_uid("source", key), "key": key, "publisher": label,
            "title": f"Answer of {answered} to request {ref}", "origin_group": f"answer of {firm_uid}",
            "tlp": request.tlp,
        },
    )  # fmt: skip
    return number, key


def _row_of(session: Session, text: str, name: str) -> int:
    found = row_of_reference(session, text)
    words = name.replace("_", " ")
    if found is None or found[0] != name:
        raise NotFound(f"{text} is no {words}", hint="See them all: provenance trace due --all")
    return found[1]


def request_number(session: Session, text: str) -> int:
    """The row number of a request by its reference.

    Raises:
        NotFound: there is no such request.
    """
    return _row_of(session, text, "trace_request")


def trace_number(session: Session, text: str) -> int | None:
    """The row number of a trace by its reference; None where the text names something else."""
    found = row_of_reference(session, text)
    return found[1] if found and found[0] == "trace" else None


def requests(session: Session, today: date, *, numbers: list[int] | None = None) -> list[Request]:
    """Every letter with its clock as of a day, the most overdue first."""
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
    found = [_request(row, today) for row in session.execute(statement)]
    return sorted(found, key=lambda item: (-item.days_late, item.due or date.max, item.number))


def _request(row: Any, today: date) -> Request:
    due = row.received_on + timedelta(days=row.days) if row.received_on else None
    state = state_of(row, due, today)
    return Request(
        number=row.id,
        ref=reference("trace_request", row.uid),
        trace_ref=reference("trace", row.trace_uid),
        component_ref=reference("component", row.component_uid),
        component=row.marking or row.description or "no marking published",
        firm=row.label,
        firm_ref=reference("organization", row.firm_uid),
        kind=row.kind,
        state=state,
        sent=row.sent_on,
        received=row.received_on,
        days=row.days,
        due=due,
        days_late=(today - due).days if due and state == RequestState.OVERDUE else 0,
        days_since_sent=(today - row.sent_on).days if row.sent_on and not row.received_on else None,
        outcome=row.outcome,
        answered=row.answered_on,
    )


def state_of(row: Any, due: date | None, today: date) -> RequestState:
    """Where a request stands on a day; an answer, no reply among them, ends its clock."""
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
