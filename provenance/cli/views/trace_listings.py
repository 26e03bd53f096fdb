"""Trade and listing of firms, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.cli.views.tables import Column, Section, number, text
from provenance.cli.views.trace_words import more_rows, party, when, words
from provenance.cli.views.words import UNKNOWN, many

if TYPE_CHECKING:
    from provenance.services.contracts.trace_listings import ListedTrade, ListingsResult


def listings_view(result: ListingsResult, limit: int) -> list[Section]:
    """A table of at most ``limit`` firms (0 is all), and who began afterwards for each."""
    shown = result.rows[: limit or None]
    if not shown:
        return [Section("", lines=["No firm with trade on record has a name that is on a watchlist here."])]
    columns: list[Column] = [
        text("firm", lambda row: row.firm),
        text("list", lambda row: row.watchlist),
        text("first trade", lambda row: when(row.first_trade_earliest, row.first_trade_latest)),
        text("listed", _listed),
        text("lag in days", _lag),
        number("transfers before", lambda row: row.before, yields=2),
        number("after", lambda row: row.after),
        number("not placed by date", lambda row: row.unplaced, yields=3),
        text("went on", lambda row: words(row.went_on)),
        text("last trade", lambda row: when(row.last_trade_earliest, row.last_trade_latest), yields=1),
    ]
    lines = [line for row in shown for line in _afterwards(row)]
    return [
        Section("Trade and listing", shown, columns, more_rows(len(result.rows), len(shown))),
        Section(
            "Began to send the same part to the same recipient afterwards",
            lines=lines or ["None on record, by part number."],
        ),
    ]


def _listed(row: ListedTrade) -> str:
    if row.listed_earliest is None:
        return f"by {row.listed_latest}"
    return when(row.listed_earliest, row.listed_latest)


def _lag(row: ListedTrade) -> str:
    if row.lag_days_most is None:
        return UNKNOWN
    if row.lag_days_least is None:
        return f"at most {row.lag_days_most:,}"
    if row.lag_days_least == row.lag_days_most:
        return f"{row.lag_days_least:,}"
    return f"{row.lag_days_least:,} to {row.lag_days_most:,}"


def _afterwards(row: ListedTrade) -> list[str]:
    lines = [
        f"{row.firm} ({row.watchlist}): {party(item.firm, item.firm_ref)}, {many(item.transfers, 'transfer')}"
        f" to {many(item.recipients, 'recipient')} of the firm's, {many(item.parts, 'part')},"
        f" from {item.since or 'an unknown day'}."
        for item in row.successors
    ]
    more = row.successors_in_all - len(row.successors)
    return lines + ([f"{row.firm} ({row.watchlist}): and {more:,} more."] if more else [])
