"""What the program reads from markings and nobody has confirmed or rejected, grouped by marking and part."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_, select

from provenance.core.identity import reference
from provenance.core.vocabulary import StatementStatus
from provenance.domain.record_kinds import RecordKind
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Component, Identification, MakerAttribution, Recovery, Unit
from provenance.schema.reference import Part
from provenance.schema.session import Session

_KEY_DIGITS = 12


@dataclass(frozen=True, slots=True)
class ReadingGroup:
    """Components with one marking that is read as one maker and part; ``part`` is None where only a maker is.

    ``key`` is made of marking, maker and part, and so the same for the same reading in every copy;
    ``confidence`` and ``reason`` are those of the reading; ``components`` are row numbers, ``refs`` their
    references.
    """

    key: str
    marking: str
    maker: str | None
    maker_ref: str | None
    part: str | None
    confidence: str
    reason: str
    components: tuple[int, ...]
    refs: tuple[str, ...]
    recoveries: int


def reading_groups(session: Session) -> list[ReadingGroup]:
    """The open readings, those of most components first."""
    groups: dict[tuple[str, str | None, str | None], list[Any]] = defaultdict(list)
    for row in session.execute(_open_readings()):
        groups[row.marking, row.maker_uid, row.mpn].append(row)
    found = [_group(identity, rows) for identity, rows in groups.items()]
    return sorted(found, key=lambda group: (-len(group.components), group.marking, group.key))


def _open_readings() -> Any:
    """The components that stand with a reading that stands; a part's maker is that of the part."""
    maker, part = MakerAttribution, Identification
    return (
        select(
            Component.id,
            Component.uid,
            Component.marking,
            Component.recovery_id,
            Organization.uid.label("maker_uid"),
            Organization.label.label("maker"),
            Part.mpn,
            maker.basis,
            part.method,
        )
        .join(Recovery, Recovery.id == Component.recovery_id)
        .outerjoin(Unit, Unit.id == Component.unit_id)
        .outerjoin(maker, and_(maker.component_id == Component.id, *_read(maker)))
        .outerjoin(part, and_(part.component_id == Component.id, *_read(part)))
        .outerjoin(Part, Part.id == part.part_id)
        .outerjoin(
            Organization, Organization.id == func.coalesce(maker.organization_id, Part.organization_id)
        )
        .where(
            or_(maker.id.is_not(None), part.id.is_not(None)),
            Component.marking.is_not(None),
            Component.withdrawn_at.is_(None),
            Recovery.withdrawn_at.is_(None),
            Unit.withdrawn_at.is_(None),
        )
        .order_by(Component.id)
    )


def _read(noun: type[MakerAttribution] | type[Identification]) -> tuple[Any, ...]:
    """The conditions that a statement is the program's own and stands."""
    return noun.superseded_by.is_(None), noun.status == StatementStatus.TENTATIVE, noun.said_by.is_(None)


def _group(identity: tuple[str, str | None, str | None], rows: list[Any]) -> ReadingGroup:
    marking, maker_uid, mpn = identity
    first = rows[0]
    said = first.basis or first.method or ""
    confidence, _sign, reason = said.partition(": ")
    digest = hashlib.sha256("\x1f".join((marking, maker_uid or "", mpn or "")).encode())
    return ReadingGroup(
        key=digest.hexdigest()[:_KEY_DIGITS],
        marking=marking,
        maker=first.maker,
        maker_ref=reference(RecordKind.ORGANIZATION, maker_uid) if maker_uid else None,
        part=mpn,
        confidence=confidence.rpartition(", ")[2],
        reason=reason,
        components=tuple(row.id for row in rows),
        refs=tuple(reference(RecordKind.COMPONENT, row.uid) for row in rows),
        recoveries=len({row.recovery_id for row in rows}),
    )
