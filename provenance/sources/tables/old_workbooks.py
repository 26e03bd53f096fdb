"""Workbooks of Excel 97 to 2003 (.xls): their sheets, and all rows of a sheet."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from provenance.core.errors import BadInput, ProvenanceError
from provenance.sources.tables.marks import Mark, RawRow
from provenance.sources.tables.merged_cells import Range, filled_rows
from provenance.sources.tables.number_formats import GENERAL, number_text
from provenance.sources.tables.sheets import SheetName

CALLED = "workbook of old Excel (.xls)"


@contextmanager
def open_old_workbook(file: Path) -> Iterator[OldWorkbook]:
    """The workbook in a file; see `Opener`."""
    import xlrd

    # The library reports oddities on its log, which is standard output otherwise.
    with Path(os.devnull).open("w", encoding="utf-8") as log:
        try:
            with xlrd.open_workbook(str(file), logfile=log, formatting_info=True, on_demand=True) as book:
                yield OldWorkbook(book)
        except ProvenanceError:
            raise
        # The library raises any exception on a damaged workbook: all of them are bad input.
        except Exception as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise BadInput(
                f"the {CALLED} cannot be read: {reason[:200]}",
                file=file.name,
                hint="Open it in a spreadsheet program and save it as XLSX or as CSV in UTF-8.",
            ) from error


class OldWorkbook:
    """An open workbook of old Excel."""

    def __init__(self, book: Any) -> None:
        self._book = book

    @property
    def names(self) -> list[SheetName]:
        """The worksheets, in order."""
        titles = self._book.sheet_names()
        return [SheetName(title, hidden=self._book.sheet_by_name(title).visibility != 0) for title in titles]

    def rows(self, title: str) -> Generator[RawRow, None, None]:
        """Every row of a sheet, merged cells filled."""
        sheet = self._book.sheet_by_name(title)
        ranges = [Range(top + 1, left, bottom, right - 1) for top, bottom, left, right in sheet.merged_cells]
        return filled_rows((self._row(sheet, place) for place in range(sheet.nrows)), ranges)

    def _row(self, sheet: Any, place: int) -> RawRow:
        cells: list[str] = []
        marks: dict[int, Mark] = {}
        for column, cell in enumerate(sheet.row(place)):
            text, mark = self._text(cell)
            cells.append(text)
            if mark:
                marks[column] = mark
        while cells and not cells[-1]:
            del cells[-1]
        return RawRow(place + 1, cells, marks)

    def _text(self, cell: Any) -> tuple[str, Mark | None]:
        import xlrd

        if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
            return number_text(repr(cell.value), self._format(cell), from_1904=self._book.datemode == 1)
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return ("TRUE" if cell.value else "FALSE"), None
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(cell.value, "#ERROR!"), Mark.ERROR
        return str(cell.value).replace("\r\n", "\n").replace("\r", "\n"), None

    def _format(self, cell: Any) -> str:
        key = self._book.xf_list[cell.xf_index].format_key
        found = self._book.format_map.get(key)
        return found.format_str if found else GENERAL
