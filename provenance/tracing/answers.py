"""Answers to requests: what came of each, with the transfers it states."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from provenance.core.errors import UsageError
from provenance.core.identity import natural_uid, new_uid, reference
from provenance.core.vocabulary.field import NewName
from provenance.core.vocabulary.tracing import TraceOutcome
from provenance.domain.audit import add_entry
from provenance.schema.organizations import Organization
from provenance.schema.row_values import by_name, update_rows, values_in
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from provenance.schema.sources import Source
from provenance.schema.traces import TraceAnswer, TraceRequest
from provenance.sources.records import ShipmentRecord
from provenance.text.confidence import blank_names
from provenance.tracing.transfer_entry import StoredTransfers, store_transfers

_WITHOUT_TRANSFERS = (
    TraceOutcome.NO_RECORDS,
    TraceOutcome.NOT_OURS,
    TraceOutcome.REFUSED,
    TraceOutcome.NO_REPLY,
)

_SEALED = (TraceAnswer.outcome, TraceAnswer.answered_on, TraceAnswer.said)
"""What the audit trail keeps of an answer."""


def record_answer(
    session: Session,
    number: int,
    outcome: TraceOutcome,
    *,
    actor: str,
    answered: date,
    said: str | None = None,
    transfers: Sequence[ShipmentRecord] = (),
    new: Collection[NewName] = (),
) -> StoredTransfers:
    """Records an answer to a request (by row number) and the transfers it states. ``new`` are the kinds of
    names that are meant to be new.

    The answer is itself the source of its transfers. It supersedes the answer before it, whose transfers
    stay. Names given in confidence are blanked in ``said``.

    Raises:
        UsageError: transfers with an outcome that states none, an answer before the request was sent, or
            no reply after an answer.
        NotFound: a party's name looks like a known one misspelt.
    """
    request = session.execute(select(TraceRequest).where(TraceRequest.id == number)).one()
    ref = reference("trace_request", request.uid)
    before = _answer_before(session, number)
    _check(ref, request, before, outcome, answered, transfers)
    hidden = [party.as_written for item in transfers for party in item.parties if party.confidential]
    shown = blank_names(said, hidden) if said else None
    uid = new_uid()
    source = None if outcome == TraceOutcome.NO_REPLY else _source(session, request, ref, uid, answered)
    row = TraceAnswer(
        uid=uid, trace_request_id=number, outcome=outcome, answered_on=answered, said=shown,
        source_id=source[0] if source else None, entered_at=session.moment, entered_by=actor,
    )  # fmt: skip
    made = insert_row(session, row)
    if before is not None:
        update_rows(session, TraceAnswer, {TraceAnswer.superseded_by: made}, TraceAnswer.id == before.id)
    add_entry(
        session, actor=actor, action="record answer", table=TraceAnswer, uid=uid,
        before={"outcome": before.outcome, "answer": before.uid} if before else None,
        after={"request": request.uid, **by_name(values_in(row, _SEALED))},
    )  # fmt: skip
    if source is None or not transfers:
        return StoredTransfers(())
    stated = [item.model_copy(update={"retrieved": item.retrieved or answered}) for item in transfers]
    return store_transfers(session, source, stated, actor=actor, new=new)


def _answer_before(session: Session, number: int) -> Any:
    return session.execute(
        select(TraceAnswer.id, TraceAnswer.uid, TraceAnswer.outcome)
        .where(TraceAnswer.trace_request_id == number, TraceAnswer.superseded_by.is_(None))
        .order_by(TraceAnswer.id.desc())
    ).first()


def _check(
    ref: str,
    request: Any,
    before: Any,
    outcome: TraceOutcome,
    answered: date,
    transfers: Sequence[ShipmentRecord],
) -> None:
    """Refuses an answer that contradicts itself, the request, or the answer before it."""
    words = outcome.replace("_", " ")
    if transfers and outcome in _WITHOUT_TRANSFERS:
        raise UsageError(
            f"An answer “{words}” cannot contain transfers", hint="Record it as full or partial."
        )
    if request.sent_on is not None and answered < request.sent_on:
        raise UsageError(f"{ref} was sent on {request.sent_on}: it cannot have been answered on {answered}")
    if outcome == TraceOutcome.NO_REPLY and before and before.outcome != TraceOutcome.NO_REPLY:
        known = before.outcome.replace("_", " ")
        raise UsageError(f"{ref} was already answered ({known}): it cannot be recorded as no reply")


def _source(session: Session, request: Any, ref: str, answer_uid: str, answered: date) -> tuple[int, str]:
    """The answer as a source of its own; its origin group is the firm that gave it."""
    label, firm_uid = session.execute(
        select(Organization.label, Organization.uid).where(Organization.id == request.organization_id)
    ).one()
    key = f"answer:{ref}:{answer_uid[-12:]}"
    number = insert_row(
        session,
        Source(
            uid=natural_uid("source", key), key=key, publisher=label,
            title=f"Answer of {answered} to request {ref}", origin_group=f"answer of {firm_uid}",
            tlp=request.tlp,
        ),
    )  # fmt: skip
    return number, key
