"""Options that several commands of `provenance log` have."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.field import NewName

YesOption = Annotated[bool, typer.Option("--yes", help="Accept dates in the future without asking.")]
ConfirmOddOption = Annotated[
    bool,
    typer.Option(
        "--confirm-odd",
        help="Log it although it is unlikely: dates out of order or in the future, a position outside its"
        " country, very many pieces.",
    ),
]
NewWeaponOption = Annotated[
    bool, typer.Option("--new-weapon", help="Create the weapon, unverified, if no record has its name.")
]
NewUnitTypeOption = Annotated[
    bool, typer.Option("--new-unit-type", help="Create the unit type, unverified, if no record has its name.")
]
NewMakerOption = Annotated[
    bool, typer.Option("--new-maker", help="Create the maker, unverified, if no record has its name.")
]
NewPartyOption = Annotated[
    bool,
    typer.Option("--new-party", help="Create a party, unverified, although its name resembles a known one."),
]
GuidedOption = Annotated[
    bool,
    typer.Option("--guided", help="Ask for what the options do not state, on a terminal or line by line."),
]
LanguageOption = Annotated[
    str | None, typer.Option("--language", help="Language of the questions: en or uk. Defaults to LANG.")
]
TlpOption = Annotated[
    str | None,
    typer.Option("--tlp", help=f"Traffic Light Protocol 2.0: {', '.join(Tlp)}. No mark counts as AMBER."),
]
NoteOption = Annotated[str | None, typer.Option("--note", help="Anything else.")]


def new_names(**flags: bool) -> frozenset[NewName]:
    """The kinds of names whose flags are set, by the name of the kind."""
    return frozenset(NewName(name) for name, given in flags.items() if given)
