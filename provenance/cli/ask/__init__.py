"""Questions: commands that read the database and write nothing."""

from __future__ import annotations

import typer

from provenance.cli.ask.coverage import coverage
from provenance.cli.ask.exposure import exposure
from provenance.cli.ask.find import find
from provenance.cli.ask.history import history
from provenance.cli.ask.identify import identify
from provenance.cli.ask.leads import lots, similar
from provenance.cli.ask.lists import list_records
from provenance.cli.ask.new import new
from provenance.cli.ask.seizures import seizures
from provenance.cli.ask.show import show
from provenance.cli.ask.top import top
from provenance.cli.option_groups import grouped


def register(app: typer.Typer) -> None:
    """Adds this group's commands."""
    for command in (
        top, exposure, new, coverage, identify, find, show, history, seizures, lots, similar,
    ):  # fmt: skip
        app.command(command.__name__)(grouped(command))
    # A function of that name would hide Python's own.
    app.command("list")(grouped(list_records))
