"""`provenance new`."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from provenance.cli.ask.options import ListLimitOption, Readings, WeaponKindOption, filters
from provenance.cli.context import Clearance, Display
from provenance.cli.values import day
from provenance.core.vocabulary import CountryBasis


def new(
    context: typer.Context,
    since: Annotated[str, typer.Option("--since", help="First seen since: 2023, 2023-04, 2023-04-01.")],
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
    """List first sightings of firms and parts since a date, by recovery and by publication.

    Example: provenance new --since 2024
    """
    from provenance.cli.views.new import new_sections
    from provenance.services import sightings
    from provenance.services.contracts.sightings import NewRequest

    first = day("--since", since, first=True)
    assert first is not None
    chosen = filters(weapon_kind=weapon_kind, readings=readings)
    workspace = clearance.workspace(context)
    found = sightings.first_sightings(workspace, NewRequest(since=first, filters=chosen, basis=basis))
    display.show(found, partial(new_sections, limit=limit))
