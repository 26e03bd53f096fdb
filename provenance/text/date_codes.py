"""Date codes: the days that a mark on a part can mean, each reading with its reason.

A date code is an interval, or several: a week, a month, a year; a one-digit year recurs every ten
years. What else is known (the day of recovery, the part's introduction) removes readings, and never
adds one. Where a mark can be a date or something else (a part number, a lot), the reading says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple, overload

from provenance.text.folding import repair_lookalikes
from provenance.text.markings import Reading, Token, TokenKind, is_in_cyrillic
from provenance.text.partial_dates import UNKNOWN, DateSpan, format_span, month_span

FIRST_YEAR = 1970
"""No date code is read as older: week codes came into general use with integrated circuits."""
_MONTH_LETTERS = "123456789ABC"
_WEEK = timedelta(days=6)
_FORTNIGHT = timedelta(days=13)
_BARE_DIGITS_FROM = 1990
"""Bare digits that would be an older date are likelier a part number ("8052", "7812")."""
_COMMON_DIGITS_FROM = 2000
"""The same for digits after a number of a maker whose date formats are unknown."""
_FOUR = 4
_SHORT_WORD = 5
_CAN_BE_DATES = frozenset({TokenKind.CODE, TokenKind.NUMBER, TokenKind.HASH_DATE})
_CLASSES = re.compile(r"\[[^\]]*\]")
_IN_CYRILLIC = "(parts numbered in Cyrillic)"
"""Used as the maker of formats that belong to no maker and read month and year."""
_PARTS_OF_YEAR = frozenset({"week", "month", "month_letter", "fortnight"})
_LETTERED_FROM = 2001
"""The year of the letter A where a year is a letter."""
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class DateCodeFormat:
    """How a maker writes dates.

    ``pattern`` matches a whole token (capital letters and digits, with a leading # where one is written) and
    names the groups it has: ``year`` (one digit or two, or a letter, A for 2001), ``week``, ``month`` (01
    to 12, or 1 to 9, A, B, C), ``month_letter`` (A is January, L December),
    ``fortnight`` (A is weeks 1 and 2, Z weeks 51 and 52), ``lot``. A pattern with a dash matches the token
    with its dashes, one with a space up to three adjacent tokens, separated by spaces.
    ``organization`` is the maker's key, empty where many write so; ``reading`` says what it means in words.
    """

    key: str
    organization: str
    pattern: str
    reading: str


class _ReadyFormat(NamedTuple):
    """A format ready for matching, and whether its pattern has a space or a dash of its own."""

    form: DateCodeFormat
    pattern: re.Pattern[str]
    has_space: bool
    has_dash: bool

    @classmethod
    def of(cls, form: DateCodeFormat) -> _ReadyFormat:
        pattern = re.compile(form.pattern, re.ASCII)
        return cls(form, pattern, " " in form.pattern, "-" in _CLASSES.sub("", form.pattern))


class DateFormats(Sequence[DateCodeFormat]):
    """Date formats, ready for lookup by maker, in their own order."""

    def __init__(self, forms: Iterable[DateCodeFormat] = ()) -> None:
        self._forms = tuple(forms)
        self._of_maker: dict[str, list[_ReadyFormat]] = {}
        for form in self._forms:
            self._of_maker.setdefault(form.organization, []).append(_ReadyFormat.of(form))
        every = (ready for of_maker in self._of_maker.values() for ready in of_maker)
        self._with_sign = [ready for ready in every if ready.form.pattern.startswith("#")]

    @overload
    def __getitem__(self, index: int) -> DateCodeFormat: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[DateCodeFormat]: ...
    def __getitem__(self, index: int | slice) -> DateCodeFormat | Sequence[DateCodeFormat]:
        """As of any sequence."""
        return self._forms[index]

    def __len__(self) -> int:
        """How many formats there are."""
        return len(self._forms)

    def of(self, maker: str, with_sign: bool) -> Sequence[_ReadyFormat]:
        """A maker's formats with their patterns; for a mark with a number sign also all others with one."""
        own = self._of_maker.get(maker, [])
        return own + [ready for ready in self._with_sign if ready not in own] if with_sign else own


def formats_of(rows: Iterable[Mapping[str, str]]) -> DateFormats:
    """The formats of rows with the columns ``key``, ``organization``, ``pattern``, ``name`` and ``reading``.

    The order stays: of two formats of one maker that a mark fits, the first is read. Left out are rows whose
    reading is ``none`` (codes that are not dates), and of the formats without a maker those that read
    four bare digits as week and year: nearly any digits would be some date. For the same reason month and
    year are read besides year and week only where a part is numbered in Cyrillic letters. Raises KeyError
    where a column is missing, ValueError, naming the row, where a pattern is not a regular expression or
    names no year.
    """
    return DateFormats(
        _format_of(row)
        for row in rows
        if row["reading"] != "none" and (row["organization"] or row["reading"] != "wwyy")
    )


def _format_of(row: Mapping[str, str]) -> DateCodeFormat:
    try:
        pattern = re.compile(row["pattern"])
    except re.error as error:
        raise ValueError(f"date-code format {row['key']}: {error}") from error
    if "year" not in pattern.groupindex or not _PARTS_OF_YEAR & pattern.groupindex.keys():
        raise ValueError(f"date-code format {row['key']} names no year with week, month or fortnight")
    common = _IN_CYRILLIC if row["reading"] == "mmyy" else ""
    return DateCodeFormat(row["key"], row["organization"] or common, row["pattern"], row["name"])


@dataclass(frozen=True, slots=True)
class DateBounds:
    """What else is known: a part was made on or before ``latest`` and on or after ``earliest``.

    Nor was it made before the first day on which ``part`` may have been ``introduced``, where such a day is
    known.
    """

    earliest: date | None = None
    latest: date | None = None
    part: str = ""
    introduced: DateSpan = UNKNOWN


class _Limits(NamedTuple):
    """The first and the last day that a reading may have; nothing fits where the last is before the first.

    ``first_otherwise`` is the first day if the part's introduction, in words ``introduction``, is ignored.
    """

    first: date
    last: date
    first_otherwise: date
    introduction: str


class DateReading(NamedTuple):
    """One reading of a date code: the days it can mean, the mark read, how, and why it was read so.

    ``doubt`` counts what speaks against it: 0 for a mark that its maker keeps for dates, 1 for a maker's
    format that other marks can imitate, 2 for bare digits that nothing shows to be a date:
    its maker writes dates otherwise or is unknown, or they do not follow a part number.
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
    *,
    today: date,
) -> tuple[DateReading, ...]:
    """All readings of the marking's date codes, the least doubtful first, newest first among equals.

    ``makers`` are the possible makers, the likeliest first: their formats are tried before the common ones.
    ``part_keys`` are keys (`fold_marking`) of the part numbers found in the marking; they and their pieces
    are not dates ("TEN 20-2412", "DS2431"). Readings outside the bounds are left out, those that straddle a
    bound are cut to it; where a part's introduction removed anything, the reason says so. Weeks 00 and 54 do
    not exist, and week 53 only in a year that has it. No date code is later than ``today``.
    """
    known = formats if isinstance(formats, DateFormats) else DateFormats(formats)
    limits = _limits(bounds, today)
    is_russian = not reading.as_read.isascii() and any(map(_is_cyrillic, reading.tokens))
    parts = frozenset(part_keys)
    found: list[DateReading] = []
    after_part = False
    for position, token in enumerate(reading.tokens):
        if token.kind not in _CAN_BE_DATES:
            continue
        if _is_part(reading, position, parts):
            after_part = after_part or token.key in parts or len(token.key) >= _SHORTEST_NAME
            continue
        writers = (*makers, "")
        found += _readings_at(reading, position, writers, makers, known, limits, after_part)
        if is_russian and token.key.isdigit():
            found += _readings_at(reading, position, (_IN_CYRILLIC,), makers, known, limits, after_part)
        after_part = after_part or _begins_part(token, parts)
    least = min((each.doubt for each in found), default=0)
    kept = [each for each in found if each.doubt == least]
    return tuple(sorted(kept, key=lambda each: (each.doubt, -(each.span.latest or date.max).toordinal())))


def _readings_at(
    reading: Reading,
    position: int,
    writers: Sequence[str],
    makers: Sequence[str],
    formats: DateFormats,
    limits: _Limits,
    after_part: bool,
) -> list[DateReading]:
    """The readings of a token, or of it and the next two, by the writers' first format that says anything."""
    token = reading.tokens[position]
    mark = f"#{token.key}" if token.kind is TokenKind.HASH_DATE else token.key
    for wanted in writers:
        for ready in formats.of(wanted, mark[0] == "#"):
            form = ready.form
            apart = ready.has_space or ready.has_dash
            for text in _as_written(reading.tokens, position, ready) if apart else (mark,):
                match = ready.pattern.fullmatch(text)
                spans = _spans(match, limits) if match else ()
                if match and spans:
                    lot = match.groupdict().get("lot") or ""
                    doubt = _doubt(text, form, makers, formats, after_part, spans)
                    shown = text if " " in text else token.text
                    bounded = _why_bounded(match, spans, limits)
                    return [
                        DateReading(
                            span,
                            shown,
                            form.reading,
                            _reason(shown, form, span, len(spans), doubt) + bounded,
                            lot,
                            doubt,
                        )
                        for span in spans
                    ]
    return []


def _is_cyrillic(token: Token) -> bool:
    """Whether a number is written in Cyrillic letters, of which some look like no Latin ones."""
    return token.kind is TokenKind.CODE and is_in_cyrillic(token.text)


def _as_written(tokens: Sequence[Token], position: int, form: _ReadyFormat) -> list[str]:
    """The texts that a pattern with a space or a dash of its own is matched with."""
    if form.has_space:
        keys = [token.key for token in tokens[position : position + 3]]
        return [" ".join(keys[:count]) for count in range(len(keys), 0, -1)]
    return [repair_lookalikes(tokens[position].text).upper()]


def _doubt(
    mark: str,
    form: DateCodeFormat,
    makers: Sequence[str],
    formats: DateFormats,
    after_part: bool,
    readings: Sequence[DateSpan],
) -> int:
    if mark.startswith("#") or " " in mark:
        return 0
    years = [span.earliest.year for span in readings if span.earliest]
    if form.organization == _IN_CYRILLIC:
        return 2
    if mark.isalpha():
        return 1 if after_part else 2
    if form.organization:
        return 1 if not mark.isdigit() or (after_part and min(years) >= _BARE_DIGITS_FROM) else 2
    # Year and week in four digits is common (EIA date code), except for makers who write otherwise.
    others = any(formats.of(maker, with_sign=False) for maker in makers)
    plain = after_part and makers and not others and min(years) >= _COMMON_DIGITS_FROM
    return 1 if plain and mark.isdigit() and len(mark) == _FOUR else 2


def _reason(mark: str, form: DateCodeFormat, span: DateSpan, many: int, doubt: int) -> str:
    when = f"{span.earliest} to {span.latest}"
    again = f"; one of {many} readings, since a one-digit year recurs every ten years" if many > 1 else ""
    bare = "; bare digits, which can also be something else" if doubt > 1 else ""
    return f"{mark} read as {form.reading}, {when}{again}{bare}"


def _why_bounded(match: re.Match[str], spans: Sequence[DateSpan], limits: _Limits) -> str:
    """The part's introduction, where it removed or cut a reading."""
    if (
        limits.first == limits.first_otherwise
        or _spans(match, limits._replace(first=limits.first_otherwise)) == spans
    ):
        return ""
    return f"; not before {limits.introduction}"


def _spans(match: re.Match[str], limits: _Limits) -> Sequence[DateSpan]:
    groups = match.groupdict()
    written = groups.get("year") or ""
    month = groups.get("month")
    if letter := groups.get("month_letter"):
        month = f"{ord(letter) - ord('A') + 1:02}"
    if not written:
        return ()
    return _spans_of(written, groups.get("week"), groups.get("fortnight"), month, limits)


@lru_cache(maxsize=4096)
def _spans_of(
    year: str, week: str | None, fortnight: str | None, month: str | None, limits: _Limits
) -> tuple[DateSpan, ...]:
    years: Iterable[int] = (_LETTERED_FROM + ord(year) - ord("A"),) if year.isalpha() else ()
    if year.isdigit():
        years = range(1900 + int(year), 2100, 10 ** len(year))
    spans = (_span_of(each, week, fortnight, month) for each in years)
    return tuple(cut for span in spans if span and (cut := _cut(span, limits)))


def _span_of(year: int, week: str | None, fortnight: str | None, month: str | None) -> DateSpan | None:
    try:
        if week:
            monday = date.fromisocalendar(year, int(week), 1)
            return DateSpan(monday, monday + _WEEK)
        if fortnight:
            monday = date.fromisocalendar(year, 2 * (ord(fortnight) - ord("A")) + 1, 1)
            return DateSpan(monday, monday + _FORTNIGHT)
        if month:
            return month_span(year, int(month) if len(month) == 2 else _MONTH_LETTERS.index(month) + 1)
    except ValueError:
        return None
    return None


def _cut(span: DateSpan, limits: _Limits) -> DateSpan | None:
    earliest = max(span.earliest or date.min, limits.first)
    latest = min(span.latest or date.max, limits.last)
    return DateSpan(earliest, latest) if earliest <= latest else None


@lru_cache(maxsize=256)
def _limits(bounds: DateBounds | None, today: date) -> _Limits:
    known = bounds or DateBounds()
    first_otherwise = max(date(FIRST_YEAR, 1, 1), known.earliest or date.min)
    first = max(first_otherwise, known.introduced.earliest or date.min)
    last = min(today, known.latest or date.max)
    introduction = (
        f"{known.part} was introduced, {format_span(known.introduced)}" if first > first_otherwise else ""
    )
    return _Limits(first, last, first_otherwise, introduction)


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
    if before.key in parts:
        return False
    if not (before.key.isalpha() and len(before.key) <= _SHORT_WORD and token.kind is TokenKind.NUMBER):
        return False
    # After a part number the letters are its package: "MAX1715 EEI 1936".
    earlier = reading.tokens[position - 2] if position > 1 else None
    return earlier is None or not (earlier.key in parts or _begins_part(earlier, parts))


def _begins_part(token: Token, parts: frozenset[str]) -> bool:
    """Whether a token is the start of a part number that continues in other tokens."""
    return len(token.key) >= _SHORTEST_NAME and any(part.startswith(token.key) for part in parts)
