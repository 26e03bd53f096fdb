"""`provenance screen`: names, files and the database's own records against the lists; stored runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer
import typer.core

from provenance.cli.context import ExplainOption, FormatOption, OutOption, context_of, printer
from provenance.cli.file_options import (
    LAYOUT_HINTS,
    STYLE_HINTS,
    DatesOption,
    LayoutOptions,
)
from provenance.cli.hints import option_hints
from provenance.cli.option_groups import grouped
from provenance.cli.progress import progress
from provenance.cli.values import day
from provenance.core.errors import BadInput
from provenance.core.vocabulary import OutputFormat
from provenance.core.vocabulary.watched import PartyKind, ScreeningKind
from provenance.text.plurals import many

HITS_FOUND = 6
"""The exit code of a screening that found something."""

_HINTS = {
    **STYLE_HINTS,
    **LAYOUT_HINTS,
    "no_list": "Import one first: provenance watchlist import FORMAT FILE --as-of DATE",
    "unknown_columns": "Name the column with --names-from COLUMN, or of addresses: --address-column COLUMN.",
    "two_columns": "Name the column to read with --names-from, --id-column or --country-column.",
}


AllOption = Annotated[
    bool, typer.Option("--all", help="Show every row and every hit, not only the first of many.")
]


class ScreenByDefault(typer.core.TyperGroup):
    """Words that are no command of the group are what to screen: ``screen NAME`` is ``screen run NAME``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Puts the command that screens before words that begin with no command."""
        if not args or args[0] not in self.commands:
            args = [_RUN, *args]
        return super().parse_args(ctx, args)


_RUN = "run"
group = typer.Typer(cls=ScreenByDefault, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.add_typer(
        group,
        name="screen",
        help="Screen names, addresses and registration numbers against the lists; show stored runs."
        '\n\nExample: provenance screen "Kalashnikov Concern"',
    )


@group.command("show")
def show(
    context: typer.Context,
    run: Annotated[str, typer.Argument(metavar="RUN", help="The screening run: N-…, or last.")] = "last",
    everything: AllOption = False,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Show a stored run: who screened what against what, and what was found.

    Example: provenance screen show last
    """
    from provenance.cli.views.screen import run_sections
    from provenance.services import screening
    from provenance.services.contracts.screening import ScreenRunRequest

    result = screening.show_run(context_of(context).workspace(), ScreenRunRequest(run=run))
    printer(format, out).show(result, lambda found: run_sections(found, everything=everything))


