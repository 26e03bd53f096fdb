"""Cells of mapped tables, read as their field requires; each raises ValueError with field and reason."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

from provenance.core.vocabulary.members import member
from provenance.sources.formats import raw_text
from provenance.text.countries import country_code
from provenance.text.partial_dates import DateSpan, parse_partial_date

# What depends on a cell alone is worked out once: lists repeat most of their cells.
once_a_cell = lru_cache(maxsize=65536)

_GROUPED = re.compile(r"\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+(?:\.\d+)?")
_HS = re.compile(r"\d{6,12}")


def content_key(cells: Mapping[str, str]) -> str:
    """A key of a row that does not depend on the order of its columns."""
    ordered = raw_text(dict(sorted(cells.items())))
    return f"content:{hashlib.sha256(ordered.encode()).hexdigest()[:32]}"


@once_a_cell
def whole_number(field: str, text: str | None) -> int | None:
    """A whole number, None where the cell is empty."""
    if text is None:
        return None
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{field} {text!r} is not a whole number") from None


def amount(field: str, text: str | None) -> float | None:
    """A number, with thousands separated by commas or spaces if at all; None where the cell is empty."""
    if text is None:
        return None
    plain = re.sub(r"[ ,\u00a0\u202f]", "", text) if _GROUPED.fullmatch(text) else text
    try:
        found = float(plain)
    except ValueError:
        raise ValueError(f"{field} {text!r} is not a number (12500, 12,500 or 12500.50)") from None
    if not 0 <= found < float("inf"):
        raise ValueError(f"{field} {text!r} is not a number from 0 upwards")
    return found


@once_a_cell
def hs6(text: str | None) -> str | None:
    """The first six digits of a customs code as written with or without dots and national digits."""
    if text is None:
        return None
    digits = re.sub(r"[ .\-]", "", text)
    if not _HS.fullmatch(digits):
        raise ValueError(f"hs6 {text!r} is not a customs code of six digits or more")
    return digits[:6]


def word(vocabulary: type[StrEnum], field: str, text: str | None) -> Any:
    """A member of a vocabulary, None where the cell is empty or says that it is not known."""
    try:
        return member(vocabulary, field, text)
    except ValueError:
        raise ValueError(f"{text!r} is not a known {field.replace('_', ' ')}") from None


@once_a_cell
def span(field: str, text: str | None) -> DateSpan:
    """A partial date, open on both sides where the cell is empty."""
    if text is None:
        return DateSpan()
    try:
        return parse_partial_date(text)
    except ValueError as error:
        raise ValueError(f"{field}: {error}") from None


@once_a_cell
def country(text: str | None) -> str | None:
    """A country's code, None where the cell is empty or says that it is not known."""
    return None if text is None else country_code(text)
