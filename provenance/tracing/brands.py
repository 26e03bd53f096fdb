"""The maker whose brand is on each component, as published or confirmed."""

from __future__ import annotations

from sqlalchemy import select

from provenance.core.vocabulary import StatementStatus
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.schema.recoveries import MakerAttribution
from provenance.schema.session import Session


def brands(session: Session) -> dict[int, int]:
    """The row number of each component's maker, by the component's; tentative ones are left out."""
    merged = clusters(session, RecordKind.ORGANIZATION)
    rows = session.execute(
        select(MakerAttribution.component_id, MakerAttribution.organization_id).where(
            MakerAttribution.superseded_by.is_(None),
            MakerAttribution.status != StatementStatus.TENTATIVE,
            MakerAttribution.organization_id.is_not(None),
        )
    )
    return {row.component_id: merged.get(row.organization_id, row.organization_id) for row in rows}
