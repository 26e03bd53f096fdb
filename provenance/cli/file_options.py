"""Options of every command that reads a file of a user's: how it is written."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, kw_only=True)
class LayoutOptions:
    """Where the table stands in a file, and how its text is encoded."""

    sheet: SheetOption = None
    header_row: HeaderRowOption = None
    encoding: EncodingOption = None

    @property
    def layout(self) -> FileLayout:
        """What they state about the file."""
        from provenance.services.contracts.files import FileLayout

        return FileLayout(sheet=self.sheet, header_row=self.header_row, encoding=self.encoding)


@dataclass(frozen=True, kw_only=True)
class WrittenOptions(LayoutOptions):
    """The same, and how dates and numbers are written."""

    dates: DatesOption = None
    decimal: DecimalOption = None


LAYOUT_HINTS = {
    "layout": "Say what to read: --sheet NAME, --header-row N, --encoding NAME.",
}
"""Of errors that another sheet, header row or encoding may resolve."""

STYLE_HINTS = {
    "dates": "Say which comes first: --dates day-first or --dates month-first.",
    "decimal": "Say what separates the decimals: --decimal comma or --decimal point.",
}
"""Of errors in a column that can be read in two ways."""
