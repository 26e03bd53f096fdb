"""The custody log, for people."""

from __future__ import annotations

from provenance.cli.views.tables import Section, text
from provenance.cli.views.words import one_line
from provenance.services.contracts.custody import CustodyResult


def custody_view(result: CustodyResult) -> list[Section]:
    """The entries in order, with gaps, overlaps and questions in rows of their own."""
    columns = [
        text("row", lambda row: row.kind),
        text("at", lambda row: row.at),
        text("from", lambda row: row.from_holder),
        text("to", lambda row: row.to_holder),
        text("reason", lambda row: row.reason, yields=2),
        text("seal", lambda row: row.seal, yields=1),
        text("state", lambda row: row.state, yields=3),
        text("finding or note", lambda row: row.finding or row.note),
        text("entry", lambda row: row.ref, yields=4),
    ]
    title = f"Custody of {one_line(result.subject)} ({result.subject_ref})"
    return [Section(title, result.rows, columns)]
