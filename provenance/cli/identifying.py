"""`provenance read-markings`."""

from __future__ import annotations

from dataclasses import asdict

import typer

from provenance.cli.context import FormatOption, OutOption, context_of, printer
from provenance.core.vocabulary import OutputFormat


def register(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("read-markings")(read_markings)


def read_markings(
    context: typer.Context, format: FormatOption = OutputFormat.TABLE, out: OutOption = None
) -> None:
    """Read the markings of all components anew, as an import does.

    Who made a component and what it is are read where no source states a part number, its date, kind and
    customs code wherever none is stated. Worth doing when the parts catalogue or the lists have grown.
    Earlier readings are taken back and stay on record; published and confirmed statements are not touched.

    Example: provenance read-markings
    """
    from provenance.cli.imports import readings_section
    from provenance.cli.render import Answer
    from provenance.importing.readings import read_all

    own = context_of(context)
    summary = read_all(own.writing_engine(), actor=own.settings.actor)
    answer = Answer("provenance.read-markings/1", [asdict(summary)], [readings_section(summary)])
    printer(format, out).print(answer)
