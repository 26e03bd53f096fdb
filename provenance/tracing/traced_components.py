"""Components as tracing sees them: parts, lots, makers, and until when they were in transit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select

from provenance.core.errors import NotFound
from provenance.core.identity import reference
from provenance.core.vocabulary import Authenticity, RecoveryDateKind, StatementStatus
from provenance.domain.handles import row_called
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Component, Identification, MakerAttribution, Recovery, RecoveryDate
from provenance.schema.reference import Part
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.schema.transfers import Transfer
from provenance.text.folding import fold_marking

FOUND_BY = (RecoveryDateKind.RECOVERED, RecoveryDateKind.CAPTURED, RecoveryDateKind.USED)
"""The dates after which a component was no longer in transit."""


@dataclass(frozen=True, slots=True)
class TracedComponent:
    """A component as tracing sees it; ``in_transit_until`` is the last day on which it may have been moving.

    ``label`` is its marking, or what it is described as. ``members`` are the records recorded as this same
    component; ``parts`` the part records of its part number, which is stated, or else read automatically
    (``part_read``); ``tentative`` the maker and part number that are only tentative, which no path relies on.
    """

    ref: str
    label: str | None
    recovery: str
    recovery_ref: str
    members: tuple[int, ...]
    parts: tuple[int, ...]
    mpns: tuple[str, ...]
    lot: str | None
    hs6: str | None
    maker: str | None
    maker_id: int | None
    in_transit_until: date | None
    authenticity: str | None
    tentative: tuple[str, ...] = ()
    part_read: bool = False

    @property
    def suspect(self) -> bool:
        """Whether it was assessed as anything but free of signs of counterfeiting."""
        return self.authenticity not in (None, Authenticity.NO_SIGNS)


def traced_components_named(
    session: Session, text: str, *, read_parts: bool = False
) -> list[TracedComponent]:
    """The component with a reference or record key, or all components of a recovery.

    ``read_parts`` is as in `traced_component`.

    Raises:
        NotFound: it names neither.
    """
    found = row_called(session, text, (RecordKind.COMPONENT, RecordKind.RECOVERY))
    if found and found[0] == "recovery":
        merged = clusters(session, RecordKind.RECOVERY)
        members = [number for number, first in merged.items() if first == merged.get(found[1], found[1])] or [
            found[1]
        ]
        rows = session.execute(
            select(Component.id)
            .where(Component.recovery_id.in_(members), Component.withdrawn_at.is_(None))
            .order_by(Component.id)
        ).scalars()
        return [
            traced_component(session, number, read_parts=read_parts)
            for number in _first_of_clusters(session, list(rows))
        ]
    if found and found[0] != "component":
        raise NotFound(
            f"{text} is a {found[0].replace('_', ' ')}: a supply path leads to a component or a recovery",
            hint="For a firm: provenance trace from FIRM, or trace to FIRM.",
        )
    if not found:
        raise NotFound(f"No component or recovery has the reference, record key or number {text}")
    return [traced_component(session, found[1], read_parts=read_parts)]


def _first_of_clusters(session: Session, numbers: list[int]) -> list[int]:
    merged = clusters(session, RecordKind.COMPONENT)
    return list(dict.fromkeys(merged.get(number, number) for number in numbers))


def traced_component(session: Session, number: int, *, read_parts: bool = False) -> TracedComponent:
    """A component with everything by which transfers are matched to it.

    ``read_parts`` takes a part number that was only read automatically, where none is stated.
    """
    merged = clusters(session, RecordKind.COMPONENT)
    first = merged.get(number, number)
    members = tuple(sorted({first, *(item for item, of in merged.items() if of == first)}))
    row = session.execute(
        select(Component, Recovery.uid.label("recovery_uid"), Recovery.label)
        .join(Recovery, Recovery.id == Component.recovery_id)
        .where(Component.id == number)
    ).one()
    maker_id, maker = _maker(session, members)
    stated = _parts_of(session, members, read=False)
    read = [] if stated or not read_parts else _parts_of(session, members, read=True)
    parts = stated or read
    alike = same_parts(session, parts)
    return TracedComponent(
        ref=reference("component", row.uid),
        label=row.marking or row.description,
        recovery=row.label,
        recovery_ref=reference("recovery", row.recovery_uid),
        members=members,
        parts=tuple(alike),
        mpns=tuple(dict.fromkeys(item.mpn for item in parts)),
        lot=row.lot,
        hs6=row.hs6 or next((item.hs6 for item in parts if item.hs6), None),
        maker=maker,
        maker_id=maker_id,
        in_transit_until=in_transit_until(session, row.recovery_id, members),
        authenticity=row.authenticity,
        tentative=_tentative(session, members, maker=maker is None, part=not parts),
        part_read=bool(read),
    )


def _tentative(session: Session, members: Sequence[int], *, maker: bool, part: bool) -> tuple[str, ...]:
    """The tentative maker and part number, where these are wanted."""
    wanted: list[tuple[type[MakerAttribution] | type[Identification], Select[str]]] = []
    if maker:
        joined = MakerAttribution.organization_id == Organization.id
        wanted.append((MakerAttribution, select(Organization.label).join(MakerAttribution, joined)))
    if part:
        joined = Identification.part_id == Part.id
        wanted.append((Identification, select(Part.mpn).join(Identification, joined)))
    found: list[str] = []
    for stated, statement in wanted:
        current = statement.where(
            stated.component_id.in_(members),
            stated.superseded_by.is_(None),
            stated.status == StatementStatus.TENTATIVE,
        )
        found += session.execute(current.order_by(stated.id)).scalars()
    return tuple(dict.fromkeys(found))


def _maker(session: Session, members: Sequence[int]) -> tuple[int | None, str | None]:
    row = session.execute(
        select(Organization.id, Organization.label)
        .join(MakerAttribution, MakerAttribution.organization_id == Organization.id)
        .where(
            MakerAttribution.component_id.in_(members),
            MakerAttribution.superseded_by.is_(None),
            MakerAttribution.status != StatementStatus.TENTATIVE,
        )
        .order_by(MakerAttribution.id)
        .limit(1)
    ).first()
    if row is None:
        return None, None
    return clusters(session, RecordKind.ORGANIZATION).get(row.id, row.id), row.label


def _parts_of(session: Session, members: Sequence[int], *, read: bool) -> list[Any]:
    """The parts that the records of a component are of, as stated or as read automatically."""
    tentative = Identification.status == StatementStatus.TENTATIVE
    rows = session.execute(
        select(Part.id, Part.mpn, Part.mpn_key, Part.organization_id, Part.hs6)
        .join(Identification, Identification.part_id == Part.id)
        .where(
            Identification.component_id.in_(members),
            Identification.superseded_by.is_(None),
            tentative if read else ~tentative,
        )
        .order_by(Identification.id)
    )
    return list(rows.all())


def same_parts(session: Session, parts: Sequence[Any]) -> list[int]:
    """The part records of these numbers and makers; one without a maker fits if only one maker has it."""
    merged = clusters(session, RecordKind.ORGANIZATION)
    found: dict[int, None] = {}
    for wanted in parts:
        rows = session.execute(
            select(Part.id, Part.organization_id).where(Part.mpn_key == wanted.mpn_key).order_by(Part.id)
        ).all()
        makers = {merged.get(row.organization_id, row.organization_id) for row in rows} - {None}
        own = merged.get(wanted.organization_id, wanted.organization_id)
        for row in rows:
            maker = merged.get(row.organization_id, row.organization_id)
            if maker == own or (None in (maker, own) and len(makers) <= 1):
                found[row.id] = None
    return list(found)


def in_transit_until(session: Session, recovery_id: int, members: Sequence[int]) -> date | None:
    """The day by which it had been recovered, captured or used; without one, the day of publication."""
    day: date | None = session.execute(
        select(func.min(RecoveryDate.latest)).where(
            RecoveryDate.recovery_id == recovery_id, RecoveryDate.kind.in_(FOUND_BY)
        )
    ).scalar()
    if day is not None:
        return day
    published: date | None = session.execute(
        select(
            func.min(func.coalesce(Citation.published_latest, Source.published_latest, Citation.retrieved))
        )
        .join(Source, Source.id == Citation.source_id)
        .where(Citation.component_id.in_(members))
    ).scalar()
    return published


def transfers_of(session: Session, item: TracedComponent, *, wide: bool) -> list[int]:
    """The transfers that may concern it: by item, lot or part; ``wide`` adds part family and customs code."""
    same_part = Transfer.part_id.in_(item.parts)
    terms = [Transfer.component_id.in_(item.members), (Transfer.component_id.is_(None)) & same_part]
    if item.lot:
        terms.append((Transfer.lot == item.lot) & (same_part | Transfer.part_id.is_(None)))
    if wide and item.hs6:
        closer = Transfer.component_id.is_(None) & Transfer.part_id.is_(None) & Transfer.lot.is_(None)
        terms.append((Transfer.hs6 == item.hs6) & closer)
    numbers = set(session.execute(select(Transfer.id).where(or_(*terms))).scalars())
    if wide and item.mpns:
        keys = tuple(fold_marking(mpn) for mpn in item.mpns)
        rows = session.execute(
            select(Transfer.id, Transfer.part_family).where(Transfer.part_family.is_not(None))
        )
        numbers |= {
            row.id for row in rows if any(key.startswith(fold_marking(row.part_family)) for key in keys)
        }
    return sorted(numbers)
