"""Who lies before or after a firm, as a tree for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.cli.views.tables import Section
from provenance.cli.views.trace_trees import reach_lines
from provenance.cli.views.trace_words import flat, more_rows, text_column
from provenance.cli.views.words import many

if TYPE_CHECKING:
    from provenance.services.contracts.tracing import DownstreamResult, UpstreamResult


def upstream_view(result: UpstreamResult, limit: int) -> list[Section]:
    """The parties before a firm, at most ``limit`` of them (0 is all)."""
    return [_tree(result, limit, "before", "until")]


def downstream_view(result: DownstreamResult, limit: int) -> list[Section]:
    """The parties after a firm and the recoveries, at most ``limit`` of each (0 is all)."""
    return [_tree(result, limit, "after", "from"), _recoveries(result, limit)]


def _tree(result: UpstreamResult | DownstreamResult, limit: int, side: str, day_word: str) -> Section:
    shown = result.rows[: limit or None]
    parties = f"{many(len(result.rows), 'party')} {side} it"
    lines = reach_lines(result.firm, shown, day_word) if shown else []
    lines += more_rows(len(result.rows), len(shown))
    return Section(f"{result.firm} ({result.firm_ref}): {parties}", lines=lines)


def _recoveries(result: DownstreamResult, limit: int) -> Section:
    if not result.recoveries:
        return Section("Recoveries", lines=["None reached on record by the same part, lot or item."])
    shown = result.recoveries[: limit or None]
    return Section(
        f"Recoveries in which its goods may have ended up ({len(result.recoveries):,})",
        flat(shown, "recovery_ref", "recovery"),
        [text_column("recovery_ref", "ref"), text_column("recovery")],
        more_rows(len(result.recoveries), len(shown)),
    )
