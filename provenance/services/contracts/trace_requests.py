"""Requests and results of asking makers and distributors where an item went."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import ClassVar

from pydantic import Field

from provenance.core.basis import Basis
from provenance.core.vocabulary import PartyRole
from provenance.core.vocabulary.field import NewName
from provenance.core.vocabulary.tracing import ANSWER_DAYS, RequestKind, TraceOutcome
from provenance.services.contracts.base import Contract, Request, Result
from provenance.services.contracts.transfers import StatedParty
from provenance.tracing.request_status import RequestStatus as RequestStatus


class OpenTrace(Request):
    """A component to trace, by reference or record key."""

    component: str
    reason: str | None = None


class OpenedTraceRow(Contract):
    """The open trace of a component; ``new`` if there was none before."""

    trace: str
    new: bool
    component: str


class OpenTraceResult(Result):
    """The open trace of a component."""

    schema_id: ClassVar[str] = "provenance.trace-open/2"
    rows: tuple[OpenedTraceRow, ...]


class WriteTraceRequest(Request):
    """A request to a firm about a trace, or about a component whose trace it opens.

    Without ``sent`` it is a draft; the ``days`` to answer run from ``received``. ``question`` is asked
    besides the standard ones.
    """

    trace: str
    firm: str
    kind: RequestKind = RequestKind.TRACE
    question: str | None = None
    days: int = Field(default=ANSWER_DAYS, ge=1, le=366)
    sent: date | None = None
    received: date | None = None


class LetterText(Contract):
    """A letter, ready to be written to a file."""

    markdown: str
    html: str


class TraceRequestResult(Result):
    """The request that was recorded, and its letter."""

    schema_id: ClassVar[str] = "provenance.trace-request/2"
    on: date
    letter: LetterText
    rows: tuple[RequestStatus, ...]


class NoteReceipt(Request):
    """The day on which a request was received, None for today; ``sent`` where that is missing."""

    ref: str
    on: date | None = None
    sent: date | None = None


class ReceiptResult(Result):
    """A request whose time to answer is running."""

    schema_id: ClassVar[str] = "provenance.trace-received/2"
    on: date
    rows: tuple[RequestStatus, ...]


class RecordAnswer(Request):
    """An answer to a request, None on ``on`` for today, with the transfers that it states.

    ``sold_to`` and ``bought_from`` make one transfer each of the component that was asked about: the first
    with ``moved`` (its date, may be partial), ``quantity`` and ``document``. ``role`` is that of the firm
    that answers. ``transfers_file`` is a CSV or XLSX list of more. ``new`` are
    the kinds of names that are meant to be new.
    """

    ref: str
    outcome: TraceOutcome
    on: date | None = None
    said: str | None = None
    sold_to: tuple[StatedParty, ...] = ()
    bought_from: tuple[StatedParty, ...] = ()
    moved: str | None = None
    quantity: str | None = None
    document: str | None = None
    role: PartyRole = PartyRole.UNKNOWN
    transfers_file: Path | None = None
    new: frozenset[NewName] = frozenset()


class AnswerResult(Result):
    """A request with its answer; ``transfers`` are the references of those that the answer added, ``notes``
    say which of their parties are new, and which name no firm.
    """

    schema_id: ClassVar[str] = "provenance.trace-answer/2"
    on: date
    transfers: tuple[str, ...]
    rows: tuple[RequestStatus, ...]
    notes: tuple[str, ...] = ()


class RequestsDue(Request):
    """The requests and their deadlines as of a day, None for today; ``finished`` adds those that ended."""

    on: date | None = None
    finished: bool = False


class RequestsDueResult(Result):
    """Requests with their deadlines, the most overdue first; ``states`` counts all, shown or not."""

    schema_id: ClassVar[str] = "provenance.trace-due/2"
    basis: Basis
    on: date
    states: dict[str, int]
    rows: tuple[RequestStatus, ...]


class CloseTrace(Request):
    """A trace to close, and why nothing more is expected of it."""

    trace: str
    reason: str


class ClosedTraceRow(Contract):
    """A trace that was closed."""

    trace: str
    closed_on: date
    reason: str


class CloseTraceResult(Result):
    """The trace that was closed."""

    schema_id: ClassVar[str] = "provenance.trace-close/1"
    rows: tuple[ClosedTraceRow, ...]
