"""`provenance firm import`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from provenance.cli.context import context_of
from provenance.cli.firm.options import Answer
from provenance.cli.option_groups import grouped
from provenance.core.errors import BadInput
from provenance.core.vocabulary import OwnershipFormat


def register_firm(firm: typer.Typer) -> None:
    """Adds the command to the group."""
    firm.command("import")(grouped(import_))


def import_(
    context: typer.Context,
    ownership: Annotated[
        OwnershipFormat,
        typer.Argument(metavar="FORMAT", help="gleif (relationship records, CSV or XML), bods, csv."),
    ],
    file: Annotated[Path, typer.Argument(help="The file to import.")],
    source: Annotated[str, typer.Option("--source", help="Short key of the publication that it is.")],
    publisher: Annotated[str | None, typer.Option("--publisher", help="Who published it.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Its title.")] = None,
    source_address: Annotated[str | None, typer.Option("--source-address", help="Its web address.")] = None,
    names: Annotated[
        Path | None,
        typer.Option("--names", help="GLEIF: the LEI records (LEI-CDF) with the names behind LEIs."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Make firms that are not on record, unverified.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the same summary, but write nothing.")
    ] = False,
    *,
    answer: Answer,
) -> None:
    """Import who owns whom; only firms on record, unless --all. The same file twice changes nothing.

    read = new + known + changed + repeated + rejected; what states no owner of a firm on record is left out
    and counted. What another source states is never replaced.

    Example: provenance firm import gleif rr.csv --names lei.csv --source gleif-2026-11 --dry-run
    """
    from provenance.cli.collector import collector_eased
    from provenance.cli.views.firm_imports import import_view
    from provenance.services.contracts.firm_imports import FirmImportRequest
    from provenance.services.contracts.imports import SourceStatement
    from provenance.services.firm_imports import import_firms

    request = FirmImportRequest(
        file=file,
        format=ownership,
        source=SourceStatement(key=source, publisher=publisher, title=title, address=source_address),
        names=names,
        everything=everything,
        dry_run=dry_run,
    )
    with collector_eased():
        result = import_firms(context_of(context).workspace(), request)
    answer.show(result, import_view)
    (row,) = result.rows
    if row.rejected:
        first = row.rejections[0]
        hint = f"{row.rejected:,} of {row.read:,} records cannot be used; the others were imported."
        raise BadInput(first.reason, file=row.file, line=first.line, hint="" if dry_run else hint)
