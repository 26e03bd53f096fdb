"""Options of every command that reads a file of a user's: how it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from provenance.text.column_styles import DateOrder, DecimalMark

if TYPE_CHECKING:
    from provenance.services.contracts.files import FileLayout

SheetOption = Annotated[
    str | None,
    typer.Option("--sheet", help="The sheet to read; defaults to the first with a header that is known."),
]
HeaderRowOption = Annotated[
    int | None,
    typer.Option("--header-row", min=1, help="The row of the header, if it is not found."),
]
EncodingOption = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        help="The encoding of a text file, such as windows-1251; defaults to UTF-8, then to a guess that is"
        " shown.",
    ),
]
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

LAYOUT_HINTS = {
    "layout": "Say what to read: --sheet NAME, --header-row N, --encoding NAME.",
}
"""Of errors that another sheet, header row or encoding may resolve."""

STYLE_HINTS = {
    "dates": "Say which comes first: --dates day-first or --dates month-first.",
    "decimal": "Say what separates the decimals: --decimal comma or --decimal point.",
}
"""Of errors in a column that can be read in two ways."""


def file_layout(
    sheet: str | None = None, header_row: int | None = None, encoding: str | None = None
) -> FileLayout:
    """What the options state about a file."""
    from provenance.services.contracts.files import FileLayout

    return FileLayout(sheet=sheet, header_row=header_row, encoding=encoding)
