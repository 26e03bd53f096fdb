"""What has not been seen yet, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.cli.views.exposure import more_lines
from provenance.cli.views.tables import Section, number, text

if TYPE_CHECKING:
    from provenance.services.contracts.coverage import CoverageResult, CoverageRow

_TITLES = {"firm": "Firms not seen yet", "part": "Parts not seen yet"}

_NONE_KNOWN = {
    "firm": "No firm is known of what was counted.",
    "part": "No part number is known of what was counted. To count those read: --include-read-parts.",
}


def coverage_sections(found: CoverageResult, *, limit: int) -> list[Section]:
    """Firms, then parts: all weapons first, then each; at most ``limit`` rows of each, 0 for all."""
    return [_section(found, kind, title, limit) for kind, title in _TITLES.items()]


def _section(found: CoverageResult, kind: str, title: str, limit: int) -> Section:
    rows = [row for row in found.rows if row.kind == kind]
    columns = [
        text("weapon", lambda row: row.weapon or "all"),
        text("ref", lambda row: row.weapon_ref, yields=2),
        number("recoveries", lambda row: row.recoveries),
        number("seen", lambda row: row.seen),
        number("once", lambda row: row.seen_once),
        number("twice", lambda row: row.seen_twice, yields=3),
        text("not seen, at least", _unseen),
        text("chance of a new one in the next", _chance),
        text("new in the next", lambda row: row.new_in_next, yields=1),
    ]
    if not any(row.seen for row in rows):
        return Section(title, lines=[_NONE_KNOWN[kind]])
    lines = more_lines(len(rows), limit)
    if found.weapons_left_out:
        lines = [*lines, f"Weapons with too few recoveries for a row: {found.weapons_left_out:,}."]
    return Section(title, rows[: limit or None], columns, lines)


def _unseen(row: CoverageRow) -> str:
    if row.unseen is None or row.unseen_low is None or row.unseen_high is None:
        return "too few to say"
    return f"{row.unseen:,.0f} ({row.unseen_low:,.0f} to {row.unseen_high:,.0f})"


def _chance(row: CoverageRow) -> str:
    if row.chance_new is None or row.chance_new_low is None or row.chance_new_high is None:
        return "too few to say"
    return f"{row.chance_new:.0%} ({row.chance_new_low:.0%} to {row.chance_new_high:.0%})"
