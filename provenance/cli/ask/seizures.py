"""`provenance seizures`."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.cli.completion import firms
from provenance.cli.context import Clearance, Display
from provenance.cli.values import country_code_of, hs_digits, window
from provenance.core.vocabulary.field import Movement


def seizures(
    context: typer.Context,
    movement: Annotated[
        Movement | None, typer.Option("--direction", help="Direction of the goods at the border.")
    ] = None,
    from_country: Annotated[str | None, typer.Option("--from-country", help="Country of departure.")] = None,
    to_country: Annotated[str | None, typer.Option("--to-country", help="Country of destination.")] = None,
    goods: Annotated[str | None, typer.Option("--goods", help="Part of the goods as declared.")] = None,
    hs: Annotated[str | None, typer.Option("--hs", help="The first digits of the customs code.")] = None,
    firm: Annotated[
        str | None,
        typer.Option("--firm", help="With this consignor or consignee.", autocompletion=firms),
    ] = None,
    since: Annotated[str | None, typer.Option("--since", help="Seized since: 2023, 2023-04-01.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Seized until.")] = None,
    *,
    clearance: Clearance,
    display: Display,
) -> None:
    """List seizures by direction, route and goods. They never count as found in a weapon.

    Example: provenance seizures --to-country RU --hs 8542
    """
    from provenance.cli.views.seizures import seizure_sections
    from provenance.services import seizures as service
    from provenance.services.contracts.seizures import SeizuresRequest

    first, last = window(since, until)
    request = SeizuresRequest(
        movement=movement,
        from_country=country_code_of("--from-country", from_country),
        to_country=country_code_of("--to-country", to_country),
        goods=goods,
        hs=hs_digits("--hs", hs),
        firm=firm,
        since=first,
        until=last,
    )
    workspace = clearance.workspace(context)
    display.show(service.seizures(workspace, request), seizure_sections)
