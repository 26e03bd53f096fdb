"""`provenance screen`: names, files and the database's own records against the lists."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from provenance.cli.context import ExplainOption, FormatOption, OutOption, context_of, printer
from provenance.cli.file_options import (
    LAYOUT_HINTS,
    STYLE_HINTS,
    DatesOption,
    EncodingOption,
    HeaderRowOption,
    SheetOption,
    file_layout,
)
from provenance.cli.hints import option_hints
from provenance.cli.progress import progress
from provenance.cli.values import day
from provenance.core.errors import BadInput
from provenance.core.vocabulary import OutputFormat
from provenance.core.vocabulary.watched import ScreeningKind
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


def register(app: typer.Typer) -> None:
    """Adds this group's command."""
    app.command("screen")(screen)


def screen(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME…]", help="Names, each in quotes. `show RUN` shows a stored run."),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="A customer file, CSV or XLSX, with a customer per row.")
    ] = None,
    names_from: Annotated[
        str | None, typer.Option("--names-from", help="The file's column of names.")
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
    threshold: Annotated[
        float | None,
        typer.Option("--threshold", min=0.3, max=1.0, help="The lowest score of a hit (default: 0.5)."),
    ] = None,
    new_since: Annotated[
        str | None,
        typer.Option("--new-since", help="Show only hits that this run did not have: N-…, or last."),
    ] = None,
    keep: Annotated[bool, typer.Option("--keep/--no-keep", help="Store the run and its hits.")] = True,
    sheet: SheetOption = None,
    header_row: HeaderRowOption = None,
    encoding: EncodingOption = None,
    dates: DatesOption = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
    explain: ExplainOption = False,
) -> None:
    """Screen names, addresses and registration numbers against the lists; exit code 6 if there are hits.

    Example: provenance screen --file customers.csv --id-column "Customer no" --date-column Shipped
    """
    from provenance.cli.views.cells import show_columns, show_notes
    from provenance.cli.views.screen import run_sections, screen_sections
    from provenance.services import screening
    from provenance.services.contracts.screening import CustomerColumns, ScreenRequest, ScreenRunRequest

    shown = printer(format, out, explain)
    workspace = context_of(context).workspace()
    if run := _stored_run(names):
        shown.show(screening.show_run(workspace, ScreenRunRequest(run=run)), run_sections)
        return
    kind = _kind(names, address, identifier, file, transfers, all_organizations)
    request = ScreenRequest(
        kind=kind,
        names=tuple(names or ()),
        addresses=tuple(address or ()),
        country=_country(country),
        identifiers=tuple(identifier or ()),
        file=file,
        layout=file_layout(sheet, header_row, encoding),
        columns=CustomerColumns(
            name=names_from,
            id=id_column,
            date=date_column,
            address=address_column,
            country=country_column,
            identifiers=identifiers_column,
        ),
        dates=dates,
        as_of=day("--as-of", as_of, first=False),
        lists=tuple(lists or ()),
        threshold=threshold,
        new_since=new_since,
        save=keep,
    )
    with option_hints(_HINTS), progress("Screening:") as on_progress:
        result = screening.screen(workspace, request, on_progress)
    show_columns(result.columns, result.unread_columns)
    if format in (OutputFormat.CSV, OutputFormat.JSONL):
        # The other formats have them in the answer.
        show_notes(result.notes)
    shown.show(result, screen_sections)
    if result.has_hits:
        raise typer.Exit(HITS_FOUND)
    if not_screened := result.totals.rows_not_screened:
        raise BadInput(
            f"{many(not_screened, 'row')} could not be screened: that is no clearance",
            file=file.name if file else "",
            hint="Correct what the answer says of each, and screen again.",
        )


def _stored_run(names: list[str] | None) -> str | None:
    """The run in ``show RUN``; None where the words are names, such as Show Electronics."""
    from provenance.core.identity import read_reference

    if not names or len(names) != 2 or names[0] != "show":
        return None
    try:
        return names[1] if names[1] == "last" or read_reference(names[1]) is not None else None
    except ValueError:
        # A mistyped reference: looking for it says what is wrong with it.
        return names[1]


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
