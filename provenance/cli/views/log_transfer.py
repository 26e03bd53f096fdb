"""A transfer that was logged, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.cli.views.tables import Section
from provenance.cli.views.words import evidence_class

if TYPE_CHECKING:
    from provenance.services.contracts.transfers import LogTransferResult


def logged_view(result: LogTransferResult) -> list[Section]:
    """Its reference, parties and evidence class."""
    lines = [
        f"Logged {row.ref}: from {_side(row.senders)} to {_side(row.recipients)}, as"
        f" {evidence_class(row.evidence_class)}."
        for row in result.rows
    ]
    return [Section("", lines=lines)]


def _side(names: tuple[str, ...] | None) -> str:
    return "; ".join(names) if names else "unknown"
