"""The custody log, for people."""

from __future__ import annotations

from typing import Any

from provenance.cli.render import Column, Section
from provenance.cli.views.cells import cell, column
from provenance.services.contracts.custody import CustodyResult


def custody_view(result: CustodyResult) -> list[Section]:
    """The entries in order, with gaps, overlaps and questions in rows of their own."""
    columns = [
        column("row", "kind"),
        column("at", "at"),
        column("from", "from"),
        column("to", "to"),
        column("reason", "reason", yields=2),
        column("seal", "seal", yields=1),
        column("state", "state", yields=3),
        Column("finding or note", _remark),
        column("entry", "ref", yields=4),
    ]
    title = f"Custody of {cell(result.subject)} ({result.subject_ref})"
    return [Section(title, result.document()["rows"], columns)]


def _remark(row: dict[str, Any]) -> str:
    return cell(row["finding"] or row["note"])
