"""Dates as people and programs write them, in one cell: the one reader for every way in.

Read are the ISO forms of `partial_dates` and, in any of them, dots or slashes between the parts (2024/05/12);
a day before its month with dots (12.05.2024), with slashes or dashes where one order only is a date or the
column's style says which; months by name in English, Ukrainian and Russian; Chinese dates; quarters; time
stamps, of which the day counts; spans. Years before 1900 and after 2100 are taken for slips. What is not
a day of the calendar is refused, never another day.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from provenance.text.column_styles import PLAIN, DateOrder, Evidence, Style, Undecided
from provenance.text.month_names import MONTHS
from provenance.text.partial_dates import DateSpan, day_span, month_span, quarter_span, year_span

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_FIRST_SERIAL, _LAST_SERIAL = 25_569, 73_050
"""1970 to 2099 as spreadsheets count days; smaller numbers are likelier something else."""
_SERIAL_ZERO = date(1899, 12, 30)

_DASHES = str.maketrans({"–": "-", "—": "-", "‑": "-", "−": "-", "‐": "-", "\u200b": "", "\ufeff": ""})
_HOUR = r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?:[:.][0-5]\d(?:[.,]\d+)?)?"
_TIME = re.compile(
    rf"(?P<day>.*\d\D*?)(?:t|,?\s+(?:at\s+|о\s+|в\s+)?){_HOUR}\s*(?:[ap]\.?m\.?)?\s*(?:z|utc|gmt|[+-]\d\d:?\d\d)?"
)
_YEAR_WORD = re.compile(r"(?<=[\d\s])\s*(?:року|рік|р|года|году|год|г|year)\.?$")
_LEADING = re.compile(r"^(?:in|on|у|в|во)\s+(?=\D)|^(?:year|рік|год)\s+(?=\d)")
_ISO = re.compile(r"(\d{4})([-./])(\d{1,2})(?:\2(\d{1,2}))?")
_DOTTED = re.compile(r"(\d{1,2})\s*\.\s*(\d{1,2})\s*\.\s*(\d{4}|\d{2})")
_SLASHED = re.compile(r"(\d{1,2})\s*([/-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{4})")
_DAYS_OF_MONTH = re.compile(r"(\d{1,2})\s*-\s*(\d{1,2})((?:\.\d{1,2}\.|\s+[^\W\d]+\.?,?\s+)\d{4})")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_DAY_NAME_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th|-го|-е)?[\s.-]*(?:of\s+)?([^\W\d]+)\.?,?[\s-]*(\d{4})")
_DAY_NAME_SHORT_YEAR = re.compile(r"(\d{1,2})[\s.-]([^\W\d]+)\.?[\s-](\d\d)")
_NAME_DAY_YEAR = re.compile(r"([^\W\d]+)\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+)(\d{4})")
_NAME_YEAR = re.compile(r"([^\W\d]+)\.?,?[\s-]*(?:of\s+)?(\d{4})")
_YEAR_NAME = re.compile(r"(\d{4})[\s,-]+([^\W\d]+)\.?(?:[\s-]+(\d{1,2}))?")
_CHINESE = re.compile(r"(\d{4})\s*年\s*(?:(\d{1,2})\s*月\s*(?:(\d{1,2})\s*[日号號])?)?")
_CHINESE_QUARTER = re.compile(r"(\d{4})\s*年\s*第?([1-4一二三四])季度?")
_QUARTER_WORD = r"(?:q(?:uarter|tr)?|кв(?:артал[уі]?|\.)?|к)\.?"
_NUMERAL = r"(?:[1-4]|iv|i{1,3}|перш\w+|перв\w+|друг\w+|втор\w+|трет\w+|четверт\w+|first|second|third|fourth)"
_QUARTER_FORMS = (
    re.compile(rf"(?P<year>\d{{4}})[\s/.-]*(?:{_QUARTER_WORD}\s*(?P<quarter>[1-4]))"),
    re.compile(rf"(?P<year>\d{{4}})[\s/.-]*(?P<quarter>{_NUMERAL})\s*-?[йй]?\s*{_QUARTER_WORD}"),
    re.compile(rf"{_QUARTER_WORD}\s*(?P<quarter>[1-4])[\s/.-]*(?P<year>\d{{4}})"),
    re.compile(rf"(?P<quarter>{_NUMERAL})\s*-?[йй]?\s*{_QUARTER_WORD}[\s/.-]*(?:of\s+)?(?P<year>\d{{4}})"),
)
_QUARTERS = {
    **{"1": 1, "i": 1, "перш": 1, "перв": 1, "firs": 1, "一": 1},
    **{"2": 2, "ii": 2, "друг": 2, "втор": 2, "seco": 2, "二": 2},
    **{"3": 3, "iii": 3, "трет": 3, "thir": 3, "三": 3},
    **{"4": 4, "iv": 4, "четв": 4, "four": 4, "四": 4},
}
_FROM = re.compile(
    r"(?:>=\s*|(?:from|since|not? earlier than|not before|не раніше|не ранее|від|з|с|от|починаючи з"
    r"|начиная с)\s+)(.+)"
)
_UNTIL = re.compile(r"(?:<=\s*|(?:until|till|up to|not? later than|not after|не пізніше|не позднее)\s+)(.+)")
_AFTER = re.compile(r"(?:>\s*|(?:after|later than|після|после)\s+)(.+)")
_BEFORE = re.compile(r"(?:<\s*|(?:before|earlier than)\s+)(.+)")
_BETWEEN = re.compile(
    r"(?:between|between the|from|з|с|від|от|між|между)\s+(.+)\s+(?:and|to|till|until|по|до|та|и)\s+(.+)"
)
_APART = re.compile(r"\s+(?:-|to|till|until|по)\s+")
_RELATIVE = {
    **dict.fromkeys(("today", "сьогодні", "сегодня", "今天"), 0),
    **dict.fromkeys(("yesterday", "вчора", "учора", "вчера", "昨天"), 1),
    **dict.fromkeys(("the day before yesterday", "day before yesterday"), 2),
    **dict.fromkeys(("позавчора", "позавчера", "前天"), 2),
}
_DAYS_AGO = re.compile(r"(\d{1,3})\s+(?:days?\s+ago|(?:день|дні|днів)\s+тому|(?:день|дня|дней)\s+назад)")
ANY_FORM = "write 2024-05-12, 12.05.2024, 2024-05, 2024-Q2 or 2024"


class UndecidedDate(Undecided):
    """A date that is two days, such as 05/12/2024."""


@lru_cache(maxsize=65536)
def read_date(text: str, style: Style = PLAIN) -> DateSpan:
    """The days that a date, or a span of dates, allows.

    Raises:
        UndecidedDate: day and month can be exchanged, and the style does not say which comes first.
        ValueError: it is not a date, or not a day of the calendar; with the text and the reason.
    """
    plain = _plain(text)
    try:
        return _span(plain, style)
    except UndecidedDate:
        raise
    except ValueError as error:
        raise ValueError(f"not a date: {text.strip()!r}: {error}") from None


def day_from_today(text: str, today: date) -> date | None:
    """The day of "yesterday", "вчора", "вчера", "2 days ago"; None where the text is no such word."""
    plain = " ".join(text.casefold().split())
    if match := _DAYS_AGO.fullmatch(plain):
        return today - timedelta(days=int(match[1]))
    back = _RELATIVE.get(plain)
    return None if back is None else today - timedelta(days=back)


def order_evidence() -> Evidence[DateOrder]:
    """What the dates with slashes or dashes of a column show of their order."""
    return Evidence(_decided, _is_open)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(_DASHES).casefold()
    return " ".join(folded.split())


def _span(text: str, style: Style) -> DateSpan:
    if ".." in text:
        first, last = (side.strip() for side in text.split("..", 1))
        if not first and not last:
            raise ValueError("a span needs at least one end")
        return DateSpan(
            _single(first, style).earliest if first else None, _single(last, style).latest if last else None
        )
    if match := _BETWEEN.fullmatch(text):
        return DateSpan(_single(match[1], style).earliest, _single(match[2], style).latest)
    for pattern, narrowed in _OPEN:
        if match := pattern.fullmatch(text):
            return narrowed(_single(match[1], style))
    if match := _DAYS_OF_MONTH.fullmatch(text):
        return DateSpan(
            _single(match[1] + match[3], style).earliest, _single(match[2] + match[3], style).latest
        )
    sides = _APART.split(text)
    if len(sides) == 2 and all(re.search(r"\d{4}", side) for side in sides):
        return DateSpan(_single(sides[0], style).earliest, _single(sides[1], style).latest)
    return _single(text, style)


def _day_after(span: DateSpan) -> DateSpan:
    return DateSpan(span.latest + timedelta(days=1) if span.latest else None, None)


def _day_before(span: DateSpan) -> DateSpan:
    return DateSpan(None, span.earliest - timedelta(days=1) if span.earliest else None)


_OPEN: tuple[tuple[re.Pattern[str], Callable[[DateSpan], DateSpan]], ...] = (
    (_FROM, lambda span: DateSpan(span.earliest, None)),
    (_UNTIL, lambda span: DateSpan(None, span.latest)),
    (_AFTER, _day_after),
    (_BEFORE, _day_before),
)


def _single(text: str, style: Style) -> DateSpan:
    if match := _TIME.fullmatch(text):
        text = match["day"].strip().rstrip(",")
    text = _LEADING.sub("", _YEAR_WORD.sub("", text.strip()).strip())
    found = _numeric(text, style) or _quarter(text) or _named(text) or _chinese(text)
    if found is None:
        if day_from_today(text, date.max) is not None:
            raise ValueError("it depends on the day on which it was written")
        raise ValueError(ANY_FORM)
    return found


def _numeric(text: str, style: Style) -> DateSpan | None:
    if match := _ISO.fullmatch(text):
        return _day_or_month(int(match[1]), int(match[3]), int(match[4]) if match[4] else None)
    if match := _DOTTED.fullmatch(text):
        return _day_or_month(_year(match[3]), int(match[2]), int(match[1]))
    if match := _SLASHED.fullmatch(text):
        return _slashed(match, style)
    if match := _MONTH_YEAR.fullmatch(text):
        return _day_or_month(int(match[2]), int(match[1]), None)
    if re.fullmatch(r"\d{4}", text):
        return year_span(_in_range(int(text)))
    if match := _COMPACT.fullmatch(text):
        return _day_or_month(int(match[1]), int(match[2]), int(match[3]))
    if (match := _SERIAL.fullmatch(text)) and style.serials:
        return _of_serial(int(match[1]))
    return None


def _slashed(match: re.Match[str], style: Style) -> DateSpan:
    left, right = int(match[1]), int(match[3])
    order = _only_order(match)
    if order is None and left == right and len(match[4]) == 4:
        order = DateOrder.DAY_FIRST
    order = order or style.dates
    if order is None:
        raise UndecidedDate(f"{match[0]!r} can be two days: {_both(match)}; write 2024-05-12 or 12.05.2024")
    day, month = (left, right) if order is DateOrder.DAY_FIRST else (right, left)
    return _day_or_month(_year(match[4]), month, day)


def _both(match: re.Match[str]) -> str:
    year, left, right = _year(match[4]), int(match[1]), int(match[3])
    if len(match[4]) == 2:
        return "its year has two digits"
    return f"{date(year, right, left)} if the day comes first, {date(year, left, right)} if the month does"


def _only_order(match: re.Match[str]) -> DateOrder | None:
    """The only order in which the numbers can be a date, None where both can (or neither)."""
    left, right = int(match[1]), int(match[3])
    if left <= 12 < right:
        return DateOrder.MONTH_FIRST
    # With two digits for the year, what comes first may be the year as well: 25/12/24.
    if right <= 12 < left and len(match[4]) == 4:
        return DateOrder.DAY_FIRST
    return None if max(left, right) <= 12 or len(match[4]) == 2 else DateOrder.DAY_FIRST


def _decided(cell: str) -> DateOrder | None:
    match = _slashes_in(cell)
    if match is None or (int(match[1]) > 12 and int(match[3]) > 12):
        return None
    return _only_order(match)


def _is_open(cell: str) -> bool:
    try:
        read_date(cell)
    except UndecidedDate:
        return True
    except ValueError:
        return False
    return False


def _slashes_in(cell: str) -> re.Match[str] | None:
    plain = _plain(cell)
    time = _TIME.fullmatch(plain)
    return _SLASHED.fullmatch(time["day"].strip().rstrip(",") if time else plain)


def _day_or_month(year: int, month: int, day: int | None) -> DateSpan:
    _in_range(year)
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    if day is None:
        return month_span(year, month)
    try:
        return day_span(date(year, month, day))
    except ValueError:
        raise ValueError(f"there is no day {day} in month {month} of {year}") from None


def _in_range(year: int) -> int:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(f"the year {year} cannot be meant")
    return year


def _year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    # Everything that is recorded here happened after 1950.
    year = int(digits)
    return year + (1900 if year >= 50 else 2000)


def _of_serial(number: int) -> DateSpan | None:
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    return day_span(_SERIAL_ZERO + timedelta(days=number))


def _quarter(text: str) -> DateSpan | None:
    for form in _QUARTER_FORMS:
        if match := form.fullmatch(text):
            numeral = match["quarter"]
            return quarter_span(_in_range(int(match["year"])), _QUARTERS[numeral[:4]])
    if match := _CHINESE_QUARTER.fullmatch(text):
        return quarter_span(_in_range(int(match[1])), _QUARTERS[match[2]])
    return None


def _named(text: str) -> DateSpan | None:
    for form, (year, month, day) in _NAMED_FORMS:
        if (match := form.fullmatch(text)) and (number := MONTHS.get(match[month])):
            return _day_or_month(_year(match[year]), number, int(match[day]) if day and match[day] else None)
    return None


_NAMED_FORMS = (
    (_DAY_NAME_YEAR, (3, 2, 1)),
    (_DAY_NAME_SHORT_YEAR, (3, 2, 1)),
    (_NAME_DAY_YEAR, (3, 1, 2)),
    (_NAME_YEAR, (2, 1, 0)),
    (_YEAR_NAME, (1, 2, 3)),
)
"""Forms with the groups of year, month and day; 0 where there is no day."""


def _chinese(text: str) -> DateSpan | None:
    match = _CHINESE.fullmatch(text)
    if match is None:
        return None
    if match[2] is None:
        return year_span(_in_range(int(match[1])))
    return _day_or_month(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
