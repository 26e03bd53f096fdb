"""A list that was renamed, reordered, merged, cut or encoded otherwise: the same, or refused, or said.

The program never ends with exit 0 and fewer components stored than the file shows, unless its answer says so.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.desk import Answer, Desk, csv_text, save
from tests.support.databases import Level, SqliteDatabases

Table = list[list[str]]
LIST: Table = [
    ["Weapon", "Serial", "Marking", "Manufacturer", "Part number", "Qty"],
    ["Kh-101", "7701", "AD7606BSTZ 1922", "Analog Devices", "AD7606BSTZ", "1"],
    ["Kh-101", "7701", "XC3S250E", "Xilinx", "XC3S250E-4TQG144C", "2"],
    ["Kh-101", "7702", "MT41K128M16", "Micron", "MT41K128M16JT-125", "4"],
    ["Герань-2", "Ы-417", "К1986ВЕ1Т", "Міландр", "К1986ВЕ1Т", "3"],
]
PIECES = 10
SYNONYMS = [
    ["Found in", "Зброя", "Оружие", "武器", "UAV"],
    ["S/N", "Серійний номер", "Заводской номер", "序列号", "Serial no."],
    ["Top mark", "Маркування", "Маркировка", "丝印", "Markings"],
    ["Mfr", "Виробник", "Производитель", "制造商", "Manufacturer_Name"],
    ["MPN", "Парт-номер", "Номер детали", "型号", "Mfr. Part #"],
    ["Quantity", "Кількість", "Кол-во", "数量", "Qty (pcs)"],
]

Mutation = Callable[[Table, random.Random], Table]


def renamed(table: Table, chance: random.Random) -> Table:
    return [[chance.choice(names) for names in SYNONYMS], *table[1:]]


def unknown(table: Table, chance: random.Random) -> Table:
    place = chance.randrange(len(table[0]))
    return [[f"Spalte {n}" if n == place else name for n, name in enumerate(table[0])], *table[1:]]


def reordered(table: Table, chance: random.Random) -> Table:
    order = chance.sample(range(len(table[0])), len(table[0]))
    return [[row[place] if place < len(row) else "" for place in order] for row in table]


def blank_rows(table: Table, chance: random.Random) -> Table:
    place = chance.randrange(1, len(table) + 1)
    return [*table[:place], *[[""] * len(table[0])] * chance.randint(1, 3), *table[place:]]


def blank_column(table: Table, chance: random.Random) -> Table:
    place = chance.randrange(len(table[0]) + 1)
    return [[*row[:place], "", *row[place:]] for row in table]


def titled(table: Table, chance: random.Random) -> Table:
    return [["Table 3. Components", *[""] * (len(table[0]) - 1)], [""] * len(table[0]), *table]


def header_again(table: Table, chance: random.Random) -> Table:
    place = chance.randrange(2, len(table) + 1)
    return [*table[:place], table[0], *table[place:]]


def row_twice(table: Table, chance: random.Random) -> Table:
    return [*table, chance.choice(table[1:])]


def cut(table: Table, chance: random.Random) -> Table:
    place = chance.randrange(1, len(table))
    return [*table[:place], table[place][: chance.randint(1, len(table[0]) - 1)], *table[place + 1 :]]


def numbered(table: Table, chance: random.Random) -> Table:
    return [["No.", *table[0]], *([str(place), *row] for place, row in enumerate(table[1:], start=1))]


MUTATIONS: list[Mutation] = [
    renamed, unknown, row_twice, numbered, reordered, blank_column, cut, blank_rows, header_again, titled,
]  # fmt: skip
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8_u"]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=st.lists(st.sampled_from(MUTATIONS), min_size=1, max_size=3, unique=True),
    delimiter=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(ENCODINGS),
    seed=st.integers(0, 999),
)
def test_nothing_is_lost_without_a_word(
    sqlite_databases: SqliteDatabases,
    tmp_path: Path,
    chosen: list[Mutation],
    delimiter: str,
    encoding: str,
    seed: int,
) -> None:
    table, chance = LIST, random.Random(seed)
    if encoding in ("cp1251", "koi8_u"):
        chosen = [each for each in chosen if each is not renamed]
    # Synonyms go by place, so they are first; what moves cells would fill up a row that was cut; a title is
    # above everything else, so it is last.
    for mutation in sorted(chosen, key=MUTATIONS.index):
        table = mutation(table, chance)
    address = sqlite_databases.filled(Level.REFERENCE)
    desk = Desk(address, tmp_path)
    answer = desk.take(csv_text(table, delimiter, "\r\n").encode(encoding))
    assert_honest(desk, answer, of_rows=5 if row_twice in chosen else 4)
    sqlite_databases.discard(address)


def assert_honest(desk: Desk, answer: Answer, of_rows: int) -> None:
    """Refused with nothing stored; or every row stored, with each of its cells or a word about the cell."""
    items = desk.items()
    if answer.code:
        assert answer.code in (2, 3), answer.told
        assert items == []
        return
    row = answer.row
    counts = [row[name] for name in ("new", "known", "changed", "repeated", "rejected")]
    assert row["read"] == sum(counts), row
    assert row["read"] == of_rows, row
    assert len(items) == row["new"]
    unread = set(row["unread_columns"]) | {cell["column"] for cell in row["cells"]}
    if unread or row["repeated"] or row["notes"]:
        return
    shown = {"AD7606BSTZ", "XC3S250E-4TQG144C", "MT41K128M16JT-125", "К1986ВЕ1Т"}
    assert {item.part for item in items} == shown, answer.told
    assert sum(item.pieces or 0 for item in items) >= PIECES
    assert len(desk.wrecks()) == 3


def test_every_cell_merged_with_the_one_below(desk: Desk) -> None:
    """Merged columns fill their range where that is what they mean, and never lose a row."""

    def merge(book: openpyxl.Workbook) -> None:
        for column in ("A", "B"):
            book.worksheets[0].merge_cells(f"{column}2:{column}3")

    answer = desk.take(save(desk.file("", "list.xlsx"), LIST, change=merge))
    assert answer.accounted == {"read": 4, "new": 4}
    assert len(desk.wrecks()) == 3


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_each_encoding_keeps_every_letter(desk: Desk, encoding: str) -> None:
    desk.take(csv_text(LIST, ";", "\r\n").encode(encoding))
    assert [item.marking for item in desk.items()] == [row[2] for row in LIST[1:]]
