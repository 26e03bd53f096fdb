"""Whether records are the same item: decided, explained, proposed."""

from __future__ import annotations

import typer

from provenance.cli.option_groups import grouped
from provenance.cli.same.duplicates import duplicates
from provenance.cli.same.review import review
from provenance.cli.same.same import same


def register(app: typer.Typer) -> None:
    """Adds this group's commands."""
    for command in (same, duplicates, review):
        app.command(command.__name__)(grouped(command))
