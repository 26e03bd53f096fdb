"""Firms for people: what was changed and which figures moved, lists, trees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.cli.views.tables import Section, number, text
from provenance.cli.views.words import UNKNOWN, many, plain_name
from provenance.services.contracts.firms import Side

if TYPE_CHECKING:
    from collections.abc import Callable

    from provenance.services.contracts.firm_imports import FirmImportResult
    from provenance.services.contracts.firms import (
        FirmChangeResult,
        FirmCount,
        FirmListResult,
        FirmReviewResult,
        FirmTreeResult,
        MovedFigure,
        NewFirm,
        StatementChange,
        TreeLine,
    )


def change_view(result: FirmChangeResult) -> list[Section]:
    """What was changed, how to undo it, and which figures of `top` moved."""
    title = f"{result.firm} ({result.firm_ref})"
    lines = [changed_line(row) for row in result.rows]
    lines += [f"Note: {note}." for note in result.notes]
    if not result.rows and result.action == "none":
        lines.append("Nothing changes: it is on record already.")
    if result.change is not None and not result.action.startswith("undo"):
        lines.append(f"Change {result.change}. To undo it: provenance firm undo {result.firm_ref}")
    return [Section(title, lines=lines), *moved_sections(result)]


def changed_line(row: StatementChange) -> str:
    """One statement before and after, in a line."""
    if row.before is None:
        return f"{row.what}: {row.after}"
    if row.after is None:
        return f"{row.what} no longer stands: {row.before}"
    return f"{row.what}: {row.before} → {row.after}"


def moved_sections(result: FirmChangeResult | FirmImportResult) -> list[Section]:
    """Which figures of `top` moved, and on which bases they were counted."""
    if not result.counted_on:
        return []
    bases = ", ".join(result.counted_on)
    if not result.moved:
        return [Section("", lines=[f"No figure of top moved (counted by {bases})."])]
    columns = [
        text("basis", lambda row: row.basis),
        text("firm", lambda row: row.firm),
        text("rank", lambda row: _both(row, lambda count: f"{count.rank}" if count.rank else UNKNOWN)),
        text("country", lambda row: _both(row, lambda count: count.country or UNKNOWN)),
        text("recoveries", lambda row: _both(row, lambda count: f"{count.recoveries:,}")),
        text("components", lambda row: _both(row, lambda count: f"{count.components:,}")),
    ]
    return [
        Section(
            f"Figures of top that moved ({bases}; firms of all countries)",
            result.moved,
            columns,
        )
    ]


def _both(row: MovedFigure, figure: Callable[[FirmCount], str]) -> str:
    before, after = (UNKNOWN if each is None else figure(each) for each in (row.before, row.after))
    return before if before == after else f"{before} → {after}"


def list_view(result: FirmListResult) -> list[Section]:
    """Firms by name."""
    columns = [
        text("ref", lambda row: row.ref),
        text("firm", lambda row: row.firm),
        text("kind", lambda row: row.firm_kind),
        text("headquarters", lambda row: row.headquarters),
        text("legal seat", lambda row: row.legal_seat, yields=2),
        text("owner", lambda row: row.owner),
        number("names", lambda row: row.names, yields=3),
        text("counts as", lambda row: row.counts_as, yields=1),
        text("verification", lambda row: row.verification),
        text("source", lambda row: row.source, yields=4),
    ]
    return [Section("", result.rows, columns), *_rest(result.total, len(result.rows), result.left_out)]


def review_view(result: FirmReviewResult) -> list[Section]:
    """New firms with names near them and what uses them."""
    columns = [
        text("ref", lambda row: row.ref),
        text("firm", lambda row: row.firm),
        text("known names near it", lambda row: "; ".join(row.near)),
        text("used by", _uses),
        text("source", lambda row: row.source, yields=1),
    ]
    return [Section("", result.rows, columns), *_rest(result.total, len(result.rows), result.left_out)]


def _uses(row: NewFirm) -> str:
    return ", ".join(many(use.records, plain_name(use.table)) for use in row.uses) or "nothing"


def _rest(total: int, shown: int, left_out: int) -> list[Section]:
    lines = []
    if total > shown:
        lines.append(f"{many(total, 'firm')}; {shown:,} shown (--limit 0 shows all).")
    if not total:
        lines.append("No firms.")
    if left_out:
        lines.append(f"Left out: {many(left_out, 'firm')} named only by records marked too strictly.")
    return [Section("", lines=lines)] if lines else []


def tree_view(result: FirmTreeResult) -> list[Section]:
    """Owners above, the firm, what it owned below; each with what is known of the step."""
    owners = [row for row in result.rows if row.side is Side.OWNER]
    owned = [row for row in result.rows if row.side is Side.OWNED]
    deepest = max((row.depth for row in owners), default=0)
    lines = [f"{'  ' * (deepest - row.depth)}{_step(row)}" for row in owners]
    lines.append(f"{'  ' * deepest}{result.firm} ({result.firm_ref})")
    lines += [f"{'  ' * (deepest + row.depth)}└ {_step(row)}" for row in owned]
    if not owners:
        lines.insert(0, "No owner is on record for that day.")
    if not owned:
        lines.append("Nothing that it owned is on record for that day.")
    counted = result.top_owner or "not known"
    checked = ", not fully verified" if result.top_owner_unverified else ""
    lines.append(f"Counts by owner count it for: {counted}{checked}.")
    return [Section(f"{result.firm} on {result.at.isoformat()}", lines=lines)]


def _step(row: TreeLine) -> str:
    share = "share not stated" if row.share_percent is None else f"{row.share_percent:g} %"
    details = [
        share,
        f"product line {row.product_line}" if row.product_line else "",
        f"{row.control} control" if row.control else "",
        row.status if row.status != "completed" else "",
        f"from {row.since}" if row.since else "beginning not stated",
        f"until {row.until}" if row.until else "",
        "" if row.certain else "uncertain on that day",
        row.verification.replace("unverified", "not verified") if row.verification else "",
        "" if row.attributes else "not followed by counts",
        "see above" if row.repeated else "",
        row.source or "",
    ]
    kind = f" [{row.firm_kind}]" if row.firm_kind in ("fund", "holding") else ""
    return f"{row.firm}{kind}: {', '.join(filter(None, details))}".replace("from from ", "from ")
