"""The listed owners of a firm, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.cli.views.tables import Section
from provenance.cli.views.trace_words import stake, stakes, words
from provenance.core.vocabulary import Control

if TYPE_CHECKING:
    from provenance.services.contracts.tracing import OwnersResult, OwnersRow


def owners_view(result: OwnersResult) -> list[Section]:
    """The firm's own name on lists, its listed owners, and the rules on that day."""
    return [
        Section(f"{row.firm} ({row.firm_ref}), {row.on}", lines=_lines(row, result)) for row in result.rows
    ]


def _lines(row: OwnersRow, result: OwnersResult) -> list[str]:
    lines = [f"Name on watchlists that day: {', '.join(row.listed_on) or 'none known'}."]
    lines += [f"Direct owner on record that day: {stake(item)}." for item in row.owners] or [
        "No owner is on record for that day."
    ]
    lines += [
        f"Owner until {item.until or 'an unknown day'}: {item.owner}."
        + (f" {item.note}" if item.note else "")
        for item in row.former_owners
    ]
    if {item.control for item in row.owners} >= {Control.ECONOMIC, Control.LEGAL}:
        lines.append(
            "Economic and legal control were apart that day: what a rule asks decides which of them counts."
        )
    lines += [
        f"Owned by {item.owner} ({item.owner_ref}), whose name is on {', '.join(item.lists)}: {stakes(item)}"
        + ("; not all stakes are verified." if item.unverified else ".")
        for item in row.listed_owners
    ] or ["No owner with a listed name is on record."]
    lines += [
        f"{item.rule}: listed owners hold {item.percent:g} %; {words(item.state)} that day"
        f" ({words(item.verification)})."
        for item in row.treatments
    ]
    lines += [
        f"{rule.rule}: {words(rule.state)} on {row.on}; asks for {rule.asks}."
        + (f" {rule.note}" if rule.note else "")
        for rule in result.rules
    ]
    return lines
