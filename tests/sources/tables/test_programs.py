"""Any table, written by any of the usual programs, comes back the same."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.sources.tables import TableOptions, open_table
from tests.sources.tables.files import opendocument

HEADER = ["weapon", "serial", "marking", "maker"]
KNOWN = frozenset(HEADER)

LETTERS = "aZ09-./#+'\"|;,\t  ЖїҐ№«»德州é\n"
TEXTS = st.text(LETTERS, max_size=12).filter(lambda text: text == text.strip() and not text.startswith("#"))
ROWS = st.lists(
    st.lists(TEXTS, min_size=4, max_size=4).filter(lambda row: row[0] and row != HEADER),
    min_size=1,
    max_size=8,
)
"""Rows whose first cell is filled: an empty row is not a row."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("programs")


def read(file: Path) -> list[list[str]]:
    return [cells for _line, cells in open_table(file, TableOptions(known=KNOWN)).lines()]


def as_csv(rows: list[list[str]], delimiter: str, quoting: int, end: str) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows([HEADER, *rows])
    return stream.getvalue()


@given(
    ROWS,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]),
)
def test_the_text_that_spreadsheet_programs_export(
    folder: Path, rows: list[list[str]], delimiter: str, quoting: int, end: str, encoding: str
) -> None:
    file = folder / "a.csv"
    file.write_bytes(as_csv(rows, delimiter, quoting, end).encode(encoding))
    stated = encoding if encoding == "gb18030" else None
    table = open_table(file, TableOptions(known=KNOWN, encoding=stated))
    assert [cells for _line, cells in table.lines()] == rows


@given(ROWS)
def test_a_workbook(folder: Path, rows: list[list[str]]) -> None:
    book = openpyxl.Workbook()
    for number, row in enumerate([HEADER, *rows], start=1):
        for place, text in enumerate(row, start=1):
            cell = book.worksheets[0].cell(number, place)
            cell.value = text or None
            if text:
                cell.data_type = "s"
    book.save(folder / "a.xlsx")
    assert read(folder / "a.xlsx") == rows


@given(ROWS)
def test_an_opendocument_spreadsheet(folder: Path, rows: list[list[str]]) -> None:
    # The format keeps single spaces as they are; programs write more of them as elements.
    plain = [[" ".join(text.replace("\t", " ").split(" ")) for text in row] for row in rows]
    assert read(opendocument(folder / "a.ods", {"List": [HEADER, *plain]})) == plain


@given(ROWS)
def test_a_data_frame_as_text_and_as_a_workbook(folder: Path, rows: list[list[str]]) -> None:
    frame = pandas.DataFrame(rows, columns=HEADER)
    frame.to_csv(folder / "p.csv", index=False)
    assert read(folder / "p.csv") == rows
    frame.to_excel(folder / "p.xlsx", index=False)
    assert read(folder / "p.xlsx") == rows


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**12)), min_size=1, max_size=6).filter(any))
def test_numbers_of_a_data_frame_that_lacks_some_are_whole(folder: Path, numbers: list[int | None]) -> None:
    from provenance.sources.tables import Use

    frame = pandas.DataFrame({"weapon": ["Kh-101"] * len(numbers), "serial": numbers})
    wanted = ["" if number is None else str(number) for number in numbers]
    for file, write in ((folder / "n.csv", frame.to_csv), (folder / "n.xlsx", frame.to_excel)):
        write(file, index=False)
        table = open_table(file, TableOptions(known=KNOWN))
        table.uses = dict.fromkeys(table.header, Use.IDENTIFYING)
        assert [cells[1] for _line, cells in table.lines()] == wanted
