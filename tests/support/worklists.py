"""A worklist filled in, as a person does it in a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import openpyxl


def fill(file: Path, *verdicts: tuple[str, str]) -> None:
    """Writes a verdict and its reason into each line of a worklist, from the first."""
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[1]}
    for number, (verdict, why) in enumerate(verdicts, start=2):
        sheet.cell(number, places["verdict"]).value = verdict
        sheet.cell(number, places["why"]).value = why
    book.save(file)
