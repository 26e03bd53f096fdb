"""All components recovered from weapons, as arrays: recovery, part, lot, and last day in transit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, func, select

from provenance.core.vocabulary import RecoveryKind, StatementStatus, Tlp
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.queries.marked import may_show_component
from provenance.schema.recoveries import Component, Identification, MakerAttribution, Recovery, RecoveryDate
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.tracing.ledger import Ledger
from provenance.tracing.network import NEVER, Mask, Numbers
from provenance.tracing.numbering import NOTHING
from provenance.tracing.traced_components import FOUND_BY


@dataclass(frozen=True)
class RecoveredComponents:
    """Components (one of each that are the same), in the order of their row numbers.

    ``until`` is the last day on which each may have been in transit; ``recovery`` its recovery's row number.
    """

    component: Numbers
    recovery: Numbers
    part: Numbers
    lot: Numbers
    hs6: Numbers
    until: Numbers

    def only(self, kept: Mask) -> RecoveredComponents:
        """Those that are kept."""
        return RecoveredComponents(
            self.component[kept],
            self.recovery[kept],
            self.part[kept],
            self.lot[kept],
            self.hs6[kept],
            self.until[kept],
        )

    @property
    def recoveries(self) -> int:
        """How many different recoveries they were found in."""
        return len(np.unique(self.recovery))


def load_recovered(
    session: Session,
    ledger: Ledger,
    *,
    weapons: Sequence[int] = (),
    makers: Sequence[int] = (),
    published_by: date | None = None,
    max_tlp: Tlp | None = None,
    read_parts: bool = False,
) -> RecoveredComponents:
    """Reads the components recovered from weapons; only those of some weapons or makers if these are given.

    ``published_by`` leaves out what no source had published by that day, ``max_tlp`` what is marked more
    strictly. ``read_parts`` counts part numbers read automatically, where none is stated.
    """
    statement = (
        select(Component.id, Component.recovery_id, Component.lot, Component.hs6)
        .join_from(Component, Recovery, Recovery.id == Component.recovery_id)
        .where(*recovered_conditions(weapons, max_tlp))
        .order_by(Component.id)
    )
    rows = session.execute(statement).all()
    if makers:
        branded = _branded(session, makers)
        rows = [row for row in rows if row.id in branded]
    same, wrecks = clusters(session, RecordKind.COMPONENT), clusters(session, RecordKind.RECOVERY)
    parts = _parts(session, ledger, read=read_parts)
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
    return RecoveredComponents(*np.array(list(seen.values()), np.int64).reshape(-1, 6).T)


def recovered_conditions(weapons: Sequence[int], max_tlp: Tlp | None) -> list[ColumnElement[bool]]:
    """In a statement over components joined with their recoveries: which were recovered from weapons.

    Of some weapons only if these are given; up to a mark.
    """
    conditions: list[ColumnElement[bool]] = [
        Recovery.kind == RecoveryKind.BATTLEFIELD,
        Recovery.withdrawn_at.is_(None),
        Component.withdrawn_at.is_(None),
    ]
    if weapons:
        conditions.append(Recovery.weapon_system_id.in_(weapons))
    if (shown := may_show_component(max_tlp)) is not None:
        conditions.append(shown)
    return conditions


def _out_by(published: date | None, day: date) -> bool:
    return published is not None and published <= day


def _parts(session: Session, ledger: Ledger, *, read: bool) -> dict[int, int]:
    """The part of each component; a stated one goes before one that is only read."""
    tentative = Identification.status == StatementStatus.TENTATIVE
    current = (
        select(Identification.component_id, Identification.part_id)
        .where(Identification.superseded_by.is_(None), Identification.part_id.is_not(None))
        .order_by(Identification.id)
    )
    found: dict[int, int] = {}
    for kind in (tentative, ~tentative) if read else (~tentative,):
        rows = session.execute(current.where(kind))
        found |= {row.component_id: ledger.parts.get(row.part_id or 0, NOTHING) for row in rows}
    return found


def _branded(session: Session, makers: Sequence[int]) -> set[int]:
    return set(
        session.execute(
            select(MakerAttribution.component_id).where(
                MakerAttribution.organization_id.in_(makers),
                MakerAttribution.superseded_by.is_(None),
                MakerAttribution.status != StatementStatus.TENTATIVE,
            )
        ).scalars()
    )


def _found_by(session: Session) -> dict[int, date]:
    rows = session.execute(
        select(RecoveryDate.recovery_id, func.min(RecoveryDate.latest))
        .where(RecoveryDate.kind.in_(FOUND_BY), RecoveryDate.latest.is_not(None))
        .group_by(RecoveryDate.recovery_id)
    )
    return {row[0]: row[1] for row in rows}


def _published(session: Session) -> dict[int, date]:
    day: Any = func.min(func.coalesce(Citation.published_latest, Source.published_latest, Citation.retrieved))
    rows = session.execute(
        select(Citation.component_id, day)
        .join_from(Citation, Source, Source.id == Citation.source_id)
        .where(Citation.component_id.is_not(None))
        .group_by(Citation.component_id)
    )
    return {row[0]: row[1] for row in rows if row[1] is not None}
