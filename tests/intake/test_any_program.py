"""Any list, written by any of the usual programs, leaves the same rows in the database."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pandas
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.desk import Desk, Item, Rows, csv_text, save
from tests.support.databases import Level, SqliteDatabases

HEADERS = st.sampled_from(
    [
        ("Weapon", "Serial number", "Marking", "Manufacturer", "MPN", "Date code", "Qty", "Notes"),
        ("Зброя", "Серійний номер", "Маркування", "Виробник", "Парт-номер", "Код дати", "К-сть", "Примітки"),
        ("Оружие", "Серийный номер", "Маркировка", "Изготовитель", "Номер детали", "Код даты", "Кол-во",
         "Примечание"),
        ("武器", "序列号", "丝印", "制造商", "型号", "日期代码", "数量", "备注"),
    ]
)  # fmt: skip
LETTERS = "aZ09-./#+'\"|;,  ЖїҐ№«»德州é"
TEXTS = st.text(LETTERS, max_size=14).map(str.strip)
LINES = st.lists(TEXTS.filter(bool), max_size=3).map("\n".join)
LISTED = st.lists(
    st.tuples(
        st.sampled_from(["Kh-101", "Герань-2", "Orlan-10"]),
        st.from_regex(r"[0ЫA]{1,2}-?[0-9]{2,6}", fullmatch=True) | st.just(""),
        LINES,
        st.sampled_from(["Analog Devices", "TI", "德州仪器", "НПП «Исток»", 'Maker "A", Ltd', ""]),
        st.sampled_from(["AD7606BSTZ", "BAT54H,115", "SMBJ5.0A", "0612-003", "К1986ВЕ1Т"]),
        st.sampled_from(["0612", "1922", "2021+", ""]),
        st.sampled_from(["", "1", "12"]),
        TEXTS,
    ),
    min_size=1,
    max_size=6,
)
"""Rows that can all be used: a weapon and a part number are in each."""


def text(delimiter: str, quoting: int, end: str, encoding: str) -> Callable[[Path, Rows], Path]:
    """What a spreadsheet program exports with these settings."""

    def write(file: Path, rows: Rows) -> Path:
        file.write_bytes(csv_text(rows, delimiter, end, quoting).encode(encoding))
        return file

    return write


def frame(rows: Rows) -> pandas.DataFrame:
    header, *cells = rows
    return pandas.DataFrame(cells, columns=pandas.Index(header), dtype=str)


def workbook(file: Path, rows: Rows) -> Path:
    return save(file.with_suffix(".xlsx"), rows)


def pandas_text(file: Path, rows: Rows) -> Path:
    frame(rows).to_csv(file, index=False)
    return file


def pandas_workbook(file: Path, rows: Rows) -> Path:
    frame(rows).to_excel(file.with_suffix(".xlsx"), index=False)
    return file.with_suffix(".xlsx")


WAYS = {
    "semicolons, all quoted": text(";", csv.QUOTE_ALL, "\r\n", "utf-8-sig"),
    "tabs in UTF-16": text("\t", csv.QUOTE_MINIMAL, "\r\n", "utf-16"),
    "bars, all quoted": text("|", csv.QUOTE_ALL, "\n", "utf-8"),
    "openpyxl": workbook,
    "pandas as text": pandas_text,
    "pandas as a workbook": pandas_workbook,
}


def stored(databases: SqliteDatabases, folder: Path, file: Path) -> list[Item]:
    address = databases.filled(Level.REFERENCE)
    desk = Desk(address, folder)
    answer = desk.take(file)
    assert answer.code == 0, answer.told
    row = answer.row
    assert row["read"] == row["new"] + row["repeated"], row
    found = desk.items()
    databases.discard(address)
    return found


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(header=HEADERS, rows=LISTED)
def test_the_same_rows_are_stored(
    sqlite_databases: SqliteDatabases, tmp_path: Path, header: tuple[str, ...], rows: Rows
) -> None:
    plain = tmp_path / "plain.csv"
    plain.write_bytes(csv_text([header, *rows]).encode())
    wanted = stored(sqlite_databases, tmp_path, plain)
    assert {item.part for item in wanted} == {row[4] for row in rows}
    for way, write in WAYS.items():
        other = write(tmp_path / "other.csv", [header, *rows])
        assert stored(sqlite_databases, tmp_path, other) == wanted, way
