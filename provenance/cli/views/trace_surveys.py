"""Chokepoints, recurring distributors and gaps, for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from provenance.cli.views.tables import Column, Section
from provenance.cli.views.trace_words import (
    SAME_NAME,
    amount,
    count_column,
    flat,
    more_rows,
    ownership_words,
    party,
    text_column,
    words,
)
from provenance.cli.views.words import UNKNOWN, evidence_class, many
from provenance.services.contracts.tracing import GapQuestion

if TYPE_CHECKING:
    from provenance.services.contracts.tracing import (
        Chokepoint,
        ChokepointsResult,
        GapsResult,
        Recurring,
        RecurringResult,
        TradedAmounts,
        TradeTotals,
    )

_QUESTIONS = {
    GapQuestion.NEXT_RECIPIENT: "Whom did it pass to?",
    GapQuestion.PREVIOUS_SENDER: "Where did it come from?",
    GapQuestion.FIRST_BUYER: "Who bought it first?",
}


def chokepoints_view(result: ChokepointsResult) -> list[Section]:
    """The coverage, the ranking, what ownership shows, and the removal of several together."""
    coverage = result.coverage
    heading = Section(
        f"Coverage: {coverage.recoveries_with_path:,} of"
        f" {many(coverage.recoveries, 'recovery')} with a known supply path"
        f" ({coverage.components_with_path:,} of {many(coverage.components, 'component')})."
    )
    rows = [_profile(row) | _counts(row) for row in result.rows]
    columns = [
        Column("rank", lambda row: str(row["rank"]), right=True),
        Column("firm", lambda row: row["name"]),
        count_column("reached_recoveries", "at least one path"),
        count_column("dependent_recoveries", "all known paths"),
        count_column("replaceable_recoveries", "also by others"),
        count_column("reached_components", "components", 2),
        count_column("documents"),
        count_column("origin_groups", "origins", 1),
        Column("transfers", lambda row: row["when"], yields=3),
        Column("quantity", lambda row: row["quantity"], yields=5),
        Column("value", lambda row: row["value"], yields=4),
        Column("other countries", lambda row: row["partner_countries"], yields=6),
    ]
    lines = [] if rows else ["No organization has enough independent documents to be ranked."]
    title = "Recoveries reached by at least one path, by all known paths, or also by others"
    sections = [heading, Section(title, rows, columns if rows else (), lines), *_ownership(result.rows)]
    return [*sections, *_removals(result)]


def _counts(row: Chokepoint) -> dict[str, Any]:
    """The counts of a chokepoint by name."""
    return flat(
        [row], "rank", "reached_recoveries", "dependent_recoveries", "replaceable_recoveries",
        "reached_components", "documents", "origin_groups",
    )[0]  # fmt: skip


def _profile(row: Chokepoint | Recurring) -> dict[str, Any]:
    """The firm, its trade and its countries in words."""
    trade = row.trade
    return {
        "name": f"{party(row.firm, row.firm_ref)} ({', '.join(trade.countries) or UNKNOWN})",
        "roles": ", ".join(map(words, trade.roles)) or UNKNOWN,
        "when": _when(trade),
        "quantity": _both_sides(trade, _quantity),
        "value": _both_sides(trade, _value),
        "partner_countries": ", ".join(trade.partner_countries) or UNKNOWN,
    }


def _when(trade: TradeTotals) -> str:
    if trade.first is None:
        return "dates unknown"
    return str(trade.first) if trade.first == trade.last else f"{trade.first} – {trade.last}"


def _both_sides(trade: TradeTotals, amounts_of: Callable[[TradedAmounts], str]) -> str:
    sides = [("received", amounts_of(trade.received)), ("sent", amounts_of(trade.sent))]
    return "; ".join(f"{verb} {amounts}" for verb, amounts in sides if amounts) or UNKNOWN


def _quantity(traded: TradedAmounts) -> str:
    parts = [amount(item.amount, item.unit, "(unit not stated)") for item in traded.quantities]
    return " + ".join([*parts, *([f"{traded.unquantified:,} not stated"] if traded.unquantified else [])])


def _value(traded: TradedAmounts) -> str:
    parts = [amount(item.amount, item.currency, "(currency not stated)") for item in traded.values]
    return " + ".join([*parts, *([f"{traded.unvalued:,} not stated"] if traded.unvalued else [])])


def _ownership(rows: Sequence[Chokepoint | Recurring]) -> list[Section]:
    """What ownership shows of the firms listed; nothing where it shows nothing."""
    parts = [(row.firm, ownership_words(row.ownership)) for row in rows]
    lines = [f"{firm}: {found}" for firm, found in parts if found]
    if not lines:
        return []
    lines.append(f"{SAME_NAME}; see provenance trace owners FIRM.")
    return [Section("Listed names and listed owners", lines=lines)]


def _removals(result: ChokepointsResult) -> list[Section]:
    """How many recoveries keep a path as organizations are removed one after the other."""
    if not result.removals:
        return []
    whole = result.coverage.recoveries_with_path
    lines = [
        f"{number}. without {party(step.firm, step.firm_ref)}: {step.recoveries_left:,} of"
        f" {many(whole, 'recovery')} left with a path (for any choice of {number:,}: at least"
        f" {step.recoveries_left_at_least:,})"
        for number, step in enumerate(result.removals, start=1)
    ]
    lines.append(
        "Chosen greedily; the lower bound comes from one maximum flow in which each recovery draws one unit."
    )
    return [Section("Removed together, one after the other", lines=lines)]


def recurring_view(result: RecurringResult) -> list[Section]:
    """Distributors with a column for each evidence class."""
    classes = list(result.rows[0].by_class) if result.rows else []
    rows = [
        {
            **_profile(row),
            "rank": row.rank,
            "documents": row.documents,
            **{f"class {name}": row.by_class[name] for name in classes},
        }
        for row in result.rows
    ]
    columns = [
        Column("rank", lambda row: str(row["rank"]), right=True),
        Column("firm", lambda row: row["name"]),
        Column("role", lambda row: row["roles"], yields=2),
        *(count_column(f"class {name}", evidence_class(name)) for name in classes),
        count_column("documents"),
        Column("transfers", lambda row: row["when"], yields=3),
    ]
    lines = [] if rows else ["No distributor is on a supply path into a recovery, by these classes."]
    title = "Recoveries reached, by the weakest class on the strongest path"
    return [Section(title, rows, columns if rows else (), lines), *_ownership(result.rows)]


def gaps_view(result: GapsResult) -> list[Section]:
    """Whom to ask what."""
    rows = [
        {
            "firm": party(row.firm, row.firm_ref),
            "question": _QUESTIONS[row.question],
            **flat([row], "recoveries", "components", "traceable", "requests_so_far")[0],
        }
        for row in result.rows
    ]
    columns = [
        text_column("firm", "ask"),
        text_column("question"),
        count_column("recoveries"),
        count_column("components"),
        count_column("traceable", "with lot or date code"),
        count_column("requests_so_far", "asked before"),
    ]
    lines = more_rows(result.questions, len(rows))
    lines += [] if rows else ["No supply path ends at a firm that could be asked."]
    title = f"Questions worth a letter ({result.questions:,}), by the recoveries that would gain"
    return [Section(title, rows, columns if rows else (), lines)]
