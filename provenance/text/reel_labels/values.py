"""How the values of a label's fields are read: quantities, date codes, days, countries, check digits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from provenance.core.vocabulary.labels import PART_MEANINGS, LabelMeaning
from provenance.text.countries import country_code, country_of_number
from provenance.text.date_code_field import read_date_code
from provenance.text.partial_dates import format_span

_QUANTITY = re.compile(r"\d{1,9}")
_COUNTRY = re.compile(r"[A-Z]{2}|\d{3}")
_DATE_CODE = re.compile(r"[0-9A-Z+/.-]{2,12}")
_PART = re.compile(r"(?=.*\d)[\w./+#()=,&-]{3,50}")
_TEXT = re.compile(r"[^\x00-\x1f]{1,60}")
_DAY = re.compile(r"(?P<year>\d{4}|\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_GTIN = re.compile(r"\d{14}")
_PARTS = (*PART_MEANINGS, LabelMeaning.CUSTOMER_PART, LabelMeaning.SELLER_PART)
_FORMS: dict[LabelMeaning, re.Pattern[str]] = {
    LabelMeaning.QUANTITY: _QUANTITY,
    LabelMeaning.COUNTRY: _COUNTRY,
    LabelMeaning.DATE_CODE: _DATE_CODE,
    **dict.fromkeys(_PARTS, _PART),
}
_GS1_CENTURY = 51
"""GS1 dates have two digits of the year: from 51 years before this one to 49 after it."""


@dataclass(frozen=True, slots=True)
class LabelReading:
    """What a field's value says in the program's own terms, or why it cannot be read; both None where it is
    taken as it stands.
    """

    value: str | None = None
    problem: str | None = None


def is_plausible(meaning: LabelMeaning, value: str) -> bool:
    """Whether a value has the form that such a field has."""
    return _FORMS.get(meaning, _TEXT).fullmatch(value) is not None


def read_value(meaning: LabelMeaning | None, value: str, *, today: date) -> LabelReading:
    """How a field is read; an empty one is unknown and has no reading."""
    text = value.strip()
    if not text:
        return LabelReading()
    if meaning is LabelMeaning.QUANTITY:
        if _QUANTITY.fullmatch(text):
            return LabelReading(f"{int(text):,}")
        return LabelReading(problem="is not a whole number")
    if meaning is LabelMeaning.DATE_CODE:
        span = read_date_code(text, today=today)
        return (
            LabelReading(format_span(span)) if span else LabelReading(problem="no date can be read from it")
        )
    if meaning in (LabelMeaning.DATE, LabelMeaning.PRODUCTION_DATE, LabelMeaning.EXPIRY_DATE):
        return _day(text, today)
    if meaning is LabelMeaning.COUNTRY:
        return _country(text)
    if meaning is LabelMeaning.GTIN:
        return _gtin(text)
    return LabelReading()


def _day(text: str, today: date) -> LabelReading:
    found = _DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        year = int(found["year"])
        if len(found["year"]) == 2:
            this = today.year % 100
            year += today.year - this + (-100 if year - this >= _GS1_CENTURY - 1 else 0)
        return LabelReading(date(year, int(found["month"]), int(found["day"])).isoformat())
    except ValueError:
        return LabelReading(problem="is not a day written as YYYYMMDD or YYMMDD")


def _country(text: str) -> LabelReading:
    try:
        code = country_of_number(text) if text.isdecimal() else country_code(text)
    except ValueError:
        code = None
    return LabelReading(code) if code else LabelReading(problem="is not the code of a country")


def _gtin(text: str) -> LabelReading:
    """The check digit of a GTIN: the sum of all digits, every other one threefold, is divisible by ten."""
    if not _GTIN.fullmatch(text):
        return LabelReading(problem="is not 14 digits")
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(text))
    return LabelReading(text) if total % 10 == 0 else LabelReading(problem="its check digit is wrong")
