"""Headers as people write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from provenance.schema.recoveries import Component
from tests.importing.state import reading
from tests.intake.desk import Desk, csv_text


def test_the_makers_number_comes_before_the_stock_number(desk: Desk) -> None:
    rows = [
        ["Weapon", "Part Number", "IPN", "Manufacturer", "Manufacturer Part Number"],
        ["Kh-101", "CMP-00917", "IC-5", "Analog Devices", "AD7606BSTZ"],
    ]
    answer = desk.take(csv_text(rows))
    assert desk.items()[0].part == "AD7606BSTZ"
    assert set(answer.row["unread_columns"]) >= {"IPN"}


@pytest.mark.parametrize(
    ("maker", "part"),
    [
        ("Manufacturer_Name", "Manufacturer_Part_Number"),
        ("Mfr", "Mfr Part #"),
        ("Mfg. Name", "Mfg P/N"),
        ("MANUFACTURER", "MPN"),
        ("Brand", "Mfr. Part No."),
        ("Виробник", "Парт-номер"),
        ("Изготовитель", "Номер детали"),
        ("制造商", "型号"),
        ("Manufacturer 1", "Manufacturer Part Number 1"),
        ("Mfr 1", "MPN 1"),
        ("2. Manufacturer *", "3. Part number\n(as on the case)"),
    ],
)
def test_maker_and_part_number_under_many_names(desk: Desk, maker: str, part: str) -> None:
    rows = [["Weapon", maker, part], ["Kh-101", "Analog Devices", "AD7606BSTZ"]]
    answer = desk.take(csv_text(rows))
    assert answer.code == 0, answer.told
    assert [(item.maker, item.part) for item in desk.items()] == [("Analog Devices", "AD7606BSTZ")]


@pytest.mark.parametrize(
    "seller", ["Vendor", "Supplier", "Distributor", "Постачальник", "Поставщик", "供应商"]
)
def test_a_seller_is_not_a_maker(desk: Desk, seller: str) -> None:
    rows = [["Weapon", "MPN", seller], ["Kh-101", "AD7606BSTZ", "Chip Bazaar"]]
    answer = desk.take(csv_text(rows))
    assert [(item.maker, item.part) for item in desk.items()] == [(None, "AD7606BSTZ")]
    assert answer.row["unread_columns"] == [seller]


@pytest.mark.parametrize("header", [["Weapon", "Colour", "Weight"], ["Spalte A", "Spalte B", "Spalte C"]])
def test_a_list_without_what_was_found_is_refused(desk: Desk, header: list[str]) -> None:
    answer = desk.take(csv_text([header, ["Kh-101", "green", "5"]]))
    assert answer.code in (2, 3)
    assert "--map" in answer.told
    assert desk.items() == []


def test_how_each_column_was_read_is_told(desk: Desk) -> None:
    rows = [["Зброя", "Маркування", "Колір"], ["Kh-101", "AD7606BSTZ", "чорний"]]
    answer = desk.take(csv_text(rows))
    assert answer.row["columns"] == {"Зброя": "weapon", "Маркування": "marking"}
    assert answer.row["unread_columns"] == ["Колір"]


def test_the_columns_of_a_customs_declaration(desk: Desk) -> None:
    rows = [
        ["ND", "G072", "G022", "G082", "G31_1", "G33", "G34", "G42", "G46"],
        ["10005030/030624/0012345", "03.06.2024", "HELIX TRADE LTD", "ООО ВОСТОК", "МИКРОСХЕМЫ", "8542399010",
         "MY", "9 750,00", "9750.25"],
    ]  # fmt: skip
    answer = desk.take(csv_text(rows, ";"), kind="transfers")
    assert answer.accounted == {"read": 1, "new": 1}, answer.told
    flow = desk.flows()[0]
    assert (str(flow.day), flow.hs6) == ("2024-06-03", "854239")


def test_the_table_of_an_expert_report(desk: Desk) -> None:
    text = (
        "Додаток 1 до висновку;;;;;;\n;;;;;;\n"
        "№ з/п;Найменування виробу;Серійний № виробу;Маркування на корпусі;Виробник;Рік вип.;К-сть, шт.\n"
        "1;2;3;4;5;6;7\n"
        "1;Герань-2;Ы-417;AD8138ARMZ;Analog Devices;2020;2\n"
    )
    desk.take(text)
    (item,) = desk.items()
    assert (item.wreck.weapon, item.wreck.serials) == ("Geran-2", ("Ы-417",))
    assert (item.marking, item.maker, item.pieces) == ("AD8138ARMZ", "Analog Devices", 2)
    assert item.made == (date(2020, 1, 1), date(2020, 12, 31))


def test_the_declaration_number_of_a_broker(desk: Desk) -> None:
    rows = [
        ["№ декларации", "Дата", "Отправитель", "Получатель", "Код ТН ВЭД", "Описание товара", "Кол-во"],
        [
            "10005030/030624/0012345",
            "03.06.2024",
            "HELIX TRADE LTD",
            "ООО ВОСТОК",
            "8542 39 901 0",
            "ИМС",
            "5",
        ],
    ]
    answer = desk.take(csv_text(rows, ";"), kind="transfers")
    assert answer.row["columns"]["№ декларации"] == "document"


MIXED = "name_marking"


@pytest.mark.parametrize("header", [MIXED, "Name / Marking", "Найменування/маркування", "Name and marking"])
def test_a_text_of_name_and_marking_is_read_as_both(desk: Desk, header: str) -> None:
    rows = [["Weapon", header, "Manufacturer"], ["Kh-101", "Flash memory AM29LV800B-70EI 1922", "AMD"]]
    answer = desk.take(csv_text(rows), read_markings=True)
    assert answer.row["columns"][header] == MIXED
    with reading(desk.address) as session:
        found = session.execute(select(Component.marking, Component.marking_mixed, Component.marking_state))
        assert found.one() == ("Flash memory AM29LV800B-70EI 1922", True, None)


def test_beside_a_marking_it_is_a_description(desk: Desk) -> None:
    rows = [["Weapon", "Marking", MIXED], ["Kh-101", "AM29LV800B-70EI", "Flash memory AM29LV800B"]]
    assert desk.take(csv_text(rows)).row["columns"][MIXED] == "description"
    assert [item.marking for item in desk.items()] == ["AM29LV800B-70EI"]


def test_a_part_number_that_was_guessed_from_it_is_read_on_request_only(desk: Desk) -> None:
    rows = csv_text([["Weapon", MIXED, "oem_part_number"], ["Kh-101", "8 MB CMOS 3.0 AM29LV800B", "CMOS 3"]])
    answer = desk.take(rows)
    assert answer.row["unread_columns"] == ["oem_part_number"]
    assert "guessed" in answer.told
    assert desk.items()[0].part is None
    assert desk.take(rows, "--map", "oem_part_number=mpn", "--dry-run").row["unread_columns"] == []


LIST = [
    ["Weapon", "Serial", "Marking", "Qty"],
    ["Kh-101", "7701", "AD7606", "1"],
    ["Kh-101", "7702", "XC3S", "2"],
]


@pytest.mark.parametrize("again", [str.upper, str.lower, str.title, lambda name: f" {name} "])
def test_a_header_that_comes_again_is_no_row_however_it_is_spelled(
    desk: Desk, again: Callable[[str], str]
) -> None:
    answer = desk.take(csv_text([*LIST[:2], list(map(again, LIST[0])), LIST[2]]))
    assert answer.accounted == {"read": 2, "new": 2}
    assert "repeated" in answer.told
    assert [item.marking for item in desk.items()] == ["AD7606", "XC3S"]


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_a_second_table_without_a_blank_row_between_is_refused(desk: Desk, name: str) -> None:
    other = [["Serial no.", "Weapon", "Quantity", "Top mark"], ["7703", "Kh-101", "1", "LM2596S"]]
    answer = desk.take(desk.file([*LIST, *other], name))
    assert answer.code == 3
    assert "second table" in answer.told
    assert desk.items() == []


def test_a_group_above_a_name_is_read_with_it(desk: Desk) -> None:
    rows = [["Weapon", "", "Component", ""], ["Model", "Serial number", "Marking", "Maker"]]
    answer = desk.take(csv_text([*rows, ["Kh-101", "7701", "AD7606BSTZ", "Analog Devices"]]))
    assert [wreck.weapon for wreck in desk.wrecks()] == ["Kh-101"], answer.told


@pytest.mark.parametrize("kind", ["components", "parts", "transfers"])
def test_a_header_without_rows_is_said_to_have_none(desk: Desk, kind: str) -> None:
    header = ["Weapon", "Manufacturer", "MPN", "Shipper", "Consignee"]
    answer = desk.take(csv_text([header]), kind=kind)
    assert answer.row["read"] == 0
    assert "There is no row below the header" in answer.told


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
@pytest.mark.parametrize("word", ["Total", "Grand total:", "Разом", "Итого", "Total pieces", "合计"])
def test_a_row_that_sums_up_is_no_component(desk: Desk, name: str, word: str) -> None:
    answer = desk.take(desk.file([*LIST, [word, "", "", "3"]], name))
    assert answer.accounted == {"read": 2, "new": 2}, answer.told
    assert f"not read: {word} (row 4)" in answer.told


def test_a_sum_between_rows_is_refused(desk: Desk) -> None:
    answer = desk.take(csv_text([*LIST[:2], ["Total", "", "", "1"], LIST[2]]))
    assert answer.code == 3
    assert ":3:" in answer.told
