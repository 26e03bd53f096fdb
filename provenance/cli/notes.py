"""Notes on stderr: what could not be resolved, and what was created."""

from __future__ import annotations

from collections.abc import Iterable

import typer


def show_notes(notes: Iterable[str]) -> None:
    """Prints each note on a line of its own."""
    from provenance.text.folding import printable

    for note in notes:
        typer.echo(f"Note: {printable(note)}", err=True)
