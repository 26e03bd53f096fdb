"""A list of records, for people."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from provenance.cli.views.record_words import column_name, standing, value_text
from provenance.cli.views.tables import Column, Section
from provenance.cli.views.words import UNKNOWN, plain_name
from provenance.core.vocabulary import StatementStatus

if TYPE_CHECKING:
    from provenance.services.contracts.lists import Listed, ListResult

_ALWAYS_SHOWN = 3
"""The first columns of a list, which are never hidden."""

_KEPT_SHORT = 44
"""Cells of a list are cut after so many characters: `show REF` has the whole of each."""


_LEFT_OUT = {
    "withdrawn": "withdrawn: --withdrawn shows them too",
    "too_strict": "marked more strictly than --max-tlp",
}


def list_sections(found: ListResult) -> list[Section]:
    """The records in a table: the noun's own columns first, the others where there is room."""
    title = f"{plain_name(found.noun.replace('-', ' ')).capitalize()} ({found.total:,})"
    lines = [f"Left out: {count:,} {_LEFT_OUT[reason]}." for reason, count in found.left_out.items()]
    if not found.rows:
        return [Section(title, lines=["None on record that fits.", *lines])]
    if (left := found.total - len(found.rows)) > 0:
        lines.append(f"… and {left:,} more: --limit 0 shows all.")
    everything = [each.name for each in fields(found.rows[0])]
    names = [*found.columns, *(name for name in everything if name not in found.columns)]
    kept = [
        name
        for name in names
        if name in found.columns[:_ALWAYS_SHOWN]
        or any(getattr(row, name) not in (None, 0) for row in found.rows)
    ]
    if len({row.tlp for row in found.rows}) == 1:
        # The answer says how strictly it is to be handled; a column is needed only where rows differ.
        kept = [name for name in kept if name != "tlp"]
    columns = [_column(name, place) for place, name in enumerate(kept) if name != "withdrawn_on"]
    return [Section(title, found.rows, columns, lines)]


def _column(name: str, place: int) -> Column:
    def cell(row: Listed) -> str:
        tentative = getattr(row, f"{name}_status", None) == StatementStatus.TENTATIVE
        begins, ends = standing(row) if place == 0 else "", " (tentative)" if tentative else ""
        return f"{begins}{_cell(name, getattr(row, name))}{ends}"

    return Column(column_name(name), cell, right=name in _COUNTS, yields=max(0, place - _ALWAYS_SHOWN + 1))


_COUNTS = frozenset(("units", "components", "photos", "transfers", "names", "records", "pieces", "read"))


def _cell(name: str, value: object) -> str:
    if value is None:
        return UNKNOWN
    text = value_text(name, value)
    return text if len(text) <= _KEPT_SHORT else f"{text[:_KEPT_SHORT]}…"
