"""`provenance label`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.completion import items
from provenance.cli.context import context_of
from provenance.cli.notes import tell
from provenance.core.errors import UsageError

if TYPE_CHECKING:
    from provenance.services.contracts.custody import LabelSize


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("label")(label)


def label(
    context: typer.Context,
    refs: Annotated[
        list[str],
        typer.Argument(metavar="REF…", help="Recoveries, units or components.", autocompletion=items),
    ],
    out: Annotated[Path, typer.Option("--out", help="The PDF to write, or a text: labels.txt.")],
    size: Annotated[
        str,
        typer.Option(
            "--size", help="a4: sheets to cut; 62x29: label-printer pages of that many millimetres."
        ),
    ] = "a4",
    only: Annotated[
        bool, typer.Option("--only", help="Only the records named, without what is in them.")
    ] = False,
    copies: Annotated[int, typer.Option("--copies", min=1, max=500, help="Copies of each label.")] = 1,
) -> None:
    """Print labels to place beside items in photos: reference, QR code, a scale in millimetres.

    A recovery or unit comes with everything in it: its units, and a label for each component that names
    weapon, unit and marking. Print at 100 %, or the scale is wrong; check it with a ruler.

    Example: provenance label R-7K3M9-Q2X4H --out labels.pdf --size 62x29
    """
    from provenance.cli.views.words import many
    from provenance.services.contracts.custody import LabelRequest
    from provenance.services.labels import print_labels

    request = LabelRequest(refs=tuple(refs), out=out, size=_size(size), copies=copies, only_named=only)
    result = print_labels(context_of(context).workspace(), request)
    tell(f"{many(result.labels, 'label')} in {out}. Print at 100 %.")


def _size(text: str) -> LabelSize:
    from provenance.services.contracts.custody import parse_label_size

    try:
        return parse_label_size(text)
    except ValueError as error:
        raise UsageError(f"--size: {error}") from None
