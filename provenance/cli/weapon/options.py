"""Arguments and hints of the commands about weapons and types of units."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.cli.completion import unit_types, weapons
from provenance.cli.firm import options as firm_options
from provenance.core.vocabulary import Language

WeaponArgument = Annotated[
    str, typer.Argument(metavar="WEAPON", help="A weapon, by reference or any name.", autocompletion=weapons)
]
UnitTypeArgument = Annotated[
    str,
    typer.Argument(
        metavar="UNIT-TYPE", help="A type of unit, by reference or any name.", autocompletion=unit_types
    ),
]
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="A name, in any script.")]
LanguageOption = Annotated[
    Language, typer.Option("--language", help="The language of the name; und where it makes no difference.")
]
NewOption = Annotated[
    bool, typer.Option("--new", help="It is one of its own although its name resembles a known one.")
]
ChangeOption = Annotated[
    int | None,
    typer.Option("--change", min=1, help="Number of the change in its history; defaults to the last."),
]
LimitOption = Annotated[int, typer.Option("--limit", min=0, help="Maximum rows (0 = all).")]

HINTS = {
    **firm_options.HINTS,
    "shared": "Each name means one weapon or type of unit. If the two are one, merge them.",
    "facts": "Give what it is: --kind, --design, --build, --producer, --nato, --variant-of, --first-known.",
    "only_name": "To take the record away: remove.",
}
