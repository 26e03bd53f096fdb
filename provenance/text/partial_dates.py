"""Partial dates: what a text says about a day, as the interval of days that it allows.

`2022-07` is 1 to 31 July 2022; "not earlier than 2021" has no last day; an unknown date is open on both
sides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_ONE_DAY = timedelta(days=1)
_OPEN_FROM = re.compile(r"(?:>=\s*|(?:from|since|not? earlier than)\s+)(?P<rest>.+)", re.IGNORECASE)
_OPEN_UNTIL = re.compile(r"(?:<=\s*|(?:until|not? later than)\s+)(?P<rest>.+)", re.IGNORECASE)
_ISO_PART = re.compile(
    r"(?P<year>\d{4})(?:-(?:[Qq](?P<quarter>[1-4])|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """The days a date may be, both ends included; None on a side means open on that side.

    Raises ValueError where the last day lies before the first.
    """

    earliest: date | None = None
    latest: date | None = None

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.latest < self.earliest:
            raise ValueError(f"the span ends ({self.latest}) before it begins ({self.earliest})")

    @property
    def is_unknown(self) -> bool:
        """Whether nothing at all is known: open on both sides."""
        return self.earliest is None and self.latest is None


UNKNOWN = DateSpan()
_SEPARATOR = "; "


def year_span(year: int) -> DateSpan:
    """All days of a year, 1 to 9999; raises ValueError for another year."""
    return DateSpan(date(year, 1, 1), date(year, 12, 31))


def quarter_span(year: int, quarter: int) -> DateSpan:
    """All days of a quarter, 1 to 4; raises ValueError for another quarter."""
    if quarter not in (1, 2, 3, 4):
        raise ValueError(f"there is no quarter {quarter}")
    return DateSpan(date(year, quarter * 3 - 2, 1), _last_of_month(year, quarter * 3))


def month_span(year: int, month: int) -> DateSpan:
    """All days of a month, 1 to 12; raises ValueError for another month."""
    return DateSpan(date(year, month, 1), _last_of_month(year, month))


def day_span(day: date) -> DateSpan:
    """One day."""
    return DateSpan(day, day)


def parse_partial_date(text: str) -> DateSpan:
    """The span that ISO partial text means; empty text is the unknown span.

    Read are a day `2022-07-04`, a month `2022-07`, a quarter `2022-Q3`, a year `2022`, a span `a..b` of
    any two of these (an end left out is open), `>=a` (also "from", "since", "not earlier than") and `<=a`
    (also "until", "not later than"). Raises ValueError with the text and the reason for anything else.
    """
    stripped = text.strip()
    if not stripped:
        return UNKNOWN
    try:
        return _parse_known(stripped)
    except ValueError as error:
        raise ValueError(f"not a partial date: {text!r}: {error}") from error


def format_span(span: DateSpan) -> str:
    """The shortest text that `parse_partial_date` reads as the same span; empty where nothing is known."""
    first, last = span.earliest, span.latest
    if first is None:
        return "" if last is None else f"until {_shortest_end(last)}"
    if last is None:
        return f"from {_shortest_start(first)}"
    return _single(first, last) or f"{_shortest_start(first)}..{_shortest_end(last)}"


def hull_of(spans: Sequence[DateSpan]) -> DateSpan:
    """From the first day that any of these spans allows to the last; unknown without any."""
    if not spans:
        return UNKNOWN
    earliest, latest = [span.earliest for span in spans], [span.latest for span in spans]
    return DateSpan(
        None if None in earliest else min(day for day in earliest if day),
        None if None in latest else max(day for day in latest if day),
    )


def text_of_several(spans: Sequence[DateSpan]) -> str | None:
    """Several spans, one of which is meant, as text to be kept, oldest first; None unless several."""
    distinct = sorted(set(spans), key=lambda span: (span.earliest or date.min, span.latest or date.max))
    return _SEPARATOR.join(map(format_span, distinct)) if len(distinct) > 1 else None


def several_in(text: str | None) -> tuple[str, ...]:
    """The spans in a text of `text_of_several`, each as `format_span` writes it."""
    return tuple(text.split(_SEPARATOR)) if text else ()


def _parse_known(text: str) -> DateSpan:
    if ".." in text:
        first, last = (side.strip() for side in text.split("..", 1))
        if not first and not last:
            raise ValueError("a span needs at least one end")
        return DateSpan(
            _parse_single(first).earliest if first else None, _parse_single(last).latest if last else None
        )
    if match := _OPEN_FROM.fullmatch(text):
        return DateSpan(_parse_single(match["rest"]).earliest, None)
    if match := _OPEN_UNTIL.fullmatch(text):
        return DateSpan(None, _parse_single(match["rest"]).latest)
    return _parse_single(text)


def _parse_single(text: str) -> DateSpan:
    match = _ISO_PART.fullmatch(text.strip())
    if not match:
        raise ValueError("expected YYYY, YYYY-Qn, YYYY-MM or YYYY-MM-DD")
    year = int(match["year"])
    if match["quarter"]:
        return quarter_span(year, int(match["quarter"]))
    if match["day"]:
        return day_span(date(year, int(match["month"]), int(match["day"])))
    return month_span(year, int(match["month"])) if match["month"] else year_span(year)


def _last_of_month(year: int, month: int) -> date:
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - _ONE_DAY


def _single(first: date, last: date) -> str | None:
    if first == last:
        return first.isoformat()
    if first.year != last.year:
        return None
    span, year = DateSpan(first, last), f"{first.year:04d}"
    if span == year_span(first.year):
        return year
    if span == month_span(first.year, first.month):
        return f"{year}-{first.month:02d}"
    quarter = (first.month + 2) // 3
    return f"{year}-Q{quarter}" if span == quarter_span(first.year, quarter) else None


def _shortest_start(day: date) -> str:
    if day.day != 1:
        return day.isoformat()
    return f"{day.year:04d}" if day.month == 1 else f"{day.year:04d}-{day.month:02d}"


def _shortest_end(day: date) -> str:
    if day != _last_of_month(day.year, day.month):
        return day.isoformat()
    return f"{day.year:04d}" if day.month == 12 else f"{day.year:04d}-{day.month:02d}"
