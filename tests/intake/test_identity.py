"""Which rows are the same thing, and which are not."""

from __future__ import annotations

import pytest

from tests.intake.desk import Desk, csv_text

FIRST = [
    ["Kh-101", "7701", "AD7606BSTZ", "Analog Devices"],
    ["Kh-101", "7701", "XC3S250E", "Xilinx"],
    ["Kh-101", "7701", "MT41K128M16", "Micron"],
]
SECOND = [
    ["Orlan-10", "10264", "STM32F103RBT6", "STMicroelectronics"],
    ["Orlan-10", "10264", "u-blox NEO-M8N", "u-blox"],
    ["Orlan-10", "10264", "LPC1768FBD100", "NXP"],
]
FIELDS = ["Weapon", "Serial", "Marking", "Manufacturer"]


def numbered(rows: list[list[str]], header: str, form: str = "{}") -> str:
    """Rows with a running number before each."""
    return csv_text(
        [[header, *FIELDS], *([form.format(place), *row] for place, row in enumerate(rows, start=1))]
    )


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("№", "{}"),
        ("No.", "{}."),
        ("#", "{:02}"),
        ("№ п/п", "{})"),
        ("序号", "{}"),
        ("Item", "{}"),
        ("ID", "{}"),
        ("Line", "{}"),
    ],
)
def test_a_second_list_numbered_from_one_does_not_overwrite_the_first(
    desk: Desk, header: str, form: str
) -> None:
    assert desk.take(numbered(FIRST, header, form)).accounted == {"read": 3, "new": 3}
    assert desk.take(numbered(SECOND, header, form)).accounted == {"read": 3, "new": 3}
    assert [item.marking for item in desk.items()] == [row[2] for row in FIRST + SECOND]


@pytest.mark.parametrize("header", ["Ref", "Designator", "Reference", "RefDes", "Позначення", "位号"])
def test_a_designator_is_of_its_own_wreck(desk: Desk, header: str) -> None:
    rows = [
        ["Weapon", "Serial", header, "Manufacturer", "MPN"],
        ["Kh-101", "7701", "U1", "Analog Devices", "AD7606BSTZ"],
        ["Kh-101", "7701", "U2", "Xilinx", "XC3S250E-4TQG144C"],
        ["Kh-101", "7702", "U1", "Micron", "MT41K128M16JT-125"],
        ["Kh-101", "7702", "U2", "Maxim Integrated", "MAX3232ECD"],
    ]
    assert desk.take(csv_text(rows)).accounted == {"read": 4, "new": 4}
    assert len(desk.wrecks()) == 2
    assert [item.part for item in desk.items()] == [row[4] for row in rows[1:]]


def test_equal_chips_of_one_wreck_are_counted(desk: Desk) -> None:
    """Four equal rows are four chips, or a question; never one chip without a word."""
    answer = desk.take(csv_text([FIELDS, *[["Kh-101", "7701", "K4B4G1646D", "Samsung"]] * 4]))
    items = desk.items()
    assert sum(item.pieces or 1 for item in items) == 4, answer.told


@pytest.mark.parametrize(
    "spelling",
    [
        "А-204", "A\u2011204", "A\u2013204", "a-204", "A 204", "A\u200b-204", "A204", "A-204 ", "A\u2212204",
        "Ａ-204",
    ],
)  # fmt: skip
def test_one_serial_in_two_spellings_is_one_wreck(desk: Desk, spelling: str) -> None:
    rows = [FIELDS, ["Shahed-136", "A-204", "AD7606BSTZ", "Analog Devices"],
            ["Shahed 136", spelling, "XC3S250E", "Xilinx"]]  # fmt: skip
    desk.take(csv_text(rows))
    assert len(desk.items()) == 2
    assert len(desk.wrecks()) == 1, desk.wrecks()


@pytest.mark.parametrize("serials", [("A-204", "A-205"), ("0204", "204"), ("1-12", "11-2"), ("Ы-12", "Ь-12")])
def test_other_serials_are_other_wrecks(desk: Desk, serials: tuple[str, str]) -> None:
    rows = [FIELDS, *(["Shahed-136", serial, "AD7606BSTZ", "Analog Devices"] for serial in serials)]
    desk.take(csv_text(rows))
    assert len(desk.wrecks()) == 2


