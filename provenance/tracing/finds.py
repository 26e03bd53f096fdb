"""All components found in weapons, as arrays: recovery, part, lot, and until when they were on their way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import func, select

from provenance.core.vocabulary import RecoveryKind, StatementStatus
from provenance.domain.sameness import clusters
from provenance.schema.session import Session
from provenance.schema.tables import table
from provenance.tracing.ledger import Ledger
from provenance.tracing.network import NEVER, Numbers
from provenance.tracing.reading import NOTHING
from provenance.tracing.things import FOUND_BY


@dataclass(frozen=True)
class Finds:
    """Components (one of each that are the same), in the order of their numbers.

    ``until`` is the last day on which each may have been on its way; ``recovery`` its recovery's number.
    """

    component: Numbers
    recovery: Numbers
    part: Numbers
    lot: Numbers
    hs6: Numbers
    until: Numbers

    @property
    def recoveries(self) -> int:
        """How many different recoveries they were found in."""
        return len(np.unique(self.recovery))


def load_finds(
    session: Session,
    ledger: Ledger,
    *,
    weapons: Sequence[int] = (),
    makers: Sequence[int] = (),
    published_by: date | None = None,
) -> Finds:
    """Reads the components found in weapons; of some weapons or some makers only where these are given.

    ``published_by`` leaves out what no source had published by that day.
    """
    component, recovery = table("component").c, table("recovery").c
    statement = (
        select(component.id, component.recovery_id, component.lot, component.hs6)
        .join_from(table("component"), table("recovery"), recovery.id == component.recovery_id)
        .where(recovery.kind == RecoveryKind.BATTLEFIELD)
        .order_by(component.id)
    )
    if weapons:
        statement = statement.where(recovery.weapon_system_id.in_(weapons))
    rows = session.execute(statement).all()
    if makers:
        branded = _branded(session, makers)
        rows = [row for row in rows if row.id in branded]
    same, wrecks = clusters(session, "component"), clusters(session, "recovery")
    parts = _parts(session, ledger)
    found, published = _found_by(session), _published(session)
    seen: dict[int, tuple[int, ...]] = {}
    for row in rows:
        first = same.get(row.id, row.id)
        if published_by is not None and not _out_by(published.get(row.id), published_by):
            continue
        day = found.get(row.recovery_id) or published.get(row.id)
        seen.setdefault(
            first,
            (
                first,
                wrecks.get(row.recovery_id, row.recovery_id),
                parts.get(row.id, NOTHING),
                ledger.lots.get(row.lot, NOTHING),
                int(row.hs6) if row.hs6 else NOTHING,
                day.toordinal() if day else NEVER,
            ),
        )
    return Finds(*np.array(list(seen.values()), np.int64).reshape(-1, 6).T)


def _out_by(published: date | None, day: date) -> bool:
    return published is not None and published <= day


def _parts(session: Session, ledger: Ledger) -> dict[int, int]:
    said = table("identification").c
    rows = session.execute(
        select(said.component_id, said.part_id)
        .where(said.superseded_by.is_(None), said.status != StatementStatus.TENTATIVE)
        .order_by(said.id)
    )
    return {row.component_id: ledger.parts.get(row.part_id, NOTHING) for row in rows}


def _branded(session: Session, makers: Sequence[int]) -> set[int]:
    said = table("maker_attribution").c
    return set(
        session.execute(
            select(said.component_id).where(
                said.organization_id.in_(makers),
                said.superseded_by.is_(None),
                said.status != StatementStatus.TENTATIVE,
            )
        ).scalars()
    )


def _found_by(session: Session) -> dict[int, date]:
    dated = table("recovery_date").c
    rows = session.execute(
        select(dated.recovery_id, func.min(dated.latest))
        .where(dated.kind.in_(FOUND_BY), dated.latest.is_not(None))
        .group_by(dated.recovery_id)
    )
    return {row[0]: row[1] for row in rows}


def _published(session: Session) -> dict[int, date]:
    citation, source = table("citation").c, table("source").c
    day: Any = func.min(func.coalesce(citation.published_latest, source.published_latest, citation.retrieved))
    rows = session.execute(
        select(citation.component_id, day)
        .join_from(table("citation"), table("source"), source.id == citation.source_id)
        .where(citation.component_id.is_not(None))
        .group_by(citation.component_id)
    )
    return {row[0]: row[1] for row in rows if row[1] is not None}
