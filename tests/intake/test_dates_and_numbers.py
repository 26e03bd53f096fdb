"""Dates, numbers and date codes in the forms in which people write them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.intake.desk import Desk, csv_text


def dated(*texts: str) -> str:
    rows = [["Kh-101", str(place), text, "A"] for place, text in enumerate(texts, start=1)]
    return csv_text([["Weapon", "Serial", "Recovery date", "Marking"], *rows])


THE_DAY = (date(2024, 6, 23), date(2024, 6, 23))


@pytest.mark.parametrize(
    "text",
    [
        "23.06.2024", "23.6.2024", "23.06.24", "2024-06-23", "2024/06/23", "20240623", "2024-06-23 00:00:00",
        "23-Jun-24", "2024-06-23T08:15:00Z", "45466", "23 June 2024", "June 23, 2024", "23 червня 2024",
        "23 червня 2024 р.", "23 июня 2024 г.", "2024年6月23日", "23/06/2024", "06/23/2024",
        "23-06-2024", "23-Jun-2024",
    ],
)  # fmt: skip
def test_one_day_in_many_forms(desk: Desk, text: str) -> None:
    answer = desk.take(
        csv_text([["Weapon", "Serial", "Recovery date", "Marking"], ["Kh-101", "7", text, "A"]])
    )
    assert answer.code == 0, answer.told
    assert [day[1:] for day in desk.wrecks()[0].dates] == [THE_DAY]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("06.2024", date(2024, 6, 1), date(2024, 6, 30)),
        ("June 2024", date(2024, 6, 1), date(2024, 6, 30)),
        ("червень 2024", date(2024, 6, 1), date(2024, 6, 30)),
        ("2024 Q2", date(2024, 4, 1), date(2024, 6, 30)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_month_or_a_year_is_all_its_days(desk: Desk, text: str, first: date, last: date) -> None:
    desk.take(dated(text))
    assert [day[1:] for day in desk.wrecks()[0].dates] == [(first, last)]


def test_one_cell_decides_how_the_column_is_read(desk: Desk) -> None:
    desk.take(dated("03/04/2024", "25/04/2024"))
    assert [wreck.dates[0][1] for wreck in desk.wrecks()] == [date(2024, 4, 3), date(2024, 4, 25)]


@pytest.mark.parametrize(
    "column", [("03/04/2024",), ("03/04/2024", "07/05/2024"), ("25/04/2024", "04/25/2024", "1/2/2024")]
)
def test_where_nothing_decides_it_is_asked(desk: Desk, column: tuple[str, ...]) -> None:
    answer = desk.take(dated(*column))
    assert answer.code in (2, 3)
    assert "--dates" in answer.told
    assert desk.items() == []


def test_the_user_decides(desk: Desk) -> None:
    desk.take(dated("03/04/2024"), "--dates", "month-first")
    assert desk.wrecks()[0].dates[0][1] == date(2024, 3, 4)


@pytest.mark.parametrize("text", ["31.02.2024", "2024-13-01", "23.06.3035", "soon"])
def test_what_is_no_day_is_listed_and_unknown(desk: Desk, text: str) -> None:
    answer = desk.take(dated(text))
    assert answer.accounted == {"read": 1, "new": 1}, answer.told
    assert answer.cells == {(2, "Recovery date")}
    assert all(day[1:] == (None, None) for day in desk.wrecks()[0].dates)


TRADE = ["Declaration number", "Exporter", "Importer", "HS code", "Quantity", "Value", "Currency"]


def traded(*pairs: tuple[str, str]) -> str:
    rows = [
        [f"5/{place}", "HELIX LTD", "ООО ВОСТОК", "8542399010", quantity, value, "USD"]
        for place, (quantity, value) in enumerate(pairs, start=1)
    ]
    return csv_text([TRADE, *rows])


def test_decimal_commas_are_settled_for_the_column(desk: Desk) -> None:
    desk.take(traded(("1.750", "9.750,50"), ("2,5", "12.500")), kind="transfers")
    assert [(flow.quantity, flow.value) for flow in desk.flows()] == [(1750, 9750.5), (2.5, 12500)]


def test_decimal_points_are_settled_for_the_column(desk: Desk) -> None:
    desk.take(traded(("1,750", "9,750.50"), ("2.5", "12,500")), kind="transfers")
    assert [(flow.quantity, flow.value) for flow in desk.flows()] == [(1750, 9750.5), (2.5, 12500)]


@pytest.mark.parametrize("number", ["1.750", "1,750"])
def test_a_number_in_doubt_is_asked(desk: Desk, number: str) -> None:
    answer = desk.take(traded((number, "100")), kind="transfers")
    assert answer.code in (2, 3)
    assert "--decimal" in answer.told
    assert desk.flows() == []


@pytest.mark.parametrize(
    ("quantity", "value"),
    [
        ("100 pcs", "1300 USD"),
        ("100 шт", "$1300"),
        ("100 ШТ.", "1 300,00"),
        ("100", "1\u00a0300.00"),
        ("100.0", "1300,00"),
    ],
)
def test_units_and_currencies_beside_a_number(desk: Desk, quantity: str, value: str) -> None:
    answer = desk.take(traded((quantity, value)), kind="transfers")
    assert answer.code == 0, answer.told
    (flow,) = desk.flows()
    assert (flow.quantity, flow.value, flow.currency) == (100, 1300, "USD")


@pytest.mark.parametrize("text", ["2", "2.0", "2 шт", "2 pcs", "2 шт.", "x2", "2 个"])
def test_pieces(desk: Desk, text: str) -> None:
    desk.take(csv_text([["Weapon", "Marking", "Qty"], ["Kh-101", "AD7606BSTZ", text]]))
    assert desk.items()[0].pieces == 2


@pytest.mark.parametrize("text", ["several", "2-3", "~5", "багато", "-1", "0.5"])
def test_pieces_that_are_no_number_are_listed(desk: Desk, text: str) -> None:
    answer = desk.take(csv_text([["Weapon", "Marking", "Qty"], ["Kh-101", "AD7606BSTZ", text]]))
    assert answer.accounted == {"read": 1, "new": 1}, answer.told
    assert desk.items()[0].pieces is None
    assert answer.cells == {(2, "Qty")}


@pytest.mark.parametrize(
    "code",
    ["1934", "DC1934", "D/C 1934", "34/19", "WW34 2019", "2019W34", "2019-34", "1934.0", "19-34", "1934A"],
)
def test_one_week_in_many_forms(desk: Desk, code: str) -> None:
    desk.take(csv_text([["Weapon", "Marking", "Manufacturer", "Date code"], ["Kh-101", "X", "TI", code]]))
    assert desk.items()[0].made == (date(2019, 8, 19), date(2019, 8, 25))


def test_a_week_that_may_be_a_year_is_left_in_doubt(desk: Desk) -> None:
    """22/19 is week 22 of 2019, or week 19 of 2022."""
    desk.take(csv_text([["Weapon", "Marking", "Manufacturer", "Date code"], ["Kh-101", "X", "TI", "22/19"]]))
    assert desk.items()[0].made == (date(2019, 5, 27), date(2022, 5, 15))


@pytest.mark.parametrize(
    ("code", "made"),
    [
        ("1922+", (date(2019, 5, 27), None)),
        ("2021+", (date(2020, 5, 18), None)),
        ("2023", (date(2020, 6, 1), date(2023, 12, 31))),
        ("6234", (None, None)),
        ("1800", (None, None)),
        ("n/a", (None, None)),
    ],
)
def test_bounds_and_doubts_of_a_date_code(
    desk: Desk, code: str, made: tuple[date | None, date | None]
) -> None:
    """A plain year is a year in doubt: 2023 may be week 23 of 2020 as well."""
    desk.take(csv_text([["Weapon", "Marking", "Manufacturer", "Date code"], ["Kh-101", "X", "TI", code]]))
    assert desk.items()[0].made == made


@pytest.mark.parametrize(
    ("maker", "code", "contains"),
    [("Texas Instruments", "3BK", date(2013, 11, 15)), ("Microchip", "1927CC7", date(2019, 7, 3)),
     ("Xilinx", "AGQ0525", date(2005, 6, 22))],
)  # fmt: skip
def test_what_the_marking_reader_reads_the_date_code_column_reads(
    desk: Desk, maker: str, code: str, contains: date
) -> None:
    header = ["Weapon", "Marking", "Manufacturer", "Date code"]
    desk.take(csv_text([header, ["Kh-101", "X", maker, code]]), read_markings=True)
    first, last = desk.items()[0].made
    assert first is not None and last is not None
    assert first <= contains <= last
