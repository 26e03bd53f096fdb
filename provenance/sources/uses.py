"""What the values of a field are for, by which a table decides what may stand in its column."""

from __future__ import annotations

from collections.abc import Mapping

from provenance.sources.tables import Use

_DATES = frozenset(
    {
        "recovered", "used", "captured", "made", "published", "retrieved", "date", "document_date",
        "introduced", "eccn_as_of", "seized", "examined", "produced", "accessed", "since", "until",
    }
)  # fmt: skip
_NUMBERS = frozenset({"pieces", "quantity", "value", "credibility", "confidence", "share"})
_CODES = frozenset({"date_code"})
_TEXTS = frozenset(
    {
        "description", "name_marking", "goods", "place", "note", "remarks", "condition", "hs6", "address",
        "country",
        "consignor_place", "consignee_place", "quote", "basis", "label", "hs", "position", "coordinates",
        "reason", "title",
    }
)  # fmt: skip
_ENDINGS_OF_TEXTS = ("_address", "_country")
"""How the fields of a role in an order end ("ship_to_address")."""
_DECIDING = frozenset({"confidential", "tlp"})


def use_of(field: str) -> Use:
    """What a field's values are for: identifying something, unless it is known for another use."""
    if field in _DATES:
        return Use.DATE
    if field in _NUMBERS:
        return Use.NUMBER
    if field in _DECIDING:
        return Use.DECIDING
    if field in _CODES:
        return Use.CODE
    is_text = field in _TEXTS or field.endswith(_ENDINGS_OF_TEXTS)
    return Use.TEXT if is_text else Use.IDENTIFYING


def uses_of(mapping: Mapping[str, str]) -> dict[str, Use]:
    """What the values of mapped columns are for, of a mapping from headers to fields."""
    return {header: use_of(field) for header, field in mapping.items()}
