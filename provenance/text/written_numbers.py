"""Numbers as people and programs write them, in one cell, alone or with a unit or a currency.

Thousands are separated by spaces, apostrophes, commas or points. A comma or point with one to three digits
before it and three behind (1.250) may separate either; the column's style says which.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from provenance.text.column_styles import PLAIN, DecimalMark, Evidence, Style, Undecided
from provenance.text.currencies import currency_code, is_currency, may_be_currency

_SIGNS = {DecimalMark.COMMA: ",", DecimalMark.POINT: "."}
_SPACED = re.compile(r"\d{1,3}(?:([ '])\d{3})(?:\1\d{3})*(?:([.,])\d+)?")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})+(?:(?!\1)[.,]\d+)?")
_DECIMAL = re.compile(r"\d*([.,])\d+")
_OPEN = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_NUMBER = r"\d(?:[\d .,']*\d)?|[.,]\d+"
_MEASURE = re.compile(
    rf"(?P<before>[^\d.,+-]*?)\s*(?P<number>{_NUMBER})\s*(?P<after>[^\d\s.,'+-][^\d]*[23]?)?"
)
_UNIT = re.compile(r"[^\W\d_]|[$€£¥₽₴₺₩₹₸]")
_TIMES = re.compile(rf"[x×х*]\s*(?P<one>{_NUMBER})|(?P<other>{_NUMBER})\s*[x×х*](?!\w)")
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?e[+-]?\d+", re.IGNORECASE)
_UNIT_WORDS = (
    "pc pcs pce pces piece pieces ea each unit units u nos qty шт штук штука штуки од одиниць одиниця ед"
    " единиц единица 个 個 件 片 只 颗 adet ad szt stk st 796",
    "kg kgs kilogram kilograms kilo кг кілограм килограмм 公斤 千克 166",
    "g gr gram grams г гр 克 163",
    "t ton tons tonne tonnes т тонн 吨 168",
    "m metre metres meter meters м метр метров 米 006",
    "l litre litres liter liters л 升 112",
    "ctn ctns carton cartons кор коробка коробок 箱",
    "pkg pkgs package packages уп упаковка упаковок 包",
)
"""Words for one unit, with its number in the Russian classifier (OKEI), as customs declarations have it."""
_SAME_UNITS = tuple(frozenset(words.split()) for words in _UNIT_WORDS)
_PIECES = _SAME_UNITS[0]
MOST_PIECES = 999_999_999


class UndecidedNumber(Undecided):
    """A number that is two numbers, such as 1.250."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number from 0 upwards, with the words or signs beside it; empty where there are none."""

    number: float
    beside: str = ""


@lru_cache(maxsize=65536)
def read_number(text: str, style: Style = PLAIN) -> float:
    """A number from 0 upwards.

    Raises:
        UndecidedNumber: a comma or point may separate decimals or thousands, and the style does not say.
        ValueError: it is not such a number.
    """
    found = read_measure(text, style)
    if found.beside:
        raise ValueError(f"{text.strip()!r} is not a number alone")
    return found.number


@lru_cache(maxsize=65536)
def read_measure(text: str, style: Style = PLAIN) -> Measure:
    """A number from 0 upwards with the unit or currency written beside it ("100 pcs", "$1250", "12 500,00").

    Raises:
        UndecidedNumber: as `read_number`.
        ValueError: it is not such a number, or is rounded (8.54239E+09).
    """
    plain = _plain(text)
    if _SCIENTIFIC.fullmatch(plain):
        raise ValueError(f"{text.strip()!r} is a number that a spreadsheet has rounded")
    match = _MEASURE.fullmatch(plain)
    if match is None:
        raise ValueError(f"{text.strip()!r} is not a number from 0 upwards (12500, 12,500 or 12500.50)")
    before, after = match["before"].strip(), (match["after"] or "").strip()
    if before and after and before.casefold() != after.casefold():
        raise ValueError(f"{text.strip()!r} has words on both sides of the number")
    if (after or before) and (not _UNIT.match(after or before) or _TIMES.search(plain)):
        raise ValueError(f"{text.strip()!r} is not a number with a unit")
    if before and not after and not is_currency(before):
        raise ValueError(f"{text.strip()!r} is not a number: a unit stands behind it")
    return Measure(_number(match["number"], text, style), after or before)


def read_pieces(text: str, style: Style = PLAIN) -> int:
    """A number of pieces from 1 on: "2", "2.0", "2 шт", "100 pcs", "x2".

    Pieces are whole, so that 1,250 of them are 1250 unless the style says that the comma separates decimals.

    Raises:
        UndecidedNumber: as `read_number`.
        ValueError: it is not a whole number from 1 on, or of another unit (5 kg).
    """
    plain = _plain(text)
    times = _TIMES.fullmatch(plain.casefold())
    if style.decimal is None and (mark := _decided_whole(plain)) is not None:
        style = replace(style, decimal=mark)
    try:
        found = read_measure((times["one"] or times["other"]) if times else plain, style)
    except Undecided:
        raise
    except ValueError:
        raise ValueError(_not_pieces(text)) from None
    if found.beside and not is_pieces(found.beside):
        raise ValueError(f"{text.strip()} is not a number of pieces: it is in {found.beside}")
    if found.number != int(found.number) or not 1 <= found.number <= MOST_PIECES:
        raise ValueError(_not_pieces(text))
    return int(found.number)


def _not_pieces(text: str) -> str:
    return f"{text.strip()} is not a number of pieces: give 1 or more, or ? if not counted"


