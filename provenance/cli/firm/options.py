"""Options that the commands about firms, weapons and types of units share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.completion import firms, sources
from provenance.cli.context import FormatOption, OutOption, printer
from provenance.core.vocabulary import OutputFormat, Verification

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from provenance.cli.views.tables import Section
    from provenance.services.contracts.base import Result
    from provenance.services.contracts.firms import StatedPeriod, StatedTerms

FirmArgument = Annotated[
    str, typer.Argument(metavar="FIRM", help="A firm, by reference or any name.", autocompletion=firms)
]
ReasonOption = Annotated[
    str | None, typer.Option("--reason", "--why", help="Why, for those who read the history later.")
]
RemoveOption = Annotated[
    bool, typer.Option("--remove", help="Withdraw this statement; it stays in the history.")
]
SharedOption = Annotated[
    bool, typer.Option("--shared", help="The name is this firm's although another firm has it too.")
]

HINTS = {
    "source": "Add --source KEY, --source ADDRESS or --source 'Publisher, title'; --source own is what you"
    " know yourself.",
    "reason": "Add --reason TEXT.",
    "shared": "If it is one firm: provenance firm merge A B. If both have the name, add --shared.",
    "near": "If it is none of these, add --new.",
    "unfit": "Check it. To keep it as it is, unverified: --unverified.",
    "circle": "If one of these ownerships ended, say when: provenance firm owns OWNER OWNED --until DATE.",
    "kept_apart": "If they are one nevertheless, add --confirm, or undo that statement: provenance same A B"
    " --never --undo.",
    "only_name": "To remove the firm: provenance firm remove FIRM.",
}


@dataclass(frozen=True, kw_only=True)
class StatedOn:
    """On which source and why something is stated."""

    source: Annotated[
        str | None,
        typer.Option(
            "--source",
            help="Key or reference of the source; or a new one: an address, or publisher and title; or own.",
            autocompletion=sources,
        ),
    ] = None
    reason: ReasonOption = None
    verified: Annotated[bool, typer.Option("--verified", help="You have checked it against this source.")] = (
        False
    )

    @property
    def terms(self) -> StatedTerms:
        """The terms of a request."""
        from provenance.services.contracts.firms import StatedTerms

        checked = Verification.VERIFIED if self.verified else Verification.UNVERIFIED
        return StatedTerms(source=self.source, reason=self.reason or "", verification=checked)


@dataclass(frozen=True, kw_only=True)
class Held:
    """From and to when something was so."""

    since: Annotated[
        str | None,
        typer.Option("--from", help="Since when, such as 2017-02; or unknown."),
    ] = None
    until: Annotated[
        str | None,
        typer.Option("--until", help="From when it was no longer so; or unknown."),
    ] = None

    @property
    def period(self) -> StatedPeriod:
        """The period of a request."""
        from provenance.services.contracts.firms import StatedPeriod

        return StatedPeriod(since=self.since, until=self.until)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """How an answer is printed."""

    format: FormatOption = OutputFormat.TABLE
    out: OutOption = None

    def show(self, result: Result, view: Callable[..., Sequence[Section]]) -> None:
        """Prints a result."""
        printer(self.format, self.out).show(result, view)
