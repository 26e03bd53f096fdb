"""Files as people hand them in, at every command that reads one: found, said, and chosen otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sources.tables.files import opendocument, text_file, workbook
from tests.support.commands import Outcome

Run = Callable[..., Outcome]

HEADER = ["Weapon", "Serial", "Marking", "Manufacturer"]
FIRST = [HEADER, ["Kh-101", "7001", "ZQ-1", "Analog Devices"]]
SECOND = [HEADER, ["Kh-101", "7002", "ZQ-2", "Murata"], ["Kh-101", "7002", "ZQ-3", "Murata"]]
SOURCE = ("--source", "ours", "--no-read", "--format", "json")


def take(run: Run, fresh: str, file: Path, *words: str) -> Outcome:
    return run(fresh, "import", "components", file, *SOURCE, *words)


class TestImport:
    def test_a_sheet_that_was_not_read_is_said_and_read_on_request(
        self, fresh: str, run: Run, tmp_path: Path
    ) -> None:
        file = workbook(tmp_path / "two.xlsx", FIRST, SECOND)
        done = take(run, fresh, file)
        assert (done.code, done.rows[0]["new"]) == (0, 1)
        assert done.rows[0]["notes"] == [
            "Only the sheet Sheet was read; 1 other sheet with data was not read: Second 1"
        ]
        assert take(run, fresh, file, "--sheet", "Second 1").rows[0]["new"] == 2

    def test_a_sheet_that_is_not_there_is_refused(self, fresh: str, run: Run, tmp_path: Path) -> None:
        done = take(run, fresh, workbook(tmp_path / "two.xlsx", FIRST, SECOND), "--sheet", "Third")
        assert done.code == 2
        assert "Its sheets: Sheet, Second 1." in done.err
        assert "--sheet NAME" in done.err

    def test_the_header_s_row_is_found_or_named(self, fresh: str, run: Run, tmp_path: Path) -> None:
        file = text_file(tmp_path / "list.csv", "Wreck 17,,,", *(",".join(row) for row in FIRST))
        done = take(run, fresh, file)
        assert (done.rows[0]["new"], done.rows[0]["notes"]) == (
            1,
            ["The header is row 2; above it, not read: Wreck 17"],
        )
        strange = text_file(tmp_path / "other.csv", "a,b", "Waffe,Teil", "Kh-101,ZQ-9")
        mapped = take(
            run, fresh, strange, "--header-row", "2", "--map", "Waffe=weapon", "--map", "Teil=marking"
        )
        assert mapped.rows[0]["new"] == 1

    def test_a_guessed_encoding_is_said_and_overruled(self, fresh: str, run: Run, tmp_path: Path) -> None:
        lines = ("Зброя;Маркування;Виробник", "Герань-2;Ы-391;Murata")
        file = text_file(tmp_path / "list.csv", *lines, encoding="cp1251")
        done = take(run, fresh, file)
        assert (done.rows[0]["new"], done.rows[0]["columns"]["Зброя"]) == (1, "weapon")
        assert "Windows-1251, which is a guess: Зброя" in done.rows[0]["notes"][0]
        assert take(run, fresh, file, "--encoding", "koi8-u").code == 3
        assert take(run, fresh, file, "--encoding", "windows-1251").rows[0]["notes"] == []

    def test_what_a_file_does_not_have_cannot_be_chosen(self, fresh: str, run: Run, tmp_path: Path) -> None:
        text = text_file(tmp_path / "list.csv", *(",".join(row) for row in FIRST))
        assert "which has no sheets" in take(run, fresh, text, "--sheet", "List").err
        book = workbook(tmp_path / "list.xlsx", FIRST)
        assert "no encoding to choose" in take(run, fresh, book, "--encoding", "utf-16").err

    def test_a_rounded_serial_is_no_serial_and_stays_in_the_raw_text(
        self, fresh: str, run: Run, tmp_path: Path
    ) -> None:
        rows = ["Kh-101,3.15264E+12,ZQ-1,Murata", "Kh-101,3.15264E+12,ZQ-2,#REF!"]
        file = text_file(tmp_path / "list.csv", ",".join(HEADER), *rows)
        done = take(run, fresh, file)
        assert [(cell["line"], cell["column"], cell["text"]) for cell in done.rows[0]["cells"]] == [
            (2, "Serial", "3.15264E+12"),
            (3, "Serial", "3.15264E+12"),
            (3, "Manufacturer", "#REF!"),
        ]
        assert "recovery_serial" not in done.rows[0]["made"]
        assert done.rows[0]["made"]["maker_attribution"] == 1

    def test_an_opendocument_spreadsheet_is_a_list(self, fresh: str, run: Run, tmp_path: Path) -> None:
        assert take(run, fresh, opendocument(tmp_path / "list.ods", {"List": SECOND})).rows[0]["new"] == 2


class TestScreening:
    @pytest.fixture
    def listed(self, fresh: str, run: Run, tmp_path: Path) -> str:
        file = text_file(tmp_path / "watch.csv", "id,name,country", "1,Quartz Obsidian Trading LLC,RU")
        done = run(fresh, "watchlist", "import", "csv", file, "--name", "ours", "--as-of", "2026-01-01")
        assert done.code == 0, done.err
        return fresh

    @pytest.mark.parametrize("format", ["table", "csv", "jsonl"])
    def test_customers_on_another_sheet_are_never_passed_over_without_a_word(
        self, listed: str, run: Run, tmp_path: Path, format: str
    ) -> None:
        file = workbook(
            tmp_path / "customers.xlsx",
            [["Name", "Country"], ["Marble Reef", "DE"]],
            [["Name", "Country"], ["Quartz Obsidian Trading LLC", "RU"]],
        )
        done = run(listed, "screen", "--file", file, "--format", format)
        assert done.code == 0
        assert "not read: Second 1" in done.out + done.err
        assert run(listed, "screen", "--file", file, "--sheet", "Second 1").code == 6

    def test_customers_beyond_the_claimed_size_are_screened(
        self, listed: str, run: Run, tmp_path: Path
    ) -> None:
        from tests.sources.tables.files import SHEET

        rows = [["Name", "Country"], ["Marble Reef", "DE"], ["Quartz Obsidian Trading LLC", "RU"]]
        wrong = {SHEET: lambda text: text.replace('ref="A1:B3"', 'ref="A1"')}
        assert run(listed, "screen", "--file", workbook(tmp_path / "c.xlsx", rows, parts=wrong)).code == 6

    def test_a_list_in_another_encoding_is_imported_and_said(
        self, fresh: str, run: Run, tmp_path: Path
    ) -> None:
        file = text_file(tmp_path / "w.csv", "id;name;country", "1;ООО «Кварц»;RU", encoding="cp1251")
        words = (
            "watchlist",
            "import",
            "csv",
            file,
            "--name",
            "w",
            "--as-of",
            "2026-01-01",
            "--format",
            "json",
        )
        done = run(fresh, *words)
        assert (done.rows[0]["new"], "Кварц" in done.rows[0]["notes"][0]) == (1, True)


class TestLogging:
    def test_a_template_with_a_title_and_lines_in_another_encoding(
        self, fresh: str, run: Run, tmp_path: Path
    ) -> None:
        rows = [["Form 7"], ["recovery row id", "weapon", "label"], ["1", "Kh-101", "Уламки"]]
        done = run(fresh, "log", "template", "recoveries", "--out", tmp_path / "empty.csv")
        header = (tmp_path / "empty.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",")
        rows[1] = header
        cells = {header[0]: "1", "weapon": "Kh-101", "label": "Уламки"}
        rows[2] = [cells.get(name, "") for name in header]
        file = text_file(tmp_path / "filled.csv", *(",".join(row) for row in rows), encoding="cp1251")
        done = run(fresh, "log", "file", file, "--format", "json")
        assert done.code == 0, done.err
        row = done.rows[0]
        assert (row["new"], len(row["notes"])) == (1, 2)
        ref = row["logged"][0]["ref"]
        lines = text_file(tmp_path / "board.txt", "плата | ZQ-1 | 2 |", encoding="cp1251")
        logged = run(fresh, "log", "components", "--recovery", ref, "--file", lines, "--format", "jsonl")
        assert logged.code == 0, logged.err
        assert "плата" in logged.out
        assert "Windows-1251, which is a guess" in logged.err

    def test_a_list_of_markings_that_is_no_text_is_called_what_it_is(
        self, fresh: str, run: Run, tmp_path: Path
    ) -> None:
        done = run(fresh, "identify", "--file", workbook(tmp_path / "list.xlsx", FIRST))
        assert done.code == 3
        assert "XLSX workbook" in done.err
