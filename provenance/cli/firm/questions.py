"""`provenance firm show`, `list`, `review` and `tree`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from provenance.cli.ask.options import clearance_hint
from provenance.cli.context import Clearance, Display
from provenance.cli.firm.options import FirmArgument
from provenance.cli.option_groups import grouped
from provenance.core.vocabulary import OrganizationKind


def register_firm(firm: typer.Typer) -> None:
    """Adds the commands to the group."""
    for name, command in (("show", show), ("list", list_), ("review", review), ("tree", tree)):
        firm.command(name)(grouped(command))


LimitOption = Annotated[int, typer.Option("--limit", min=0, help="Maximum rows (0 = all).")]


def show(context: typer.Context, firm: FirmArgument, *, clearance: Clearance, display: Display) -> None:
    """Show one firm: names, numbers, seats, owners, and what it is the same as.

    Example: provenance firm show Nexperia
    """
    from provenance.cli.views.show import show_sections
    from provenance.services.firms import show_firm

    workspace = clearance.workspace(context)
    with clearance_hint(workspace.clearance):
        found = show_firm(workspace, firm)
    display.show(found, lambda shown: show_sections(shown, everything=True, clearance=workspace.clearance))


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which firms to list."""

    text: Annotated[str | None, typer.Option("--name", help="Part of any of its names.")] = None
    kind: Annotated[OrganizationKind | None, typer.Option("--kind", help="What it is.")] = None
    country: Annotated[str | None, typer.Option("--country", help="Headquarters today: name or code.")] = None
    unverified: Annotated[bool, typer.Option("--unverified", help="Only firms that nobody has checked.")] = (
        False
    )


def list_(
    context: typer.Context,
    *,
    filters: Filters,
    limit: LimitOption = 50,
    clearance: Clearance,
    display: Display,
) -> None:
    """List firms with seats, owner and source.

    Example: provenance firm list --name semi --country US --limit 0
    """
    from provenance.cli.values import country_code_of
    from provenance.cli.views.firms import list_view
    from provenance.services.contracts.firms import FirmListRequest
    from provenance.services.firms import list_firms

    request = FirmListRequest(
        text=filters.text,
        kind=filters.kind,
        country=country_code_of("--country", filters.country),
        unverified=filters.unverified,
        limit=limit,
    )
    display.show(list_firms(clearance.workspace(context), request), list_view)


def review(
    context: typer.Context, *, limit: LimitOption = 20, clearance: Clearance, display: Display
) -> None:
    """List firms that were made of new names and never checked, with known names near them and what uses
    them.

    Merge one with the firm that it is (firm merge), correct its name (firm rename), say that it was checked
    (firm check), or remove it where nothing uses it (firm remove).

    Example: provenance firm review --limit 0
    """
    from provenance.cli.views.firms import review_view
    from provenance.services.firms import review_firms

    display.show(review_firms(clearance.workspace(context), limit), review_view)


def tree(
    context: typer.Context,
    firm: FirmArgument,
    at: Annotated[str | None, typer.Option("--at", help="As of this day; defaults to today.")] = None,
    *,
    clearance: Clearance,
    display: Display,
) -> None:
    """Draw who owned a firm and what it owned on a day, and what of it was verified.

    Example: provenance firm tree Nexperia --at 2025-01-01
    """
    from provenance.cli.values import day
    from provenance.cli.views.firms import tree_view
    from provenance.services.contracts.firms import FirmTreeRequest
    from provenance.services.firms import firm_tree

    workspace = clearance.workspace(context)
    request = FirmTreeRequest(firm=firm, at=day("--at", at, first=False))
    with clearance_hint(workspace.clearance):
        found = firm_tree(workspace, request)
    display.show(found, tree_view)
