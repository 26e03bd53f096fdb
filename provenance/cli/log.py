"""`provenance log`: what is written down at the wreck, one file a kind of record."""

from __future__ import annotations

import typer

from provenance.cli import (
    custody,
    evidence_log,
    log_belief,
    log_component,
    log_components,
    log_files,
    log_recovery,
    log_transfer,
)

log = typer.Typer(
    name="log",
    no_args_is_help=True,
    rich_markup_mode=None,
    help=(
        "Log what was found: recoveries, seizures, units, components, citations, what is believed.\n\n"
        "Every command takes flags for everything; on a terminal it asks for what is missing.\n\n"
        "Example: provenance log recovery"
    ),
)


def register(app: typer.Typer) -> None:
    """Adds the group; a module that logs something hangs its commands on `log` in its `register_log`."""
    for module in (
        log_recovery,
        log_component,
        log_components,
        log_files,
        log_belief,
        log_transfer,
        evidence_log,
        custody,
    ):
        module.register_log(log)
    app.add_typer(log, name="log")
