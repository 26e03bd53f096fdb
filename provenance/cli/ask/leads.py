"""`provenance lots` and `provenance similar`."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from provenance.cli.ask.options import LimitOption, clearance_hint
from provenance.cli.completion import firms, items
from provenance.cli.context import Clearance, Display

ReadPartsOption = Annotated[
    bool,
    typer.Option("--include-read-parts", help="Also use part numbers that only the program reads."),
]


def lots(
    context: typer.Context,
    firm: Annotated[
        str | None, typer.Option("--maker", help="Of this maker only.", autocompletion=firms)
    ] = None,
    min_recoveries: Annotated[
        int, typer.Option("--min-recoveries", min=2, help="In at least so many recoveries.")
    ] = 2,
    include_read_parts: ReadPartsOption = False,
    limit: LimitOption = 20,
    *,
    clearance: Clearance,
    display: Display,
) -> None:
    """List lots and date codes of one maker's goods that were found in several recoveries, the rarest first.

    Example: provenance lots --maker "Analog Devices"
    """
    from provenance.cli.views.leads import lot_sections
    from provenance.services import leads
    from provenance.services.contracts.leads import LotsRequest

    request = LotsRequest(
        firm=firm, min_recoveries=min_recoveries, limit=limit, include_read_parts=include_read_parts
    )
    display.show(leads.lots(clearance.workspace(context), request), lot_sections)


def similar(
    context: typer.Context,
    ref: Annotated[
        str,
        typer.Argument(help="A recovery or unit: reference, number on it, or key.", autocompletion=items),
    ],
    swapped: Annotated[
        bool,
        typer.Option("--swapped", help="What was swapped since the most similar earlier one of its type."),
    ] = False,
    against: Annotated[
        str | None,
        typer.Option("--against", help="Show what differs from this one.", autocompletion=items),
    ] = None,
    include_read_parts: ReadPartsOption = False,
    limit: LimitOption = 10,
    *,
    clearance: Clearance,
    display: Display,
) -> None:
    """List recoveries or units that share rare parts with one, and what was swapped since an earlier one.

    Example: provenance similar R-7K3M9-Q2X4H --swapped
    """
    from provenance.cli.values import max_tlp
    from provenance.cli.views.leads import similar_sections
    from provenance.services import leads
    from provenance.services.contracts.leads import SimilarRequest

    request = SimilarRequest(
        text=ref, against=against, swapped=swapped, limit=limit, include_read_parts=include_read_parts
    )
    with clearance_hint(max_tlp(clearance.max_tlp)):
        found = leads.similar(clearance.workspace(context), request)
    display.show(found, partial(similar_sections, swapped=swapped))
