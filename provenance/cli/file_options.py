"""Options of every command that reads a file of a user's: how it is written."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.text.column_styles import DateOrder, DecimalMark

DatesOption = Annotated[
    DateOrder | None,
    typer.Option("--dates", help="What comes first in 05/12/2024, where the file does not show it."),
]
DecimalOption = Annotated[
    DecimalMark | None,
    typer.Option(
        "--decimal", help="What separates decimals in 1.250 or 1,250, where the file does not show it."
    ),
]

STYLE_HINTS = {
    "dates": "Say which comes first: --dates day-first or --dates month-first.",
    "decimal": "Say what separates the decimals: --decimal comma or --decimal point.",
}
"""Of errors in a column that can be read in two ways."""
