"""Spreadsheets of any program: what a cell means is read, and what is not a value is said."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from provenance.core.errors import BadInput, UsageError
from provenance.sources.tables import TableOptions, Use, open_table
from tests.sources.tables.files import (
    BOOK,
    SHEET,
    number_cell,
    opendocument,
    string_cell,
    text_file,
    with_parts,
    workbook,
)

HEADER = ["Weapon", "Serial", "Marking", "Pieces"]
USES = {**dict.fromkeys(("Weapon", "Serial", "Marking"), Use.IDENTIFYING), "Pieces": Use.NUMBER}
FIRST, SECOND = [HEADER, ["Kh", "1", "A", 1]], [HEADER, ["Kh", "2", "B", 1]]
KNOWN = frozenset({"weapon", "serial", "marking", "pieces", "recovery", "maker"})


def read(
    file: Path, options: TableOptions | None = None, uses: Mapping[str, Use] | None = None
) -> tuple[list[list[str]], list[str], list[str]]:
    """The rows, the problems with cells, and the notes."""
    table = open_table(file, options or TableOptions(known=KNOWN))
    table.uses = uses
    rows = [cells for _line, cells in table.lines()]
    return rows, [str(problem) for problem in table.problems], table.options.notes


def refusal(file: Path, options: TableOptions | None = None) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read(file, options)
    return caught.value


class TestCells:
    @pytest.mark.parametrize(
        ("value", "code", "shown"),
        [
            (612, "0000", "0612"),
            (612, "General", "612"),
            (7, "000-000", "000-007"),
            (5, '0" pcs"', "5"),
            (12500.5, "#,##0.00", "12500.5"),
            (0.5, "0%", "50%"),
            (0.1 + 0.2, "General", "0.3"),
            (9551667812741, "0.00E+00", "9551667812741"),
            (True, "General", "TRUE"),
            ("0612", "@", "0612"),
            ("Ф-1\nB2", "General", "Ф-1\nB2"),
            ("ＡＢ\u00a0C", "General", "ＡＢ\u00a0C"),
            (datetime.date(2024, 3, 8), "d-mmm", "2024-03-08"),
            (datetime.datetime(2024, 3, 8, 13, 30), "yyyy-mm-dd hh:mm", "2024-03-08 13:30:00"),
        ],
    )
    def test_a_cell_is_what_its_format_shows(
        self, tmp_path: Path, value: object, code: str, shown: str
    ) -> None:
        def formatted(book: openpyxl.Workbook) -> None:
            book.worksheets[0]["A2"].number_format = code

        rows, _problems, _notes = read(workbook(tmp_path / "a.xlsx", [["name"], [value]], change=formatted))
        assert rows == [[shown]]

    def test_rich_text_and_links_are_their_text(self, tmp_path: Path) -> None:
        def changed(book: openpyxl.Workbook) -> None:
            sheet = book.worksheets[0]
            sheet["A2"] = CellRichText("TPS", TextBlock(InlineFont(b=True), "5430"), "DDA")
            sheet["B2"] = "ADXL357B"
            sheet["B2"].hyperlink = "https://x.example/ADXL357B"

        rows, problems, _notes = read(workbook(tmp_path / "a.xlsx", [["marking", "serial"]], change=changed))
        assert (rows, problems) == ([["TPS5430DDA", "ADXL357B"]], [])

    def test_what_a_spreadsheet_made_of_a_number_is_withheld_and_said(self, tmp_path: Path) -> None:
        rows, problems, _notes = read(
            workbook(
                tmp_path / "a.xlsx",
                [
                    HEADER,
                    ["Kh-101", datetime.date(2024, 3, 8), "MAR-8", 1],
                    ["Kh-101", 12.5, "#REF!", datetime.date(2024, 1, 2)],
                    ["Kh-101", 1234567890123456, "3.15E+12", 2.0],
                ],
            ),
            uses=USES,
        )
        assert rows == [["Kh-101", "", "MAR-8", "1"], ["Kh-101", "", "", ""], ["Kh-101", "", "", "2"]]
        assert problems == [
            "line 2, Serial: 2024-03-08 is a date, perhaps made of the text by a spreadsheet",
            "line 3, Serial: 12.5 is a number with decimals, perhaps made of the text by a spreadsheet",
            "line 3, Marking: #REF! is an error, not a value",
            "line 3, Pieces: 2024-01-02 is a date, perhaps made of the text by a spreadsheet",
            "line 4, Serial: 1234567890123456 is a number of more than 15 digits, of which a spreadsheet"
            " keeps only 15",
            "line 4, Marking: 3.15E+12 is a number that a spreadsheet program rounded, not a value",
        ]

    def test_a_date_in_a_column_of_dates_is_a_date(self, tmp_path: Path) -> None:
        file = workbook(tmp_path / "a.xlsx", [["weapon", "used"], ["Kh-101", datetime.date(2024, 3, 8)]])
        rows, problems, _notes = read(file, uses={"weapon": Use.IDENTIFYING, "used": Use.DATE})
        assert (rows, problems) == ([["Kh-101", "2024-03-08"]], [])

    def test_a_formula_that_was_never_computed_is_not_empty(self, tmp_path: Path) -> None:
        file = workbook(tmp_path / "a.xlsx", [HEADER, ["Kh-101", '=CONCATENATE("7","7")', "A1", 1]])
        rows, problems, _notes = read(file, uses=USES)
        assert rows == [["Kh-101", "", "A1", "1"]]
        assert "line 2, Serial: a formula without a stored value" in problems[0]

    def test_a_formula_with_a_stored_value_is_its_value(self, tmp_path: Path) -> None:
        computed = {SHEET: lambda text: re.sub(r"<v ?/>|<v></v>", "<v>77</v>", text)}
        file = workbook(tmp_path / "a.xlsx", [HEADER, ["Kh-101", "=70+7", "A1", 1]], parts=computed)
        assert read(file)[0] == [["Kh-101", "77", "A1", "1"]]

    def test_what_the_file_had_is_still_known(self, tmp_path: Path) -> None:
        file = workbook(tmp_path / "a.xlsx", [HEADER, ["Kh-101", "1834.0", "#N/A", 1]])
        table = open_table(file)
        table.uses = USES
        (row,) = table.rows()
        assert row.cells == {"Weapon": "Kh-101", "Serial": "1834", "Marking": "", "Pieces": "1"}
        assert row.written == {"Weapon": "Kh-101", "Serial": "1834.0", "Marking": "#N/A", "Pieces": "1"}


class TestMergedCells:
    @staticmethod
    def merged(file: Path, rows: list[list[object]], *ranges: str) -> Path:
        def merge(book: openpyxl.Workbook) -> None:
            for area in ranges:
                book.worksheets[0].merge_cells(area)

        return workbook(file, rows, change=merge)

    def test_a_cell_merged_over_rows_holds_for_all_of_them(self, tmp_path: Path) -> None:
        file = self.merged(
            tmp_path / "a.xlsx",
            [["recovery", "marking"], ["W-17", "A"], ["", "B"], ["", "C"], ["W-18", "D"]],
            "A2:A4",
        )
        assert read(file)[0] == [["W-17", "A"], ["W-17", "B"], ["W-17", "C"], ["W-18", "D"]]

    def test_rows_without_content_of_their_own_stay_empty(self, tmp_path: Path) -> None:
        file = self.merged(tmp_path / "a.xlsx", [["recovery", "marking"], ["W-17", "A"], ["", "B"]], "A2:A9")
        assert read(file)[0] == [["W-17", "A"], ["W-17", "B"]]

    def test_one_number_for_several_rows_is_not_the_number_of_each(self, tmp_path: Path) -> None:
        file = self.merged(tmp_path / "a.xlsx", [HEADER, ["Kh", "7", "A", 3], ["Kh", "7", "B", ""]], "D2:D3")
        rows, problems, _notes = read(file, uses=USES)
        assert [row[3] for row in rows] == ["", ""]
        assert problems[0] == "line 2, Pieces: 3 is one cell merged over several rows"

    def test_a_title_across_the_table_is_neither_header_nor_row(self, tmp_path: Path) -> None:
        file = self.merged(
            tmp_path / "a.xlsx",
            [["Wreck of 12 May"], HEADER, ["Board 2"], ["Kh-101", "77", "A1", 1]],
            "A1:D1",
            "A3:D3",
        )
        rows, _problems, notes = read(file)
        assert rows == [["Kh-101", "77", "A1", "1"]]
        assert notes == [
            "The header is row 2; above it, not read: Wreck of 12 May",
            "Headings across the table are not read: Board 2 (row 3)",
        ]

    def test_a_header_of_two_rows_is_one_header(self, tmp_path: Path) -> None:
        file = self.merged(
            tmp_path / "a.xlsx",
            [["weapon", "component", ""], ["", "marking", "maker"], ["Kh-101", "A1", "TI"]],
            "A1:A2",
            "B1:C1",
        )
        table = open_table(file, TableOptions(known=KNOWN | {"component"}))
        assert table.header == ["weapon", "marking", "maker"]
        assert list(table.lines()) == [(3, ["Kh-101", "A1", "TI"])]


class TestSheets:
    def test_sheets_that_were_not_read_are_named(self, tmp_path: Path) -> None:
        file = workbook(tmp_path / "a.xlsx", FIRST, SECOND, [[]])
        rows, _problems, notes = read(file)
        assert len(rows) == 1
        assert notes == ["Only the sheet Sheet was read; 1 other sheet with data was not read: Second 1"]
        rows, _problems, notes = read(file, TableOptions(sheet="second 1"))
        assert rows == [["Kh", "2", "B", "1"]]
        assert "not read: Sheet" in notes[0]

    def test_a_cover_sheet_is_passed_over(self, tmp_path: Path) -> None:
        file = workbook(tmp_path / "a.xlsx", [["List of 5 May"], ["See the next sheet"]], FIRST)
        rows, _problems, notes = read(file)
        assert rows == [["Kh", "1", "A", "1"]]
        assert "not read: Sheet" in notes[0]

    @pytest.mark.parametrize("state", ["hidden", "veryHidden"])
    def test_hidden_sheets_are_named_and_read_on_request(self, tmp_path: Path, state: str) -> None:
        def hide(book: openpyxl.Workbook) -> None:
            book.worksheets[1].sheet_state = state

        file = workbook(tmp_path / "a.xlsx", FIRST, SECOND, change=hide)
        assert "not read: Second 1 (hidden)" in read(file)[2][0]
        assert read(file, TableOptions(sheet="Second 1"))[0] == [["Kh", "2", "B", "1"]]

    def test_a_workbook_whose_only_data_is_hidden_is_refused(self, tmp_path: Path) -> None:
        def hide(book: openpyxl.Workbook) -> None:
            book.worksheets[1].sheet_state = "hidden"

        file = workbook(tmp_path / "a.xlsx", [[]], SECOND, change=hide)
        refused = refusal(file)
        assert "no visible sheet with data" in refused.reason
        assert "Second 1" in refused.hint

    def test_chart_sheets_are_not_sheets_with_data(self, tmp_path: Path) -> None:
        def chart(book: openpyxl.Workbook) -> None:
            from openpyxl.chart import BarChart

            sheet = book.create_chartsheet("Chart", 0)
            sheet.add_chart(BarChart())

        file = workbook(tmp_path / "a.xlsx", FIRST, change=chart)
        assert read(file)[::2] == ([["Kh", "1", "A", "1"]], [])

    def test_a_workbook_of_charts_alone_is_refused(self, tmp_path: Path) -> None:
        renamed = {
            "xl/_rels/workbook.xml.rels": lambda text: text.replace('/worksheet"', '/chartsheet"'),
        }
        assert "no visible sheet" in refusal(workbook(tmp_path / "a.xlsx", [HEADER], parts=renamed)).reason

    def test_a_sheet_that_is_not_there_names_those_that_are(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError) as caught:
            read(workbook(tmp_path / "a.xlsx", [HEADER]), TableOptions(sheet="Third"))
        assert "Sheet" in caught.value.hint


class TestPackages:
    def test_parts_of_other_names_are_found(self, tmp_path: Path) -> None:
        file = workbook(tmp_path / "a.xlsx", FIRST)
        with ZipFile(file) as old:
            contents = {name: old.read(name) for name in old.namelist()}
        renamed = {BOOK: "xl/workbook2.xml", "xl/_rels/workbook.xml.rels": "xl\\_rels\\workbook2.xml.rels"}
        with ZipFile(file, "w") as new:
            for name, content in contents.items():
                text = content.replace(b"xl/workbook.xml", b"xl/workbook2.xml")
                new.writestr(renamed.get(name, name).replace("sharedStrings", "SharedStrings"), text)
        assert read(file)[0] == [["Kh", "1", "A", "1"]]

    def test_cells_without_their_place_follow_each_other(self, tmp_path: Path) -> None:
        bare = {SHEET: lambda text: re.sub(r'(<(?:c|row)) r="\w+"', r"\1", text)}
        assert read(workbook(tmp_path / "a.xlsx", FIRST, parts=bare))[0] == [["Kh", "1", "A", "1"]]

    def test_xml_that_unfolds_without_end_is_refused(self, tmp_path: Path) -> None:
        laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
        bomb = {SHEET: lambda text: laughs + re.sub(r"<\?xml[^>]*\?>", "", text)}
        assert "document type" in refusal(workbook(tmp_path / "a.xlsx", [HEADER], parts=bomb)).reason


class TestOpenDocument:
    def test_rows_zeros_and_line_breaks_are_kept(self, tmp_path: Path) -> None:
        file = opendocument(
            tmp_path / "a.ods",
            {
                "List": [
                    HEADER,
                    ["Kh-101", number_cell("612", "0612"), "A1\nB2", number_cell("2", "2")],
                    [
                        "Kh",
                        number_cell("955166781", "9.55E+08"),
                        "C  3",
                        number_cell("0.5", "50%", "percentage"),
                    ],
                ]
            },
        )
        assert read(file)[0] == [["Kh-101", "0612", "A1\nB2", "2"], ["Kh", "955166781", "C  3", "50%"]]

    def test_repeated_cells_and_rows_are_all_there(self, tmp_path: Path) -> None:
        twice = string_cell("<text:p>x</text:p>", 'table:number-columns-repeated="2"')
        file = opendocument(tmp_path / "a.ods", {"List": [["weapon", "serial", "marking"], ["Kh", twice]]})
        rows = re.compile(r"<table:table-row>(?=<table:table-cell[^>]*><text:p>Kh)")
        thrice = '<table:table-row table:number-rows-repeated="3">'
        again = with_parts(file, {"content.xml": lambda text: rows.sub(thrice, text)})
        assert read(again)[0] == [["Kh", "x", "x"]] * 3

    def test_merged_hidden_errors_and_comments(self, tmp_path: Path) -> None:
        merged = string_cell("<text:p>W-17</text:p>", 'table:number-rows-spanned="2"')
        error = string_cell("<text:p>#DIV/0!</text:p>", 'table:formula="of:=1/0" calcext:value-type="error"')
        note = string_cell("<office:annotation><text:p>look</text:p></office:annotation><text:p>B</text:p>")
        file = opendocument(
            tmp_path / "a.ods",
            {
                "Old": [["weapon", "marking"], ["x", "y"]],
                "List": [["recovery", "marking"], [merged, error], ["<table:covered-table-cell/>", note]],
            },
            hidden=["Old"],
        )
        rows, problems, notes = read(file)
        assert rows == [["W-17", ""], ["W-17", "B"]]
        assert problems == ["line 2, marking: #DIV/0! is an error, not a value"]
        assert "not read: Old (hidden)" in notes[0]

    def test_a_date_is_a_date(self, tmp_path: Path) -> None:
        date = string_cell("<text:p>8. Mar</text:p>", 'office:date-value="2024-03-08"', kind="date")
        written = [HEADER, ["Kh", date, "A", number_cell("1", "1")]]
        rows, problems, _notes = read(opendocument(tmp_path / "a.ods", {"List": written}), uses=USES)
        assert rows == [["Kh", "", "A", "1"]]
        assert "2024-03-08 is a date" in problems[0]

    def test_a_password_is_told(self, tmp_path: Path) -> None:
        with ZipFile(tmp_path / "a.ods", "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        assert "password" in refusal(tmp_path / "a.ods").reason


class TestOldExcel:
    def test_a_workbook_of_old_excel_is_read_with_its_formats(self, tmp_path: Path) -> None:
        book = xlwt.Workbook()
        sheet = book.add_sheet("List")
        for place, name in enumerate(HEADER):
            sheet.write(0, place, name)
        sheet.write_merge(1, 2, 0, 0, "Kh-101")
        sheet.write(1, 1, 612, xlwt.easyxf(num_format_str="0000"))
        sheet.write(1, 2, "Ф-1")
        sheet.write(1, 3, 2)
        sheet.write(2, 1, datetime.date(2024, 3, 8), xlwt.easyxf(num_format_str="D-MMM"))
        sheet.write(2, 2, "B")
        sheet.write(2, 3, 1)
        book.add_sheet("Second").write(0, 0, "more")
        book.save(str(tmp_path / "a.xls"))
        rows, problems, notes = read(tmp_path / "a.xls", uses=USES)
        assert rows == [["Kh-101", "0612", "Ф-1", "2"], ["Kh-101", "", "B", "1"]]
        assert problems == ["line 3, Serial: 2024-03-08 is a date, perhaps made of the text by a spreadsheet"]
        assert "not read: Second" in notes[0]

    def test_what_only_calls_itself_so_is_refused_with_the_reason(self, tmp_path: Path) -> None:
        (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504)
        refused = refusal(tmp_path / "a.xls")
        assert "old Excel (.xls) cannot be read: " in refused.reason
        assert "save it as XLSX" in refused.hint

    def test_text_that_calls_itself_so_is_text(self, tmp_path: Path) -> None:
        assert read(text_file(tmp_path / "a.xls", "weapon\tserial", "Kh\t7"))[0] == [["Kh", "7"]]


class TestOtherKinds:
    @pytest.mark.parametrize(
        ("content", "called"),
        [
            (b'<table border="1"><tr><td>a</td></tr></table>', "web page"),
            (b"<list><name>a</name></list>", "XML"),
            ("<?xml version='1.0' encoding='UTF-16'?><a/>".encode("utf-16"), "XML"),
            (b'[{"name": "Quartz"}]', "JSON"),
            (b'{"name": "Quartz"}', "JSON"),
            (b"{\\rtf1 text}", "Rich Text"),
            (b"\x89PNG\r\n\x1a\n", "picture"),
            (b"PAR1", "Parquet"),
            (b"\xd0\xcf\x11\xe0" + b"\0" * 60 + "WordDocument".encode("utf-16-le"), "old Word"),
        ],
    )
    def test_what_is_not_a_table_is_called_what_it_is(
        self, tmp_path: Path, content: bytes, called: str
    ) -> None:
        (tmp_path / "list.csv").write_bytes(content)
        refused = refusal(tmp_path / "list.csv")
        assert called in refused.reason
        assert refused.hint
