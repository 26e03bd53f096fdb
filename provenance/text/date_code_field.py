"""The date of manufacture in a field that a source itself calls the date code.

What stands there is a date code whatever it looks like, so that forms are read that would be nothing in the
middle of a marking ("18-34", "DC1834", "2018W34"). A code can mean several dates (`date_code_meanings`), of
which one is the part's: 2022 is the year, or week 22 of 2020; `read_date_code` gives their bounds. How single
makers write dates ("3BK", "AGQ0525") is not known here, see `provenance.text.date_codes`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from provenance.text.month_names import MONTHS
from provenance.text.partial_dates import DateSpan, hull_of, month_span, year_span
from provenance.text.written_dates import read_date

FIRST_YEAR = 1970
"""No date code is read as older: week codes came into general use with integrated circuits."""

_LABEL = re.compile(
    r"^(?:DATE\s*-?CODE|D\s*[/.]?\s*C\b\.?|DC(?=\d)|ДАТА-?\s*КОД|КОД\s+ДАТ[ИЫ]|Д\s*/\s*К|#)\s*[:=.#№]*\s*"
)
_IN_PARENTHESES = re.compile(r"\s*\([A-ZА-ЯІЇЄ ]{1,20}\)$")
_AS_A_NUMBER = re.compile(r"(\d{3,8})\.0+")
_LETTERS = r"[A-Z]{0,3}"
_FOUR = re.compile(rf"({_LETTERS})\s?(\d\d)(\d\d)\s?({_LETTERS})")
_SIX = re.compile(r"\d{6}")
_SEPARATED = re.compile(r"(\d\d)[-/. ](\d\d)")
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](\d{4})")
_WEEK_WORD = r"(?:WW|WK|WEEK|W|НЕД(?:ЕЛЯ|ЕЛИ)?|ТИЖ(?:ДЕНЬ|НЯ)?|КТ)\.?"
_WEEK_FORMS = (
    re.compile(rf"(?P<year>\d{{4}}|\d\d)[-/.,\s]*{_WEEK_WORD}[-/\s]*(?P<week>\d{{1,2}})"),
    re.compile(rf"{_WEEK_WORD}[-/\s]*(?P<week>\d{{1,2}})[-/.,\s]+(?:OF\s+)?(?P<year>\d{{4}}|\d\d)"),
    re.compile(
        rf"(?P<week>\d{{1,2}})(?:TH|ST|ND|RD|-?[ЯЙ])?[-/\s]*{_WEEK_WORD}[-/.,\s]*(?P<year>\d{{4}}|\d\d)"
    ),
    re.compile(r"(?P<year>\d{4})年第?(?P<week>\d{1,2})[周週]"),
)
_OR_NEWER = re.compile(
    r"(?P<code>.+?)\s*(?:\+|AND NEWER|OR NEWER|& NEWER|OR LATER|І НОВІШЕ|И НОВЕЕ|以上|以后)"
)
_SEVERAL = re.compile(r"\s*(?:/|,|;|&|-| TO | AND )\s*")
_NOT_A_DATE_CODE = re.compile(r"[A-Z]{3,}-\d\d|\d\d?-[A-Z]{3,}")
"""What a spreadsheet makes of a code that it takes for a date: Aug-18 was 18-08, 8-18 or August 2018."""


def read_date_code(text: str, *, today: date, latest: date | None = None) -> DateSpan | None:
    """The days on which a part with this date code may have been made; None where it cannot be read.

    Four digits are two of the ISO year and two of its week, 01 to 53 (as in EIA date codes), with letters of
    a site around them or not; where they are a year from 2001 to this one, they may be that year as well.
    "2021+" means that year or later. ``latest`` is a day by which the part was made: of several meanings,
    those that begin later are left out. Weeks 00 and 54 do not exist; no date code is later than ``today``.
    """
    found = date_code_meanings(text, today=today, latest=latest)
    return hull_of(found) if found else None


def date_code_meanings(text: str, *, today: date, latest: date | None = None) -> tuple[DateSpan, ...]:
    """All that a date code can mean, one of which is the part's; nothing if it is unreadable."""
    return _read(text, today, latest)


