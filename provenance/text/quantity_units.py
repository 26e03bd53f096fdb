"""Kinds of units of quantity: what can be added up, and what never is.

Pieces, masses, lengths and volumes are kinds; a carton or a unit that is not known here is a kind of its own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from provenance.text.written_numbers import same_unit

_BASES = (
    ("pcs", "pcs", 1.0),
    ("kg", "kg", 1.0),
    ("g", "kg", 0.001),
    ("t", "kg", 1000.0),
    ("m", "m", 1.0),
    ("l", "l", 1.0),
)
"""A word for each unit that converts, the base unit of its kind, and how many of these it is."""
_THOUSAND = re.compile(
    r"(?:тыс(?:яч[аи]?)?\.?|thousands?(?:\s+of)?|k(?=pcs)|th\.?)\s*(?P<unit>[^\W\d_]+\.?)", re.IGNORECASE
)
_THOUSAND_PIECES = "798"
"""Thousand pieces in the Russian classifier of units (OKEI)."""


class InBase(NamedTuple):
    """A quantity in the base unit of its kind; ``unit`` None is a unit that is not stated."""

    quantity: float
    unit: str | None


def in_base_unit(quantity: float, unit: str | None) -> InBase:
    """A quantity as it can be added to others of its kind: 1.5 thousand pieces are 1500 pcs, 500 g 0.5 kg.

    A unit that does not convert stays as it is written, but for case and the points around it.
    """
    if unit is None or not unit.strip():
        return InBase(quantity, None)
    text, factor = unit.strip(), 1.0
    if text == _THOUSAND_PIECES:
        text, factor = "pcs", 1000.0
    elif (match := _THOUSAND.fullmatch(text)) is not None:
        text, factor = match["unit"], 1000.0
    for word, base, times in _BASES:
        if same_unit(text, word):
            # Rounded, so that 0.1 kg and 100 g are one number.
            return InBase(round(quantity * factor * times, 9), base)
    return InBase(quantity, unit.strip(" .").casefold())
