"""Open questions, for people: a section for each kind, with how each is decided."""

from __future__ import annotations

from provenance.cli.views.tables import Section
from provenance.cli.views.words import UNKNOWN, many
from provenance.services.contracts.open_questions import OpenQuestionsResult, QuestionRow

_TITLES = {
    "contradiction": "Recorded as different, counted as one",
    "disagreement": "Sources disagree about one record",
    "doubt": "Markings that read as another maker's than the one published",
    "duplicate": "May be one, reported twice",
    "odd": "Hardly true",
    "reading": "Read from markings, tentative",
    "new_firm": "Firms that no reference data knows",
    "new_weapon": "Weapons and units that no reference data knows",
}
_DECIDE = {
    "contradiction": "Who said so: provenance same REF --why. Undo what is wrong: provenance same A B --undo",
    "disagreement": "Decide: provenance log belief REF --maker NAME --identification confirmed --basis TEXT,"
    " or provenance amend REF field=value --reason TEXT. What the others say stays.",
    "doubt": "Decide: provenance log belief REF --maker NAME --identification confirmed --basis TEXT",
    "duplicate": "Decide: provenance same A B --reason TEXT, or with --never. All: provenance duplicates",
    "odd": "Correct: provenance amend REF field=value --reason TEXT",
    "reading": "Decide: provenance log belief REF --candidate 1 --identification confirmed --basis TEXT",
    "new_firm": "The same as a known one: provenance same A B --reason TEXT",
    "new_weapon": "Look at it: provenance show REF",
}


def question_sections(result: OpenQuestionsResult) -> list[Section]:
    """The questions by kind, how many more there are, and how they are decided."""
    sections = []
    for kind, total in result.totals.items():
        rows = [row for row in result.rows if row.kind == kind]
        lines = [line for row in rows for line in _question(row)]
        if total > len(rows):
            lines.append(f"… and {total - len(rows):,} more: --kind {kind} --limit 0 shows all.")
        sections.append(Section(f"{_TITLES[kind]} ({total:,})", lines=[*lines, _DECIDE[kind]]))
    return sections or [Section("No open questions.")]


def _question(row: QuestionRow) -> list[str]:
    count = f"{many(row.records, 'record')}, " if row.kind in ("doubt", "reading") else ""
    first = f"  {row.text}" if row.ref in row.text else f"  {count}{row.text} ({row.ref})"
    return [first, *(f"    {claim}" for claim in _claims(row))]


def _claims(row: QuestionRow) -> list[str]:
    found = []
    for claim in row.claims:
        grade = f"{claim.reliability or UNKNOWN}{claim.credibility or UNKNOWN}"
        basis = f": {claim.basis}" if claim.basis else ""
        found.append(f"{claim.aspect} {claim.value} — {claim.said_by} [{grade}] in {claim.ref}{basis}")
    return found
