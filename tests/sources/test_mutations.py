"""A list as people pass it on: with other looks it is the same list or is refused, never a shorter one."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from provenance.core.errors import BadInput, UsageError
from provenance.sources.formats import ReadOptions
from provenance.sources.registry import COMPONENTS, CUSTOMERS, PARTS, TRANSFERS, WATCHLISTS
from tests.sources.tables.files import SHEET, opendocument, with_parts
from tests.support.days import TODAY

Rows = list[list[str]]
LISTS: dict[str, Rows] = {
    "components": [
        ["Weapon", "Serial", "Marking", "Manufacturer", "Pieces"],
        ["Kh-101", "7701", "TPS5430DDA", "Texas Instruments", "2"],
        ["Kh-101", "7701", "ADXL357B", "Analog Devices", "1"],
        ["Герань-2", "Ы-391", "К1986ВЕ1", "Міландр", ""],
    ],
    "parts": [
        ["MPN", "Manufacturer", "Description"],
        ["AD8572A", "Analog Devices", "Amplifier, dual"],
        ["0612-X", "Murata", "Конденсатор"],
    ],
    "transfers": [
        ["Exporter", "Importer", "Description of goods", "HS code", "Quantity"],
        ["Helix Ltd", "ООО Восток", "Amplifiers, dual", "854233", "1300"],
        ["Zircon; Bay", "ООО Восток", "Microcontrollers", "854231", "200"],
    ],
    "customers": [
        ["Customer name", "Customer no", "Address", "Country"],
        ["Helix LLC", "007", "5 Quarry Lane, Riga", "LV"],
        ["ТОВ Київ", "C2", "Київ", "UA"],
    ],
    "csv": [
        ["id", "name", "address", "country"],
        ["A1", "Helix LLC", "5 Quarry Lane, Riga", "Latvia"],
        ["A2", "ООО Восток", "Москва", "RU"],
    ],
}
FORMATS = {
    "components": COMPONENTS, "parts": PARTS, "transfers": TRANSFERS, "customers": CUSTOMERS,
    "csv": WATCHLISTS,
}  # fmt: skip


def shuffled(rows: Rows) -> Rows:
    order = list(range(len(rows[0])))
    random.Random(3).shuffle(order)
    return [[row[place] for place in order] for row in rows]


def text(rows: Rows, delimiter: str = ",", end: str = "\n") -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator=end).writerows(rows)
    return stream.getvalue()


def with_blanks(rows: Rows) -> Rows:
    nothing = [""] * len(rows[0])
    return [line for row in rows for line in (row, nothing)]


MUTATIONS: dict[str, Callable[[Rows], bytes]] = {
    "as it is": lambda rows: text(rows).encode(),
    "columns in another order": lambda rows: text(shuffled(rows)).encode(),
    "blank rows": lambda rows: text(with_blanks(rows)).encode(),
    "a title above": lambda rows: ("List of May 2024\n\n" + text(rows)).encode(),
    "a title across the columns": lambda rows: text([["List", *[""] * (len(rows[0]) - 1)], *rows]).encode(),
    "the header again": lambda rows: text([*rows[:2], rows[0], *rows[2:]]).encode(),
    "capital headers": lambda rows: text([[name.upper() for name in rows[0]], *rows[1:]]).encode(),
    "spaces around": lambda rows: text([[f" {cell} " for cell in row] for row in rows]).encode(),
    "an empty column": lambda rows: text([[*row, ""] for row in rows]).encode(),
    "semicolons": lambda rows: text(rows, ";").encode(),
    "tabs": lambda rows: text(rows, "\t", "\r\n").encode(),
    "bars": lambda rows: text(rows, "|").encode(),
    "stated semicolons": lambda rows: ("sep=;\n" + text(rows, ";")).encode(),
    "semicolons at the ends": lambda rows: text(rows, ";").replace("\n", ";\n").encode(),
    "carriage returns": lambda rows: text(rows, end="\r").encode(),
    "Windows-1251": lambda rows: text(rows).encode("cp1251"),
    "KOI8-U": lambda rows: text(rows, ";").encode("koi8_u"),
    "UTF-16": lambda rows: text(rows, "\t").encode("utf-16"),
    "UTF-16 without a mark": lambda rows: text(rows, "\t").encode("utf-16-le"),
    "UTF-8 with a mark": lambda rows: text(rows).encode("utf-8-sig"),
}


def contents(name: str, file: Path) -> list[Any]:
    """What a format reads, without lines, raw texts and keys made of them."""
    options = ReadOptions(TODAY)
    return [_content(record) for record in FORMATS[name].named(name).read(file, options)]


def _content(record: Any) -> Any:
    assert not getattr(record, "reason", None) and not getattr(record, "fault", None), record
    shown = re.sub(r"(?:\bline|\brow)=\d+|raw='(?:[^'\\]|\\.)*'|raw=\"(?:[^\"\\]|\\.)*\"", "", str(record))
    return re.sub(r"content:\w+", "", shown)


def expected(name: str, folder: Path) -> list[Any]:
    file = folder / "plain.csv"
    file.write_bytes(text(LISTS[name]).encode())
    return contents(name, file)


@pytest.mark.parametrize("mutation", MUTATIONS)
@pytest.mark.parametrize("name", LISTS)
def test_the_list_is_the_same_whatever_its_looks(tmp_path: Path, name: str, mutation: str) -> None:
    file = tmp_path / "list.txt"
    file.write_bytes(MUTATIONS[mutation](LISTS[name]))
    assert contents(name, file) == expected(name, tmp_path)


def spreadsheets(rows: Rows, folder: Path) -> Iterator[Path]:
    """The rows as spreadsheets: with a wrong size, with titles, with cells merged where they are equal."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["List of May 2024"])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(rows[0]))
    for row in rows:
        sheet.append([cell or None for cell in row])
    for place in range(1, len(rows[0]) + 1):
        above = sheet.cell(3, place)
        if above.value and above.value == sheet.cell(4, place).value:
            sheet.merge_cells(start_row=3, end_row=4, start_column=place, end_column=place)
    book.save(folder / "merged.xlsx")
    wrong = {SHEET: lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', xml)}
    yield with_parts(folder / "merged.xlsx", wrong)
    yield opendocument(folder / "list.ods", {"List": rows})


@pytest.mark.parametrize("name", [name for name in LISTS if name != "csv"])
def test_a_spreadsheet_is_the_same_list(tmp_path: Path, name: str) -> None:
    for file in spreadsheets(LISTS[name], tmp_path):
        assert contents(name, file) == expected(name, tmp_path), file.name


@pytest.mark.parametrize("name", LISTS)
def test_a_list_without_its_header_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(text(LISTS[name][1:]).encode())
    with pytest.raises((BadInput, UsageError)):
        contents(name, file)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_whose_headers_nobody_knows_is_refused(tmp_path: Path, name: str) -> None:
    header, *rows = LISTS[name]
    file = tmp_path / "list.csv"
    file.write_bytes(text([[f"Spalte {place}" for place in range(len(header))], *rows]).encode())
    with pytest.raises((BadInput, UsageError)) as caught:
        contents(name, file)
    assert "Spalte 1" in str(caught.value)
