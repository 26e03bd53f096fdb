"""Tables out of files that people make: every row is read, or the file is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from provenance.core.errors import BadInput, UsageError
from provenance.sources.tables import FileKind, TableOptions, open_table, read_rows

HEADER = ["Weapon", "Serial", "Marking", "Pieces"]
ROWS = [
    ["Kh-101", "7701", "TPS5430DDA", "1"],
    ["Kh-101", "7701", "ADXL357B", "2"],
    ["Lancet", "", "GRM188", ""],
]

SHEET, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"
Change = Callable[[str], str]


def text_file(file: Path, *lines: str) -> Path:
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file


def workbook(file: Path, *sheets: list[list[object]], parts: dict[str, Change] | None = None) -> Path:
    """A workbook of some sheets, with parts of it changed as other programs write them."""
    book = openpyxl.Workbook()
    for place, rows in enumerate(sheets or ([HEADER, *ROWS],)):
        sheet = book.worksheets[0] if place == 0 else book.create_sheet(f"Second {place}")
        for row in rows:
            sheet.append([cell if cell != "" else None for cell in row])
    book.save(file)
    if parts:
        with ZipFile(file) as old:
            contents = {name: old.read(name) for name in old.namelist()}
        with ZipFile(file, "w") as new:
            for name, content in contents.items():
                new.writestr(name, parts[name](content.decode()).encode() if name in parts else content)
    return file


def cells(file: Path, options: TableOptions | None = None) -> list[list[str]]:
    return [row for _line, row in open_table(file, options).lines()]


def refusal(file: Path, options: TableOptions | None = None) -> BadInput:
    with pytest.raises(BadInput) as caught:
        cells(file, options)
    assert file.name in caught.value.message
    return caught.value


class TestWorkbooks:
    @pytest.mark.parametrize("claimed", ["A1", "A1:B2", "A1:D2", "A1:H90", "C3:D4"])
    def test_a_sheet_that_claims_another_size_loses_nothing(self, tmp_path: Path, claimed: str) -> None:
        claim = {SHEET: lambda text: re.sub('<dimension ref="[^"]*"', f'<dimension ref="{claimed}"', text)}
        table = open_table(workbook(tmp_path / "list.xlsx", parts=claim))
        assert table.header[:4] == HEADER
        rows = list(table.lines())
        assert [(line, row[:4]) for line, row in rows] == list(enumerate(ROWS, start=2))
        assert {len(row) for _line, row in rows} == {len(table.header)}

    def test_a_sheet_that_claims_no_size_at_all_is_read(self, tmp_path: Path) -> None:
        none = {SHEET: lambda text: re.sub("<dimension [^>]*/>", "", text)}
        assert cells(workbook(tmp_path / "list.xlsx", parts=none)) == ROWS

    def test_a_cell_beyond_the_header_is_counted(self, tmp_path: Path) -> None:
        claim = {SHEET: lambda text: re.sub('<dimension ref="[^"]*"', '<dimension ref="A1"', text)}
        file = workbook(tmp_path / "list.xlsx", [HEADER, [*ROWS[0], "surplus"]], parts=claim)
        (row,) = read_rows(file)
        assert row.width == 5

    def test_an_error_is_reported_by_row_and_column(self, tmp_path: Path) -> None:
        table = open_table(
            workbook(tmp_path / "list.xlsx", [HEADER, ROWS[0], ["Kh-101", "#N/A", "#REF!", 1]])
        )
        assert list(map(str, table.problems)) == []
        assert len(list(table.lines())) == 2
        assert list(map(str, table.problems)) == [
            "line 3, Serial: #N/A is an error, not a value",
            "line 3, Marking: #REF! is an error, not a value",
        ]
        assert len(list(table.lines())) == 2, "a file that is read again reports each cell once"
        assert len(table.problems.of_line(3)) == 2
        assert table.problems.of_line(2) == ()

    def test_a_sheet_is_chosen_by_name(self, tmp_path: Path) -> None:
        file = workbook(tmp_path / "list.xlsx", [HEADER, ROWS[0]], [HEADER, ROWS[1], ROWS[2]])
        assert cells(file) == [ROWS[0]]
        assert cells(file, TableOptions(sheet="Second 1")) == [ROWS[1], ROWS[2]]
        with pytest.raises(UsageError, match="no sheet 'Third'") as caught:
            cells(file, TableOptions(sheet="Third"))
        assert "Sheet, Second 1" in caught.value.hint

    def test_fills_without_content_do_not_matter(self, tmp_path: Path) -> None:
        empty = {STYLES: lambda text: re.sub(r"<fill>.*?</fill>|<fill */>", "<fill/>", text, count=1)}
        assert cells(workbook(tmp_path / "list.xlsx", parts=empty)) == ROWS

    def test_a_sheet_that_is_damaged_inside_is_bad_input(self, tmp_path: Path) -> None:
        cut = {SHEET: lambda text: text[: len(text) * 2 // 3]}
        assert "cannot be read" in refusal(workbook(tmp_path / "list.xlsx", parts=cut)).reason

    def test_a_strict_open_xml_workbook_is_read(self, tmp_path: Path) -> None:
        def strictly(text: str) -> str:
            return text.replace(
                "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                "http://purl.oclc.org/ooxml/spreadsheetml/main",
            )

        assert cells(workbook(tmp_path / "list.xlsx", parts={BOOK: strictly, SHEET: strictly})) == ROWS

    def test_a_workbook_is_read_whatever_its_name(self, tmp_path: Path) -> None:
        assert cells(workbook(tmp_path / "list.xlsx").rename(tmp_path / "list.csv")) == ROWS

    def test_but_not_where_text_is_wanted(self, tmp_path: Path) -> None:
        refused = refusal(workbook(tmp_path / "list.xlsx"), TableOptions(kind=FileKind.TEXT))
        assert "an XLSX workbook" in refused.reason


class TestOtherFiles:
    @pytest.mark.parametrize("name", ["list.csv", "list.xlsx", "list.ods"])
    def test_an_opendocument_spreadsheet_without_tables_is_refused(self, tmp_path: Path, name: str) -> None:
        with ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("content.xml", "<office/>")
        refused = refusal(tmp_path / name)
        assert "the OpenDocument spreadsheet cannot be read: it has no tables" in refused.reason
        assert "save it again as XLSX or as CSV" in refused.hint

    @pytest.mark.parametrize(
        ("member", "called"),
        [
            ("list.csv", "a ZIP archive"),
            ("xl/workbook.bin", "a binary workbook"),
            ("word/document.xml", "a DOCX"),
        ],
    )
    def test_an_archive_is_called_what_is_in_it(self, tmp_path: Path, member: str, called: str) -> None:
        with ZipFile(tmp_path / "list.csv", "w") as archive:
            archive.writestr(member, "anything")
        assert f"this is {called}" in refusal(tmp_path / "list.csv").reason

    def test_a_password_is_told_from_old_excel(self, tmp_path: Path) -> None:
        ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
        (tmp_path / "list.xls").write_bytes(ole)
        assert "old Excel" in refusal(tmp_path / "list.xls").reason
        (tmp_path / "list.xlsx").write_bytes(ole + "EncryptedPackage".encode("utf-16-le"))
        assert "password" in refusal(tmp_path / "list.xlsx").reason


class TestText:
    def test_the_header_is_the_first_row_that_holds_anything(self, tmp_path: Path) -> None:
        table = open_table(text_file(tmp_path / "list.csv", "", ",", "name,id", "Quartz,1"))
        assert (table.header, table.header_line) == (["name", "id"], 3)
        assert list(table.lines()) == [(4, ["Quartz", "1"])]

    def test_the_header_s_row_may_be_named(self, tmp_path: Path) -> None:
        file = text_file(tmp_path / "list.csv", "List of parts", "of 2024,all", "name,id", "Quartz,1")
        table = open_table(file, TableOptions(header_row=3))
        assert table.header == ["name", "id"]
        assert list(table.lines()) == [(4, ["Quartz", "1"])]

    def test_a_header_s_row_below_the_last_is_refused(self, tmp_path: Path) -> None:
        file = text_file(tmp_path / "list.csv", "name,id")
        assert "header" in refusal(file, TableOptions(header_row=9)).reason

    def test_an_encoding_may_be_named(self, tmp_path: Path) -> None:
        (tmp_path / "list.csv").write_bytes("назва;номер\nКварц;1\n".encode("cp1251"))
        assert cells(tmp_path / "list.csv", TableOptions(encoding="cp1251")) == [["Кварц", "1"]]

    def test_a_missing_column_is_named_beside_those_that_are_there(self, tmp_path: Path) -> None:
        file = text_file(tmp_path / "list.csv", "name,id", "Quartz,1")
        with pytest.raises(BadInput, match=r"list\.csv:1: missing column marking; the header has name, id"):
            open_table(file, required=["name", "marking"])

    def test_rows_may_be_read_more_than_once(self, tmp_path: Path) -> None:
        table = open_table(text_file(tmp_path / "list.csv", "name,id", "Quartz,1"))
        assert list(table.rows()) == list(table.rows())
