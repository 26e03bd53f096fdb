"""`provenance show`."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from provenance.cli.ask.options import clearance_hint
from provenance.cli.context import (
    ColumnsOption,
    FormatOption,
    MaxTlpOption,
    OutOption,
    context_of,
    printer,
)
from provenance.cli.values import max_tlp as read_max_tlp
from provenance.core.vocabulary import OutputFormat


def show(
    context: typer.Context,
    ref: Annotated[
        str, typer.Argument(help="A reference such as C-7K3M9-Q2X4H, a source's record key, or a name.")
    ],
    all_: Annotated[bool, typer.Option("--all", help="Show every row of long lists.")] = False,
    max_tlp: MaxTlpOption = None,
    columns: ColumnsOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Show one record with everything that supports it.

    Example: provenance show Kh-101
    """
    from provenance.cli.views.show import show_sections
    from provenance.services import records
    from provenance.services.contracts.records import ShowRequest

    prints = printer(format, out, columns=columns)
    clearance = read_max_tlp(max_tlp)
    with clearance_hint(clearance):
        workspace = context_of(context).workspace(clearance=clearance)
        found = records.show(workspace, ShowRequest(text=ref))
    prints.show(found, partial(show_sections, everything=all_, clearance=clearance))