@lru_cache(maxsize=65536)
def _read(text: str, today: date, latest: date | None) -> tuple[DateSpan, ...]:
    plain = " ".join(unicodedata.normalize("NFKC", text).replace("–", "-").replace("—", "-").upper().split())
    plain = _IN_PARENTHESES.sub("", _LABEL.sub("", plain))
    if match := _AS_A_NUMBER.fullmatch(plain):
        plain = match[1]
    if match := _OR_NEWER.fullmatch(plain):
        spans = _not_later(_or_newer(match["code"], today), latest)
        return (DateSpan(hull_of(spans).earliest, None),) if spans else ()
    return _several(plain, today, latest) or _not_later(list(_meanings(plain, today)), latest)


def _not_later(spans: list[DateSpan], latest: date | None) -> tuple[DateSpan, ...]:
    """Those that do not begin after a day; all where none does."""
    possible = [span for span in spans if latest is None or span.earliest is None or span.earliest <= latest]
    return tuple(dict.fromkeys(possible or spans))


def _or_newer(code: str, today: date) -> list[DateSpan]:
    if re.fullmatch(r"\d\d", code):
        return list(_years(int(code), today))
    return list(_meanings(code, today))


def _several(text: str, today: date, latest: date | None) -> tuple[DateSpan, ...]:
    """Several codes of four digits: one of them is the part's."""
    codes = _SEVERAL.split(text)
    if len(codes) < 2 or not all(map(_FOUR.fullmatch, codes)):
        return ()
    spans = [_not_later(list(_meanings(code, today)), latest) for code in codes]
    return tuple(dict.fromkeys(span for each in spans for span in each)) if all(spans) else ()


def _meanings(text: str, today: date) -> Iterator[DateSpan]:
    """Everything that a code can mean, none of it later than today."""
    return (span for span in _possible(text, today) if span.earliest is None or span.earliest <= today)


def _possible(text: str, today: date) -> Iterator[DateSpan]:
    if (match := _FOUR.fullmatch(text)) and not _is_month(match):
        yield from _four_digits(match, today)
    elif _SIX.fullmatch(text):
        yield from _week_or_month(int(text[:4]), int(text[4:]))
        yield from _written_out(f"20{text[:2]}-{text[2:4]}-{text[4:]}")
    elif match := _SEPARATED.fullmatch(text):
        left, right = int(match[1]), int(match[2])
        for year, part in ((left, right), (right, left)):
            for century in (1900, 2000):
                yield from _recent(_week_or_month(century + year, part))
    elif match := _YEAR_FIRST.fullmatch(text):
        yield from _week_or_month(int(match[1]), int(match[2]))
    elif match := _YEAR_LAST.fullmatch(text):
        yield from _week_or_month(int(match[2]), int(match[1]))
    elif match := next(filter(None, (form.fullmatch(text) for form in _WEEK_FORMS)), None):
        year = int(match["year"])
        for each in (year,) if len(match["year"]) == 4 else (1900 + year, 2000 + year):
            yield from _recent(_week(each, int(match["week"])))
    elif not _NOT_A_DATE_CODE.fullmatch(text):
        yield from _written_out(text)


def _four_digits(match: re.Match[str], today: date) -> Iterator[DateSpan]:
    letters, number = match[1] + match[4], int(match[2] + match[3])
    codes = [span for year in _centuries(int(match[2])) for span in _week(year, int(match[3]))]
    past = [span for span in codes if span.earliest and span.earliest <= today]
    yield from past[-1:]
    if not letters and FIRST_YEAR <= number <= today.year:
        yield year_span(number)


def _is_month(match: re.Match[str]) -> bool:
    return match[1].casefold() in MONTHS or match[4].casefold() in MONTHS


def _centuries(year: int) -> Iterator[int]:
    return (each for each in (1900 + year, 2000 + year) if each >= FIRST_YEAR)


def _years(year: int, today: date) -> Iterator[DateSpan]:
    return map(year_span, [each for each in _centuries(year) if each <= today.year][-1:])


def _week_or_month(year: int, part: int) -> Iterator[DateSpan]:
    yield from _recent(_week(year, part))
    if year >= FIRST_YEAR and 1 <= part <= 12:
        yield month_span(year, part)


def _week(year: int, week: int) -> Iterator[DateSpan]:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return
    yield DateSpan(monday, monday + timedelta(days=6))


def _recent(spans: Iterator[DateSpan]) -> Iterator[DateSpan]:
    return (span for span in spans if span.earliest and span.earliest.year >= FIRST_YEAR - 1)


def _written_out(text: str) -> Iterator[DateSpan]:
    if not re.search(r"(?:19|20)\d\d", text):
        return
    try:
        yield read_date(text)
    except ValueError:
        return
