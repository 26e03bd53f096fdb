"""`provenance history`."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.cli.ask.options import clearance_hint
from provenance.cli.completion import items
from provenance.cli.context import FormatOption, MaxTlpOption, OutOption, context_of, printer
from provenance.cli.values import max_tlp as read_max_tlp
from provenance.core.vocabulary import OutputFormat


def history(
    context: typer.Context,
    ref: Annotated[
        str,
        typer.Argument(
            help="A reference such as C-7K3M9-Q2X4H, a source's record key, or a name.", autocompletion=items
        ),
    ],
    max_tlp: MaxTlpOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Tell a record's life: entered, imported, amended, moved, withdrawn, assessed; the newest last.

    Example: provenance history C-7K3M9-Q2X4H
    """
    from provenance.cli.views.amendments import history_view
    from provenance.services.contracts.amendments import HistoryRequest
    from provenance.services.history import history as fetch

    clearance = read_max_tlp(max_tlp)
    with clearance_hint(clearance):
        workspace = context_of(context).workspace(clearance=clearance)
        found = fetch(workspace, HistoryRequest(text=ref))
    printer(format, out).show(found, history_view)
