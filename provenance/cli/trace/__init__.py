"""`provenance trace`: supply paths, gaps, chokepoints, requests and graphs, one module for each kind of
command."""

from __future__ import annotations

import typer

from provenance.cli.trace import graph, listings, owners, paths, requests, surveys

trace = typer.Typer(
    name="trace",
    no_args_is_help=True,
    rich_markup_mode=None,
    help=(
        "Trace goods: supply paths of a component, their gaps and point of diversion; firms before and after"
        " a firm by date; chokepoints; requests to makers and distributors with their deadlines.\n\n"
        "Being on a supply path is not evidence of wrongdoing; an unknown step is not a clearance.\n\n"
        "Example: provenance trace gaps"
    ),
)


def register(app: typer.Typer) -> None:
    """Adds the group."""
    for module in (paths, surveys, owners, listings, requests, graph):
        module.register_trace(trace)
    app.add_typer(trace, name="trace")
