"""`provenance firm`: names, numbers, seats and owners of firms; merged, looked over, drawn."""

from __future__ import annotations

import typer

from provenance.cli.firm import imports, questions, statements

firm = typer.Typer(
    name="firm",
    no_args_is_help=True,
    rich_markup_mode=None,
    help=(
        "Firms: names, registration numbers, seats, owners; merged, looked over, drawn as they stood on a"
        " day.\n\nEvery statement has its source; what is changed stays in the firm's history and can be"
        " undone.\n\nExample: provenance firm tree Nexperia --at 2025-01-01"
    ),
)


def register(app: typer.Typer) -> None:
    """Adds the group."""
    for module in (questions, statements, imports):
        module.register_firm(firm)
    app.add_typer(firm, name="firm")
