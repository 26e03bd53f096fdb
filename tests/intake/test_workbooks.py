"""Workbooks as laboratories and spreadsheet programs leave them."""

from __future__ import annotations

import re
from datetime import date, datetime

import openpyxl
import pytest

from tests.intake.desk import Desk, save
from tests.sources.tables.files import SHEET, STYLES, opendocument, with_parts

HEADER = ["Weapon", "Serial", "Marking", "Manufacturer", "Part number", "Date code", "Pieces"]
LIST = [
    HEADER,
    ["Kh-101", "7701", "AD7606BSTZ", "Analog Devices", "AD7606BSTZ", "1922", 1],
    ["Kh-101", "7701", "XC3S250E", "Xilinx", "XC3S250E-4TQG144C", "0831", 2],
    ["Kh-101", "7702", "MT41K128M16", "Micron", "MT41K128M16JT-125", "1847", 4],
]
MARKINGS = ["AD7606BSTZ", "XC3S250E", "MT41K128M16"]


@pytest.mark.parametrize("stated", ["A1", "A1:G2", "A1:C4", "B2:C3"])
def test_rows_beyond_the_size_that_the_sheet_states_are_read(desk: Desk, stated: str) -> None:
    wrong = {SHEET: lambda xml: re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="{stated}"', xml)}
    answer = desk.take(with_parts(desk.file(LIST, "list.xlsx"), wrong))
    assert answer.accounted == {"read": 3, "new": 3}
    assert [(item.marking, item.pieces) for item in desk.items()] == list(
        zip(MARKINGS, (1, 2, 4), strict=True)
    )


def test_a_fill_without_a_colour_is_no_hindrance(desk: Desk) -> None:
    empty = {STYLES: lambda xml: re.sub(r"(<fills[^>]*>)", r"\1<fill/>", xml, count=1)}
    desk.take(with_parts(desk.file(LIST, "list.xlsx"), empty))
    assert [item.marking for item in desk.items()] == MARKINGS


def test_strict_open_xml_is_read(desk: Desk) -> None:
    plain, strict = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    files = {SHEET, STYLES, "xl/workbook.xml"}
    file = with_parts(
        desk.file(LIST, "list.xlsx"), dict.fromkeys(files, lambda xml: xml.replace(plain, strict))
    )
    desk.take(file)
    assert [item.marking for item in desk.items()] == MARKINGS


def test_an_opendocument_spreadsheet_is_read(desk: Desk) -> None:
    rows = [[str(cell) for cell in row] for row in LIST]
    file = opendocument(desk.file("", "list.ods"), {"List": rows})
    desk.take(file)
    assert [item.marking for item in desk.items()] == MARKINGS


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "xls"),
        ("list.xlsx", b"PK\x03\x04 torn", "list.xlsx"),
        ("list.csv", b"%PDF-1.7\n1 0 obj\n", "PDF"),
        ("list.csv", b"<!DOCTYPE html><html><table><tr><td>Weapon</td></tr></table></html>", "HTML"),
        ("list.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
    ],
)
def test_what_is_not_a_list_is_called_what_it_is(desk: Desk, name: str, content: bytes, said: str) -> None:
    answer = desk.take(desk.file(content, name))
    assert answer.code == 3
    assert said in answer.told
    assert "Traceback" not in answer.told
    assert desk.items() == []


def test_a_merged_cell_holds_for_all_its_rows(desk: Desk) -> None:
    def merge(book: openpyxl.Workbook) -> None:
        for column in ("A", "B"):
            book.worksheets[0].merge_cells(f"{column}2:{column}4")

    rows = [
        ["Recovery", "Weapon", "Marking", "Manufacturer"],
        ["Wreck 5", "Kh-101", "AD7606BSTZ", "Analog Devices"],
        ["", "", "XC3S250E", "Xilinx"],
        ["", "", "MT41K128M16", "Micron"],
    ]
    desk.take(save(desk.file("", "list.xlsx"), rows, change=merge))
    assert len(desk.wrecks()) == 1
    assert [item.marking for item in desk.items()] == MARKINGS


def test_a_formula_that_was_never_computed_is_listed_by_its_cell(desk: Desk) -> None:
    def formula(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["E2"].value = '=CONCATENATE("AD","7606")'

    answer = desk.take(save(desk.file("", "list.xlsx"), LIST, change=formula))
    assert answer.cells == {(2, "Part number")}
    assert [item.part for item in desk.items()] == [None, "XC3S250E-4TQG144C", "MT41K128M16JT-125"]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!"])
def test_an_error_is_no_value_and_no_firm(desk: Desk, error: str) -> None:
    def spoil(book: openpyxl.Workbook) -> None:
        for place in ("D2", "E3"):
            book.worksheets[0][place].value = error
            book.worksheets[0][place].data_type = "e"

    answer = desk.take(save(desk.file("", "list.xlsx"), LIST, change=spoil))
    assert answer.cells == {(2, "Manufacturer"), (3, "Part number")}
    assert [(item.maker, item.part) for item in desk.items()] == [
        (None, "AD7606BSTZ"),
        ("Xilinx", None),
        ("Micron Technology", "MT41K128M16JT-125"),
    ]


def test_what_excel_made_of_a_part_number_is_not_its_value(desk: Desk) -> None:
    """MAR-8 became the eighth of March; 0831 is shown by its format, and 4770001122334 as 4.77E+12."""

    def as_excel(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["E2"].value = datetime(2024, 3, 8)
        sheet["E2"].number_format = "d-mmm"
        sheet["F3"].value = 831
        sheet["F3"].number_format = "0000"
        sheet["E4"].value = 4770001122334

    answer = desk.take(save(desk.file("", "list.xlsx"), LIST, change=as_excel))
    assert answer.cells == {(2, "Part number")}
    assert [(item.part, item.date_code) for item in desk.items()] == [
        (None, "1922"),
        ("XC3S250E-4TQG144C", "0831"),
        ("4770001122334", "1847"),
    ]


def test_the_header_is_found_below_titles(desk: Desk) -> None:
    titles = [["Components of a cruise missile", *[""] * 6], ["As of 3 June 2024", *[""] * 6], [""] * 7]
    answer = desk.take(desk.file([*titles, *LIST], "list.xlsx"))
    assert answer.accounted == {"read": 3, "new": 3}
    assert "row 4" in answer.told
    assert [item.marking for item in desk.items()] == MARKINGS


def test_a_second_sheet_is_told_and_read_on_request(desk: Desk) -> None:
    second = [HEADER, ["Orlan-10", "11", "STM32F103", "STMicroelectronics", "STM32F103RBT6", "2031", 1]]
    file = save(desk.file("", "list.xlsx"), LIST, second)
    answer = desk.take(file)
    assert answer.accounted == {"read": 3, "new": 3}
    assert any("Sheet1" in note for note in answer.row["notes"]), answer.row["notes"]
    assert desk.take(file, "--sheet", "Sheet1").accounted == {"read": 1, "new": 1}
    assert [item.marking for item in desk.items()] == [*MARKINGS, "STM32F103"]


def test_a_day_in_a_column_of_days_is_that_day(desk: Desk) -> None:
    header = ["Weapon", "Serial", "Recovery date", "Marking"]
    rows = [header, ["Kh-101", "7701", datetime(2024, 6, 3), "AD7606BSTZ"]]
    desk.take(desk.file(rows, "list.xlsx"))
    assert desk.wrecks()[0].dates == (("recovered", date(2024, 6, 3), date(2024, 6, 3)),)
