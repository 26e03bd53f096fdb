"""All rows of XLSX workbooks, whatever size the sheet claims to have."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenance.core.errors import BadInput, UsageError

if TYPE_CHECKING:
    from openpyxl import Workbook

ERROR_VALUES = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)
"""What a spreadsheet shows where a formula failed (ECMA-376, 18.17.3, and what Excel added since)."""


def workbook_rows(file: Path, sheet: str | None = None) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of every row of a sheet, the first one unless it is named.

    A row has at least as many cells as the sheet claims to be wide; beyond that, empty ones at its end are
    left out.

    Raises:
        BadInput: the workbook cannot be read, with the reason.
        UsageError: the sheet does not exist.
    """
    import openpyxl

    # Opened here, because the library checks the file's name and a workbook may have any name.
    with file.open("rb") as stream:
        try:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            yield from _rows(_sheet(book, file, sheet))
        except (BadInput, UsageError):
            raise
        # The library raises any exception on a damaged workbook: all of them are bad input.
        except Exception as error:
            raise _unreadable(file, error) from error


def _unreadable(file: Path, error: Exception) -> BadInput:
    reason = " ".join(str(error).split()) or type(error).__name__
    return BadInput(
        f"the XLSX workbook cannot be read: {reason[:200]}",
        file=file.name,
        hint="Open it in a spreadsheet program and save it again as XLSX or as CSV in UTF-8.",
    )


def _sheet(book: Workbook, file: Path, name: str | None) -> Any:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if not sheets:
        raise BadInput("the workbook has no sheet with cells", file=file.name)
    if name is None:
        return next(iter(sheets.values()))
    if name not in sheets:
        raise UsageError(f"{file.name} has no sheet {name!r}", hint=f"Its sheets: {', '.join(sheets)}.")
    return sheets[name]


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    # A wrong <dimension> would cut off rows and columns: it is taken as a minimum width only.
    width = sheet.max_column or 0
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(min_row=1, min_col=1, values_only=True), start=1):
        cells = [_cell_text(cell) for cell in row]
        while len(cells) > width and not cells[-1]:
            del cells[-1]
        yield number, filled(cells, width)


def filled(cells: list[str], width: int) -> list[str]:
    """The cells of a row, with empty ones at its end up to a width."""
    return cells + [""] * (width - len(cells))


def _cell_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
