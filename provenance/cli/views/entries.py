"""Logged entries, for people."""

from __future__ import annotations

from provenance.cli.notes import tell
from provenance.cli.views.tables import Section
from provenance.cli.views.words import one_line
from provenance.services.contracts.entries import EntryResult, EntryRow
from provenance.text.folding import printable


def entry_view(result: EntryResult) -> list[Section]:
    """The reference and title of what was logged."""
    known = "  (already logged)"
    lines = [f"{row.ref}  {one_line(row.title)}{known if row.known else ''}" for row in result.rows]
    return [Section("", lines=lines)]


def show_decisions(result: EntryResult) -> None:
    """Prints on stderr how to decide whether what was logged is a known record."""
    for row in result.rows:
        for other in row.may_be:
            tell(f"  The same? provenance same {row.ref} {other.ref} --reason TEXT, or with --never")


def show_candidates(result: EntryResult) -> None:
    """Prints the candidates for a marking on stderr: they are not data."""
    for row in result.rows:
        if row.candidates:
            _show_candidates(row)


def _show_candidates(row: EntryRow) -> None:
    tell("Candidates read from the marking, not findings; what is likely enough is recorded as tentative:")
    for number, each in enumerate(row.candidates, start=1):
        tell(f"  {number}  {printable(each.title)}: {printable(each.reason)}")
    tell(f"  To confirm one: provenance log belief {row.ref} --candidate NUMBER --basis TEXT")
