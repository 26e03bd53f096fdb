"""`provenance log`: the group of commands that log what was found."""

from __future__ import annotations

import typer

from provenance.cli.log import assessments, custody, entries, files, lines, photos, transfer

log = typer.Typer(
    name="log",
    no_args_is_help=True,
    rich_markup_mode=None,
    help=(
        "Log what was found: recoveries, seizures, units, components, citations, assessments, photos.\n\n"
        "Every value can be given as an option; on a terminal the command asks for what is missing.\n\n"
        "Example: provenance log recovery"
    ),
)


def register(app: typer.Typer) -> None:
    """Adds the group; each module adds its commands in `register_log`."""
    for module in (entries, lines, files, assessments, transfer, photos, custody):
        module.register_log(log)
    app.add_typer(log, name="log")
