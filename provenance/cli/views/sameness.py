"""Decisions whether two records are the same, for people."""

from __future__ import annotations

from provenance.cli.views.tables import Section
from provenance.cli.views.words import many
from provenance.core.vocabulary import SameVerdict
from provenance.services.contracts.sameness import (
    ContradictionRow,
    DecidedRecord,
    SameOutcome,
    SameResult,
    SameRow,
    SameWhyResult,
    StatementRow,
)

_SAID = {SameVerdict.SAME: "the same", SameVerdict.NEVER: "two different items"}


def decision_sections(result: SameResult) -> list[Section]:
    """Each decision in a sentence, how many records count as one now, and what contradicts it."""
    lines = [line for row in result.rows for line in _decision(row)]
    lines += [f"Note: {note}" for note in result.notes]
    if not result.rows:
        lines.append("No decisions.")
    return [Section("", lines=lines), *_contradictions(result.contradictions)]


def _decision(row: SameRow) -> list[str]:
    said = row.statement
    pair = f"{_name(said.left)} and {_name(said.right)}"
    if row.outcome is SameOutcome.UNDONE:
        return [f"Undone: {pair} are no longer recorded as {_SAID[said.verdict]}."]
    known = f" already ({_by(said)})" if row.outcome is SameOutcome.KNOWN else ""
    first = f"{pair} are{known} recorded as {_SAID[said.verdict]}."
    count = len(row.counts_as_one)
    if said.verdict is SameVerdict.SAME and count > 2:
        return [first, f"With them {many(count, 'record')} count as one: {', '.join(row.counts_as_one)}."]
    return [first]


def why_sections(result: SameWhyResult) -> list[Section]:
    """Whether they count as one, and by which statements."""
    if result.right is None:
        title = f"What was said of {_name(result.left)}, and of what counts as one with it"
        nothing = "Nothing was said of it."
    elif result.same:
        title, nothing = f"{_name(result.left)} and {_name(result.right)} count as one", ""
    else:
        title = f"{_name(result.left)} and {_name(result.right)} count as two"
        nothing = "Nobody said that they are the same, or that they are not."
    lines = [_statement(row) for row in result.rows] or [nothing]
    return [Section(title, lines=lines), *_contradictions(result.contradictions)]


def _statement(row: StatementRow) -> str:
    text = f"{_name(row.left)} and {_name(row.right)} are {_SAID[row.verdict]} ({_by(row)})"
    if row.undone_at is not None:
        text += f"; undone ({row.undone_by}, {row.undone_at[:10]}: {row.undone_reason})"
    return f"{text}."


def _contradictions(rows: tuple[ContradictionRow, ...]) -> list[Section]:
    if not rows:
        return []
    lines = []
    for row in rows:
        lines.append(f"{_statement(row.never)} They count as one all the same, because:")
        lines += [f"  {_statement(each)}" for each in row.by]
    return [Section("Contradiction: recorded as different, counted as one", lines=lines)]


def _by(row: StatementRow) -> str:
    return f"{row.by}, {row.at[:10]}: {row.reason}"


def _name(record: DecidedRecord) -> str:
    return f"{record.title} ({record.ref})" if record.title else record.ref
