"""Text files: delimiters, encodings, and what a spreadsheet program did to long numbers."""

from __future__ import annotations

import pytest

from tests.intake.desk import Desk, csv_text

LIST = [
    ["Weapon", "Serial", "Marking", "Manufacturer", "Pieces"],
    ["Kh-101", "7701", "AD7606BSTZ", "Analog Devices", "1"],
    ["Kh-101", "7702", "XC3S250E", "Xilinx", "2"],
]
UKRAINIAN = [
    ["Зброя", "Серійний номер", "Маркування", "Виробник", "Кількість"],
    ["Герань-2", "Ы-417", "AD7606BSTZ", "Analog Devices", "1"],
    ["Орлан-10", "Є-12", "К1986ВЕ1Т", "Мікрон", "3"],
]


def shape(desk: Desk) -> list[tuple[str | None, str | None, int | None]]:
    return [(item.wreck.weapon, item.marking, item.pieces) for item in desk.items()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["", "{}", "{0}{0}{0}"])
def test_delimiters_at_the_ends_of_rows_are_no_cells(desk: Desk, delimiter: str, end: str) -> None:
    ending = end.format(delimiter) + "\r\n"
    answer = desk.take(csv_text(LIST, delimiter, ending))
    assert answer.accounted == {"read": 2, "new": 2}
    assert shape(desk) == [("Kh-101", "AD7606BSTZ", 1), ("Kh-101", "XC3S250E", 2)]


def test_a_stated_separator_is_no_row(desk: Desk) -> None:
    desk.take("sep=;\r\n" + csv_text(LIST, ";", "\r\n"))
    assert shape(desk) == [("Kh-101", "AD7606BSTZ", 1), ("Kh-101", "XC3S250E", 2)]


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_u", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_ukrainian_text_in_the_encodings_of_spreadsheet_programs(desk: Desk, encoding: str) -> None:
    desk.take(csv_text(UKRAINIAN, ";", "\r\n").encode(encoding))
    assert [(item.wreck.serials, item.marking, item.pieces) for item in desk.items()] == [
        (("Ы-417",), "AD7606BSTZ", 1),
        (("Є-12",), "К1986ВЕ1Т", 3),
    ]


def test_a_guessed_encoding_is_told(desk: Desk) -> None:
    answer = desk.take(csv_text(UKRAINIAN, ";").encode("cp1251"))
    assert any("1251" in note and "guess" in note for note in answer.row["notes"])


def test_a_wrong_guess_is_overruled(desk: Desk) -> None:
    answer = desk.take(csv_text(UKRAINIAN, ";").encode("koi8_u"), "--encoding", "koi8-u")
    assert answer.code == 0
    assert [item.wreck.serials for item in desk.items()] == [("Ы-417",), ("Є-12",)]


@pytest.mark.parametrize("number", ["4.77E+12", "4.77001E+12", "4,77E+12", "4.77e12"])
def test_a_number_that_a_spreadsheet_rounded_identifies_nothing(desk: Desk, number: str) -> None:
    rows = [
        ["Weapon", "Serial", "Manufacturer", "Part number", "Marking"],
        ["Kh-101", number, "HARTING", number, "A"],
        ["Kh-101", number, "HARTING", "09670009999", "B"],
    ]
    answer = desk.take(csv_text(rows))
    assert answer.cells == {(2, "Serial"), (3, "Serial"), (2, "Part number")}
    assert [(item.wreck.serials, item.part) for item in desk.items()] == [((), None), ((), "09670009999")]


def test_a_data_frame_makes_whole_numbers_look_broken(desk: Desk) -> None:
    """pandas writes 2 as 2.0 where the column has gaps."""
    rows = [
        ["weapon", "serial", "marking", "date code", "hs code", "pieces"],
        ["Kh-101", "7701.0", "AD7606BSTZ", "1922.0", "854239.0", "2.0"],
        ["Kh-101", "", "XC3S250E", "", "", ""],
    ]
    desk.take(csv_text(rows))
    first, second = desk.items()
    assert (first.wreck.serials, first.date_code, first.pieces) == (("7701",), "1922", 2)
    assert str(first.made[0]) == "2019-05-27"
    assert (second.wreck.serials, second.date_code, second.pieces) == ((), None, None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('Weapon,Serial,Marking\nKh-101,7701,"AD7606BSTZ\nKh-101,7702,XC3S250E\n', "2"),
        ("Weapon,Serial,Marking\nKh-101,7701,AD7606BSTZ,Analog Devices,5\n", "2"),
        ("", "list.csv"),
    ],
)
def test_a_damaged_file_is_refused_whole(desk: Desk, text: str, told: str) -> None:
    answer = desk.take(text)
    assert answer.code == 3, answer.told
    assert told in answer.told
    assert desk.items() == []


def test_a_formula_for_a_text_is_that_text(desk: Desk) -> None:
    """So exports make Excel keep the zeros: ="00123", with its quotes doubled or not."""
    text = 'Weapon,Serial,MPN\nKh-101,="0077",="00123"\nKh-101,"=""0077""","=""00124"""\n'
    desk.take(text)
    assert [(item.wreck.serials, item.part) for item in desk.items()] == [
        (("0077",), "00123"),
        (("0077",), "00124"),
    ]


def test_a_header_repeated_beside_an_empty_column_is_no_component(desk: Desk) -> None:
    rows = [[*row, ""] for row in (*LIST, LIST[0])]
    answer = desk.take(csv_text(rows))
    assert answer.accounted == {"read": 2, "new": 2}
    assert any("repeated" in note for note in answer.row["notes"])
