"""Columns of tables: a value by its key, unknown as a dash."""

from __future__ import annotations

from typing import Any

from provenance.cli.render import Column

UNKNOWN = "–"


def column(header: str, key: str, *, right: bool = False, yields: int = 0) -> Column:
    """A column that shows the value of a key; columns with higher ``yields`` are hidden first."""
    return Column(header, lambda row: cell(row.get(key)), right=right, yields=yields)


def cell(value: Any) -> str:
    """A value as a cell: unknown as a dash, several separated by commas, line ends of a marking as ``/``."""
    if value is None or value == "" or value == []:
        return UNKNOWN
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text.replace("\n", " / ")
