"""The words for kinds, facts, columns and values of records."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from provenance.cli.views.words import known, many, plain_name
from provenance.core.tlp import MarkOrigin
from provenance.services.contracts.records import Named, Position, SeizureParty, SourceName

IN_FULL = ("text", "earlier_texts")
"""Texts too long for a table's cell, which are printed below the table."""

GRADES = ("reliability", "credibility")
"""Columns that are shown even where nothing is assessed, and never hidden."""

STANDING = ("current", "withdrawn_on", "withdrawn", "undone_on")
"""Whether a row still stands: said in the row's first cell, not in a column of its own."""

LEFT_OUT = {
    "components": "component",
    "custody": "custody entry",
    "decisions": "decision",
    "disagreements": "record that disagrees",
    "judgements": "judgement",
    "photos": "photo",
    "recoveries": "recovery",
    "requests": "letter",
    "transfers": "transfer",
    "units": "unit",
}
"""What the rows of a list are called one by one."""

HANDLED_BY = {
    MarkOrigin.OWN: "its own mark",
    MarkOrigin.PARENT: "the mark of what it belongs to",
    MarkOrigin.SOURCE: "the mark of a source that reports it",
    MarkOrigin.LISTED: "the strictest of what is listed with it",
}
"""Whose mark a record is handled by."""

_KINDS = {"custody_event": "custody entry", "trace_request": "letter", "watchlist_version": "list version"}
_LISTS = {"decisions": "same or not", "makers": "maker", "parts": "part", "requests": "letters"}
_NAMES = {
    "declared_hs": "declared HS",
    "document_kind": "kind",
    "evidence_kind": "kind",
    "firm_kind": "kind",
    "from_holder": "from",
    "hs6": "HS",
    "letter_kind": "kind",
    "made_basis": "made from",
    "marking_mixed": "marking is",
    "nato_name": "NATO name",
    "opened_on": "opened",
    "product_line": "what",
    "recovery_kind": "kind",
    "rows_new": "new",
    "rows_read": "read",
    "said_by": "by",
    "said_on": "on",
    "same_as": "the same as",
    "sent_on": "sent",
    "share_percent": "share",
    "taken_basis": "taken from",
    "tlp": "TLP",
    "to_holder": "to",
    "unit_kind": "kind",
    "weapon_kind": "kind",
    "withdrawn_on": "withdrawn",
    "written_on": "written",
}
_UNKNOWN = {
    "authenticity": "not assessed",
    "category": "unknown",
    "credibility": "not assessed",
    "date": "unknown",
    "from_holder": "not recorded",
    "hs6": "unknown",
    "issued": "unknown",
    "made": "unknown",
    "maker": "not identified",
    "marking": "not recorded",
    "pieces": "not counted",
    "place": "unknown",
    "product_line": "the whole firm",
    "received_on": "not confirmed",
    "reliability": "not assessed",
    "sent_on": "a draft",
    "serial": "unknown",
    "taken": "unknown",
    "tlp": "no mark of its own",
    "to_holder": "not recorded",
    "unit_kind": "not stated",
    "value": "not assessed",
    "weapon": "not named",
    "weapon_kind": "not stated",
}
_VOCABULARIES = (
    "attachment_basis",
    "basis",
    "document_kind",
    "evidence_class",
    "evidence_kind",
    "firm_kind",
    "letter_kind",
    "outcome",
    "recovery_kind",
    "state",
    "unit_kind",
    "value",
    "verdict",
    "weapon_kind",
)


def standing(row: object) -> str:
    """What a row that no longer stands begins with; empty for one that does."""
    withdrawn = ("withdrawn_on", "withdrawn_reason", "withdrawn")
    if any(getattr(row, name, None) for name in withdrawn):
        return "WITHDRAWN: "
    if getattr(row, "undone_on", None) is not None:
        return "UNDONE: "
    return "" if getattr(row, "current", True) else "SUPERSEDED: "


def kind_name(kind: str) -> str:
    """What a kind of record is called."""
    return _KINDS.get(kind, plain_name(kind))


def list_name(name: str) -> str:
    """What a list of a record is called."""
    return _LISTS.get(name, plain_name(name))


def fact_name(name: str) -> str:
    """What a fact is called."""
    return _NAMES.get(name, plain_name(name))


def column_name(name: str) -> str:
    """What a column of a list is called."""
    return fact_name(name)


def unknown_word(name: str) -> str | None:
    """The word for an unknown fact whose absence is worth one; None for the others."""
    return _UNKNOWN.get(name)


def value_text(name: str, value: Any) -> str:
    """A known value in words."""
    if name == "marking_mixed":
        return "description, marking and codes in one text"
    if name == "withdrawn_on":
        return f"{value.isoformat()}; not counted"
    if name == "share_percent":
        return f"{value:g} %"
    if isinstance(value, Named):
        return f"{value.name} ({value.ref})" if value.name else value.ref
    if isinstance(value, SeizureParty):
        return f"{value.name} ({value.ref})" if value.ref else value.name
    if isinstance(value, SourceName):
        return f"{value.publisher}: {value.title}" + (f" <{value.address}>" if value.address else "")
    if isinstance(value, Position):
        return _position(value)
    if isinstance(value, tuple):
        return ", ".join(value_text(name, part) for part in value)
    return _plain(name, value)


def _position(value: Position) -> str:
    off = f" ± {value.precision_m:g} m" if value.precision_m is not None else ", precision unknown"
    return f"{value.latitude:.6f}, {value.longitude:.6f}{off} (written {value.as_written})"


def _plain(name: str, value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC" if value.tzinfo else f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if name in ("latitude", "longitude"):
        return f"{value:.6f}"
    if isinstance(value, float):
        return f"{value:g}"
    if name == "days":
        return f"{many(value, 'day')} to answer"
    if name == "aspect":
        return fact_name(value)
    return plain_name(value) if name in _VOCABULARIES else known(value)
