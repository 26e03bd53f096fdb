"""Rules about firms owned by listed parties, from `ownership_rule.csv`."""

from __future__ import annotations

from provenance.schema.row_values import Values
from provenance.schema.traces import OwnershipRule
from provenance.seeding.files import SeedRow
from provenance.seeding.reference_rows import Keys, verified


def ownership_rule(row: SeedRow, keys: Keys) -> Values:
    """The row of one rule.

    Raises:
        BadInput: a cell cannot be read; names file, line and reason.
    """
    return {
        OwnershipRule.key: row["key"],
        OwnershipRule.jurisdiction: row["jurisdiction"],
        OwnershipRule.name: row["name"],
        OwnershipRule.least_percent: row.read("least_percent", float),
        OwnershipRule.aggregate: row.read("aggregate", {"yes": True, "no": False}.__getitem__),
        OwnershipRule.since: row.span("since").earliest,
        OwnershipRule.suspended_from: row.span("suspended_from").earliest,
        OwnershipRule.suspended_until: row.span("suspended_until").earliest,
        OwnershipRule.until: row.span("until").earliest,
        **verified(OwnershipRule, row, keys),
    }
