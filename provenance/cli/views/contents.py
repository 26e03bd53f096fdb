"""The components in a recovery or unit, for people: a table for each unit, with what is missing of each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from provenance.cli.views.tables import Column, Section
from provenance.cli.views.words import UNKNOWN, known, many

if TYPE_CHECKING:
    from provenance.services.contracts.records import ComponentLine


def contents_sections(rows: Sequence[ComponentLine], most: int | None) -> list[Section]:
    """The components unit by unit, at most so many (None: all) in all; how many lack something is said."""
    shown = rows[:most]
    named = any(row.unit is not None for row in rows)
    sections = [
        _section(unit, list(of_unit), rows, named) for unit, of_unit in groupby(shown, lambda row: row.unit)
    ]
    if len(rows) > len(shown):
        sections[-1].lines = [f"… and {len(rows) - len(shown):,} more: --all shows them."]
    if lacking := sum(bool(row.missing) for row in rows):
        sections[-1].lines = [
            *sections[-1].lines,
            f"{many(lacking, 'component')} of {len(rows):,} lack something.",
        ]
    return sections


def _section(
    unit: str | None, shown: Sequence[ComponentLine], rows: Sequence[ComponentLine], named: bool
) -> Section:
    count = sum(row.unit == unit for row in rows)
    of_unit = (
        f"components on {unit}"
        if unit is not None
        else "components, unit not stated"
        if named
        else "components"
    )
    return Section(f"{of_unit} ({count:,})", shown, _columns(shown))


def _columns(rows: Sequence[ComponentLine]) -> list[Column]:
    """Every column in which a row has something; none is hidden, however narrow the window is."""
    columns = [
        Column("ref", lambda row: row.ref),
        Column("marking", lambda row: known(row.marking)),
        Column("maker", lambda row: _name(row.maker, row.maker_tentative)),
        Column("part", lambda row: _name(row.part, row.part_tentative)),
        Column("made", _made),
        Column("lot", lambda row: row.lot or ""),
        Column("serial", lambda row: row.component_serial or ""),
        Column("pieces", lambda row: known(row.pieces), right=True),
        Column("photos", lambda row: known(row.photos or None), right=True),
        Column("documents", lambda row: known(row.documents or None), right=True),
        Column("custody", lambda row: known(row.custody or None), right=True),
        Column("missing", lambda row: ", ".join(row.missing)),
    ]
    return [column for column in columns if any(column.show(row) not in ("", UNKNOWN) for row in rows)]


def _name(name: str | None, tentative: bool) -> str:
    return f"{name} (tentative)" if name and tentative else known(name)


def _made(row: ComponentLine) -> str:
    if row.made and row.date_code:
        return f"{row.made} (code {row.date_code})"
    return known(row.made or (f"code {row.date_code}" if row.date_code else None))
