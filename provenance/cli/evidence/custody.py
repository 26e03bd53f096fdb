"""`provenance custody`."""

from __future__ import annotations

import typer

from provenance.cli.context import (
    ExplainOption,
    FormatOption,
    MaxTlpOption,
    OutOption,
    context_of,
    printer,
)
from provenance.cli.evidence.options import RefArgument
from provenance.cli.values import max_tlp as read_max_tlp
from provenance.core.vocabulary import OutputFormat


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("custody")(custody)


def custody(
    context: typer.Context,
    ref: RefArgument,
    max_tlp: MaxTlpOption = None,
    explain: ExplainOption = False,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Show who has had an item, in order, with a row for each gap and overlap.

    Example: provenance custody R-7K3M9-Q2X4H
    """
    from provenance.cli.views.custody import custody_view
    from provenance.services.contracts.custody import CustodyRequest
    from provenance.services.custody import show_custody

    workspace = context_of(context).workspace(clearance=read_max_tlp(max_tlp))
    printer(format, out, explain).show(show_custody(workspace, CustodyRequest(ref=ref)), custody_view)
