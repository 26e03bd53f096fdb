"""Templates: tables to fill in without the program, as CSV, or as XLSX with drop-down lists."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenance.core.errors import BadInput, UsageError
from provenance.fields.entries import CELLS, Kind
from provenance.fields.specification import FieldSpec

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

PLURALS = {
    "recoveries": Kind.RECOVERY,
    "seizures": Kind.SEIZURE,
    "units": Kind.UNIT,
    "components": Kind.COMPONENT,
    "citations": Kind.CITATION,
}
"""The names of the templates by kind."""

_LISTS = "lists"
_LAST_ROW = 2_000
_WIDEST, _NARROWEST = 34, 12
_ABOUT_ROW_ID = (
    "Your own number or name for this row. A row id always means the same record, however often the file"
    " is logged; other tables can refer to it."
)


def row_column(kind: Kind) -> str:
    """The column for the row's own id, which also shows the kind of the table."""
    return f"{kind}_row"


def kind_called(name: str) -> Kind:
    """The kind of a template's name.

    Raises:
        UsageError: there is no such template.
    """
    found = PLURALS.get(name.casefold()) or next((kind for kind in Kind if kind == name.casefold()), None)
    if found is None:
        raise UsageError(f"There is no template {name}", hint=f"Templates: {', '.join(PLURALS)}")
    return found


def write_template(kind: Kind, file: Path) -> None:
    """Writes an empty table with a column for every field of an entry of the kind.

    Raises:
        UsageError: the name ends neither in .csv nor in .xlsx.
        BadInput: the file cannot be written, or exists already.
    """
    suffix = file.suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        raise UsageError(f"{file.name}: a template is a .csv or an .xlsx file")
    if file.exists():
        raise BadInput("exists already and may be filled in", file=str(file), hint="Give another name.")
    try:
        if suffix == ".csv":
            _write_csv(kind, file)
        else:
            _write_xlsx(kind, file)
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", file=str(file)) from None


def _header(kind: Kind) -> list[str]:
    return [row_column(kind), *(cell.name for cell in CELLS[kind])]


def _write_csv(kind: Kind, file: Path) -> None:
    # A spreadsheet recognises UTF-8 by the byte order mark.
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerow(_header(kind))


def _write_xlsx(kind: Kind, file: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet: Any = book.active
    sheet.title = str(kind)
    sheet.append(_header(kind))
    sheet.freeze_panes = "B2"
    lists = book.create_sheet(_LISTS)
    lists.sheet_state = "hidden"
    _comment(sheet, 1, _ABOUT_ROW_ID)
    for place, cell in enumerate(CELLS[kind], start=2):
        about = f"{cell.about}.{' Required.' if cell.required else ''}"
        _comment(sheet, place, about)
        if cell.choices is not None:
            _offer(sheet, lists, place, cell)
    for place, name in enumerate(_header(kind), start=1):
        sheet.cell(1, place).font = Font(bold=True)
        _as_text(sheet, place, name)
    book.save(file)


def _comment(sheet: Worksheet, place: int, text: str) -> None:
    from openpyxl.comments import Comment

    sheet.cell(1, place).comment = Comment(text, "provenance")


def _as_text(sheet: Worksheet, place: int, name: str) -> None:
    from openpyxl.utils import get_column_letter

    column = sheet.column_dimensions[get_column_letter(place)]
    column.width = max(_NARROWEST, min(_WIDEST, len(name) + 4))
    # A spreadsheet would turn 1-2 into a date and 0417 into a number; a marking is text.
    column.number_format = "@"


def _offer(sheet: Worksheet, lists: Worksheet, place: int, cell: FieldSpec[Any]) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    assert cell.choices is not None
    letter = get_column_letter(place)
    members = [str(member) for member in cell.choices]
    for row, member in enumerate(members, start=1):
        lists.cell(row, place).value = member
    offered = DataValidation(
        type="list", formula1=f"{_LISTS}!${letter}$1:${letter}${len(members)}", allow_blank=True
    )
    offered.error = f"One of: {', '.join(members)}"[:220]
    sheet.add_data_validation(offered)
    offered.add(f"{letter}2:{letter}{_LAST_ROW}")
