"""`provenance trace owners`."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.cli.context import Display, context_of
from provenance.cli.option_groups import grouped
from provenance.cli.trace.options import FirmArgument, RuleOption


def register_trace(trace: typer.Typer) -> None:
    """Adds the command to the group."""
    trace.command("owners")(grouped(owners))


def owners(
    context: typer.Context,
    firm: FirmArgument,
    on: Annotated[str | None, typer.Option("--on", help="As of this day; defaults to today.")] = None,
    rule: RuleOption = None,
    *,
    display: Display,
) -> None:
    """Show which listed parties own a firm, through which stakes, and which ownership rules apply.

    Example: provenance trace owners "Alpha Trading" --on 2025-10-15 --rule us-bis-affiliates
    """
    from provenance.cli.values import day
    from provenance.cli.views.trace_owners import owners_view
    from provenance.services.contracts.tracing import OwnersRequest
    from provenance.services.tracing import owners as find_owners

    request = OwnersRequest(firm=firm, on=day("--on", on, first=False), rule=rule)
    display.show(find_owners(context_of(context).workspace(), request), owners_view)
