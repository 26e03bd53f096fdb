"""What is traced: components with their parts, lots, makers, and until when they were on their way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from provenance.core.errors import NotFound
from provenance.core.identity import reference
from provenance.core.vocabulary import RecoveryDateKind, StatementStatus
from provenance.domain.sameness import clusters
from provenance.domain.transfers import component_named
from provenance.queries.names import row_of_reference
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Component, Identification, MakerAttribution, Recovery, RecoveryDate
from provenance.schema.reference import Part
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.schema.tables import table
from provenance.schema.transfers import Transfer
from provenance.text.folding import fold_marking

FOUND_BY = (RecoveryDateKind.RECOVERED, RecoveryDateKind.CAPTURED, RecoveryDateKind.USED)
"""The dates after which a component was no longer on its way."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A component as tracing sees it; ``found_by`` is the last day on which it may have been on its way.

    ``members`` are the records that are held to be this one component; ``parts`` the part records that
    its stated part number stands for; ``guesses`` what somebody or the program holds of maker and part only
    tentatively, which no chain goes by.
    """

    ref: str
    title: str
    recovery: str
    recovery_ref: str
    members: tuple[int, ...]
    parts: tuple[int, ...]
    mpns: tuple[str, ...]
    lot: str | None
    hs6: str | None
    maker: str | None
    maker_id: int | None
    found_by: date | None
    suspect: str | None
    guesses: tuple[str, ...] = ()


def things_named(session: Session, text: str) -> list[Thing]:
    """The component of a reference or record key, or all components of a recovery.

    Raises:
        NotFound: it names neither.
    """
    found = row_of_reference(session, text)
    if found and found[0] == "recovery":
        merged = clusters(session, "recovery")
        members = [number for number, first in merged.items() if first == merged.get(found[1], found[1])] or [
            found[1]
        ]
        rows = session.execute(
            select(Component.id).where(Component.recovery_id.in_(members)).order_by(Component.id)
        ).scalars()
        return [thing(session, number) for number in _first_of_clusters(session, list(rows))]
    if found and found[0] != "component":
        raise NotFound(
            f"{text} is a {found[0].replace('_', ' ')}: a path leads to a component or a recovery",
            hint="For a firm: provenance trace from FIRM, or trace to FIRM.",
        )
    return [thing(session, found[1] if found else component_named(session, text))]


def _first_of_clusters(session: Session, numbers: list[int]) -> list[int]:
    merged = clusters(session, "component")
    return list(dict.fromkeys(merged.get(number, number) for number in numbers))


def thing(session: Session, number: int) -> Thing:
    """A component with everything by which a transfer may concern it."""
    merged = clusters(session, "component")
    first = merged.get(number, number)
    members = tuple(sorted({first, *(item for item, of in merged.items() if of == first)}))
    row = session.execute(
        select(Component, Recovery.uid.label("recovery_uid"), Recovery.label)
        .join(Recovery, Recovery.id == Component.recovery_id)
        .where(Component.id == number)
    ).one()
    maker_id, maker = _maker(session, members)
    parts = _stated_parts(session, members)
    alike = same_parts(session, parts)
    return Thing(
        ref=reference("component", row.uid),
        title=row.marking or row.description or "no marking published",
        recovery=row.label,
        recovery_ref=reference("recovery", row.recovery_uid),
        members=members,
        parts=tuple(alike),
        mpns=tuple(dict.fromkeys(item.mpn for item in parts)),
        lot=row.lot,
        hs6=row.hs6 or next((item.hs6 for item in parts if item.hs6), None),
        maker=maker,
        maker_id=maker_id,
        found_by=found_by(session, row.recovery_id, members),
        suspect=row.authenticity if row.authenticity not in (None, "no_signs") else None,
        guesses=_guesses(session, members, maker=maker is None, part=not parts),
    )


def _guesses(session: Session, members: Sequence[int], *, maker: bool, part: bool) -> tuple[str, ...]:
    """The tentative maker and part number, where these are wanted."""
    found: list[str] = []
    for wanted, name, target, shown in (
        (maker, "maker_attribution", "organization", "label"),
        (part, "identification", "part", "mpn"),
    ):
        said, of = table(name), table(target)
        statement = (
            select(of.c[shown])
            .join(said, said.c[f"{target}_id"] == of.c.id)
            .where(
                said.c.component_id.in_(members),
                said.c.superseded_by.is_(None),
                said.c.status == StatementStatus.TENTATIVE,
            )
            .order_by(said.c.id)
        )
        found += session.execute(statement).scalars() if wanted else ()
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
    return clusters(session, "organization").get(row.id, row.id), row.label


def _stated_parts(session: Session, members: Sequence[int]) -> list[Any]:
    rows = session.execute(
        select(Part.id, Part.mpn, Part.mpn_key, Part.organization_id, Part.hs6)
        .join(Identification, Identification.part_id == Part.id)
        .where(
            Identification.component_id.in_(members),
            Identification.superseded_by.is_(None),
            Identification.status != StatementStatus.TENTATIVE,
        )
        .order_by(Identification.id)
    )
    return list(rows.all())


def same_parts(session: Session, parts: Sequence[Any]) -> list[int]:
    """The part records of these numbers and makers; one without a maker fits where one maker has it."""
    merged = clusters(session, "organization")
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


def found_by(session: Session, recovery_id: int, members: Sequence[int]) -> date | None:
    """The day by which it had been recovered, captured or used; else by which that was published."""
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


def transfers_of(session: Session, item: Thing, *, wide: bool) -> list[int]:
    """The transfers that may concern it: item, lot, part; with ``wide`` part family and customs code too."""
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
