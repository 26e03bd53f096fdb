"""`provenance custody`."""

from __future__ import annotations

import typer

from provenance.cli.context import Clearance, Display
from provenance.cli.evidence.options import RefArgument
from provenance.cli.option_groups import grouped


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("custody")(grouped(custody))


def custody(
    context: typer.Context,
    ref: RefArgument,
    *,
    clearance: Clearance,
    display: Display,
) -> None:
    """Show who has had an item, in order, with a row for each gap and overlap.

    Example: provenance custody R-7K3M9-Q2X4H
    """
    from provenance.cli.views.custody import custody_view
    from provenance.services.contracts.custody import CustodyRequest
    from provenance.services.custody import show_custody

    workspace = clearance.workspace(context)
    display.show(show_custody(workspace, CustodyRequest(ref=ref)), custody_view)
