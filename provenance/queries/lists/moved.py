"""Lists of what moved and what was asked about it: transfers, documents, traces, letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.core.tlp import ceiling
from provenance.core.vocabulary import Side, Tlp
from provenance.domain.record_kinds import RecordKind
from provenance.queries.lists.nouns import COUNT, DAY, REF, SPAN, TEXT, WORD, Listed, Loaded, Noun, own
from provenance.queries.lists.statements import counts, firm_names, labels, sources, transfers_shown
from provenance.queries.records.common import span
from provenance.schema.recoveries import Component
from provenance.schema.reference import Part
from provenance.schema.session import Session
from provenance.schema.sources import Citation
from provenance.schema.traces import Trace, TraceRequest
from provenance.schema.transfers import Document, Transfer, TransferParty

WITHHELD = "(withheld)"
"""Stands for a party named in confidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTransfer(Listed):
    """A transfer. ``date`` is partial ISO text; a side without a party is unknown, and a name given in
    confidence is withheld.
    """

    date: str | None = field(metadata=SPAN)
    goods: str | None = field(metadata=TEXT)
    part: str | None = field(metadata=TEXT)
    lot: str | None = field(metadata=TEXT)
    hs6: str | None = field(metadata=TEXT)
    from_parties: str | None = field(metadata=TEXT)
    to_parties: str | None = field(metadata=TEXT)
    origin_country: str | None = field(metadata=WORD)
    destination_country: str | None = field(metadata=WORD)
    evidence_class: str = field(metadata=WORD)
    document: str | None = field(metadata=TEXT)
    sources: str | None = field(metadata=TEXT)


def _transfers(session: Session, clearance: Tlp | None) -> Iterator[Loaded]:
    parts, allowed = labels(session, Part.id, Part.mpn), ceiling(clearance)
    rows = session.execute(select(Document.id, Document.title, Document.tlp))
    documents = {number: title for number, title, mark in rows if allowed(mark)}
    sides, told = _sides(session), sources(session, Citation.transfer_id)
    for row in session.execute(select(Transfer).order_by(Transfer.id)):
        values = own(
            date=span(row.earliest, row.latest),
            goods=row.goods_as_written,
            part=parts.get(row.part_id),
            lot=row.lot,
            hs6=row.hs6,
            from_parties=sides.get((row.id, Side.FROM)),
            to_parties=sides.get((row.id, Side.TO)),
            origin_country=row.origin_country,
            destination_country=row.destination_country,
            evidence_class=row.evidence_class,
            document=documents.get(row.document_id),
            sources=told.get(row.id),
        )
        yield Loaded(row.id, row.uid, row.withdrawn_at, values)


def _sides(session: Session) -> dict[tuple[int, str], str]:
    names = firm_names(session)
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for row in session.execute(select(TransferParty).order_by(TransferParty.id)):
        name = WITHHELD if row.confidential else names.get(row.organization_id, row.as_written)
        found[row.transfer_id, row.side].append(name)
    return {key: ", ".join(dict.fromkeys(each)) for key, each in found.items()}


TRANSFERS = Noun(
    "transfers",
    RecordKind.TRANSFER,
    ListedTransfer,
    _transfers,
    "ref date goods part from_parties to_parties evidence_class lot",
    "date goods",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDocument(Listed):
    """A document that transfers rest on; ``transfers`` are those that stand."""

    kind: str | None = field(metadata=WORD)
    reference: str | None = field(metadata=TEXT)
    title: str = field(metadata=TEXT)
    origin_group: str = field(metadata=TEXT)
    issued: str | None = field(metadata=SPAN)
    transfers: int = field(metadata=COUNT)


def _documents(session: Session, clearance: Tlp | None) -> Iterator[Loaded]:
    transfers = counts(session, Transfer.document_id, Transfer.id.in_(transfers_shown(clearance)))
    for row in session.execute(select(Document).order_by(Document.id)):
        values = own(
            kind=row.kind,
            reference=row.reference,
            title=row.title,
            origin_group=row.origin_group,
            issued=span(row.issued_earliest, row.issued_latest),
            transfers=transfers.get(row.id, 0),
        )
        yield Loaded(row.id, row.uid, None, values)


DOCUMENTS = Noun(
    "documents",
    RecordKind.DOCUMENT,
    ListedDocument,
    _documents,
    "ref kind reference title issued transfers origin_group",
    "title",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTrace(Listed):
    """A trace; ``closed`` is None while it is open, ``letters`` are the requests of it."""

    component: str = field(metadata=REF)
    marking: str | None = field(metadata=TEXT)
    opened: date = field(metadata=DAY)
    closed: date | None = field(metadata=DAY)
    reason: str | None = field(metadata=TEXT)
    letters: int = field(metadata=COUNT)


def _traces(session: Session, clearance: Tlp | None) -> Iterator[Loaded]:
    letters = counts(session, TraceRequest.trace_id)
    rows = session.execute(
        select(Trace, Component.uid.label("component_uid"), Component.marking, Component.description)
        .join(Component, Component.id == Trace.component_id)
        .order_by(Trace.id)
    )
    for row in rows:
        values = own(
            component=reference(RecordKind.COMPONENT, row.component_uid),
            marking=row.marking or row.description,
            opened=row.opened_on,
            closed=row.closed_on,
            reason=row.reason,
            letters=letters.get(row.id, 0),
        )
        yield Loaded(row.id, row.uid, None, values)


TRACES = Noun(
    "traces",
    RecordKind.TRACE,
    ListedTrace,
    _traces,
    "ref component marking opened closed letters reason",
    "opened",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLetter(Listed):
    """A request to a maker or distributor; ``sent`` is None of a draft. `trace due` has their deadlines."""

    kind: str = field(metadata=WORD)
    firm: str = field(metadata=TEXT)
    component: str = field(metadata=REF)
    written: date = field(metadata=DAY)
    sent: date | None = field(metadata=DAY)
    received: date | None = field(metadata=DAY)
    days: int = field(metadata=COUNT)


def _letters(session: Session, clearance: Tlp | None) -> Iterator[Loaded]:
    firms = firm_names(session)
    rows = session.execute(
        select(TraceRequest, Component.uid.label("component_uid"))
        .join(Trace, Trace.id == TraceRequest.trace_id)
        .join(Component, Component.id == Trace.component_id)
        .order_by(TraceRequest.id)
    )
    for row in rows:
        values = own(
            kind=row.kind,
            firm=firms[row.organization_id],
            component=reference(RecordKind.COMPONENT, row.component_uid),
            written=row.written_on,
            sent=row.sent_on,
            received=row.received_on,
            days=row.days,
        )
        yield Loaded(row.id, row.uid, None, values)


LETTERS = Noun(
    "letters",
    RecordKind.TRACE_REQUEST,
    ListedLetter,
    _letters,
    "ref firm kind component written sent received days",
    "written firm",
)
