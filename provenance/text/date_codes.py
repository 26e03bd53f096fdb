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
_SHORT_WORD = 5
_SELDOM_READ = frozenset({"wwyy", "mmyy"})


@dataclass(frozen=True, slots=True)
class DateCodeFormat:
    """How a maker writes dates.

    ``pattern`` matches a whole token (capital letters and digits, with a leading # where one is written) and
    names the groups it has: ``year`` (one digit or two), ``week``, ``month`` (01 to 12, or 1 to 9, A, B, C),
    ``lot``.
    ``organization`` is the maker's key, empty where many write so; ``reading`` says what it means in words.
    """

    key: str
    organization: str
    pattern: str
    reading: str


FORMATS: tuple[DateCodeFormat, ...] = (
    DateCodeFormat("hash-yyww", "", r"#(?P<year>\d{2})(?P<week>\d{2})[A-Z]?", "number sign, year and week"),
    DateCodeFormat("hash-yww", "", r"#(?P<year>\d)(?P<week>\d{2})[A-Z]?", "number sign, YWW"),
    DateCodeFormat("yyww", "", r"(?P<year>\d{2})(?P<week>\d{2})", "year and week, four digits"),
)
"""What holds whoever the maker is; the makers' own formats are data, see `formats_of`."""


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
    if "year" not in pattern.groupindex or not {"week", "month"} & pattern.groupindex.keys():
        raise ValueError(f"date-code format {row['key']} names no year with week or month")
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
    format that other marks can imitate, 2 for four bare digits of which nobody says that they are a date.
    """

    span: DateSpan
    mark: str
    reading: str
    reason: str
    lot: str = ""
    doubt: int = 0


def read_date_codes(
    reading: Reading,
    makers: Sequence[str] = (),
    bounds: DateBounds | None = None,
    part_keys: Iterable[str] = (),
    formats: Sequence[DateCodeFormat] = FORMATS,
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
    for position, token in enumerate(reading.tokens):
        if token.kind in (TokenKind.WORD, TokenKind.MEASURE) or _is_part(reading, position, parts):
            continue
        found += _token_readings(token, makers, formats, limits)
    least = min((each.doubt for each in found), default=0)
    kept = [each for each in found if each.doubt == least]
    return tuple(sorted(kept, key=lambda each: (each.doubt, -(each.span.latest or date.max).toordinal())))


def _token_readings(
    token: Token, makers: Sequence[str], formats: Sequence[DateCodeFormat], limits: DateSpan
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
                doubt = 0 if mark.startswith("#") else 1 if form.organization else 2
                many = len(readings)
                return [
                    DateReading(
                        span, token.text, form.reading, _reason(token.text, form, span, many), lot, doubt
                    )
                    for span in readings
                ]
    return []


def _reason(mark: str, form: DateCodeFormat, span: DateSpan, many: int) -> str:
    when = f"{span.earliest} to {span.latest}"
    again = f"; one of {many} readings, since a one-digit year comes back every ten years" if many > 1 else ""
    bare = "" if form.organization else "; four bare digits, which can also be something else"
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
