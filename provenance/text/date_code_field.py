"""The date of manufacture in a field that a source itself calls the date code."""

from __future__ import annotations

import re
from datetime import date, timedelta

from provenance.text.partial_dates import DateSpan, parse_partial_date

_YYWW = re.compile(r"#?(\d{2})(\d{2})")
_FIRST_YEAR = 1960
"""Date codes came into use with integrated circuits; EIA date codes of YYWW are younger still."""


def read_date_code(text: str, *, today: date) -> DateSpan | None:
    """The week that a YYWW code stands for, or a date written out; None where it is neither. YYWW is the
    common form of makers and of EIA date codes: two digits of the ISO year, two of its week, 01 to 53. The
    century is the latest that is not after ``today``. Weeks 00 and 54 do not exist.
    """
    cleaned = text.strip()
    match = _YYWW.fullmatch(cleaned)
    if match is None:
        return _written_out(cleaned)
    year, week = int(match[1]), int(match[2])
    for century in (2000, 1900):
        try:
            monday = date.fromisocalendar(century + year, week, 1)
        except ValueError:
            continue
        if monday <= today and century + year >= _FIRST_YEAR:
            return DateSpan(monday, monday + timedelta(days=6))
    return None


def _written_out(text: str) -> DateSpan | None:
    if not re.match(r"(19|20)\d\d\b", text):
        return None
    try:
        return parse_partial_date(text)
    except ValueError:
        return None
