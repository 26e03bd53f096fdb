"""Assessments, for people."""

from __future__ import annotations

from provenance.cli.views.record_words import fact_name, unknown_word
from provenance.cli.views.tables import Section, text
from provenance.cli.views.words import many, plain_name
from provenance.services.contracts.assessments import (
    AssessmentResult,
    AssessmentRow,
    BeliefsLogged,
)

_SHOWN = 40
"""The most changes that are shown to people."""

_IDENTITY = ("maker", "part")


def assessment_view(result: AssessmentResult) -> list[Section]:
    """The earlier and the current value of each aspect."""
    columns = [
        text("aspect", lambda row: fact_name(row.aspect)),
        text("before", lambda row: _value(row, row.before)),
        text("now", lambda row: _value(row, row.after)),
        text("by", lambda row: row.said_by),
        text("basis", lambda row: row.basis),
    ]
    return [Section(result.ref, result.rows, columns)]


def _value(row: AssessmentRow, value: str | None) -> str:
    if value is None:
        return "unidentified" if row.aspect in _IDENTITY else unknown_word(row.aspect) or "not assessed"
    return plain_name(value)


def beliefs_view(result: BeliefsLogged) -> list[Section]:
    """How much was logged, then the earlier and the current value of each aspect, record by record."""
    counts = f"{many(result.records, 'record')} assessed, {result.known:,} said so already"
    title = f"{result.file}: {many(result.read, 'line')} filled in, {counts}"
    columns = [
        text("record", lambda row: row.ref),
        text("aspect", lambda row: fact_name(row.aspect)),
        text("before", lambda row: _value(row, row.before)),
        text("now", lambda row: _value(row, row.after)),
        text("by", lambda row: row.said_by, yields=1),
        text("basis", lambda row: row.basis, yields=2),
    ]
    more = len(result.rows) - _SHOWN
    lines = [f"… and {more:,} more. To list all: --format json"] if more > 0 else []
    return [Section(title, result.rows[:_SHOWN], columns if result.rows else (), lines)]
