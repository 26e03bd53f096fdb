"""Traces, requests and their deadlines, for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from provenance.cli.views.tables import Section
from provenance.cli.views.trace_words import text_column, words
from provenance.cli.views.words import UNKNOWN, many, one_line
from provenance.core.vocabulary.tracing import RequestState

if TYPE_CHECKING:
    from provenance.services.contracts.trace_requests import (
        AnswerResult,
        CloseTraceResult,
        OpenTraceResult,
        ReceiptResult,
        RequestsDueResult,
        RequestStatus,
        TraceRequestResult,
    )


def open_view(result: OpenTraceResult) -> list[Section]:
    """The trace, and what to do next."""
    lines = []
    for row in result.rows:
        lines.append(f"Opened {row.trace}." if row.new else f"{row.trace} is already open.")
        lines.append(f"Next: provenance trace request {row.trace} FIRM --letter LETTER.md")
    return [Section("", lines=lines)]


def close_view(result: CloseTraceResult) -> list[Section]:
    """That the trace was closed."""
    return [Section("", lines=[f"Closed {row.trace}." for row in result.rows])]


def request_view(result: TraceRequestResult, *, with_letter: bool) -> list[Section]:
    """The request, or its state and the letter itself where no file was asked for."""
    if not with_letter:
        return _table(result.rows)
    lines = [f"{row.ref} is recorded as {words(row.state)}." for row in result.rows]
    return [Section("", lines=[*lines, "", *result.letter.markdown.splitlines()])]


def status_view(result: ReceiptResult) -> list[Section]:
    """The request with its deadline."""
    return _table(result.rows)


def answer_view(result: AnswerResult) -> list[Section]:
    """The request, and the transfers that its answer added."""
    lines = [f"Transfers added by this answer: {', '.join(result.transfers) or 'none'}."]
    return [*_table(result.rows), Section("", lines=lines)]


def due_view(result: RequestsDueResult) -> list[Section]:
    """The requests, the most overdue first, and how many there are in each state."""
    counted = [f"{words(state)} {number:,}" for state, number in result.states.items() if number]
    line = f"As of {result.on}: {', '.join(counted)}." if counted else "No request is on record."
    return [*_table(result.rows), Section("", lines=[line])]


def _table(found: Sequence[RequestStatus]) -> list[Section]:
    if not found:
        return []
    columns = [
        text_column("ref"),
        text_column("firm"),
        text_column("component", yields=2),
        text_column("kind", yields=1),
        text_column("state"),
        text_column("received"),
        text_column("due"),
        text_column("clock"),
        text_column("outcome"),
    ]
    return [Section("", [_row(item) for item in found], columns)]


def _row(item: RequestStatus) -> dict[str, Any]:
    component = one_line(item.component) if item.component else "no marking published"
    return {
        "ref": item.ref,
        "firm": item.firm,
        "component": f"{component} ({item.component_ref})",
        "kind": words(item.kind),
        "state": words(item.state),
        "received": item.received,
        "due": item.due,
        "clock": _clock(item),
        "outcome": words(item.outcome),
    }


def _clock(item: RequestStatus) -> str:
    if item.days_late:
        return f"{many(item.days_late, 'day')} late"
    if item.state == RequestState.AWAITING_RECEIPT and item.days_since_sent is not None:
        return f"sent {many(item.days_since_sent, 'day')} ago, receipt not confirmed"
    return UNKNOWN
