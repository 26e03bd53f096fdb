"""Date codes: which days a mark on a part can mean, each reading with its reason.

A date code is an interval, or several: a week, a month, a year; a one-digit year comes back every ten
years. What is known besides (the day of recovery, the part's introduction) takes readings away, and never
adds one. Where a mark can be a date or something else (a part number, a lot), the reading says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from provenance.text.markings import Reading, Token, TokenKind
from provenance.text.partial_dates import DateSpan, month_span

FIRST_YEAR = 1970
"""No date code is read as older: week codes came into general use with integrated circuits."""
_MONTH_LETTERS = "123456789ABC"
_WEEK = timedelta(days=6)
_FORTNIGHT = timedelta(days=13)
_BARE_DIGITS_FROM = 1990
"""Bare digits that would be an older date are likelier a part number ("8052", "7812")."""
_SHORT_WORD = 5
_SELDOM_READ = frozenset({"wwyy", "mmyy"})
_PARTS_OF_YEAR = frozenset({"week", "month", "fortnight"})
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class DateCodeFormat:
    """How a maker writes dates.

    ``pattern`` matches a whole token (capital letters and digits, with a leading # where one is written) and
    names the groups it has: ``year`` (one digit or two), ``week``, ``month`` (01 to 12, or 1 to 9, A, B, C),
    ``fortnight`` (A is weeks 1 and 2, Z weeks 51 and 52), ``lot``.
    ``organization`` is the maker's key, empty where many write so; ``reading`` says what it means in words.
    """

    key: str
    organization: str
    pattern: str
    reading: str


def formats_of(rows: Iterable[Mapping[str, str]]) -> tuple[DateCodeFormat, ...]:
    """The formats of rows with the columns ``key``, ``organization``, ``pattern``, ``name`` and ``reading``.

    The order stays: of two formats of one maker that a mark fits, the first is read. Left out are rows whose
    reading is ``none`` (codes that are no dates), and of those that are no maker's own the ones that read
    four bare digits otherwise than as year and week: nearly any digits would be some date. Raises KeyError
    where a column is missing, ValueError, naming the row, where a pattern is no regular expression or names
    no year.
    """
    return tuple(
        _format_of(row)
        for row in rows
        if row["reading"] != "none" and (row["organization"] or row["reading"] not in _SELDOM_READ)
    )


def _format_of(row: Mapping[str, str]) -> DateCodeFormat:
    try:
        pattern = re.compile(row["pattern"])
    except re.error as error:
        raise ValueError(f"date-code format {row['key']}: {error}") from error
    if "year" not in pattern.groupindex or not _PARTS_OF_YEAR & pattern.groupindex.keys():
        raise ValueError(f"date-code format {row['key']} names no year with week, month or fortnight")
    return DateCodeFormat(row["key"], row["organization"] or "", row["pattern"], row["name"])


@dataclass(frozen=True, slots=True)
class DateBounds:
    """What is known besides: a part was made on or before ``latest`` and on or after ``earliest``."""

    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class DateReading:
    """One reading of a date code: the days it can mean, the mark read, how, and why it was read so.

    ``doubt`` counts what speaks against it: 0 for a mark that its maker keeps for dates, 1 for a maker's
    format that other marks can imitate, 2 for bare digits of which nobody says that they are a date: the
    maker is not known to write so, or they do not stand behind its part number.
    """

    span: DateSpan
    mark: str
    reading: str
    reason: str
    lot: str = ""
    doubt: int = 0


def read_date_codes(
    reading: Reading,
    formats: Sequence[DateCodeFormat],
    makers: Sequence[str] = (),
    bounds: DateBounds | None = None,
    part_keys: Iterable[str] = (),
    today: date | None = None,
) -> tuple[DateReading, ...]:
    """Every reading of the marking's date codes, the least doubtful first, newest first among equals.

    ``makers`` are the makers thought possible, the likeliest first: their formats are tried before those of
    everybody. ``part_keys`` are keys (`fold_marking`) of the part numbers found in the marking; they and
    their pieces are no dates ("TEN 20-2412", "DS2431"). Readings outside the bounds are left out, those
    that straddle a bound are cut to it. Week 00 and 54 are no weeks, and week 53 only of a year that has it.
    """
    limits = _limits(bounds, today)
    parts = frozenset(part_keys)
    found: list[DateReading] = []
    behind_part = False
    for position, token in enumerate(reading.tokens):
        if token.kind in (TokenKind.WORD, TokenKind.MEASURE):
            continue
        if _is_part(reading, position, parts):
            behind_part = behind_part or token.key in parts or len(token.key) >= _SHORTEST_NAME
            continue
        found += _token_readings(token, makers, formats, limits, behind_part)
        behind_part = behind_part or _begins_part(token, parts)
    least = min((each.doubt for each in found), default=0)
    kept = [each for each in found if each.doubt == least]
    return tuple(sorted(kept, key=lambda each: (each.doubt, -(each.span.latest or date.max).toordinal())))


def _token_readings(
    token: Token,
    makers: Sequence[str],
    formats: Sequence[DateCodeFormat],
    limits: DateSpan,
    behind_part: bool,
) -> list[DateReading]:
    mark = f"#{token.key}" if token.kind is TokenKind.HASH_DATE else token.key
    for wanted in (*makers, ""):
        for form in formats:
            if form.organization != wanted and not (mark.startswith("#") and form.pattern.startswith("#")):
                continue
            match = re.fullmatch(form.pattern, mark, re.ASCII)
            readings = _spans(match, limits) if match else []
            if match and readings:
                lot = match.groupdict().get("lot") or ""
                doubt = _doubt(mark, form, behind_part, readings)
                many = len(readings)
                return [
                    DateReading(
                        span,
                        token.text,
                        form.reading,
                        _reason(token.text, form, span, many, doubt),
                        lot,
                        doubt,
                    )
                    for span in readings
                ]
    return []


def _doubt(mark: str, form: DateCodeFormat, behind_part: bool, readings: Sequence[DateSpan]) -> int:
    if mark.startswith("#"):
        return 0
    if not form.organization:
        return 2
    recent = all(span.earliest and span.earliest.year >= _BARE_DIGITS_FROM for span in readings)
    return 1 if not mark.isdigit() or (behind_part and recent) else 2


def _reason(mark: str, form: DateCodeFormat, span: DateSpan, many: int, doubt: int) -> str:
    when = f"{span.earliest} to {span.latest}"
    again = f"; one of {many} readings, since a one-digit year comes back every ten years" if many > 1 else ""
    bare = "; bare digits, which can also be something else" if doubt > 1 else ""
    return f"{mark} read as {form.reading}, {when}{again}{bare}"


def _spans(match: re.Match[str], limits: DateSpan) -> list[DateSpan]:
    groups = match.groupdict()
    written = groups.get("year") or ""
    if not written.isdigit():
        return []
    step = 10 ** len(written)
    years = range(1900 + int(written), 2100, step)
    spans = (_span_of(year, groups) for year in years)
    return [cut for span in spans if span and (cut := _cut(span, limits))]


def _span_of(year: int, groups: dict[str, str | None]) -> DateSpan | None:
    try:
        if week := groups.get("week"):
            monday = date.fromisocalendar(year, int(week), 1)
            return DateSpan(monday, monday + _WEEK)
        if letter := groups.get("fortnight"):
            monday = date.fromisocalendar(year, 2 * (ord(letter) - ord("A")) + 1, 1)
            return DateSpan(monday, monday + _FORTNIGHT)
        if month := groups.get("month"):
            return month_span(year, int(month) if len(month) == 2 else _MONTH_LETTERS.index(month) + 1)
    except ValueError:
        return None
    return None


def _cut(span: DateSpan, limits: DateSpan) -> DateSpan | None:
    earliest = max(filter(None, (span.earliest, limits.earliest)))
    latest = min(filter(None, (span.latest, limits.latest)))
    return DateSpan(earliest, latest) if earliest <= latest else None


def _limits(bounds: DateBounds | None, today: date | None) -> DateSpan:
    known = bounds or DateBounds()
    first = max(date(FIRST_YEAR, 1, 1), known.earliest or date.min)
    last = min(today or date.today(), known.latest or date.max)
    return DateSpan(first, max(first, last))


def _is_part(reading: Reading, position: int, parts: frozenset[str]) -> bool:
    """Whether a token is a part number, a piece of one, or the digits after a short prefix ("SX 1276")."""
    token = reading.tokens[position]
    if token.kind is TokenKind.HASH_DATE:
        return False
    if token.key in parts:
        return True
    before = reading.tokens[position - 1] if position else None
    if before is None or before.kind is not TokenKind.CODE:
        return False
    if before.key + token.key in parts:
        return True
    is_prefix = before.key.isalpha() and len(before.key) <= _SHORT_WORD
    return is_prefix and token.kind is TokenKind.NUMBER


def _begins_part(token: Token, parts: frozenset[str]) -> bool:
    """Whether a token is the beginning of a part number that other tokens go on with."""
    return len(token.key) >= _SHORTEST_NAME and any(part.startswith(token.key) for part in parts)
