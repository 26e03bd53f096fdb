"""`provenance init`."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.cli.context import context_of


def register(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("init")(init)


def init(
    context: typer.Context,
    sample: Annotated[bool, typer.Option("--sample", help="Also load the curated sample.")] = False,
) -> None:
    """Create or upgrade the database and load the reference data; safe to repeat.

    Example: provenance --db field.db init --sample
    """
    from provenance.core.clock import system_clock
    from provenance.schema.engines import make_folder, sqlite_path, writing_engine
    from provenance.schema.session import Database
    from provenance.screening.index_store import refresh_index
    from provenance.seeding.initialise import initialise

    settings = context_of(context).settings
    path = sqlite_path(settings.database)
    if path is not None:
        make_folder(path.parent)
    engine = writing_engine(settings.database)
    database = Database(engine, settings.actor, system_clock)
    done = initialise(database, sample=sample)
    with database.writing() as session:
        refresh_index(session)
    where = path or "the PostgreSQL server"
    typer.echo(
        f"Database: {where}, schema {done.revision}" + (" (new)" if done.schema_changed else ""), err=True
    )
    if done.reference_rows is None:
        typer.echo("Reference data: in already", err=True)
    else:
        typer.echo(f"Reference data: {done.reference_rows:,} rows loaded", err=True)
    if done.sample is not None:
        loaded = done.sample.new + done.sample.changed
        typer.echo(f"Sample: {loaded:,} components loaded" if loaded else "Sample: in already", err=True)
