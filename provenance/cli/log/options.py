"""Options that several commands of `provenance log` have."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.core.vocabulary import Tlp

YesOption = Annotated[bool, typer.Option("--yes", help="Accept dates in the future without asking.")]
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
