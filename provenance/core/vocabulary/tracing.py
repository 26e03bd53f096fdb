"""Vocabularies of tracing: documents, channels, requests and their answers; standard library only."""

from __future__ import annotations

from enum import StrEnum


class DocumentKind(StrEnum):
    """What kind of document a transfer rests on."""

    CUSTOMS_DECLARATION = "customs_declaration"
    INVOICE = "invoice"
    BILL_OF_LADING = "bill_of_lading"
    PACKING_LIST = "packing_list"
    CONTRACT = "contract"
    BANK_STATEMENT = "bank_statement"
    INDICTMENT = "indictment"
    COURT_FILING = "court_filing"
    TRACE_ANSWER = "trace_answer"
    CORRESPONDENCE = "correspondence"
    TRADE_RECORDS = "trade_records"
    OTHER = "other"


class Channel(StrEnum):
    """Whether a party was inside the maker's own distribution network on that date."""

    AUTHORISED = "authorised"
    INDEPENDENT = "independent"


class MovedLevel(StrEnum):
    """How closely a transfer names what moved, closest first; ``goods`` is a description only."""

    COMPONENT = "component"
    LOT = "lot"
    PART = "part"
    PART_FAMILY = "part_family"
    HS_ONLY = "hs_only"
    GOODS = "goods"


class RequestKind(StrEnum):
    """What a request asks for: where the item went, or a comment before publication."""

    TRACE = "trace"
    RIGHT_OF_REPLY = "right_of_reply"


class TraceOutcome(StrEnum):
    """How a request was answered; no reply is an outcome like any other."""

    FULL = "full"
    PARTIAL = "partial"
    NO_RECORDS = "no_records"
    NOT_OURS = "not_ours"
    COUNTERFEIT = "counterfeit"
    REFUSED = "refused"
    NO_REPLY = "no_reply"


class RequestState(StrEnum):
    """The state of a request on a day; derived from its dates and its answer, never stored."""

    DRAFTED = "drafted"
    AWAITING_RECEIPT = "awaiting_receipt"
    RUNNING = "running"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    NO_REPLY = "no_reply"
    CLOSED = "closed"


class Dated(StrEnum):
    """Whether the dates on record prove the order of a path's steps, or only allow it."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


class KnownBy(StrEnum):
    """Since when a statement counts as known: since its source published it, or since it was entered."""

    PUBLISHED = "published"
    ENTERED = "entered"


ANSWER_DAYS = 28
"""Days to answer a request, or to reply before publication, from receipt: usual practice in the field."""
