"""Options of every command that reads a file of a user's: how it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

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

LAYOUT_HINTS = {
    "layout": "Say what to read: --sheet NAME, --header-row N, --encoding NAME.",
}
"""Of errors that another sheet, header row or encoding may resolve."""


def file_layout(
    sheet: str | None = None, header_row: int | None = None, encoding: str | None = None
) -> FileLayout:
    """What the options state about a file."""
    from provenance.services.contracts.files import FileLayout

    return FileLayout(sheet=sheet, header_row=header_row, encoding=encoding)
