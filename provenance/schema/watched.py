"""The tables whose changes are counted, and under which names (see `provenance.schema.changes`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Table, UniqueConstraint

SHEET_OF: dict[str, tuple[str, str]] = {
    "component": ("component", "id"),
    "maker_attribution": ("component", "component_id"),
    "identification": ("component", "component_id"),
    "citation": ("component", "component_id"),
    "recovery": ("recovery", "id"),
    "recovery_date": ("recovery", "recovery_id"),
    "transfer": ("transfer", "id"),
    "transfer_party": ("transfer_party", "id"),
}
"""The tables that fact sheets are read from: the sheet, and the column with the row number of the sheet's
row."""

INDEXED = ("listed_address", "listed_identifier", "listed_name", "listed_record")
"""The tables that the screening index is made from."""

KEY_OF: dict[str, str | None] = {
    **dict.fromkeys(SHEET_OF, "id"),
    **dict.fromkeys(INDEXED, "id"),
    "assessment": "id",
    "category_hs": None,
    "coalition_member": None,
    "control_date": "id",
    "custody_event": "id",
    "date_code_format": "id",
    "document": "id",
    "evidence_requirement": "id",
    "hs_code": None,
    "judgement": "id",
    "listed_party": "id",
    "listing_interval": "id",
    "marking_rule": "id",
    "organization": "id",
    "organization_address": "id",
    "organization_identifier": "id",
    "organization_name": "id",
    "organization_seat": "id",
    "ownership": "id",
    "ownership_rule": "id",
    "part": "id",
    "photo": "id",
    "photo_subject": "id",
    "photo_view": "photo_subject_id",
    "recovery_date": "id",
    "recovery_position": "id",
    "recovery_serial": "id",
    "same_as": "id",
    "seizure": "recovery_id",
    "source": "id",
    "trace": "id",
    "trace_answer": "id",
    "trace_request": "id",
    "transfer_transit": "id",
    "unit": "id",
    "unit_type": "id",
    "unit_type_alias": "id",
    "watchlist": "id",
    "weapon_alias": "id",
    "weapon_system": "id",
}
"""Every watched table, and the column by whose number its contents are kept; None for a small table without
a number, which is kept as a whole."""

UNWATCHED = (
    "alembic_version",
    "audit_entry",
    "citation_version",
    "fact_change",
    "fact_column",
    "import_run",
    "installation",
    "learned_knowledge",
    "listed_presence",
    "part_key",
    "screened_row",
    "screening_index",
    "screening_run",
    "watchlist_version",
)
"""The other tables: what is derived from watched ones, and what says when and by whom something was done.
Two installations that hold the same differ in these."""


NOT_CONTENTS: dict[str, tuple[str, ...]] = {"transfer": ("entered_at",), "citation": ("import_run_id",)}
"""Columns that are not part of a table's contents: by which import a row came, and when, differs between
installations that hold the same."""


def contents_of(table: str) -> str:
    """What `FactChange` and `FactColumn` call the contents of a table."""
    return f"contents of {table}"


@dataclass(frozen=True, slots=True)
class UniqueKey:
    """Columns by which no two rows of a table may agree, among those that meet the condition if any.

    ``depends_on`` are these columns and those of the condition.
    """

    columns: tuple[str, ...]
    condition: str | None = None
    depends_on: tuple[str, ...] = ()


def unique_keys(table: Table) -> Sequence[UniqueKey]:
    """Every key by which an INSERT OR REPLACE may replace a row of a table, the primary key first."""
    found = [_key(table.primary_key.columns.keys())]
    found += [_key([column.name]) for column in table.columns if column.unique]
    for rule in sorted(table.constraints, key=lambda rule: str(rule.name)):
        if isinstance(rule, UniqueConstraint):
            found.append(_key(rule.columns.keys()))
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        where = index.dialect_options["sqlite"]["where"]
        if index.unique and where is not None:
            words = re.findall(r"\w+", str(where))
            mentioned = [column.name for column in table.columns if column.name in words]
            found.append(_key(index.columns.keys(), str(where), mentioned))
        elif index.unique:
            found.append(_key(index.columns.keys()))
    return list(dict.fromkeys(found))


def _key(columns: Sequence[str], condition: str | None = None, mentioned: Sequence[str] = ()) -> UniqueKey:
    return UniqueKey(tuple(columns), condition, tuple(dict.fromkeys([*columns, *mentioned])))
