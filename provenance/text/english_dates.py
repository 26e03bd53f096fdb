"""Dates in English free text: "02.01.2024", "April 2022", "1Q2023", "in 2025", "not earlier than 2021"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from provenance.text.partial_dates import DateSpan, day_span, month_span, quarter_span, year_span

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_LAST_MONTH = _MONTH.replace("?P<month>", "?P<last_month>")
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date found in text: its span, where its words (qualifier included) begin and end, and the words."""

    span: DateSpan
    start: int
    end: int
    as_written: str


def find_dates(text: str, *, day_first: bool) -> tuple[FoundDate, ...]:
    """The dates of an English text in their order; the years 1900 to 2099 are read.

    `day_first` decides 02.01.2024; where only one order is a date (19.08.2023) that one is taken. "from
    June 2022" and "not earlier than 2021" have no last day, "until 2020" no first. A year alone is a date
    only after a word that makes it one ("in 2025"), before "year", or as the whole text: model numbers
    have such digits too. What is not a calendar day (31.02.2024) is not found.
    """
    plain = sorted(_plain_dates(text, day_first), key=lambda found: found.start)
    return tuple(_qualified(text, found) for found in _pairs_joined(text, plain))


def _span_of_iso(match: re.Match[str], day_first: bool) -> DateSpan:
    if match["day"]:
        return day_span(date(int(match["year"]), int(match["month"]), int(match["day"])))
    return month_span(int(match["year"]), int(match["month"]))


def _span_of_numbers(match: re.Match[str], day_first: bool) -> DateSpan:
    day, month = int(match["left"]), int(match["right"])
    if not day_first:
        day, month = month, day
    if month > 12:
        day, month = month, day
    return day_span(date(int(match["year"]), month, day))


def _span_of_month(match: re.Match[str], day_first: bool) -> DateSpan:
    month = _MONTHS.index(match["month"].lower()[:3]) + 1
    if day := match.groupdict().get("day"):
        return day_span(date(int(match["year"]), month, int(day)))
    return month_span(int(match["year"]), month)


def _span_of_months(match: re.Match[str], day_first: bool) -> DateSpan:
    first, last = (_MONTHS.index(match[group].lower()[:3]) + 1 for group in ("month", "last_month"))
    year = int(match["year"])
    return DateSpan(month_span(year, first).earliest, month_span(year, last).latest)


def _span_of_quarter(match: re.Match[str], day_first: bool) -> DateSpan:
    quarter = match["quarter"].lower()
    return quarter_span(int(match["year"]), _QUARTERS[quarter] if quarter in _QUARTERS else int(quarter))


def _span_of_years(match: re.Match[str], day_first: bool) -> DateSpan:
    last = match["last_year"] or match["year"]
    return DateSpan(year_span(int(match["year"])).earliest, year_span(int(last)).latest)


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w№#./-])(?:{pattern})(?![\w/-]|\.[0-9])", re.IGNORECASE)


