"""Worklists: tables to fill in and give back, written as XLSX, read as XLSX or CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from provenance.core.errors import BadInput, UsageError
from provenance.sources.headers import header_keys
from provenance.sources.tables import TableOptions, TableRow, Use, open_table

_WIDTH = 14
"""Characters of a column that has no width of its own: a date or a reference fits."""


@dataclass(frozen=True, slots=True)
class Worklist:
    """The layout of a worklist: its sheet's name, its columns, which of them a person fills in.

    ``keys`` identify a row, ``choices`` are offered in a drop-down, ``widths`` are in characters.
    """

    sheet: str
    columns: Sequence[str]
    keys: Sequence[str]
    answers: Sequence[str]
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    widths: Mapping[str, int] = field(default_factory=dict)

    def write(self, file: Path, lines: Sequence[Sequence[str | float]]) -> int:
        """Writes the lines with the answers left blank; gives their number.

        Raises:
            UsageError: the name does not end in .xlsx.
            BadInput: the file exists, or cannot be written.
        """
        if file.suffix.lower() != ".xlsx":
            raise UsageError(f"{file.name}: a worklist is an .xlsx file")
        if file.exists():
            raise BadInput("exists already and may be filled in", file=str(file), hint="Choose another name.")
        try:
            self._book(lines).save(file)
        except OSError as error:
            raise BadInput(f"cannot be written: {error.strerror}", file=str(file)) from None
        return len(lines)

    def _book(self, lines: Sequence[Sequence[str | float]]) -> Any:
        from openpyxl import Workbook
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        book = Workbook()
        sheet: Any = book.active
        sheet.title = self.sheet
        sheet.freeze_panes = "A2"
        for number, line in enumerate([list(self.columns), *lines], start=1):
            for place, value in enumerate(line, start=1):
                cell = sheet.cell(number, place)
                cell.value = value
                if isinstance(value, str):
                    # Text whatever it begins with: no name may start a formula or turn into a number or date.
                    cell.data_type, cell.number_format = "s", "@"
                cell.font = Font(bold=number == 1)
        for place, name in enumerate(self.columns, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = self.widths.get(name, _WIDTH)
        for name, words in self.choices.items():
            self._offer(sheet, get_column_letter(self.columns.index(name) + 1), words, len(lines))
        return book

    def _offer(self, sheet: Any, letter: str, words: Sequence[str], lines: int) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        offered = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        sheet.add_data_validation(offered)
        offered.add(f"{letter}2:{letter}{max(2, lines + 1)}")

    def filled_in(self, file: Path, options: TableOptions) -> Iterator[TableRow]:
        """The rows in which a person has filled in anything; the others are still open.

        Raises:
            BadInput: the file cannot be read or lacks a column, or a cell of an answer cannot be read.
        """
        table = open_table(
            file,
            replace(options, known=header_keys(self.columns)),
            required=[*self.keys, *self.answers],
        )
        # A choice is compared with its words by whoever asks: "same" is a verdict here, no repetition.
        uses = dict.fromkeys(self.keys, Use.IDENTIFYING) | dict.fromkeys(self.choices, Use.DECIDING)
        table.uses = dict.fromkeys(self.answers, Use.TEXT) | uses
        for line in table.rows():
            for problem in table.problems.of_line(line.line):
                raise BadInput(f"{problem.column}: {problem.problem}", file=file.name, line=problem.line)
            if any(line.cells.get(name, "").strip() for name in self.answers):
                yield line
