"""The custody log, for people."""

from __future__ import annotations

from provenance.cli.views.tables import Section, text
from provenance.cli.views.words import one_line
from provenance.services.contracts.custody import CustodyResult, CustodyRow


def custody_view(result: CustodyResult) -> list[Section]:
    """The entries in order, with gaps, overlaps and questions in rows of their own."""
    columns = [
        text("entry", _entry),
        text("row", lambda row: row.kind),
        text("at", lambda row: row.at),
        text("from", lambda row: row.from_holder),
        text("to", lambda row: row.to_holder),
        text("reason", lambda row: row.reason, yields=2),
        text("seal", lambda row: row.seal, yields=1),
        text("state", lambda row: row.state, yields=3),
        text("finding or note", _said),
    ]
    title = f"Custody of {one_line(result.subject)} ({result.subject_ref})"
    return [Section(title, result.rows, columns)]


def _entry(row: CustodyRow) -> str:
    """What ``--corrects`` takes: the entry itself, or the entries that a finding is about."""
    return row.ref or " ".join(row.between)


def _said(row: CustodyRow) -> str:
    corrected = f"corrects {', '.join(row.corrects)}" if row.corrects else ""
    return "; ".join(each for each in (row.finding, corrected, row.note) if each)
