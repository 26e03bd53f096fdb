"""Values that no vocabulary has: the row comes in, the field is unknown, the cell is listed."""

from __future__ import annotations

import pytest

from tests.intake.desk import Desk, csv_text

ODD = {
    "Category": ["Power Management ICs", "MEMS sensor", "мікросхема пам'яті", "Разное"],
    "Country": ["USA/China", "USA, China", "Korea", "EU", "Multiple", "Европа"],
    "HS code": ["85", "854", "n.e.s.", "ABCDEF"],
    "Pieces": ["many"],
    "Authenticity": ["looks fine"],
    "Production date": ["before the war"],
}


@pytest.mark.parametrize(
    ("column", "value"), [(column, value) for column, some in ODD.items() for value in some]
)
def test_an_odd_value_refuses_no_row(desk: Desk, column: str, value: str) -> None:
    rows = [
        ["Weapon", "Marking", "Manufacturer", column],
        ["Kh-101", "AD7606BSTZ", "Analog Devices", value],
        ["Kh-101", "XC3S250E", "Xilinx", ""],
    ]
    answer = desk.take(csv_text(rows))
    assert answer.accounted == {"read": 2, "new": 2}, answer.told
    assert answer.cells == {(2, column)}
    odd, _plain = desk.items()
    assert (odd.category, odd.country, odd.pieces) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Taiwan, Province of China", "TW"), ("Taiwan (China)", "TW"), ("South Korea", "KR"), ("UK", "GB"),
        ("Holland", "NL"), ("Hong Kong SAR", "HK"), ("Гонконг", "HK"), ("КНДР", "KP"), ("ОАЭ", "AE"),
        ("Сполучені Штати", "US"), ("КНР", "CN"), ("德国", "DE"), ("P.R.C.", "CN"), ("U.S.A.", "US"),
    ],
)  # fmt: skip
def test_countries_under_their_usual_names(desk: Desk, text: str, country: str) -> None:
    rows = [["Weapon", "Marking", "Manufacturer", "Country"], ["Kh-101", "X1", "Maker X", text]]
    answer = desk.take(csv_text(rows))
    assert answer.code == 0, answer.told
    assert desk.items()[0].country == country


def test_a_row_is_refused_for_identity_alone(desk: Desk) -> None:
    rows = [
        ["Weapon", "Marking", "Manufacturer", "Pieces"],
        ["Kh-101", "AD7606BSTZ", "Analog Devices", "1"],
        ["Kh-101", "", "", "5"],
        ["", "XC3S250E", "Xilinx", "1"],
    ]
    answer = desk.take(csv_text(rows))
    assert answer.code == 3
    assert "3" in answer.told
    assert "4" in answer.told
    assert desk.items() == []
    kept = desk.take(csv_text(rows), "--rejected", str(desk.file("", "rest.csv")))
    assert kept.accounted == {"read": 3, "new": 1, "rejected": 2}
