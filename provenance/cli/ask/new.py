"""`provenance new`."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from provenance.cli.ask.options import ListLimitOption, Readings, WeaponKindOption, filters
from provenance.cli.context import Clearance, Display
from provenance.cli.hints import SINCE, option_hints
from provenance.cli.values import day
from provenance.core.vocabulary import CountryBasis


def new(
    context: typer.Context,
    since: Annotated[
        str | None, typer.Option("--since", help="First seen since: 2023, 2023-04, 2023-04-01.")
    ] = None,
    entered_since: Annotated[
        str | None, typer.Option("--entered-since", help="First entered into this database since this day.")
    ] = None,
    since_import: Annotated[
        str | None,
        typer.Option(
            "--since-import", help="First entered with this import or later: last, or a file's name."
        ),
    ] = None,
    basis: Annotated[
        CountryBasis, typer.Option("--basis", help="The firm for which a brand counts.")
    ] = CountryBasis.BRAND,
    weapon_kind: WeaponKindOption = None,
    limit: ListLimitOption = 20,
    *,
    readings: Readings,
    clearance: Clearance,
    display: Display,
) -> None:
    """List first sightings of firms and parts since a date, by recovery and by publication; or what is new in
    this database since a day or an import.

    Example: provenance new --since 2024; provenance new --since-import last
    """
    from provenance.cli.views.new import new_sections
    from provenance.services import sightings
    from provenance.services.contracts.sightings import NewRequest

    request = NewRequest(
        since=day("--since", since, first=True),
        entered_since=day("--entered-since", entered_since, first=True),
        since_import=since_import,
        filters=filters(weapon_kind=weapon_kind, readings=readings),
        basis=basis,
    )
    with option_hints(SINCE):
        found = sightings.first_sightings(clearance.workspace(context), request)
    display.show(found, partial(new_sections, limit=limit))
