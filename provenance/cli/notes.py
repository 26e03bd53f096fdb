"""Notes on stderr: what could not be resolved, and what was created."""

from __future__ import annotations

from collections.abc import Iterable

import typer

from provenance.cli.speech.language import said


def show_notes(notes: Iterable[str]) -> None:
    """Prints each note on a line of its own."""
    from provenance.text.folding import printable

    for note in notes:
        typer.echo(said(f"Note: {printable(said(note))}"), err=True)


def tell(text: str) -> None:
    """Prints a message on stderr, in the language that is spoken."""
    typer.echo(said(text), err=True)
