"""`provenance label`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.context import context_of
from provenance.core.errors import BadInput, UsageError

if TYPE_CHECKING:
    from provenance.evidence.labels import LabelSize


def register(app: typer.Typer) -> None:
    """Adds this group's commands."""
    app.command("label")(label)


def label(
    context: typer.Context,
    refs: Annotated[
        list[str], typer.Argument(metavar="REF…", help="Recoveries, units or components to be labelled.")
    ],
    out: Annotated[Path, typer.Option("--out", help="The PDF to write.")],
    size: Annotated[
        str,
        typer.Option("--size", help="a4: sheets to be cut apart; 62x29: pages of so many millimetres."),
    ] = "a4",
    copies: Annotated[int, typer.Option("--copies", min=1, max=500, help="So many of each.")] = 1,
) -> None:
    """Print labels to lie in the picture: the spoken reference, its QR code, a scale in millimetres.

    Print at 100 %, or the scale is wrong; check it with a ruler.

    Example: provenance label R-7K3M9-Q2X4H C-0A1B2-C3D4E --out labels.pdf --size 62x29
    """
    from provenance.evidence.labels import Label, label_pdf
    from provenance.evidence.subjects import subject_named

    chosen = _size(size)
    with context_of(context).reading() as session:
        subjects = [subject_named(session, text) for text in refs]
    # A label is a file too: it says how strictly what stands on it is to be handled.
    labels = [
        Label(each.ref, f"{each.table} · TLP:{each.tlp}", each.title)
        for each in subjects
        for _ in range(copies)
    ]
    try:
        out.write_bytes(label_pdf(labels, chosen))
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", file=str(out)) from None
    typer.echo(f"{len(labels):,} labels in {out}; print at 100 %.", err=True)


def _size(text: str) -> LabelSize:
    from provenance.evidence.labels import parse_label_size

    try:
        return parse_label_size(text)
    except ValueError as error:
        raise UsageError(f"--size: {error}") from None