@pytest.mark.parametrize(
    "word",
    ["unknown", "N/A", "n/a", "-", "—", "н/д", "TBD", "б/н", "невідомо", "неизвестно", "不详", "?", "none"],
)
def test_wrecks_without_a_known_serial_stay_apart(desk: Desk, word: str) -> None:
    rows = [
        ["Weapon", "Serial", "Recovered", "Place", "Marking"],
        ["Kh-101", word, "2024-01-09", "Vinnytsia", "AD7606BSTZ"],
        ["Kh-101", word, "2024-02-17", "Poltava", "XC3S250E"],
        ["Kh-101", word, "2024-04-28", "Izmail", "MT41K128M16"],
    ]
    desk.take(csv_text(rows))
    assert [(wreck.serials, wreck.place) for wreck in desk.wrecks()] == [
        ((), "Vinnytsia"),
        ((), "Poltava"),
        ((), "Izmail"),
    ]


@pytest.mark.parametrize(
    "word", ["N/A", "-", "unknown", "н/д", "TBD", "?", "нет", "н.д.", "отсутствует", "无", "未知"]
)
def test_a_placeholder_is_no_maker_no_part_and_no_marking(desk: Desk, word: str) -> None:
    rows = [["Weapon", "Marking", "Manufacturer", "MPN", "Component"], ["Kh-101", word, word, word, "relay"]]
    desk.take(csv_text(rows))
    (item,) = desk.items()
    assert (item.marking, item.maker, item.part) == (None, None, None)
    assert desk.part_numbers() == []


@pytest.mark.parametrize(
    "marking", ["нечитабельно", "illegible", "unreadable", "стерто", "затерта", "не читается"]
)
def test_an_illegible_marking_is_no_marking(desk: Desk, marking: str) -> None:
    desk.take(csv_text([["Weapon", "Marking", "Manufacturer"], ["Kh-101", marking, "Xilinx"]]))
    assert desk.items()[0].marking is None


@pytest.mark.parametrize(
    "numbers",
    [
        ("SMBJ5.0A", "SMBJ50A"),
        ("1.5SMC6.8CA", "1.5SMC68CA"),
        ("P6KE6.8A", "P6KE68A"),
        ("LM317/2.5", "LM317/25"),
        ("BZX84-C3V3", "BZX84-C33"),
        ("TL431-1", "TL4311"),
    ],
)
def test_a_point_that_tells_parts_apart_is_kept(desk: Desk, numbers: tuple[str, str]) -> None:
    desk.take(
        csv_text([["MPN", "Manufacturer"], *([number, "Littelfuse"] for number in numbers)]), kind="parts"
    )
    assert desk.part_numbers() == list(numbers)


def test_a_key_that_comes_back_with_another_thing_is_refused(desk: Desk) -> None:
    header = ["Record ID", *FIELDS]
    desk.take(csv_text([header, ["KY-2024-017", *FIRST[0]]]))
    answer = desk.take(csv_text([header, ["KY-2024-017", *SECOND[0]]]))
    assert answer.code == 3, answer.told
    assert "KY-2024-017" in answer.told
    assert [item.marking for item in desk.items()] == ["AD7606BSTZ"]


def test_the_same_file_twice_changes_nothing(desk: Desk) -> None:
    file = desk.file(numbered(FIRST, "№"))
    desk.take(file)
    assert desk.take(file).accounted == {"read": 3, "known": 3}
    assert len(desk.items()) == 3


def test_a_corrected_cell_is_no_new_component(desk: Desk) -> None:
    header = ["Record ID", *FIELDS]
    desk.take(csv_text([header, ["KY-2024-017", *FIRST[0]]]))
    answer = desk.take(csv_text([header, ["KY-2024-017", *FIRST[0][:3], "Analog Devices Inc."]]))
    assert answer.accounted == {"read": 1, "changed": 1}
    assert len(desk.items()) == 1


def test_rows_of_one_key_that_say_different_things_are_not_repeated(desk: Desk) -> None:
    header = ["Record ID", *FIELDS]
    answer = desk.take(csv_text([header, ["KY-1", *FIRST[0]], ["KY-1", *FIRST[1]], ["KY-2", *FIRST[2]]]))
    if answer.code == 0:
        assert sorted(item.marking or "" for item in desk.items()) == sorted(row[2] for row in FIRST)
    else:
        assert answer.code == 3
        assert desk.items() == []