@group.command(_RUN)
@grouped
def screen(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME…]", help="Names, each in quotes.")
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", help="A file of customers or order lines, CSV or XLSX, one per row."),
    ] = None,
    names_from: Annotated[
        list[str] | None,
        typer.Option(
            "--names-from",
            help="A column of names to screen, such as Ship-to; repeatable. Defaults to all that are known.",
        ),
    ] = None,
    id_column: Annotated[
        str | None, typer.Option("--id-column", help="The file's column of your own customer ids.")
    ] = None,
    date_column: Annotated[
        str | None, typer.Option("--date-column", help="Screen each row as of the date in this column.")
    ] = None,
    address_column: Annotated[
        str | None, typer.Option("--address-column", help="The file's column of addresses.")
    ] = None,
    country_column: Annotated[
        str | None, typer.Option("--country-column", help="The file's column of countries.")
    ] = None,
    identifiers_column: Annotated[
        str | None,
        typer.Option(
            "--identifiers-column", help="The file's column of registration numbers: INN 7704730655; LEI …"
        ),
    ] = None,
    transfers: Annotated[
        bool,
        typer.Option("--transfers", help="Screen the parties of transfers, as of the date of each transfer."),
    ] = False,
    all_organizations: Annotated[
        bool,
        typer.Option("--all-organizations", help="Screen the database's own organizations by all names."),
    ] = False,
    address: Annotated[
        list[str] | None, typer.Option("--address", help="An address of the one name given; repeatable.")
    ] = None,
    country: Annotated[str | None, typer.Option("--country", help="The country of the names given.")] = None,
    identifier: Annotated[
        list[str] | None,
        typer.Option(
            "--identifier", help="A registration number of the one name given: INN 7704730655; repeatable."
        ),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Screen as of this date, unless a row has its own.")
    ] = None,
    lists: Annotated[
        list[str] | None,
        typer.Option("--list", help="Only this list, which may be known-chains; repeatable."),
    ] = None,
    known_chains: Annotated[
        bool,
        typer.Option("--known-chains", help="Also the firms on known supply chains of the database."),
    ] = False,
    only: Annotated[
        str | None,
        typer.Option("--only", help="entity or person; parties of unknown kind are kept."),
    ] = None,
    threshold: Annotated[
        float | None,
        typer.Option(
            "--threshold",
            min=0.05,
            max=1.0,
            help="The lowest probability of a hit (default: 0.25).",
        ),
    ] = None,
    new_since: Annotated[
        str | None,
        typer.Option("--new-since", help="Show only hits that this run did not have: N-…, or last."),
    ] = None,
    keep: Annotated[bool, typer.Option("--keep/--no-keep", help="Store the run and its hits.")] = True,
    everything: AllOption = False,
    *,
    written: LayoutOptions,
    dates: DatesOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
    explain: ExplainOption = False,
) -> None:
    """Screen names, addresses and registration numbers against the lists; exit code 6 if there are hits.

    The word run may be left out. Every name of a row is screened, such as those of Bill-to and Ship-to. To
    see a stored run again: provenance screen show.

    Example: provenance screen --file customers.csv --id-column "Customer no" --date-column Shipped
    """
    from provenance.cli.views.cells import show_columns, show_layout_notes
    from provenance.cli.views.screen import screen_sections
    from provenance.services import screening
    from provenance.services.contracts.screening import CustomerColumns, ScreenRequest

    shown = printer(format, out, explain)
    workspace = context_of(context).workspace()
    kind = _kind(names, address, identifier, file, transfers, all_organizations)
    request = ScreenRequest(
        kind=kind,
        names=tuple(names or ()),
        addresses=tuple(address or ()),
        country=_country(country),
        identifiers=tuple(identifier or ()),
        file=file,
        layout=written.layout,
        columns=CustomerColumns(
            name=tuple(names_from or ()),
            id=id_column,
            date=date_column,
            address=address_column,
            country=country_column,
            identifiers=identifiers_column,
        ),
        dates=dates,
        as_of=day("--as-of", as_of, first=False),
        lists=tuple(lists or ()),
        known_chains=known_chains,
        only=_only(only),
        threshold=threshold,
        new_since=new_since,
        save=keep,
    )
    with option_hints(_HINTS), progress("Screening:") as on_progress:
        result = screening.screen(workspace, request, on_progress)
    show_columns(result.columns, result.unread_columns)
    if format in (OutputFormat.CSV, OutputFormat.JSONL):
        # The other formats have them in the answer.
        show_layout_notes(result.notes)
    shown.show(result, lambda found: screen_sections(found, everything=everything))
    if result.has_hits:
        raise typer.Exit(HITS_FOUND)
    _refuse_unscreened(result.totals.rows_not_screened, file)


def _refuse_unscreened(rows: int | None, file: Path | None) -> None:
    """Ends with the exit code of bad input where rows could not be screened."""
    if rows:
        raise BadInput(
            f"{many(rows, 'row')} could not be screened: that is no clearance",
            file=file.name if file else "",
            hint="Correct what the answer says of each, and screen again.",
        )


def _only(text: str | None) -> Literal[PartyKind.ENTITY, PartyKind.PERSON] | None:
    """The kind of listed parties asked for.

    Raises:
        UsageError: it is neither.
    """
    from provenance.core.errors import UsageError

    if text is None:
        return None
    if text == PartyKind.ENTITY:
        return PartyKind.ENTITY
    if text == PartyKind.PERSON:
        return PartyKind.PERSON
    raise UsageError(f"--only {text!r}: it is entity or person")


def _kind(
    names: list[str] | None,
    addresses: list[str] | None,
    identifiers: list[str] | None,
    file: Path | None,
    transfers: bool,
    all_organizations: bool,
) -> ScreeningKind:
    """What is to be screened.

    Raises:
        UsageError: nothing, or several things at once.
    """
    from provenance.core.errors import UsageError

    given = {
        ScreeningKind.NAMES: bool(names or addresses or identifiers),
        ScreeningKind.FILE: file is not None,
        ScreeningKind.TRANSFERS: transfers,
        ScreeningKind.ORGANIZATIONS: all_organizations,
    }
    if sum(given.values()) != 1:
        raise UsageError(
            "Screen one of: names, --file, --transfers, --all-organizations",
            hint='For example: provenance screen "Kalashnikov Concern"',
        )
    if names and len(names) > 1 and (addresses or identifiers):
        raise UsageError(
            "--address and --identifier belong to one name", hint="Put several names into a file: --file."
        )
    return next(kind for kind, is_given in given.items() if is_given)


def _country(text: str | None) -> str | None:
    from provenance.cli.values import country

    code = country(text) if text else None
    return code if code and len(code) == 2 else None
