"""Records of how goods moved: transfers, documents, traces and their letters."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.domain.record_kinds import RecordKind
from provenance.queries.records.amended import AmendedLine, amended_lines
from provenance.queries.records.common import (
    Built,
    CitationLine,
    Members,
    Named,
    RecordBase,
    SourceName,
    citations,
    day_of,
    named,
    ref_of,
    row_of,
    source_name,
    span,
)
from provenance.queries.transfers import PartyLine, TransferLine, transfer_lines
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Component
from provenance.schema.session import Session
from provenance.schema.traces import TraceAnswer, TraceRequest
from provenance.schema.transfers import Transfer


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRecord(RecordBase):
    """A transfer with its parties and sources; ``date`` is partial ISO text.

    ``withdrawn_on`` is the day from which its source no longer states it, or it was amended or
    withdrawn.
    """

    kind: Literal["transfer"] = "transfer"
    goods: str | None
    component: str | None
    evidence_class: str
    quantity: float | None
    quantity_unit: str | None
    date: str | None
    tlp: str | None
    withdrawn_on: datetime.date | None
    note: str | None
    parties: tuple[PartyLine, ...]
    amended: tuple[AmendedLine, ...]
    sources: tuple[CitationLine, ...]


def transfer_record(session: Session, number: int) -> Built:
    """A transfer with its parties and sources."""
    kind, row = RecordKind.TRANSFER, row_of(session, RecordKind.TRANSFER, number)
    record = TransferRecord(
        ref=reference(kind, row.uid),
        title=row.goods_as_written,
        goods=row.goods_as_written,
        component=ref_of(session, RecordKind.COMPONENT, row.component_id),
        evidence_class=row.evidence_class,
        quantity=row.quantity,
        quantity_unit=row.quantity_unit,
        date=span(row.earliest, row.latest),
        tlp=row.tlp,
        withdrawn_on=day_of(row.withdrawn_at),
        note=row.note,
        parties=tuple(party for line in transfer_lines(session, [number]) for party in line.parties),
        amended=amended_lines(session, row.uid),
        sources=citations(session, kind, number),
    )
    return Built(record)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord(RecordBase):
    """A document with every transfer that rests on it; ``issued`` is partial ISO text."""

    kind: Literal["document"] = "document"
    document_kind: str | None
    number: str | None
    issued: str | None
    origin_group: str
    source: SourceName
    tlp: str | None
    note: str | None
    transfers: tuple[TransferLine, ...]


def document_record(session: Session, number: int) -> Built:
    """A document with every transfer that rests on it."""
    row = row_of(session, RecordKind.DOCUMENT, number)
    moved = list(
        session.execute(
            select(Transfer.id).where(Transfer.document_id == number).order_by(Transfer.id)
        ).scalars()
    )
    record = DocumentRecord(
        ref=reference(RecordKind.DOCUMENT, row.uid),
        title=row.title,
        document_kind=row.kind,
        number=row.reference,
        issued=span(row.issued_earliest, row.issued_latest),
        origin_group=row.origin_group,
        source=source_name(session, row.source_id),
        tlp=row.tlp,
        note=row.note,
        transfers=tuple(transfer_lines(session, moved)),
    )
    return Built(record, {"transfers": Members(RecordKind.TRANSFER, moved)})


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A letter of a trace; ``sent_on`` is None of a draft, ``received_on`` where receipt is not confirmed.

    ``days`` is the time to answer.
    """

    ref: str
    to: Named
    letter_kind: str
    asked: str | None
    written_on: datetime.date
    sent_on: datetime.date | None
    received_on: datetime.date | None
    days: int


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What came of a letter; ``current`` is false of an answer that another one has superseded."""

    outcome: str
    answered_on: datetime.date
    text: str | None
    source: SourceName | None
    entered_by: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceRecord(RecordBase):
    """A trace with its letters."""

    kind: Literal["trace"] = "trace"
    component: Named
    opened_on: datetime.date
    opened_by: str
    reason: str | None
    closed_on: datetime.date | None
    closed_reason: str | None
    tlp: str | None
    requests: tuple[RequestLine, ...]


def trace_record(session: Session, number: int) -> Built:
    """A trace with its letters."""
    row = row_of(session, RecordKind.TRACE, number)
    statement = select(TraceRequest.id).where(TraceRequest.trace_id == number).order_by(TraceRequest.id)
    letters = session.execute(statement).scalars().all()
    component = named(session, RecordKind.COMPONENT, Component.marking, row.component_id)
    assert component is not None
    record = TraceRecord(
        ref=reference(RecordKind.TRACE, row.uid),
        title=component.name,
        component=component,
        opened_on=row.opened_on,
        opened_by=row.opened_by,
        reason=row.reason,
        closed_on=row.closed_on,
        closed_reason=row.closed_reason,
        tlp=row.tlp,
        requests=tuple(_request(session, letter) for letter in letters),
    )
    return Built(record, {"requests": Members(RecordKind.TRACE_REQUEST, letters)})


def _request(session: Session, number: int) -> RequestLine:
    row = row_of(session, RecordKind.TRACE_REQUEST, number)
    to = named(session, RecordKind.ORGANIZATION, Organization.label, row.organization_id)
    assert to is not None
    return RequestLine(
        ref=reference(RecordKind.TRACE_REQUEST, row.uid),
        to=to,
        letter_kind=row.kind,
        asked=row.asked,
        written_on=row.written_on,
        sent_on=row.sent_on,
        received_on=row.received_on,
        days=row.days,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRecord(RecordBase):
    """A letter of a trace with every answer to it, the superseded ones too."""

    kind: Literal["trace_request"] = "trace_request"
    trace: str
    to: Named
    letter_kind: str
    asked: str | None
    written_on: datetime.date
    sent_on: datetime.date | None
    received_on: datetime.date | None
    days: int
    tlp: str | None
    answers: tuple[AnswerLine, ...]


def request_record(session: Session, number: int) -> Built:
    """A letter of a trace with every answer to it."""
    row, line = row_of(session, RecordKind.TRACE_REQUEST, number), _request(session, number)
    trace = ref_of(session, RecordKind.TRACE, row.trace_id)
    assert trace is not None
    record = RequestRecord(
        ref=line.ref,
        title=None,
        trace=trace,
        to=line.to,
        letter_kind=line.letter_kind,
        asked=line.asked,
        written_on=line.written_on,
        sent_on=line.sent_on,
        received_on=line.received_on,
        days=line.days,
        tlp=row.tlp,
        answers=_answers(session, number),
    )
    return Built(record)


def _answers(session: Session, number: int) -> tuple[AnswerLine, ...]:
    rows = session.execute(
        select(TraceAnswer).where(TraceAnswer.trace_request_id == number).order_by(TraceAnswer.id)
    ).all()
    return tuple(
        AnswerLine(
            outcome=row.outcome,
            answered_on=row.answered_on,
            text=row.said,
            source=source_name(session, row.source_id) if row.source_id else None,
            entered_by=row.entered_by,
            current=row.superseded_by is None,
        )
        for row in rows
    )
