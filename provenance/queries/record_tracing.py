"""Records of tracing: documents, traces, the letters sent for them and what came of each."""

from __future__ import annotations

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.queries.record_common import (
    Members,
    Record,
    Row,
    known,
    named,
    row_of,
    source_name,
    span,
    transfer_rows,
)
from provenance.schema.session import Session
from provenance.schema.traces import TraceAnswer, TraceRequest
from provenance.schema.transfers import Transfer


def document_record(session: Session, number: int) -> Record:
    """A document with every transfer that rests on it."""
    row = row_of(session, "document", number)
    moved = session.execute(
        select(Transfer.id).where(Transfer.document_id == number).order_by(Transfer.id)
    ).scalars()
    members = list(moved)
    facts = known(
        kind=row["kind"],
        number=row["reference"],
        issued=span(row["issued_earliest"], row["issued_latest"]) or "not known",
        origin_group=row["origin_group"],
        source=source_name(session, row["source_id"]),
        note=row["note"],
    )
    return Record(
        "document",
        reference("document", row["uid"]),
        row["title"],
        facts,
        {"transfers": transfer_rows(session, members)},
        {"transfers": Members("transfer", "transfer_ref", members)},
    )


def trace_record(session: Session, number: int) -> Record:
    """A trace with its letters and their answers."""
    row = row_of(session, "trace", number)
    statement = select(TraceRequest.id).where(TraceRequest.trace_id == number).order_by(TraceRequest.id)
    letters = session.execute(statement).scalars().all()
    facts = known(
        component=named(session, "component", "marking", row["component_id"]),
        opened=row["opened_on"],
        by=row["opened_by"],
        reason=row["reason"],
        closed=row["closed_on"],
        because=row["closed_reason"],
    )
    requests = [_request_facts(session, letter) for letter in letters]
    return Record(
        "trace",
        reference("trace", row["uid"]),
        "Trace",
        facts,
        {"requests": requests},
        {"requests": Members("trace_request", "request", letters)},
    )


def request_record(session: Session, number: int) -> Record:
    """A letter with every answer that came of it, the superseded ones too."""
    row = row_of(session, "trace_request", number)
    facts = _request_facts(session, number)
    return Record(
        "request",
        reference("trace_request", row["uid"]),
        row["kind"].replace("_", " "),
        facts,
        {"answers": _answers(session, number)},
    )


def _request_facts(session: Session, number: int) -> Row:
    row = row_of(session, "trace_request", number)
    return known(
        request=reference("trace_request", row["uid"]),
        to=named(session, "organization", "label", row["organization_id"]),
        kind=row["kind"],
        asked_besides=row["asked"],
        written=row["written_on"],
        sent=row["sent_on"] or "a draft",
        received=row["received_on"] or "not confirmed",
        days_to_answer=row["days"],
    )


def _answers(session: Session, number: int) -> list[Row]:
    rows = session.execute(
        select(TraceAnswer).where(TraceAnswer.trace_request_id == number).order_by(TraceAnswer.id)
    ).all()
    return [
        {
            "outcome": row.outcome,
            "on": row.answered_on,
            "said": row.said,
            "source": source_name(session, row.source_id) if row.source_id else None,
            "entered by": row.entered_by,
            "stands": row.superseded_by is None,
        }
        for row in rows
    ]
