"""`provenance init` and `provenance db`: create, upgrade, show and check the database."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.cli.context import FormatOption, OutOption, context_of, printer
from provenance.cli.notes import tell
from provenance.core.errors import IntegrityFailure
from provenance.core.vocabulary import OutputFormat

group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("init")(init)
    app.add_typer(
        group,
        name="db",
        help="Show the state of the database, and check it.\n\nExample: provenance db status",
    )


def init(
    context: typer.Context,
    sample: Annotated[bool, typer.Option("--sample", help="Also load the curated sample.")] = False,
) -> None:
    """Create or upgrade the database and load the reference data; safe to repeat.

    Example: provenance --db field.db init --sample
    """
    from provenance.cli.views.database import init_lines
    from provenance.services import database
    from provenance.services.contracts.database import InitRequest

    result = database.init(context_of(context).workspace(), InitRequest(sample=sample))
    for line in init_lines(result):
        tell(line)


@group.command("status")
def status(
    context: typer.Context,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Show the schema's revision, the size, the rows of each table, and how many packed facts are stale.

    Stale facts are read from the tables until the next command that writes packs them again.

    Example: provenance db status
    """
    from provenance.cli.views.database import status_sections
    from provenance.services import database

    printer(format, out).show(database.status(context_of(context).workspace()), status_sections)


@group.command("check")
def check(
    context: typer.Context,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Pack the facts again from the tables before checking.")
    ] = False,
    format: FormatOption = OutputFormat.TABLE,
    out: OutOption = None,
) -> None:
    """Check the file, references, schema, triggers and audit chain, and recount the packed facts.

    If anything differs, the command names it and ends with exit code 7.

    Example: provenance db check
    """
    from provenance.cli.views.database import check_sections
    from provenance.services import database
    from provenance.services.contracts.database import CheckRequest

    result = database.check(context_of(context).workspace(), CheckRequest(rebuild=rebuild))
    printer(format, out).show(result, check_sections)
    if not result.sound:
        raise IntegrityFailure(
            "The check found faults: " + "; ".join(row.check for row in result.rows if row.faults),
            hint="Facts that differ: provenance db check --rebuild. Triggers and schema: provenance init."
            " Anything else: restore a backup.",
        )
