"""Lists of transfers as customs services and traders write them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from provenance.core.errors import BadInput
from provenance.sources.column_styles import StatedStyle
from provenance.sources.formats import ReadOptions
from provenance.sources.records import Rejected, ShipmentRecord
from provenance.sources.transfers.mapped import MappedTransfers
from provenance.text.column_styles import DecimalMark
from tests.sources.lists import Row, write_list, write_workbook
from tests.support.days import TODAY

CUSTOMS: Row = {
    "Declaration number": "10129060/300822/1",
    "Document type": "customs declaration",
    "Exporter": "ACME (HK) CO., LIMITED",
    "Exporter country": "Hong Kong",
    "Importer": "OOO Vostok; OOO Zapad",
    "Importer country": "RU",
    "Description of goods": "Microcontrollers",
    "HS code": "8542.31.90.10",
    "Quantity": "1,300",
    "Unit": "pcs",
    "Customs value": "9 000 000.50",
    "Currency": "usd",
    "Registration date": "2022-08",
    "Country of origin": "MY",
    "Transit countries": "HK; TR",
    "Destination country": "RU",
}


def read(tmp_path: Path, *rows: Row) -> list[ShipmentRecord | Rejected]:
    return list(MappedTransfers().read(write_list(tmp_path / "list.csv", rows), ReadOptions(TODAY)))


def one(tmp_path: Path, **more: str) -> ShipmentRecord:
    (found,) = read(tmp_path, CUSTOMS | more)
    assert isinstance(found, ShipmentRecord), found
    return found


def odd(tmp_path: Path, **more: str) -> tuple[ShipmentRecord, list[str]]:
    """The record of one row, and what is said of cells that are no value."""
    options = ReadOptions(TODAY)
    (found,) = MappedTransfers().read(write_list(tmp_path / "list.csv", [{**CUSTOMS, **more}]), options)
    assert isinstance(found, ShipmentRecord), found
    return found, list(map(str, options.cells))


def refusal(tmp_path: Path, **more: str) -> str:
    (found,) = read(tmp_path, CUSTOMS | more)
    assert isinstance(found, Rejected)
    assert found.line == 2
    return found.reason


def test_a_customs_record(tmp_path: Path) -> None:
    found = one(tmp_path)
    assert [(party.side, party.as_written, party.country, party.role) for party in found.parties] == [
        ("from", "ACME (HK) CO., LIMITED", "HK", "unknown"),
        ("to", "OOO Vostok", "RU", "unknown"),
        ("to", "OOO Zapad", "RU", "unknown"),
    ]
    assert (found.hs6, found.quantity, found.quantity_unit) == ("854231", 1300, "pcs")
    assert (found.value, found.currency) == (9000000.5, "USD")
    assert (found.earliest, found.latest) == (date(2022, 8, 1), date(2022, 8, 31))
    assert (found.origin_country, found.transit, found.destination_country) == ("MY", ("HK", "TR"), "RU")
    assert found.document and found.document.kind == "customs_declaration"
    assert found.evidence_class == "trade_record_same_hs"


class TestNumbers:
    """How a column is written is settled over all its rows."""

    def numbers(self, tmp_path: Path, *cells: str, **options: Any) -> list[float | None]:
        rows = [{**CUSTOMS, "Unit": "", "Quantity": cell} for cell in cells]
        file = write_list(tmp_path / "list.csv", rows)
        found = MappedTransfers().read(file, ReadOptions(TODAY, style=StatedStyle(**options)))
        return [row.quantity for row in found if isinstance(row, ShipmentRecord)]

    def test_a_decimal_comma_shows_what_a_point_means(self, tmp_path: Path) -> None:
        assert self.numbers(tmp_path, "1.250", "1,5", "12.500") == [1250, 1.5, 12500]

    def test_a_decimal_point_shows_what_a_comma_means(self, tmp_path: Path) -> None:
        assert self.numbers(tmp_path, "1,250", "1.5", "12,500.00") == [1250, 1.5, 12500]

    def test_where_nothing_shows_it_the_first_such_line_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match=r"list\.csv:3: Quantity '1\.250'") as caught:
            self.numbers(tmp_path, "100", "1.250")
        assert caught.value.code == "decimal"
        assert self.numbers(tmp_path, "100", "1.250", decimal=DecimalMark.COMMA) == [100, 1250]
        assert self.numbers(tmp_path, "100", "1.250", decimal=DecimalMark.POINT) == [100, 1.25]

    def test_a_column_that_contradicts_itself_decides_nothing(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match=r"contradicts itself: 1,5 and 1\.5"):
            self.numbers(tmp_path, "1,5", "1.5", "1.250")

    def test_pieces_are_whole(self, tmp_path: Path) -> None:
        assert self.numbers(tmp_path, "1,250 pcs", "2 шт") == [1250, 2]

    def test_a_unit_beside_the_number_is_kept_unless_it_contradicts(self, tmp_path: Path) -> None:
        found = one(tmp_path, Quantity="5 kg", Unit="")
        assert (found.quantity, found.quantity_unit) == (5, "kg")
        found, (said,) = odd(tmp_path, Quantity="5 kg")
        assert (found.quantity, found.quantity_unit) == (None, "pcs")
        assert "not in pcs" in said

    def test_a_currency_beside_the_amount_is_read_unless_it_contradicts(self, tmp_path: Path) -> None:
        found = one(tmp_path, **{"Customs value": "$1250", "Currency": ""})
        assert (found.value, found.currency) == (1250, "USD")
        found, (said,) = odd(tmp_path, **{"Customs value": "1250 USD", "Currency": "EUR"})
        assert (found.value, found.currency) == (None, "EUR")
        assert "not in EUR" in said


def test_dates_with_slashes_are_settled_by_their_column(tmp_path: Path) -> None:
    days = ("05/12/2024", "12.05.2024", "45424", "05/25/2024")
    found = read(tmp_path, *({**CUSTOMS, "Registration date": day} for day in days))
    assert [row.earliest for row in found if isinstance(row, ShipmentRecord)] == [
        *[date(2024, 5, 12)] * 3,
        date(2024, 5, 25),
    ]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"component": "gur-1"}, "item_document"),
        ({"lot": "L7"}, "item_document"),
        ({"part number": "LM358"}, "trade_record_same_part"),
        ({"evidence": "bank record"}, "bank_record"),
        ({"HS code": "", "evidence": "allegation"}, "allegation"),
    ],
)
def test_the_class_is_told_by_what_moved_unless_it_is_stated(tmp_path: Path, more: Row, found: str) -> None:
    assert one(tmp_path, **more).evidence_class == found


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"Exporter": "", "Importer": ""}, "no party"),
        ({"Exporter": "NOT AVAILABLE", "Importer": "TO ORDER"}, "consignee 'TO ORDER' name nobody"),
        (
            {"HS code": "8542", "Description of goods": "-", "Declaration number": ""},
            "nothing says what moved",
        ),
        ({"in confidence": "perhaps"}, "confidential 'perhaps'"),
        ({"tlp": "PURPLE"}, "tlp 'PURPLE'"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(tmp_path: Path, more: Row, reason: str) -> None:
    assert reason in refusal(tmp_path, **more)


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"HS code": "8542", "Part number": "LM358"}, "hs6", "HS code: '8542' is not a customs code"),
        ({"Quantity": "over 100"}, "quantity", "Quantity: 'over 100' is not a number"),
        ({"Customs value": "-5"}, "value", "not a number from 0 up"),
        ({"Currency": "dollars of old"}, "currency", "Currency: "),
        ({"Registration date": "31.02.2022"}, "earliest", "Registration date: not a date"),
        ({"Country of origin": "USA/China"}, "origin_country", "no country is called 'USA/China'"),
        ({"Destination country": "EU"}, "destination_country", "no country is called 'EU'"),
    ],
)
def test_an_odd_value_is_unknown_and_listed_and_its_row_read(
    tmp_path: Path, more: Row, field: str, said: str
) -> None:
    found, (problem,) = odd(tmp_path, **more)
    assert getattr(found, field) is None
    assert said in problem


CODES = ("8542", "854239, 853400", "8.54239E+09", "85.42", "IC", "8542 39 / 8534 00")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "goods",
    [
        {},
        {"Description of goods": ""},
        {"Declaration number": "", "Document type": ""},
        {"Part number": "LM358"},
    ],
)
def test_a_customs_code_that_is_none_is_listed_and_the_goods_are_what_else_is_said(
    tmp_path: Path, code: str, goods: Row
) -> None:
    found, (problem,) = odd(tmp_path, **{"HS code": code, **goods})
    assert found.hs6 is None
    assert "HS code" in problem
    assert len(found.parties) == 3
    same = "trade_record_same_part" if "Part number" in goods else "trade_record_same_hs"
    assert found.evidence_class == same


class TestHeaders:
    """A header may state the currency of its column, or the unit."""

    def found(self, tmp_path: Path, header: str, cell: str, **more: str) -> tuple[ShipmentRecord, list[str]]:
        row = {name: text for name, text in CUSTOMS.items() if name not in ("Customs value", "Currency")}
        options = ReadOptions(TODAY, style=StatedStyle(decimal=DecimalMark.POINT))
        file = write_list(tmp_path / "list.csv", [{**row, header: cell, **more}])
        (record,) = MappedTransfers().read(file, options)
        assert isinstance(record, ShipmentRecord), record
        return record, list(map(str, options.cells))

    @pytest.mark.parametrize(
        ("header", "currency"),
        [
            ("Value (USD)", "USD"),
            ("Value, EUR", "EUR"),
            ("Value USD", "USD"),
            ("Invoice value [US$]", "USD"),
            ("Customs value (in HKD)", "HKD"),
            ("Фактурная стоимость, долл. США", "USD"),
            ("Митна вартість (грн)", "UAH"),
            ("Фактурная стоимость (руб.)", "RUB"),
            ("总价（美元）", "USD"),
            ("Value (FOB)", None),
            ("Value", None),
        ],
    )
    def test_the_currency(self, tmp_path: Path, header: str, currency: str | None) -> None:
        record, said = self.found(tmp_path, header, "12,345.60")
        assert (record.value, record.currency, said) == (12345.6, currency, [])

    def test_a_currency_without_an_amount_is_none(self, tmp_path: Path) -> None:
        record, _said = self.found(tmp_path, "Value (USD)", "n/a")
        assert (record.value, record.currency) == (None, None)

    @pytest.mark.parametrize("more", [{"Currency": "EUR"}, {}])
    def test_two_currencies_of_one_amount_leave_it_unknown(self, tmp_path: Path, more: Row) -> None:
        record, (said,) = self.found(tmp_path, "Value (USD)", "900" if more else "900 EUR", **more)
        assert record.value is None
        assert "USD" in said

    @pytest.mark.parametrize(
        "header",
        ["Value (USD thousand)", "Value, тыс. долл.", "Value (млн руб.)", "Value (万美元)", "Value USD mln"],
    )
    def test_thousands_are_never_read_as_ones(self, tmp_path: Path, header: str) -> None:
        record, _said = self.found(tmp_path, header, "12.5")
        assert (record.value, record.currency) == (None, None)

    @pytest.mark.parametrize(("header", "unit"), [("Quantity (pcs)", "pcs"), ("Количество, кг", "кг")])
    def test_the_unit(self, tmp_path: Path, header: str, unit: str) -> None:
        row = {name: text for name, text in CUSTOMS.items() if name not in ("Quantity", "Unit")}
        (record,) = read(tmp_path, {**row, header: "12"})
        assert isinstance(record, ShipmentRecord)
        assert (record.quantity, record.quantity_unit) == (12, unit)


def test_a_role_or_country_that_is_not_known_leaves_the_party(tmp_path: Path) -> None:
    found, said = odd(tmp_path, **{"exporter role": "boss", "Transit countries": "Atlantis"})
    assert found.parties[0].role == "unknown"
    assert found.transit == ()
    assert len(said) == 2


def test_a_side_that_is_left_open_is_unknown(tmp_path: Path) -> None:
    assert {party.side for party in one(tmp_path, Exporter="").parties} == {"to"}


def test_names_in_confidence_are_not_in_the_text_that_is_shown(tmp_path: Path) -> None:
    found = one(tmp_path, **{"in confidence": "to", "Remarks": "ooo  VOSTOK paid"})
    assert [party.confidential for party in found.parties] == [False, True, True]
    assert "ostok" not in found.raw.casefold() and "Zapad" not in found.raw
    assert "ACME" in found.raw


def test_a_row_is_the_same_whatever_the_order_of_its_columns(tmp_path: Path) -> None:
    turned = dict(reversed(CUSTOMS.items()))
    (first,) = read(tmp_path, CUSTOMS)
    (second,) = read(tmp_path, turned)
    assert isinstance(first, ShipmentRecord) and isinstance(second, ShipmentRecord)
    assert first.key == second.key


def test_a_workbook_reads_as_the_list_does(tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "list.xlsx", [CUSTOMS])
    (from_book,) = MappedTransfers().read(book, ReadOptions(TODAY))
    assert from_book == one(tmp_path)


def test_columns_that_say_too_little_are_refused_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as told:
        read(tmp_path, {"Exporter": "ACME", "colour": "red"})
    assert "columns are missing" in told.value.reason
    assert told.value.code == "unknown_columns", "the command line adds how to name columns"


def test_white_of_the_older_protocol_is_clear(tmp_path: Path) -> None:
    assert one(tmp_path, tlp="TLP:WHITE").tlp == "CLEAR"


@pytest.mark.parametrize("text", ["TO ORDER", "To the order", "not available", "н/д"])
def test_goods_to_order_have_no_known_recipient(tmp_path: Path, text: str) -> None:
    assert {party.side for party in one(tmp_path, Importer=text).parties} == {"from"}
