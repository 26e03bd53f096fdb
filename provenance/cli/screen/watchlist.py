"""`provenance watchlist`: import, status, diff, show, formats."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
from provenance.core.vocabulary import OutputFormat
from provenance.core.vocabulary.watched import Asks

if TYPE_CHECKING:
    from provenance.services.contracts.watchlists import VersionChoice

_HINTS = {
    **LAYOUT_HINTS,
    **STYLE_HINTS,
    "unknown_columns": "Name columns with --map 'HEADER=field'.",
    "two_columns": "Leave one out: --map 'HEADER=-'.",
    "no_list_named": "Name it: --name LIST",
    "two_versions_of_a_day": "To put this one in its place: --replace. Otherwise give this version's own date"
    " with --as-of, or add it as an extract: --partial.",
    "list_shrank": "If the list did shrink: --accept-shrink. If the file is an extract: --partial.",
}

group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.add_typer(
        group,
        name="watchlist",
        help="Lists of parties to watch for, by version.\n\nExample: provenance watchlist status",
    )


def _known_formats() -> list[str]:
    from provenance.services.formats import watchlist_formats

    return watchlist_formats()


@group.command("formats")
def formats(format: FormatOption = OutputFormat.TABLE, out: OutOption = None) -> None:
    """List the formats that `provenance watchlist import` reads.

    Example: provenance watchlist formats
    """
    from provenance.cli.views.watchlist import formats_sections
    from provenance.services import watchlists

    printer(format, out).show(watchlists.formats(), formats_sections)


@group.command("import")
@grouped
def import_version(
    context: typer.Context,
    list_format: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT", help="One of `provenance watchlist formats`.", autocompletion=_known_formats
        ),
    ],
    file: Annotated[Path, typer.Argument(help="The file to import, or a ZIP or gzip archive of it.")],
    as_of: Annotated[str, typer.Option("--as-of", help="The date of this version, such as 2024-06-12.")],
    name: Annotated[
        str | None,
        typer.Option("--name", help="The list that this is a version of; needed for your own list."),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="The title of your own list.")] = None,
    asks: Annotated[
        Asks | None,
        typer.Option("--asks", help="What your own list asks of those who deal with a party."),
    ] = None,
    partial: Annotated[
        bool, typer.Option("--partial", help="The file is an extract: it adds parties and removes none.")
    ] = False,
    accept_shrink: Annotated[
        bool,
        typer.Option(
            "--accept-shrink", help="Accept a version that lost a section, or over a fifth of its parties."
        ),
    ] = False,
    since: Annotated[
        str | None,
        typer.Option("--since", help="The day on which the listing began, of entries that state none."),
    ] = None,
    count: Annotated[
        int | None, typer.Option("--count", min=1, help="The number of entries that the letter states.")
    ] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", help="HEADER=FIELD, for csv, xlsx and docx; HEADER=- ignores a column."),
    ] = None,
    dates: DatesOption = None,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help="Put this version in the place of another one of its day, such as one that an older version"
            " of the program read; judgements stay.",
        ),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the summary and write nothing.")] = False,
    *,
    written: LayoutOptions,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Import a version of a list. Importing it again changes nothing; versions may come in any order.

    read = new + known + changed + repeated. A truncated file never becomes a version.

    Example: provenance watchlist import csv ours.csv --name ours --as-of 2024-06-12
    """
    from provenance.cli.collector import collector_eased
    from provenance.cli.views.cells import show_columns
    from provenance.cli.views.watchlist import import_sections
    from provenance.services import watchlists
    from provenance.services.contracts.watchlists import ListImportRequest

    request = ListImportRequest(
        format=list_format,
        file=file,
        as_of=_one_day("--as-of", as_of),
        name=name,
        title=title,
        asks=asks,
        partial=partial,
        accept_shrink=accept_shrink,
        since=_one_day("--since", since) if since else None,
        count=count,
        mapping=_mapping(map_ or []),
        layout=written.layout,
        dates=dates,
        replace=replace,
        dry_run=dry_run,
    )
    with option_hints(_HINTS), collector_eased(), progress(f"{file.name}:") as on_progress:
        result = watchlists.import_version(context_of(context).workspace(), request, on_progress)
    for row in result.rows:
        show_columns(row.columns, row.unread_columns)
    printer(format, out).show(result, import_sections)


def _one_day(option: str, text: str) -> date:
    from provenance.core.errors import UsageError

    found = day(option, text, first=True)
    if found is None or day(option, text, first=False) != found:
        raise UsageError(f"{option} {text}: write one date, such as 2024-06-12")
    return found


def _mapping(pairs: list[str]) -> dict[str, str]:
    from provenance.core.errors import UsageError

    mapping = {}
    for pair in pairs:
        header, equals, field = pair.rpartition("=")
        if not equals or not header:
            raise UsageError(f"--map {pair}: write HEADER=FIELD")
        mapping[header.strip()] = field.strip()
    return mapping


@group.command("status")
def status(
    context: typer.Context,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
    explain: ExplainOption = False,
) -> None:
    """Show which lists are imported, how old their newest versions are, and which of them are stale.

    Example: provenance watchlist status
    """
    from provenance.cli.views.watchlist import status_sections
    from provenance.services import watchlists

    result = watchlists.status(context_of(context).workspace())
    printer(format, out, explain).show(result, status_sections)


@group.command("diff")
def diff(
    context: typer.Context,
    older: Annotated[str, typer.Argument(metavar="A", help="LIST@DATE, such as ofac-sdn@2019-01-01.")],
    newer: Annotated[str, typer.Argument(metavar="B", help="LIST@DATE; LIST alone is its newest version.")],
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Show which parties were listed, delisted or changed between two versions.

    Example: provenance watchlist diff ofac-sdn@2019-01-01 ofac-sdn@2022-02-17
    """
    from provenance.cli.views.watchlist import diff_sections
    from provenance.services import watchlists
    from provenance.services.contracts.watchlists import ListDiffRequest

    request = ListDiffRequest(older=_version(older), newer=_version(newer))
    printer(format, out).show(watchlists.diff(context_of(context).workspace(), request), diff_sections)


def _version(text: str) -> VersionChoice:
    from provenance.core.errors import UsageError
    from provenance.services.contracts.watchlists import VersionChoice

    key, at, date_ = text.partition("@")
    if not key or (at and not date_):
        raise UsageError(f"{text} is not a version", hint="Write LIST@DATE, such as ofac-sdn@2022-02-17.")
    return VersionChoice(list=key, day=date_ or None)


@group.command("show")
def show(
    context: typer.Context,
    entry: Annotated[list[str], typer.Argument(help="An entry's key, registration number or name.")],
    name: Annotated[str | None, typer.Option("--list", help="Only in this list.")] = None,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Show one entry: when it was listed, and what each version said about it.

    Example: provenance watchlist show 306 --list ofac-sdn
    """
    from provenance.cli.views.watchlist import entry_sections
    from provenance.services import watchlists
    from provenance.services.contracts.watchlists import ListEntryRequest

    request = ListEntryRequest(text=" ".join(entry), list=name)
    result = watchlists.show_entry(context_of(context).workspace(), request)
    printer(format, out).show(result, entry_sections)
