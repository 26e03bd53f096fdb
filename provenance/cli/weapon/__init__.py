"""`provenance weapon` and `provenance unit-type`: names, kinds, first known days; merged, removed, undone."""

from __future__ import annotations

import typer

from provenance.cli.weapon import unit_types, weapons

weapon = typer.Typer(
    name="weapon",
    no_args_is_help=True,
    rich_markup_mode=None,
    help=(
        "Weapons: names, kind, countries, since when each is known; merged, removed, undone.\n\n"
        "Every statement has its source; what is changed stays in the weapon's history and can be undone.\n\n"
        'Example: provenance weapon show "Geran-2"'
    ),
)
unit_type = typer.Typer(
    name="unit-type",
    no_args_is_help=True,
    rich_markup_mode=None,
    help=(
        "Types of units that weapons share (antennas, computers): names, kind; merged, removed, undone.\n\n"
        'Example: provenance unit-type show "Kometa-M"'
    ),
)


def register(app: typer.Typer) -> None:
    """Adds the groups."""
    weapons.register_weapon(weapon)
    unit_types.register_unit_type(unit_type)
    app.add_typer(weapon, name="weapon")
    app.add_typer(unit_type, name="unit-type")