def amount_in(text: str, currency: str | None, style: Style = PLAIN) -> tuple[float, str | None]:
    """An amount of money, and its currency's code: the one written beside it, else the one stated.

    Raises:
        UndecidedNumber: as `read_number`.
        ValueError: it is not an amount, or names another currency than the stated one.
    """
    found = read_measure(text, style)
    if not found.beside:
        return found.number, currency
    if currency is None:
        return found.number, currency_code(found.beside)
    if not may_be_currency(found.beside, currency):
        raise ValueError(f"{text.strip()!r} is not in {currency}, the stated currency")
    return found.number, currency


def quantity_in(text: str, unit: str | None, style: Style = PLAIN) -> tuple[float, str | None]:
    """A quantity and its unit as written: the one beside it, else the one stated; pieces are whole.

    Raises:
        UndecidedNumber: as `read_number`.
        ValueError: it is not a quantity, or names another unit than the stated one.
    """
    beside = f"{text} {unit}" if unit and is_pieces(unit) else text
    if style.decimal is None and (mark := _decided(beside)) is not None:
        style = replace(style, decimal=mark)
    found = read_measure(text, style)
    if found.beside and unit and not same_unit(found.beside, unit):
        raise ValueError(f"{text.strip()!r} is not in {unit}, the stated unit")
    return found.number, unit or found.beside or None


def is_pieces(unit: str) -> bool:
    """Whether a unit counts pieces."""
    return _unit_key(unit) in _PIECES


def is_unit(text: str) -> bool:
    """Whether a text is a known word for a unit of quantity."""
    return any(_unit_key(text) in same for same in _SAME_UNITS)


def same_unit(one: str, other: str) -> bool:
    """Whether two words mean one unit, in any language known here."""
    keys = {_unit_key(one), _unit_key(other)}
    return len(keys) == 1 or any(keys <= same for same in _SAME_UNITS)


def decimal_evidence(*, whole: bool = False) -> Evidence[DecimalMark]:
    """What the numbers of a column show of their decimals; ``whole`` numbers have none but zeros."""
    if whole:
        return Evidence(_decided_whole, _is_open)
    return Evidence(_decided, _is_open)


def _unit_key(unit: str) -> str:
    return unit.casefold().strip(" .()[]")


def _plain(text: str) -> str:
    # Raised digits are not digits of a number: 2² is not 22.
    is_raised = not text.isascii() and any(sign.isdigit() and not sign.isdecimal() for sign in text)
    folded = text if is_raised else unicodedata.normalize("NFKC", text)
    return " ".join(folded.replace("’", "'").replace("\u200b", "").split())


def _number(digits: str, text: str, style: Style) -> float:
    if digits.isdigit():
        return float(digits)
    mark = _decimal_mark(digits)
    if mark is None and _OPEN.fullmatch(digits):
        if style.decimal is None:
            raise UndecidedNumber(_two_numbers(digits, text))
        mark = style.decimal
    elif mark is None and not _GROUPED.fullmatch(digits) and not _SPACED.fullmatch(digits):
        raise ValueError(f"{text.strip()!r} is not a number (12500, 12,500 or 12500.50)")
    plain = digits.replace(" ", "").replace("'", "")
    if mark is None:
        return float(plain.replace(",", "").replace(".", ""))
    sign = _SIGNS[mark]
    thousands = "," if sign == "." else "."
    return float(plain.replace(thousands, "").replace(sign, "."))


def _two_numbers(digits: str, text: str) -> str:
    sign = "," if "," in digits else "."
    return (
        f"{text.strip()!r} can be {digits.replace(sign, '')} or {digits.replace(sign, '.')}:"
        f" write the thousands without a sign, or the decimals with two digits"
    )


def _decimal_mark(digits: str) -> DecimalMark | None:
    """What separates the decimals in these digits; None where there are none, or it cannot be told."""
    spaced = _SPACED.fullmatch(digits)
    if spaced:
        return _mark(spaced[2])
    last = max(digits.rfind(","), digits.rfind("."))
    if last < 0 or _OPEN.fullmatch(digits):
        return None
    sign = digits[last]
    if digits.count(sign) == 1 and (_DECIMAL.fullmatch(digits) or _GROUPED.fullmatch(digits)):
        return _mark(sign)
    return None


def _mark(sign: str | None) -> DecimalMark | None:
    return None if sign is None else DecimalMark.COMMA if sign == "," else DecimalMark.POINT


def _digits(cell: str) -> str:
    plain = _plain(cell)
    times = _TIMES.fullmatch(plain.casefold())
    if times:
        return times["one"] or times["other"]
    match = _MEASURE.fullmatch(plain)
    return match["number"] if match else ""


def _decided(cell: str) -> DecimalMark | None:
    digits = _digits(cell)
    if not digits:
        return None
    if _OPEN.fullmatch(digits):
        match = _MEASURE.fullmatch(_plain(cell))
        return _decided_whole(digits) if match and is_pieces(match["after"] or "") else None
    if (mark := _decimal_mark(digits)) is not None:
        return mark
    # 1.250.000 has no decimals, and shows what separates thousands.
    if (match := _GROUPED.fullmatch(digits)) and not _OPEN.fullmatch(digits):
        return DecimalMark.COMMA if match[1] == "." else DecimalMark.POINT
    return None


def _decided_whole(cell: str) -> DecimalMark | None:
    digits = _digits(cell)
    if _OPEN.fullmatch(digits):
        # 1,000 may be one with three decimals; 1,250 pieces can only be a thousand and more.
        return None if digits.endswith("000") else DecimalMark.COMMA if "." in digits else DecimalMark.POINT
    return _decided(cell)


def _is_open(cell: str) -> bool:
    return _OPEN.fullmatch(_digits(cell)) is not None
