"""Numbers of spreadsheets as text, as the cell's number format means them (ECMA-376, 18.8.30 and 18.8.31).

A date is written as ISO, a format of zeros gives back leading zeros, a percentage keeps its sign; every other
format only changes how a number looks, and the number is written in full.
"""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from provenance.sources.tables.marks import Mark

GENERAL = "General"

_LONGEST_EXACT = 10**15
"""A spreadsheet keeps 15 significant digits."""

_HIDDEN = re.compile(r"\[[^\]]*\]|_.|\*.")
"""Parts of a number format that show nothing of the number: colours, conditions, spaces, fillers."""

_PLACES = re.compile(r"""(?:0|"[^"]*"|\\.|[-/ ()])+""")
_PIECE = re.compile(r"""0|"([^"]*)"|\\(.)|([-/ ()])""")


def number_text(stored: str, code: str, *, from_1904: bool = False) -> tuple[str, Mark | None]:
    """The text of a stored number under a number format, and what is particular about it.

    ``from_1904`` is for workbooks whose days count from 1904. What is no number stays as it is.
    """
    try:
        value = float(stored)
    except ValueError:
        return stored, None
    if is_date(code) and (text := _date_text(value, code, from_1904)) is not None:
        return text, Mark.DATE
    plain = _plain(value)
    if not value.is_integer():
        return (_plain(value * 100) + "%" if _section(code).endswith("%") else plain), Mark.FRACTION
    if abs(value) >= _LONGEST_EXACT:
        return plain, Mark.LONG
    if _section(code).endswith("%"):
        return _plain(value * 100) + "%", None
    return (_with_zeros(plain, code) if "00" in code else plain), None


@lru_cache(maxsize=1024)
def is_date(code: str) -> bool:
    """Whether a number format shows a day, a time or a duration."""
    if code == GENERAL:
        return False
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format

    return bool(is_date_format(code) or is_timedelta_format(code))


def day_text(moment: datetime.datetime) -> str:
    """A moment as ISO; a bare day where it is midnight."""
    return moment.date().isoformat() if moment.time() == datetime.time() else moment.isoformat(" ")


def _date_text(value: float, code: str, from_1904: bool) -> str | None:
    from openpyxl.styles.numbers import is_timedelta_format
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

    epoch = CALENDAR_MAC_1904 if from_1904 else CALENDAR_WINDOWS_1900
    try:
        found = from_excel(value, epoch, timedelta=is_timedelta_format(code))
    except (ValueError, OverflowError):
        return None
    if isinstance(found, datetime.datetime):
        return day_text(found)
    return None if found is None else str(found)


def _plain(value: float) -> str:
    """A number in full, to the 15 digits that a spreadsheet shows."""
    if value.is_integer():
        return str(int(value))
    text = f"{value:.15g}"
    if "e" not in text:
        return text
    from decimal import Decimal

    return f"{Decimal(text):f}"


@lru_cache(maxsize=1024)
def _section(code: str) -> str:
    """The part of a format for positive numbers, without what shows nothing."""
    return _HIDDEN.sub("", code.split(";", 1)[0]).strip()


def _with_zeros(plain: str, code: str) -> str:
    """A whole number under a format of zeros and separators, such as ``0000`` or ``000-000``."""
    section = _section(code)
    zeros = section.count("0")
    if zeros < 2 or plain.startswith("-") or not _PLACES.fullmatch(section):
        return plain
    digits = plain.zfill(zeros)
    # More digits than places all come at the first place, as a spreadsheet shows them.
    found = [digits[: len(digits) - zeros]]
    rest = iter(digits[len(digits) - zeros :])
    seen = False
    for piece in _PIECE.finditer(section):
        if piece[0] == "0":
            found.append(next(rest))
            seen = True
        else:
            literal = next(text for text in piece.groups() if text is not None)
            found.insert(len(found) if seen else len(found) - 1, literal)
    return "".join(found)