_BARE_YEAR = _shape(rf"{_YEAR}(?:\s*[-–/]\s*(?P<last_year>(?:19|20)[0-9]{{2}}))?")
_SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], bool], DateSpan]], ...] = (
    (_shape(rf"{_YEAR}-(?P<month>[0-9]{{2}})(?:-(?P<day>[0-9]{{2}}))?"), _span_of_iso),
    (
        _shape(rf"(?P<left>[0-9]{{1,2}})(?P<parting>[./-])(?P<right>[0-9]{{1,2}})(?P=parting){_YEAR}"),
        _span_of_numbers,
    ),
    (
        _shape(rf"(?:between\s+|from\s+)?{_MONTH}\s*(?:to|till|until|and|-|–)\s*{_LAST_MONTH}\s+{_YEAR}"),
        _span_of_months,
    ),
    (_shape(rf"{_DAY}(?:\s+of)?\s+{_MONTH},?\s+{_YEAR}"), _span_of_month),
    (_shape(rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}"), _span_of_month),
    (_shape(rf"{_MONTH},?\s+(?:of\s+)?{_YEAR}"), _span_of_month),
    (_shape(rf"(?P<quarter>[1-4])\s?Q[\s-]*{_YEAR}"), _span_of_quarter),
    (_shape(rf"Q(?P<quarter>[1-4])[\s-]*{_YEAR}"), _span_of_quarter),
    (_shape(rf"{_YEAR}[\s-]*Q(?P<quarter>[1-4])"), _span_of_quarter),
    (_shape(rf"(?P<quarter>{'|'.join(_QUARTERS)})\s+quarter\s+(?:of\s+)?{_YEAR}"), _span_of_quarter),
    (_BARE_YEAR, _span_of_years),
)
_MAKES_A_YEAR = re.compile(
    r"(?:\b(?:in|of|year|during|to|and|than|from|since|after|before|until|till|by)\s+(?:(?:early|late|mid)[\s-]+)?"
    r"|(?:between|[<>]=?)\s*)$",
    re.IGNORECASE,
)


def _plain_dates(text: str, day_first: bool) -> Iterator[FoundDate]:
    taken: list[range] = []
    for shape, span_of in _SHAPES:
        for match in shape.finditer(text):
            if any(match.start() < used.stop and used.start < match.end() for used in taken):
                continue
            if shape is _BARE_YEAR and not _is_year(text, match):
                continue
            try:
                span = span_of(match, day_first)
            except ValueError:
                continue
            taken.append(range(match.start(), match.end()))
            yield FoundDate(span, match.start(), match.end(), match.group())


def _is_year(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    if re.match(r"\s+year\b", after, re.IGNORECASE) or _MAKES_A_YEAR.search(before):
        return True
    return not before.strip() and not after.strip()


_PAIR_JOIN = re.compile(r"\s*(?:(?P<word>to|till|until|and)|-|–|—|\.\.+)\s*", re.IGNORECASE)
_PAIR_OPENING = re.compile(r"\b(?:(?P<between>between)|from)\s+$", re.IGNORECASE)


def _pairs_joined(text: str, dates: list[FoundDate]) -> Iterator[FoundDate]:
    waiting: FoundDate | None = None
    for found in dates:
        joined = _pair(text, waiting, found) if waiting else None
        if waiting and not joined:
            yield waiting
        waiting = joined or found
    if waiting:
        yield waiting


def _pair(text: str, left: FoundDate, right: FoundDate) -> FoundDate | None:
    join = _PAIR_JOIN.fullmatch(text, left.end, right.start)
    if not join:
        return None
    opening = _PAIR_OPENING.search(text[: left.start])
    if (join["word"] or "").lower() == "and" and not (opening and opening["between"]):
        return None
    try:
        span = DateSpan(left.span.earliest, right.span.latest)
    except ValueError:
        return None
    start = opening.start() if opening else left.start
    return FoundDate(span, start, right.end, text[start : right.end])


_QUALIFIERS: tuple[tuple[re.Pattern[str], Callable[[DateSpan], DateSpan]], ...] = tuple(
    (re.compile(rf"(?:{words})\s*(?:the\s+)?$", re.IGNORECASE), narrowed)
    for words, narrowed in (
        (r"\bnot? earlier than|\bnot before|>=", lambda span: DateSpan(span.earliest, None)),
        (r"\bnot? later than|\bnot after|<=", lambda span: DateSpan(None, span.latest)),
        (r"\bfrom|\bsince|\bstarting(?: in| from)?", lambda span: DateSpan(span.earliest, None)),
        (r"\buntil|\btill|\bup to|\bby", lambda span: DateSpan(None, span.latest)),
        (r"\bafter|\blater than|>", lambda span: DateSpan(_next_day(span.latest), None)),
        (r"\bbefore|\bearlier than|<", lambda span: DateSpan(None, _day_before(span.earliest))),
    )
)


def _qualified(text: str, found: FoundDate) -> FoundDate:
    before = text[: found.start]
    for words, narrowed in _QUALIFIERS:
        if match := words.search(before):
            written = text[match.start() : found.end]
            return replace(found, span=narrowed(found.span), start=match.start(), as_written=written)
    return found


def _next_day(day: date | None) -> date | None:
    return day + timedelta(days=1) if day else None


def _day_before(day: date | None) -> date | None:
    return day - timedelta(days=1) if day else None
