"""`provenance trace`: chains, gaps, chokepoints, requests and pictures, one file a kind of command."""

from __future__ import annotations

import typer

from provenance.cli import trace_owners, trace_pictures, trace_reading, trace_requests, trace_surveys

trace = typer.Typer(
    name="trace",
    no_args_is_help=True,
    rich_markup_mode=None,
    help=(
        "Trace goods: the chain of a component, its gaps and its point of diversion; roads by date from and"
        " to a firm; chokepoints; requests to makers and distributors and their clocks.\n\n"
        "Standing in a chain is no evidence of wrongdoing, an unknown link no clearance.\n\n"
        "Example: provenance trace gaps"
    ),
)


def register(app: typer.Typer) -> None:
    """Adds the group."""
    for module in (trace_reading, trace_surveys, trace_owners, trace_requests, trace_pictures):
        module.register_trace(trace)
    app.add_typer(trace, name="trace")
