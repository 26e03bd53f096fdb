"""Cells of mapped tables, read as their field requires; each raises ValueError with field and reason."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from provenance.core.vocabulary.members import member
from provenance.fields import values
from provenance.sources.formats import raw_text
from provenance.text.column_styles import IN_A_FILE, Style
from provenance.text.countries import country_code
from provenance.text.currencies import currency_code
from provenance.text.doubts import is_doubted
from provenance.text.partial_dates import DateSpan
from provenance.text.unknown import says_none, says_unknown
from provenance.text.written_numbers import amount_in, quantity_in

Value = TypeVar("Value")

# What depends on a cell alone is worked out once: lists repeat most of their cells.
once_a_cell = lru_cache(maxsize=65536)


CONTENT_KEY = "content:"
"""Begins the key of a row whose list has none: it is made of all that the row says."""


def content_key(cells: Mapping[str, str]) -> str:
    """A key of a row that does not depend on the order of its columns."""
    ordered = raw_text(dict(sorted(cells.items())))
    return f"{CONTENT_KEY}{hashlib.sha256(ordered.encode()).hexdigest()[:32]}"


def known(text: str | None) -> str | None:
    """A text that names something; None where the cell is empty or says that it is not known."""
    return None if text is None else values.text(text)


def texts(cells: Sequence[str]) -> list[str | None]:
    """As `known`, of a column of cells without blanks around them; quick: few say that nothing is known."""
    unknown = {cell for cell in set(cells) if not cell or says_none(cell)}
    if not unknown:
        return list(cells)
    return [None if cell in unknown else cell for cell in cells]


def sure(text: str | None) -> str | None:
    """As `known`, of a text that its list does not doubt.

    Raises:
        ValueError: it does.
    """
    if text is not None and is_doubted(text):
        raise ValueError(f"{text!r} is doubted by the list itself")
    return known(text)


@once_a_cell
def pieces(text: str | None, style: Style = IN_A_FILE) -> int | None:
    """A number of pieces, None where the cell is empty or says that it is not known."""
    return None if text is None else _named("pieces", values.pieces.styled, text, style)


@once_a_cell
def credibility(text: str | None) -> int | None:
    """The Admiralty figure, None where the cell is empty or says that it is not assessed."""
    return None if text is None else values.credibility(text)


@once_a_cell
def hs6(text: str | None) -> str | None:
    """The first six digits of a customs code as written with or without dots and national digits."""
    code = None if text is None else _named("hs6", lambda cell, _style: values.hs(cell), text, IN_A_FILE)
    return code[:6] if code else None


def word(vocabulary: type[StrEnum], field: str, text: str | None) -> Any:
    """A member of a vocabulary, None where the cell is empty or says that it is not known."""
    try:
        return member(vocabulary, field, text)
    except ValueError:
        raise ValueError(f"{text!r} is not a known {field.replace('_', ' ')}") from None


@once_a_cell
def span(field: str, text: str | None, style: Style = IN_A_FILE) -> DateSpan:
    """The days of a date, open on both sides where the cell is empty or says that it is not known."""
    return (None if text is None else _named(field, values.days.styled, text, style)) or DateSpan()


@once_a_cell
def quantity(text: str | None, unit: str | None, style: Style = IN_A_FILE) -> tuple[float | None, str | None]:
    """A quantity with its unit as written, the one beside it or else the one stated."""
    if text is None or says_unknown(text):
        return None, unit
    return _named("quantity", lambda cell, how: quantity_in(cell, unit, how), text, style)


@once_a_cell
def currency(text: str | None) -> str | None:
    """A currency's code, None where the cell is empty or says that it is not known."""
    return None if text is None or says_unknown(text) else currency_code(text)


@once_a_cell
def value(
    text: str | None, currency: str | None, style: Style = IN_A_FILE
) -> tuple[float | None, str | None]:
    """An amount of money with its currency's code, the one beside it or else the one stated."""
    stated = None if currency is None or says_unknown(currency) else currency_code(currency)
    if text is None or says_unknown(text):
        return None, stated
    return _named("value", lambda cell, how: amount_in(cell, stated, how), text, style)


def _named(field: str, read: Callable[[str, Style], Value], text: str, style: Style) -> Value:
    try:
        return read(text, style)
    except ValueError as error:
        raise ValueError(f"{field}: {error}") from None


@once_a_cell
def country(text: str | None) -> str | None:
    """A country's code, None where the cell is empty or says that it is not known."""
    return None if text is None else country_code(text)
