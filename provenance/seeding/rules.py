"""Rules about firms owned by listed parties, from `ownership_rule.csv`."""

from __future__ import annotations

from typing import Any

from provenance.core.vocabulary import Verification
from provenance.seeding.files import SeedRow


def ownership_rule(row: SeedRow, source_id: int) -> dict[str, Any]:
    """The row of one rule.

    Raises:
        BadInput: a cell cannot be read; names file, line and reason.
    """
    days = ("since", "suspended_from", "suspended_until", "until")
    return {
        **{name: row[name] for name in ("key", "jurisdiction", "name")},
        "least_percent": row.read("least_percent", float),
        "aggregate": row.read("aggregate", {"yes": True, "no": False}.__getitem__),
        **{name: row.span(name).earliest for name in days},
        "verification": row.read("verification", Verification),
        "source_id": source_id,
        "note": row.get("note"),
    }
