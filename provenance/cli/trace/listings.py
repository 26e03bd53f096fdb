"""`provenance trace listings`."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.cli.completion import firms
from provenance.cli.context import Display
from provenance.cli.option_groups import grouped
from provenance.cli.trace.options import ClassOption, Known, LimitOption, evidence_classes, working


def register_trace(trace: typer.Typer) -> None:
    """Adds the command to the group."""
    trace.command("listings")(grouped(listings))


def listings(
    context: typer.Context,
    firm: Annotated[
        str | None, typer.Option("--firm", help="Only this firm, by any of its names.", autocompletion=firms)
    ] = None,
    watchlist: Annotated[
        list[str] | None, typer.Option("--list", help="Only this watchlist, by its key; repeatable.")
    ] = None,
    class_: ClassOption = None,
    *,
    known: Known,
    limit: LimitOption = 20,
    display: Display,
) -> None:
    """Show how long firms traded before they were listed, whether trade went on, and who began afterwards.

    Example: provenance trace listings --list us-csl --class any
    """
    from provenance.cli.views.trace_listings import listings_view
    from provenance.services.contracts.trace_listings import ListingsRequest
    from provenance.services.trace_listings import listings as find_listings

    request = ListingsRequest(
        firm=firm,
        watchlists=tuple(watchlist or ()),
        evidence_classes=evidence_classes(class_),
        known_on=known.on,
        known_by=known.known_by,
    )
    with working("Reading all transfers and listings…"):
        found = find_listings(known.workspace(context), request)
    display.show(found, lambda result: listings_view(result, limit))
