"""Numbers, quantities, pieces and amounts in one cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.column_styles import PLAIN, DecimalMark, Style
from provenance.text.written_numbers import (
    UndecidedNumber,
    amount_in,
    decimal_evidence,
    quantity_in,
    read_measure,
    read_number,
    read_pieces,
)

COMMA, POINT = Style(decimal=DecimalMark.COMMA), Style(decimal=DecimalMark.POINT)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12500", 12500), ("12 500,00", 12500), ("12\u00a0500,00", 12500), ("12\u202f500", 12500),
        ("1.250,00", 1250), ("1,250.00", 1250), ("1.250.000", 1250000), ("1,250,000", 1250000),
        ("12'500.50", 12500.5), ("1,5", 1.5), ("0.250", 0.25), ("0,85", 0.85), ("2.0", 2), ("1834.0", 1834),
        ("1 200", 1200), ("1234.567", 1234.567), (".5", 0.5), ("12 500.500", 12500.5),
    ],
)  # fmt: skip
def test_what_can_be_read_in_one_way_only(text: str, number: float) -> None:
    assert read_number(text, PLAIN) == read_number(text, COMMA) == read_number(text, POINT) == number


@pytest.mark.parametrize(("text", "by_comma", "by_point"), [("1.250", 1250, 1.25), ("12,500", 12.5, 12500)])
def test_a_mark_before_three_digits_is_asked_about(text: str, by_comma: float, by_point: float) -> None:
    with pytest.raises(UndecidedNumber):
        read_number(text)
    assert (read_number(text, COMMA), read_number(text, POINT)) == (by_comma, by_point)


@pytest.mark.parametrize(
    "text", ["", "many", "-5", "(5)", "over 100", "1.2.3", "1,00,000", "1 25", "1e5", "8.54239E+09", "5%",
             "~5", "100+", "1-2", "100 x 5", "12."],
)  # fmt: skip
def test_what_is_not_a_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"number|words"):
        read_measure(text)


@pytest.mark.parametrize(
    ("cells", "choice"),
    [
        (["1,5", "1.250", "100"], DecimalMark.COMMA),
        (["12 500,00", "12.500", "$1250"], DecimalMark.COMMA),
        (["1,250", "2,500.00"], DecimalMark.POINT),
        (["1.250.000", "1.250"], DecimalMark.COMMA),
        (["1.250", "100", "1 200"], None),
        (["1.5", "2,5", "1.250"], None),
    ],
)
def test_the_column_shows_what_separates_decimals(cells: list[str], choice: DecimalMark | None) -> None:
    evidence = decimal_evidence()
    for cell in cells:
        evidence.look_at(cell)
    assert evidence.choice is choice


@pytest.mark.parametrize(
    ("text", "pieces"), [("2", 2), ("2.0", 2), ("2 шт", 2), ("100 ШТ.", 100), ("100 pcs", 100), ("x2", 2),
                         ("3×", 3), ("1,250 pcs", 1250), ("5 件", 5)],
)  # fmt: skip
def test_pieces(text: str, pieces: int) -> None:
    assert read_pieces(text) == pieces


@pytest.mark.parametrize("text", ["0", "1.5", "5 kg", "-1", "two", "1,000", "1e9"])
def test_what_is_not_a_number_of_pieces_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"piece|number|can be"):
        read_pieces(text)


def test_a_quantity_keeps_the_unit_beside_it() -> None:
    assert quantity_in("5 kg", None) == (5, "kg")
    assert quantity_in("100 pcs", "ШТ") == (100, "ШТ")
    with pytest.raises(ValueError, match="not in pcs"):
        quantity_in("5 kg", "pcs")


@pytest.mark.parametrize(
    ("text", "stated", "amount"),
    [
        ("$1250", None, (1250, "USD")), ("$1250", "USD", (1250, "USD")), ("$1250", "HKD", (1250, "HKD")),
        ("1250 USD", None, (1250, "USD")), ("€1.250,00", None, (1250, "EUR")), ("5", "CNY", (5, "CNY")),
        ("1 250,00 руб.", None, (1250, "RUB")), ("12 грн", None, (12, "UAH")), ("12,50", None, (12.5, None)),
    ],
)  # fmt: skip
def test_an_amount_of_money(text: str, stated: str | None, amount: tuple[float, str | None]) -> None:
    assert amount_in(text, stated) == amount


@pytest.mark.parametrize(
    ("text", "stated"), [("1250 USD", "EUR"), ("¥5", None), ("5 kg", "USD"), ("5 XYZ", None)]
)
def test_an_amount_that_contradicts_its_currency_is_refused(text: str, stated: str | None) -> None:
    with pytest.raises(ValueError, match="currency"):
        amount_in(text, stated)


@given(number=st.integers(0, 10**12), cents=st.integers(0, 99))
def test_every_amount_comes_back_however_it_is_grouped(number: int, cents: int) -> None:
    american = f"{number:,}.{cents:02d}"
    european = american.translate(str.maketrans(",.", ".,"))
    spaced = european.replace(".", " ")
    wanted = number + cents / 100
    assert read_number(american) == read_number(european) == read_number(spaced) == pytest.approx(wanted)


@given(text=st.text(alphabet="0123456789.,' -$€kgшт", max_size=12))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        assert read_measure(text).number >= 0
    except ValueError as error:
        assert str(error)
