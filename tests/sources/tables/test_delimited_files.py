"""Delimited text of any program: delimiter, header and encoding are found, and guesses are said."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.core.errors import BadInput
from provenance.sources.tables import Table, TableOptions, Use, open_table
from tests.sources.tables.files import text_file

KNOWN = frozenset(
    {"weapon", "serial", "marking", "maker", "pieces", "zbroya", "markuvannya", "exporter", "country"}
)


def table_of(file: Path, **stated: object) -> Table:
    return open_table(file, TableOptions(known=KNOWN, **stated))  # type: ignore[arg-type]  # options by name


def rows_of(file: Path, **stated: object) -> list[list[str]]:
    return [cells for _line, cells in table_of(file, **stated).lines()]


class TestDelimiters:
    @pytest.mark.parametrize(
        ("lines", "row"),
        [
            (("weapon;pieces;maker", "Kh;1,5;TI"), ["Kh", "1,5", "TI"]),
            (("weapon,marking,maker", '"a;b;c;d","1;2;3",TI'), ["a;b;c;d", "1;2;3", "TI"]),
            (("weapon\tmarking, as is\tmaker", "Kh\tA, B, C\tTI"), ["Kh", "A, B, C", "TI"]),
            (("weapon|marking|maker", "Kh|A,B|TI"), ["Kh", "A,B", "TI"]),
            (("sep=;", "weapon;marking", "Kh;A,B"), ["Kh", "A,B"]),
            (("sep=|", "weapon|marking", "Kh|A;B"), ["Kh", "A;B"]),
            (("List of 5, 6, 7 and 8 May", "", "weapon;marking", "Kh;A"), ["Kh", "A"]),
            (("maker, brand;marking", "TI;A", "ADI;B"), ["TI", "A"]),
        ],
    )
    def test_the_delimiter_is_the_one_that_divides_the_rows(
        self, tmp_path: Path, lines: tuple[str, ...], row: list[str]
    ) -> None:
        assert rows_of(text_file(tmp_path / "a.csv", *lines))[0] == row

    def test_a_delimiter_at_the_end_of_each_row_adds_no_cell(self, tmp_path: Path) -> None:
        file = text_file(tmp_path / "a.csv", "weapon;marking;pieces", "Kh;A;1;", "Kh;B;2;;")
        assert rows_of(file) == [["Kh", "A", "1"], ["Kh", "B", "2"]]
        file = text_file(tmp_path / "b.csv", "weapon;marking;pieces;", "Kh;A;1;", "Kh;B;2;")
        assert table_of(file).header == ["weapon", "marking", "pieces"]
        assert rows_of(file) == [["Kh", "A", "1"], ["Kh", "B", "2"]]

    def test_a_column_without_a_header_that_has_cells_is_kept(self, tmp_path: Path) -> None:
        file = text_file(tmp_path / "a.csv", "weapon;;marking;", "Kh;x;A;y")
        assert table_of(file).header == ["weapon", "column 2", "marking", "column 4"]
        assert rows_of(file) == [["Kh", "x", "A", "y"]]

    def test_carriage_returns_alone_end_lines(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_bytes(b"weapon,marking\rKh,A\rKh,B\r")
        assert rows_of(tmp_path / "a.csv") == [["Kh", "A"], ["Kh", "B"]]

    def test_a_quote_that_is_never_closed_is_refused_with_its_line(self, tmp_path: Path) -> None:
        file = text_file(tmp_path / "a.csv", "weapon,marking", "Kh,A", 'Kh,"B', "Kh,C")
        with pytest.raises(BadInput, match=r"a\.csv:3: the record that begins here is broken"):
            rows_of(file)


class TestHeaders:
    def test_titles_above_the_header_are_passed_over_and_said(self, tmp_path: Path) -> None:
        file = text_file(
            tmp_path / "a.csv", "Wreck of Sumy,,", "12 May 2024,,", ",,", "weapon,marking,maker", "Kh,A,TI"
        )
        table = table_of(file)
        assert (table.header, table.header_line) == (["weapon", "marking", "maker"], 4)
        assert table.options.notes == ["The header is row 4; above it, not read: Wreck of Sumy; 12 May 2024"]

    def test_a_repeated_header_is_not_a_row(self, tmp_path: Path) -> None:
        file = text_file(tmp_path / "a.csv", "weapon,marking", "Kh,A", "weapon,marking", "Kh,B")
        table = table_of(file)
        assert [line for line, _cells in table.lines()] == [2, 4]
        assert table.options.notes == ["The header is repeated and not read in rows 3"]

    def test_a_row_that_numbers_the_columns_is_not_a_row(self, tmp_path: Path) -> None:
        file = text_file(tmp_path / "a.csv", "weapon,marking,maker", "1,2,3", "Kh,A,TI")
        table = table_of(file)
        assert list(table.lines()) == [(3, ["Kh", "A", "TI"])]
        assert table.options.notes == ["Row 2 numbers the columns and is not read."]

    def test_groups_above_the_header_tell_equal_names_apart(self, tmp_path: Path) -> None:
        file = text_file(
            tmp_path / "a.csv", ",exporter,,importer,", "No,name,country,name,country", "1,A,HK,B,RU"
        )
        assert table_of(file).header == [
            "No", "exporter name", "exporter country", "importer name", "importer country",
        ]  # fmt: skip

    def test_the_row_that_looks_like_a_header_is_named_where_none_is_known(self, tmp_path: Path) -> None:
        file = text_file(tmp_path / "a.csv", "Bericht", "Waffe,Teil,Firma", "Kh,A,TI", "Kh,B,TI")
        table = table_of(file)
        assert (table.header_line, table.header) == (2, ["Waffe", "Teil", "Firma"])

    def test_the_user_says_where_the_header_is(self, tmp_path: Path) -> None:
        file = text_file(tmp_path / "a.csv", "weapon,marking", "Waffe,Teil", "Kh,A")
        assert rows_of(file, header_row=2) == [["Kh", "A"]]
        with pytest.raises(BadInput, match="row 9 is empty or missing"):
            rows_of(file, header_row=9)


class TestEncodings:
    UKRAINIAN = ("Зброя;Маркування;Виробник", "Герань-2;Ы-391;Техас Інструментс")

    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8_u", "utf-32"]
    )
    def test_a_ukrainian_list_is_read_in_the_encoding_it_has(self, tmp_path: Path, encoding: str) -> None:
        file = text_file(tmp_path / "a.csv", *self.UKRAINIAN, encoding=encoding)
        assert rows_of(file) == [["Герань-2", "Ы-391", "Техас Інструментс"]]

    @pytest.mark.parametrize(
        ("text", "encoding"),
        [
            ("name,city\nООО «Ромашка»,Москва\n", "cp1251"),
            ("name,city\nОБЩЕСТВО,МОСКВА\n", "koi8_r"),
            ("name,city\nОБЩЕСТВО,МОСКВА\n", "cp866"),
            ("name,city\nMüller GmbH,Köln\nJosé,Málaga\n", "cp1252"),
            ("name,city\nIşık A.Ş.,İstanbul\n", "cp1254"),
            ("name,city\n深圳市华强电子有限公司,广东省深圳市\n", "gb18030"),
            ("name,city\n江苏长电科技股份有限公司,江阴\n", "gb18030"),
        ],
    )
    def test_names_are_read_in_the_encoding_they_have(self, tmp_path: Path, text: str, encoding: str) -> None:
        (tmp_path / "a.csv").write_bytes(text.encode(encoding))
        table = table_of(tmp_path / "a.csv")
        expected = [line.split(",") for line in text.splitlines()[1:]]
        assert [cells for _line, cells in table.lines()] == expected
        assert "which is a guess" in table.options.notes[0]

    def test_a_wrong_guess_can_be_overruled(self, tmp_path: Path) -> None:
        file = text_file(tmp_path / "a.csv", *self.UKRAINIAN, encoding="cp1251")
        assert rows_of(file, encoding="cp1252")[0][0] == "Ãåðàíü-2"
        assert table_of(file, encoding="windows-1251").options.notes == []

    def test_damage_in_utf_8_is_not_another_encoding(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_bytes("\n".join(self.UKRAINIAN).encode() + b"\xff\n")
        with pytest.raises(BadInput, match=r"a\.csv:2: not UTF-8"):
            rows_of(tmp_path / "a.csv")

    def test_an_encoding_that_nobody_knows_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match="no encoding 'klingon'"):
            rows_of(text_file(tmp_path / "a.csv", *self.UKRAINIAN), encoding="klingon")


class TestCells:
    @pytest.mark.parametrize(
        "text",
        [
            "9.55E+12",
            "3,15264E+12",
            "9.551667812741E12",
            "9.55e+012",
            "8-Mar",
            "Mar-08",
            "08.мар",
            "2024-03-08",
            "3月8日",
        ],
    )
    def test_what_a_spreadsheet_made_of_a_number_is_withheld_where_it_would_identify(
        self, tmp_path: Path, text: str
    ) -> None:
        table = table_of(text_file(tmp_path / "a.csv", "weapon;marking", f"Kh;{text}", f"{text};A"))
        table.uses = {"weapon": Use.TEXT, "marking": Use.IDENTIFYING}
        assert [cells for _line, cells in table.lines()] == [["Kh", ""], [text, "A"]]
        (problem,) = table.problems
        assert (problem.line, problem.column, problem.text) == (2, "marking", text)

    def test_a_code_may_be_written_as_a_date(self, tmp_path: Path) -> None:
        table = table_of(
            text_file(tmp_path / "a.csv", "weapon;marking", "Kh;Aug-18", "Kh;1.83E+03", "Kh;1834.0")
        )
        table.uses = {"marking": Use.CODE}
        assert [cells[1] for _line, cells in table.lines()] == ["Aug-18", "", "1834"]

    @pytest.mark.parametrize(
        "text", ["#N/A", "#REF!", "#ССЫЛКА!", "#Н/Д", "#ЗНАЧ!", "#DIV/0!", "Err:502", "########"]
    )
    def test_an_error_is_a_value_of_no_column(self, tmp_path: Path, text: str) -> None:
        table = table_of(text_file(tmp_path / "a.csv", "weapon;marking", f"Kh;{text}"))
        assert [cells for _line, cells in table.lines()] == [["Kh", ""]]
        assert len(table.problems) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "BAT54H,115",
            "2N3904",
            "1N4148",
            "LTC3414EFE#PBF",
            "#2135",
            "1E3",
            "5E",
            "E+H",
            "MAY-8SM",
            "74123",
            "12-34",
        ],
    )
    def test_a_part_number_is_a_value(self, tmp_path: Path, text: str) -> None:
        table = table_of(text_file(tmp_path / "a.csv", "weapon;marking", f"Kh;{text}"))
        table.uses = dict.fromkeys(table.header, Use.IDENTIFYING)
        assert [cells for _line, cells in table.lines()] == [["Kh", text]]
        assert len(table.problems) == 0

    def test_whole_numbers_with_a_decimal_are_whole_where_they_identify(self, tmp_path: Path) -> None:
        table = table_of(
            text_file(tmp_path / "a.csv", "weapon,serial,marking", "Kh,1834.0,SMBJ5.0A", "Kh,0.0,1.05")
        )
        table.uses = dict.fromkeys(table.header, Use.IDENTIFYING)
        rows = list(table.rows())
        assert [row.cells["serial"] for row in rows] == ["1834", "0"]
        assert [row.written["serial"] for row in rows] == ["1834.0", "0.0"]
        assert [row.cells["marking"] for row in rows] == ["SMBJ5.0A", "1.05"]


class TestRows:
    HEADER = "weapon,serial,marking,maker"

    def test_notes_below_the_table_are_not_rows_and_are_said(self, tmp_path: Path) -> None:
        lines = (self.HEADER, "Kh,7,A,TI", "", "Note: a list is not a finding.,,,", "Source: Kyiv,,,")
        table = table_of(text_file(tmp_path / "a.csv", *lines))
        assert list(table.lines()) == [(2, ["Kh", "7", "A", "TI"])]
        assert table.options.notes == [
            "Below the table, not read: Note: a list is not a finding. (row 4), Source: Kyiv (row 5)"
        ]

    def test_a_name_alone_or_one_that_others_follow_is_a_row(self, tmp_path: Path) -> None:
        lines = (self.HEADER, "Kh,7,A,TI", "", "Total Control Systems,,,", "Kh,8,B,TI", "", "Lancet,,,")
        assert [row[0] for row in rows_of(text_file(tmp_path / "a.csv", *lines))] == [
            "Kh", "Total Control Systems", "Kh", "Lancet",
        ]  # fmt: skip

    def test_a_second_table_with_other_columns_is_refused(self, tmp_path: Path) -> None:
        file = text_file(
            tmp_path / "a.csv", self.HEADER, "Kh,7,A,TI", ",,,", "maker,marking,weapon,", "TI,B,Kh,"
        )
        with pytest.raises(
            BadInput, match=r"a\.csv:4: a second table with other columns begins here: maker, m"
        ):
            rows_of(file)

    def test_cells_that_excel_leaves_out_at_the_end_are_empty(self, tmp_path: Path) -> None:
        file = text_file(tmp_path / "a.csv", self.HEADER, "Kh,7,A,TI", "Kh,7", "Kh,8", "Kh,9,B,TI", "Kh,9,C")
        table = table_of(file)
        assert [cells for _line, cells in table.lines()] == [
            ["Kh", "7", "A", "TI"], ["Kh", "7", "", ""], ["Kh", "8", "", ""], ["Kh", "9", "B", "TI"],
            ["Kh", "9", "C", ""],
        ]  # fmt: skip
        assert table.options.notes == ["Cells missing at the end of a row count as empty in rows 3, 4, 6"]

    @pytest.mark.parametrize(
        "broken", [("Kh,7,A", "A2,TI"), ("Kh", "2,7,A,TI"), ("Kh,7", "7,A", "A,TI"), ("Kh,7,A,T", "I")]
    )
    def test_a_row_that_a_line_end_has_broken_is_not_mended(
        self, tmp_path: Path, broken: tuple[str, ...]
    ) -> None:
        file = text_file(tmp_path / "a.csv", self.HEADER, "Kh,7,A,TI", *broken, "Kh,8,B,TI")
        rows = rows_of(file)
        assert [len(row) for row in rows] == [4, *[line.count(",") + 1 for line in broken], 4]

    def test_a_last_row_without_a_line_end_may_be_cut_off(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(f"{self.HEADER}\nKh,7,A,TI\nKh,8")
        assert rows_of(tmp_path / "a.csv")[1] == ["Kh", "8"]
