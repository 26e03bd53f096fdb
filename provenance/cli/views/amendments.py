"""Corrections, withdrawals and a record's history, for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from provenance.cli.speech.language import said
from provenance.cli.views.record_words import fact_name, kind_name
from provenance.cli.views.tables import Section, text
from provenance.cli.views.words import UNKNOWN, many, one_line, plain_name
from provenance.services.contracts.amendments import HistoryAction

if TYPE_CHECKING:
    from provenance.services.contracts.amendments import (
        AmendResult,
        HistoryEvent,
        HistoryResult,
        RestorationResult,
        RestorationRow,
    )
    from provenance.services.contracts.assessments import WithdrawalResult, WithdrawalRow

_EMPTY = "(empty)"


def amendment_view(result: AmendResult) -> list[Section]:
    """The fields before and after, or that there was nothing to change."""
    title = f"{plain_name(result.kind)} {result.ref}: {one_line(result.title)}".rstrip(": ")
    if not result.rows:
        return [Section("", lines=[f"{title}: nothing changes, it says so already."])]
    columns = [
        text("field", lambda row: fact_name(row.field)),
        text("before", lambda row: row.before or _EMPTY),
        text("now", lambda row: row.after or _EMPTY),
    ]
    return [Section(title, result.rows, columns)]


def withdrawal_view(result: WithdrawalResult) -> list[Section]:
    """What was withdrawn, and how many components with it."""
    return [Section("", lines=[_withdrawn(row) for row in result.rows])]


def _withdrawn(row: WithdrawalRow) -> str:
    done = "is withdrawn" if row.is_new else "was already withdrawn"
    of_it = row.kind in ("recovery", "unit") and (row.is_new or row.components)
    more = f", with {many(row.components, 'component')}" if of_it else ""
    return f"{row.ref}: the {row.kind} {done}{more}. It stays on record and is not counted."


def restoration_view(result: RestorationResult) -> list[Section]:
    """What was restored, and how many components with it."""
    return [Section("", lines=[_restored(row) for row in result.rows])]


def _restored(row: RestorationRow) -> str:
    if not row.is_new:
        return f"{row.ref}: the {row.kind} is not withdrawn."
    with_it = row.kind in ("recovery", "unit")
    more = f", with {many(row.components, 'component')}" if with_it else ""
    return f"{row.ref}: the {row.kind} is restored{more}. It is counted again."


def history_view(result: HistoryResult) -> list[Section]:
    """A record's life, one paragraph for each thing that was done, the newest last."""
    title = f"{kind_name(result.kind)} {result.ref}" + (f": {one_line(result.title)}" if result.title else "")
    lines = [line for event in result.rows for line in event_lines(event)]
    if not result.rows:
        lines = ["Nothing is recorded of how it came to be here."]
    if result.left_out:
        lines.append(f"Left out: {many(result.left_out, 'event')} marked too strictly.")
    return [Section(title, lines=lines)]


def event_lines(event: HistoryEvent) -> list[str]:
    """What happened, by whom and when, then what changed and why."""
    when = f"{event.at:%Y-%m-%d %H:%M}" if event.at is not None else "(time not recorded)"
    by = f" {said('by')} {event.actor}" if event.actor else ""
    lines = [f"{said(when)}  {_what(event)}{by}"]
    lines += [f"    {line}" for line in _fields(event)]
    if event.reason:
        lines.append(f"    {said(_REASONS.get(event.action, 'reason'))}: {one_line(event.reason)}")
    return lines


def _what(event: HistoryEvent) -> str:
    words = _WORDS.get(event.action)
    if words is None:
        return event.detail or said("changed")
    about, detail = event.about or UNKNOWN, event.detail or UNKNOWN
    return said(words).format(about, detail, about=about, detail=detail)


_WORDS = {
    HistoryAction.ENTERED: "entered",
    HistoryAction.IMPORTED: "imported from {about}, as {detail} lists it",
    HistoryAction.COMPLETED: "completed",
    HistoryAction.AMENDED: "amended",
    HistoryAction.MOVED: "moved",
    HistoryAction.RECEIVED: "{about} came here from {detail}",
    HistoryAction.RELEASED: "{about} went to {detail}",
    HistoryAction.WITHDRAWN: "withdrawn: not counted since",
    HistoryAction.RESTORED: "restored: counted again",
    HistoryAction.ASSESSED: "assessed by {detail}, logged",
    HistoryAction.CITED: "found in a source: {about}, logged",
    HistoryAction.SOURCE_CHANGED: "its source says something else, imported",
    HistoryAction.PHOTO_ATTACHED: "photo {about} attached",
    HistoryAction.PHOTO_VIEWS: "photo {about} shows: {detail}, stated",
    HistoryAction.PHOTO_DETACHED: "photo {about} detached",
    HistoryAction.CUSTODY: "handed over: {detail}, logged",
    HistoryAction.LABEL_PRINTED: "label printed: {detail}, in {about}",
    HistoryAction.TRACED: "traced",
    HistoryAction.STATED: "stated (change {about})",
    HistoryAction.UNDONE: "undone: {about}",
    HistoryAction.SAME: "recorded as one with {about}",
    HistoryAction.DIFFERENT: "recorded as another than {about}",
}
_REASONS = {HistoryAction.ASSESSED: "basis", HistoryAction.PHOTO_ATTACHED: "basis"}
"""What a reason is called where it is another thing."""


def _fields(event: HistoryEvent) -> Sequence[str]:
    if event.action in (HistoryAction.ENTERED, HistoryAction.COMPLETED):
        return [f"{fact_name(each.field)}: {one_line(each.after or '')}" for each in event.fields]
    return [
        f"{fact_name(each.field)}: {one_line(each.before or _EMPTY)} → {one_line(each.after or _EMPTY)}"
        for each in event.fields
    ]
