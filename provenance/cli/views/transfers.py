"""Transfers with their parties, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.cli.views.tables import Column, text
from provenance.cli.views.words import plain_name

if TYPE_CHECKING:
    from provenance.services.contracts.exposure import PartyLine, TransferLine


def transfer_columns() -> list[Column]:
    """The columns of a table of transfers."""
    return [
        text("ref", lambda line: line.ref),
        text("from", lambda line: parties(line, "from") or "unknown"),
        text("to", lambda line: parties(line, "to") or "unknown"),
        text("side not stated", lambda line: parties(line, "unstated"), yields=3),
        text("class", lambda line: plain_name(line.evidence_class)),
        text("date", lambda line: line.date or "unknown"),
        text("source", lambda line: line.source or "no source on record", yields=1),
    ]


def parties(line: TransferLine, side: str) -> str:
    """The parties on one side of a transfer; empty where none is known."""
    return "; ".join(party_text(party) for party in line.parties if party.side == side)


def party_text(party: PartyLine) -> str:
    """A party with its role."""
    name = "a party named in confidence" if party.confidential else party.name or "unknown"
    return f"{name} ({plain_name(party.role)})" if party.role else name
