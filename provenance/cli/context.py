"""The options before a command, and the workspace that commands open with them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from provenance.cli.settings import Settings, drafts_folder, read_settings, store_folder
from provenance.core.vocabulary import OutputFormat, Tlp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from provenance.cli.render import Printer
    from provenance.cli.views.tables import Section
    from provenance.services.contracts.base import Result
    from provenance.services.workspace import Workspace

ResultT = TypeVar("ResultT", bound="Result")

FormatOption = Annotated[
    OutputFormat, typer.Option("--format", help="Output format; csv and jsonl print the basis to stderr.")
]
OutOption = Annotated[
    Path | None, typer.Option("--out", help="Write to this file, and the basis to FILE.basis.json.")
]
ExplainOption = Annotated[
    bool, typer.Option("--explain", help="Print the whole basis of the answer, not only what matters most.")
]
ColumnsOption = Annotated[
    str | None,
    typer.Option("--columns", help="Show only these columns of tables and csv, separated by commas."),
]
MaxTlpOption = Annotated[
    str | None,
    typer.Option(
        "--max-tlp",
        help=f"Leave out what is stricter than this: {', '.join(Tlp)}; no mark counts as AMBER.",
    ),
]


@dataclass(frozen=True, kw_only=True)
class Clearance:
    """How strictly marked what goes into an answer may be."""

    max_tlp: MaxTlpOption = None

    def workspace(self, context: typer.Context, store: Path | None = None) -> Workspace:
        """Where the command works, up to that mark; ``store`` is the evidence store that an option names.

        Raises:
            UsageError: no mark of TLP 2.0.
        """
        from provenance.cli.values import max_tlp

        folder = store_folder(store)
        return context_of(context).workspace(clearance=max_tlp(self.max_tlp), store=folder)


@dataclass(frozen=True, kw_only=True)
class Display:
    """How an answer is shown."""

    explain: ExplainOption = False
    columns: ColumnsOption = None
    format: FormatOption = OutputFormat.TABLE
    out: OutOption = None

    def show(self, result: ResultT, view: Callable[[ResultT], Sequence[Section]]) -> None:
        """Prints a result as these options ask."""
        printer(self.format, self.out, self.explain, self.columns).show(result, view)


class Context:
    """The settings, and the database that they name."""

    def __init__(self, database: str | None, actor: str | None) -> None:
        self._given = (database, actor)

    @property
    def settings(self) -> Settings:
        """The database and the actor."""
        return read_settings(*self._given)

    def workspace(self, *, clearance: Tlp | None = None, store: Path | None = None) -> Workspace:
        """Where the command works; ``clearance`` is the strictest mark that may go into its answer."""
        from provenance.services.workspace import Workspace

        settings = self.settings
        return Workspace(
            settings.database,
            settings.actor,
            store=store,
            clearance=clearance,
            drafts=drafts_folder(settings.database),
        )


def context_of(context: typer.Context) -> Context:
    """This program's own context of a command."""
    found = context.find_object(Context)
    assert found is not None
    return found


def printer(
    format: OutputFormat, out: Path | None, explain: bool = False, columns: str | None = None
) -> Printer:
    """The printer that a command's options ask for; ``columns`` are names separated by commas."""
    from provenance.cli.render import Printer

    names = [name for name in (columns or "").split(",") if name.strip()]
    return Printer(format, out, explain=explain, columns=names or None)
