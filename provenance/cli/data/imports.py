"""`provenance import`, `provenance formats` and `provenance read-markings`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.context import FormatOption, OutOption, context_of, printer
from provenance.cli.file_options import (
    LAYOUT_HINTS,
    STYLE_HINTS,
    WrittenOptions,
)
from provenance.cli.hints import option_hints
from provenance.cli.option_groups import grouped
from provenance.core.errors import BadInput, UsageError
from provenance.core.vocabulary import OutputFormat

if TYPE_CHECKING:
    from provenance.services.contracts.imports import ImportRow, SourceStatement


_HINTS = (
    LAYOUT_HINTS
    | STYLE_HINTS
    | {
        "source": "Name it: --source KEY --publisher NAME --title TITLE.",
        "rows_rejected": "Correct the file, or import the other rows and keep these with --rejected FILE.",
        "unknown_columns": "Name columns with --map 'HEADER=field'.",
        "two_columns": "Leave one out: --map 'HEADER=-'.",
    }
)


def _known_formats() -> list[str]:
    from provenance.services.formats import importable_formats

    return importable_formats()


def register(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("import")(grouped(import_file))
    app.command("formats")(formats)
    app.command("read-markings")(read_markings)


def formats(format: FormatOption = OutputFormat.TABLE, out: OutOption = None) -> None:
    """List every format that the program reads: lists to import, customers to screen, watchlists.

    Example: provenance formats
    """
    from provenance.cli.views.imports import formats_view
    from provenance.services.imports import list_formats

    printer(format, out).show(list_formats(), formats_view)


def import_file(
    context: typer.Context,
    source_format: Annotated[
        str,
        typer.Argument(metavar="FORMAT", help="See `provenance formats`.", autocompletion=_known_formats),
    ],
    file: Annotated[Path, typer.Argument(help="The file to import.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the same summary, but write nothing.")
    ] = False,
    rejected: Annotated[
        Path | None,
        typer.Option(
            "--rejected", help="Import the good rows and write the others, with reasons, to this CSV."
        ),
    ] = None,
    read: Annotated[
        bool,
        typer.Option(
            "--read/--no-read",
            help="Read markings, dates and categories now, or later: provenance read-markings.",
        ),
    ] = True,
    source: Annotated[
        str | None, typer.Option("--source", help="Short key of the publication that the file comes from.")
    ] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", help="Who published it.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Its title.")] = None,
    source_address: Annotated[str | None, typer.Option("--source-address", help="Its web address.")] = None,
    origin_group: Annotated[
        str | None,
        typer.Option(
            "--origin-group",
            help="Name shared by sources that rest on the same wrecks. Defaults to the publisher.",
        ),
    ] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help="HEADER=FIELD, for components, parts, transfers; HEADER=- leaves a column out. Repeatable.",
        ),
    ] = None,
    mapping: Annotated[Path | None, typer.Option("--mapping", help="Use this saved mapping.")] = None,
    save_mapping: Annotated[
        Path | None, typer.Option("--save-mapping", help="Save the mapping used to this file.")
    ] = None,
    separate_equal: Annotated[
        bool,
        typer.Option(
            "--separate-equal", help="Transfers: count equal rows without a key as separate deliveries."
        ),
    ] = False,
    *,
    written: WrittenOptions,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Import a published list; the same file twice changes nothing.

    read = new + known + changed + repeated + rejected.

    Example: provenance import gur-components components.csv --dry-run
    """
    from provenance.cli.collector import collector_eased
    from provenance.cli.progress import progress
    from provenance.cli.views.cells import show_columns
    from provenance.cli.views.imports import import_view
    from provenance.services.contracts.imports import ColumnMapping, ImportRequest
    from provenance.services.imports import import_list

    request = ImportRequest(
        format=source_format,
        file=file,
        source=_source(source, publisher, title, source_address, origin_group),
        mapping=ColumnMapping(saved=mapping, overrides=tuple(map_ or ()), save_to=save_mapping),
        dates=written.dates,
        decimal=written.decimal,
        dry_run=dry_run,
        rejected=rejected,
        read_markings=read,
        separate_equal=separate_equal,
        layout=written.layout,
    )
    with option_hints(_HINTS), collector_eased(), progress(file.name) as on_progress:
        result = import_list(context_of(context).workspace(), request, on_progress)
    (row,) = result.rows
    show_columns(row.columns, row.unread_columns, row.record_keys)
    printer(format, out).show(result, import_view)
    if row.rejected:
        _refuse(row, rejected if not dry_run else None)


def read_markings(
    context: typer.Context, format: FormatOption = OutputFormat.TABLE, out: OutOption = None
) -> None:
    """Read the markings of all components again, as an import does.

    Maker and part number are read where no source states a part number; date, category and customs code
    where none is stated. Useful when the parts catalogue or the lists have grown. Earlier readings are
    withdrawn and stay on record; published and confirmed statements do not change.

    Example: provenance read-markings
    """
    from provenance.cli.views.imports import markings_view
    from provenance.services.imports import read_markings as service

    printer(format, out).show(service(context_of(context).workspace()), markings_view)


def _refuse(row: ImportRow, rejected: Path | None) -> None:
    first = row.rejections[0]
    where = f" They are in {rejected}." if rejected else ""
    hint = f"{row.rejected:,} of {row.read:,} rows cannot be used.{where}"
    raise BadInput(first.reason, file=row.file, line=first.line, hint=hint)


def _source(
    key: str | None, publisher: str | None, title: str | None, address: str | None, origin_group: str | None
) -> SourceStatement | None:
    from provenance.services.contracts.imports import SourceStatement

    if key is None:
        if publisher or title:
            raise UsageError("The source needs a key.", hint="Add --source KEY.")
        return None
    return SourceStatement(
        key=key, publisher=publisher, title=title, address=address, origin_group=origin_group
    )
