"""Values that no vocabulary has: the row comes in, the field is unknown, the cell is listed."""

from __future__ import annotations

import openpyxl
import pytest
from sqlalchemy import select

from provenance.schema.recoveries import Component
from provenance.schema.transfers import TransferParty
from tests.importing.state import reading
from tests.intake.desk import Desk, csv_text, save

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


NO_VALUES = [
    "#NAME?", "#VALUE!", "#N/A", "#REF!", "Loading...", "Loading…", "TRUE", "False", "ИСТИНА", "#ССЫЛКА!",
]  # fmt: skip


@pytest.mark.parametrize("cell", NO_VALUES)
def test_what_a_spreadsheet_left_is_no_value_in_any_column(desk: Desk, cell: str) -> None:
    header = ["Weapon", "Place", "Description", "Notes", "Manufacturer", "Unit", "Lot", "Marking"]
    answer = desk.take(csv_text([header, ["Kh-101", *[cell] * 6, "AD7606BSTZ"]]))
    assert answer.accounted == {"read": 1, "new": 1}, answer.told
    assert answer.cells == {(2, name) for name in header[1:-1]}
    (item,) = desk.items()
    assert (item.wreck.place, item.makers) == (None, ())
    with reading(desk.address) as session:
        row = session.execute(select(Component.description, Component.note, Component.lot, Component.unit_id))
        assert row.one() == (None, None, None, None)


@pytest.mark.parametrize("cell", NO_VALUES)
def test_an_address_or_a_remark_is_no_value_either(desk: Desk, cell: str) -> None:
    rows = [["id", "name", "address", "remarks"], ["1", "Sample Trading FZE", cell, cell]]
    words = (
        "watchlist",
        "import",
        "csv",
        desk.file(csv_text(rows)),
        "--name",
        "ours",
        "--as-of",
        "2024-01-01",
    )
    answer = desk.run(*words, "--format", "json")
    assert answer.code == 0, answer.err
    assert {each["column"] for each in answer.rows[0]["cells"]} == {"address", "remarks"}
    assert cell not in desk.run("watchlist", "show", "Sample Trading FZE", "--format", "json").out


@pytest.mark.parametrize("cell", ["#N/A", "Loading...", "perhaps", "#REF!"])
@pytest.mark.parametrize("column", ["In confidence", "TLP mark"])
def test_a_row_is_refused_if_it_cannot_be_told_who_may_see_it(desk: Desk, column: str, cell: str) -> None:
    rows = [["Shipper", "Consignee", "MPN", column], ["Sample A LLC", "Sample B LLC", "AD7606BSTZ", cell]]
    answer = desk.take(csv_text(rows), kind="transfers")
    assert answer.code == 3, answer.told
    assert desk.flows() == []


@pytest.mark.parametrize(("cell", "hidden"), [("TRUE", 2), ("так", 2), ("FALSE", 0), ("", 0), ("from", 1)])
def test_a_truth_value_says_whose_name_was_given_in_confidence(desk: Desk, cell: str, hidden: int) -> None:
    header = ["Shipper", "Consignee", "MPN", "In confidence"]
    desk.take(csv_text([header, ["Sample A LLC", "Sample B LLC", "AD7606BSTZ", cell]]), kind="transfers")
    with reading(desk.address) as session:
        assert sum(session.execute(select(TransferParty.confidential)).scalars()) == hidden


def test_a_formula_that_was_never_computed_refuses_the_row_whose_reader_it_decides(desk: Desk) -> None:
    def never_computed(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["D2"] = "=A1"

    rows = [["Shipper", "Consignee", "MPN", "In confidence"], ["Sample A", "Sample B", "AD7606BSTZ", ""]]
    file = save(desk.file("", "list.xlsx"), rows, change=never_computed)
    answer = desk.take(file, kind="transfers")
    assert answer.code == 3, answer.told
