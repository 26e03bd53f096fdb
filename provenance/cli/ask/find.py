"""`provenance find`."""

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


def find(
    context: typer.Context,
    text: Annotated[
        list[str], typer.Argument(help="Part of a marking, part number, firm, weapon or serial number.")
    ],
    limit: Annotated[int, typer.Option("--limit", min=0, help="Maximum rows of each kind (0 = all).")] = 20,
    max_tlp: MaxTlpOption = None,
    columns: ColumnsOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Search markings, part numbers, firms, weapons and serial numbers, in any script.

    Example: provenance find Герань
    """
    from provenance.cli.views.find import find_sections
    from provenance.services import records
    from provenance.services.contracts.records import FindRequest

    show = printer(format, out, columns=columns).show
    clearance = read_max_tlp(max_tlp)
    with clearance_hint(clearance):
        workspace = context_of(context).workspace(clearance=clearance)
        found = records.find(workspace, FindRequest(text=" ".join(text), limit=limit))
    show(found, partial(find_sections, clearance=clearance))
