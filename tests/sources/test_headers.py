"""What a header means: one vocabulary for every kind of list, in the languages that people write."""

from __future__ import annotations

from collections import Counter

import pytest

from provenance.fields.components import COMPONENT_FIELDS
from provenance.sources import headers
from provenance.sources.headers import header_key, headers_of
from provenance.sources.kinds import SourceKind
from provenance.sources.mapping import guess_mapping


@pytest.mark.parametrize(
    ("kind", "header", "field"),
    [
        ("components", "Mfr.", "maker"),
        ("components", "PART_NUMBER", "mpn"),
        ("components", "Part-Number", "mpn"),
        ("components", "S/N", "serial"),
        ("components", "№", "key"),
        ("components", "Серійний номер", "serial"),
        ("components", "Производитель", "maker"),
        ("components", "制造商", "maker"),
        ("components", "型号", "mpn"),
        ("parts", "Виробник", "maker"),
        ("parts", "Top-Side Marking", "top_code"),
        ("transfers", "Отправитель", "consignor"),
        ("transfers", "收货人", "consignee"),
        ("transfers", "Код ТН ВЭД", "hs6"),
        ("customers", "Company name", "name"),
        ("customers", "公司名称", "name"),
        ("customers", "Ülke", "country"),
        ("customers", "ИНН", "identifiers"),
        ("watchlists", "Registered Address", "address"),
        ("watchlists", "A.K.A.", "aliases"),
        ("watchlists", "ЄДРПОУ", "identifiers"),
    ],
)
def test_a_header_is_understood_in_its_own_language(kind: str, header: str, field: str) -> None:
    assert guess_mapping([header], headers_of(SourceKind(kind))) == {header: field}


@pytest.mark.parametrize("kind", SourceKind)
def test_no_header_is_understood_as_two_fields(kind: SourceKind) -> None:
    keys = Counter(
        key
        for field, words in headers_of(kind).items()
        for key in {header_key(word) for word in (field, *(word for rank in words.ranks for word in rank))}
    )
    twice = {key for key, count in keys.items() if count > 1}
    # "country" is the name of one field of components and, bare, the usual header of another; what something
    # was found in is a weapon, unless another column names it.
    chosen_by_others = {"country", "foundin", "foundinside", "recoveredfrom"}
    assert twice == (chosen_by_others if kind is SourceKind.COMPONENTS else set())


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Mfr Part #", "mpn"),
        ("Manufacturer_Part_Number", "mpn"),
        ("Mfg P/N", "mpn"),
        ("Manufacturer Part No.", "mpn"),
        ("Part Number (MPN)", "mpn"),
        ("Part\nNumber", "mpn"),
        ("Part number / Парт-номер", "mpn"),
        ("Парт-номер | Part No", "mpn"),
        ("Manufacturer_Name", "maker"),
        ("MFR", "maker"),
        ("Виробник (Manufacturer)", "maker"),
        ("制造商 (Manufacturer)", "maker"),
        ("Производитель / Manufacturer", "maker"),
        ("1. Weapon", "weapon"),
        ("(2) Зброя", "weapon"),
        ("Weapon *", "weapon"),
        ("* Серийный номер:", "serial"),
        ("Qty (pcs)", "pieces"),
        ("Кількість, шт.", "pieces"),
        ("Кол-во [шт]", "pieces"),
        ("数量（个）", "pieces"),
        ("Дата виявлення (дд.мм.рррр)", "recovered"),
        ("Date found [dd.mm.yyyy] *", "recovered"),
        ("Country (manufacturer)", "maker_country"),
        ("Country (recovery)", "country"),
        ("Found in", "weapon"),
        ("Value", "description"),
        ("Name / Description", "description"),
    ],
)
def test_what_people_add_to_a_header_does_not_hide_it(header: str, field: str) -> None:
    assert guess_mapping([header], headers_of(SourceKind.COMPONENTS)) == {header: field}


