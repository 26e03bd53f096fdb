"""Filters of a request as the queries take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.queries.filters import Selection, known_tiers
from provenance.queries.names import weapons_named
from provenance.services.contracts.count_filters import CountFilters

if TYPE_CHECKING:
    from provenance.schema.session import Session
    from provenance.services.workspace import Workspace


def selection_of(session: Session, workspace: Workspace, filters: CountFilters) -> Selection:
    """The filters with weapons and tiers looked up, and the clearance of the workspace."""
    return Selection(
        weapon_kinds=filters.weapon_kinds,
        since=filters.since,
        until=filters.until,
        weapon_ids=weapons_named(session, filters.weapons),
        categories=filters.categories,
        tiers=known_tiers(session, filters.chpl_tiers),
        made_after=filters.made_after,
        min_credibility=filters.min_credibility,
        include_suspect=filters.include_suspect,
        include_read_makers=filters.include_read_makers,
        include_read_parts=filters.include_read_parts,
        clearance=workspace.clearance,
    )
