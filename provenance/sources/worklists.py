"""Worklists: rows that a person decides about, written as XLSX, read back as XLSX or CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from provenance.core.errors import BadInput, UsageError
from provenance.sources.headers import header_keys
from provenance.sources.tables import TableOptions, TableRow, Use, open_table

_WIDTH = 14
"""Characters of a column whose width is not given: a reference, a day, a word."""


@dataclass(frozen=True, slots=True)
class Worklist:
    """The layout of a worklist: its columns, and the width of those that are wider than a word.

    ``keys`` identify what a row is about. ``answers`` are to be filled in: a verdict, one of ``verdicts``,
    and last the reason; a row in which both are empty is still open.
    """

    title: str
    columns: Sequence[str]
    keys: Sequence[str]
    answers: tuple[str, str]
    verdicts: Sequence[str]
    widths: Mapping[str, int] = field(default_factory=dict)

    def write(self, file: Path, lines: Sequence[Sequence[str | float]]) -> None:
        """Writes the rows; texts stay texts, whatever they begin with.

        Raises:
            UsageError: the name does not end in .xlsx.
            BadInput: the file exists, or cannot be written.
        """
        if file.suffix.lower() != ".xlsx":
            raise UsageError(f"{file.name}: a worklist is an .xlsx file")
        if file.exists():
            raise BadInput("exists already and may be filled in", file=str(file), hint="Choose another name.")
        try:
            self._write(file, lines)
        except OSError as error:
            raise BadInput(f"cannot be written: {error.strerror}", file=str(file)) from None

    def _write(self, file: Path, lines: Sequence[Sequence[str | float]]) -> None:
        from openpyxl import Workbook
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        book = Workbook()
        sheet: Any = book.active
        sheet.title = self.title
        sheet.freeze_panes = "A2"
        for number, line in enumerate([list(self.columns), *lines], start=1):
            for place, value in enumerate(line, start=1):
                cell = sheet.cell(number, place)
                cell.value = value
                if isinstance(value, str):
                    # Text whatever it begins with: no name may start a formula, or become a number or a date.
                    cell.data_type, cell.number_format = "s", "@"
                cell.font = Font(bold=number == 1)
        for place, name in enumerate(self.columns, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = self.widths.get(name, _WIDTH)
        offered = DataValidation(type="list", formula1=f'"{",".join(self.verdicts)}"', allow_blank=True)
        letter = get_column_letter(list(self.columns).index(self.answers[0]) + 1)
        sheet.add_data_validation(offered)
        offered.add(f"{letter}2:{letter}{max(2, len(lines) + 1)}")
        book.save(file)

    def answered(self, file: Path, options: TableOptions) -> Iterator[TableRow]:
        """The rows in which a verdict or a reason was filled in.

        Raises:
            BadInput: the file is not such a worklist, or a cell cannot be read; names file and line.
        """
        known = replace(options, known=header_keys(self.columns))
        table = open_table(file, known, required=[*self.keys, *self.answers])
        verdict, reason = self.answers
        table.uses = {**dict.fromkeys((*self.keys, verdict), Use.IDENTIFYING), reason: Use.TEXT}
        for line in table.rows():
            for problem in table.problems.of_line(line.line):
                raise BadInput(f"{problem.column}: {problem.problem}", file=file.name, line=problem.line)
            if any(line.cells.get(name, "").strip() for name in self.answers):
                yield line