@pytest.mark.parametrize(
    "header",
    [
        "Vendor", "Supplier", "Supplier name", "Постачальник", "Поставщик", "供应商", "Distributor",
        "Manufacturer / Supplier", "Supplier (Manufacturer)", "Vendor Part #", "Supplier part number", "SKU",
        "IPN", "Internal part number", "Digi-Key Part Number", "Date", "Colour",
    ],
)  # fmt: skip
def test_a_seller_is_not_a_maker_and_a_stock_number_not_a_part_number(header: str) -> None:
    assert guess_mapping([header], headers_of(SourceKind.COMPONENTS)) == {}


def test_what_something_was_found_in_is_its_recovery_beside_a_weapon() -> None:
    found = guess_mapping(["Weapon", "Found in", "MPN"], headers_of(SourceKind.COMPONENTS))
    assert found == {"Weapon": "weapon", "Found in": "recovery", "MPN": "mpn"}


@pytest.mark.parametrize(
    "header",
    [
        "Company Name", "Entity", "Foreign party", "公司名称", "Name of Individual or Entity", "Party",
        "Entity name*", "1. Company", "Legal name", "Назва компанії", "Наименование организации", "企业名称",
        "End user", "Name of the entity", "Organisation", "Full legal name", "Counterparty", "Контрагент",
        "Supplier", "Name of foreign party", "Company or Organization", "Компанія або організація",
        "Name of the End-User", "Company/Organization",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", [SourceKind.CUSTOMERS, SourceKind.WATCHLISTS])
def test_a_party_s_name_has_many_headers(kind: SourceKind, header: str) -> None:
    (field,) = guess_mapping([header], headers_of(kind)).values()
    # Of a customer's order an end user is one of several names.
    assert field == ("end_user_name" if kind is SourceKind.CUSTOMERS and "user" in header.lower() else "name")


def test_the_parts_of_an_address_are_one_address() -> None:
    found = guess_mapping(["Name", "Address line 1", "City", "Postcode"], headers_of(SourceKind.CUSTOMERS))
    assert [name for name, field in found.items() if field == "address"] == [
        "Address line 1",
        "City",
        "Postcode",
    ]


def test_the_boxes_of_a_russian_declaration_are_known_but_not_its_two_values() -> None:
    header = ["ND", "G072", "G022", "G082", "G31_11", "G31_12", "G31_1", "G33", "G34", "G42", "G46"]
    assert guess_mapping(header, headers_of(SourceKind.TRANSFERS)) == {
        "ND": "document",
        "G072": "date",
        "G022": "consignor",
        "G082": "consignee",
        "G31_11": "maker",
        "G31_1": "goods",
        "G33": "hs6",
        "G34": "origin",
    }


def test_a_bill_of_lading_is_understood() -> None:
    header = ["Bill of Lading Number", "Arrival Date", "Consignee Name", "Shipper Name", "Notify Name"]
    header += ["HS Code", "Product Description", "Quantity Unit", "Weight (kg)", "Value (USD)"]
    found = guess_mapping(header, headers_of(SourceKind.TRANSFERS))
    fields = ["document", "date", "consignee", "consignor", "hs6", "goods", "quantity_unit", "value"]
    assert list(found.values()) == fields
    assert not {"Notify Name", "Weight (kg)"} & found.keys()


def test_the_field_s_own_name_comes_before_the_words_for_it() -> None:
    assert guess_mapping(["Company", "Name"], headers_of(SourceKind.CUSTOMERS)) == {"Name": "name"}


def test_a_field_that_is_declared_for_forms_and_templates_is_a_header_too() -> None:
    declared = {field.name: field.headers for field in COMPONENT_FIELDS if field.headers}
    assert declared, "laboratory at least"
    fields = headers_of(SourceKind.COMPONENTS)
    for name, words in declared.items():
        assert guess_mapping([words[0], "Maker"], fields) == {words[0]: name, "Maker": "maker"}


def test_a_declaration_adds_words_to_a_field_that_lists_have_already(monkeypatch: pytest.MonkeyPatch) -> None:
    more = {SourceKind.COMPONENTS: {"marking": ("laser text",), "solder": ("solder alloy", "припій")}}
    monkeypatch.setattr(headers, "_DECLARED", more)
    found = guess_mapping(["Laser text", "Припій", "Maker"], headers_of(SourceKind.COMPONENTS))
    assert found == {"Laser text": "marking", "Припій": "solder", "Maker": "maker"}
    assert "solder" not in headers_of(SourceKind.PARTS)
