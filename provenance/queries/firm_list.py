"""Firms on record by filters, and new ones that nobody has looked at, with what uses them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from provenance.core.identity import reference
from provenance.core.vocabulary import SeatKind, Verification
from provenance.domain.known_names import near_firms
from provenance.domain.ownership import load_genealogy
from provenance.domain.record_kinds import RecordKind
from provenance.domain.registry.usage import Use, uses_of
from provenance.domain.sameness import clusters
from provenance.queries.names import organization_labels
from provenance.schema.organizations import Organization, OrganizationName
from provenance.schema.session import Session
from provenance.schema.sources import Source
from provenance.text.folding import fold


@dataclass(frozen=True, slots=True)
class FirmLine:
    """A firm: what it is called, what kind it is, where it sits today and who owns it today.

    ``owner`` is the topmost operating owner; None where it is the firm itself, or not known.
    """

    ref: str
    firm: str
    firm_kind: str
    verification: str
    headquarters: str | None
    legal_seat: str | None
    owner: str | None
    names: int
    counts_as: str | None
    source: str


@dataclass(frozen=True, slots=True)
class NewFirm:
    """A firm that an import or a person made and that nobody has checked: the nearest names of other firms,
    and how many records of which kind use it.
    """

    ref: str
    firm: str
    source: str
    near: tuple[str, ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class FirmFilter:
    """Which firms to list; None and empty mean all. ``text`` is part of any of its names."""

    text: str | None = None
    kind: str | None = None
    country: str | None = None
    unverified: bool = False


def fetch_firms(session: Session, wanted: FirmFilter) -> list[FirmLine]:
    """The firms that pass, by name; merged ones each for itself, with what they count as."""
    merged = clusters(session, RecordKind.ORGANIZATION)
    genealogy = load_genealogy(session, today=session.today)
    statement = (
        select(Organization, Source.publisher)
        .join(Source, Source.id == Organization.source_id)
        .order_by(Organization.label, Organization.id)
    )
    if wanted.kind is not None:
        statement = statement.where(Organization.kind == wanted.kind)
    if wanted.unverified:
        statement = statement.where(Organization.verification == Verification.UNVERIFIED)
    if wanted.text is not None:
        named = select(OrganizationName.organization_id).where(
            OrganizationName.folded.contains(fold(wanted.text), autoescape=True)
        )
        statement = statement.where(Organization.id.in_(named))
    counted = {
        row[0]: row[1]
        for row in session.execute(
            select(OrganizationName.organization_id, func.count()).group_by(OrganizationName.organization_id)
        )
    }
    lines = []
    for row in session.execute(statement).all():
        headquarters = genealogy.country(row.id, SeatKind.HEADQUARTERS)
        if wanted.country is not None and headquarters != wanted.country:
            continue
        owner = genealogy.owner_now(row.id).organization_id
        first = merged.get(row.id, row.id)
        lines.append(
            FirmLine(
                ref=reference(RecordKind.ORGANIZATION, row.uid),
                firm=row.label,
                firm_kind=row.kind,
                verification=row.verification,
                headquarters=headquarters,
                legal_seat=genealogy.country(row.id, SeatKind.LEGAL),
                owner=None if owner in (None, first) else genealogy.labels[owner],
                names=counted.get(row.id, 0),
                counts_as=None if first == row.id else genealogy.labels[first],
                source=row.publisher,
            )
        )
    return lines


def fetch_new_firms(session: Session) -> list[NewFirm]:
    """The firms to look at, those that most records use first; ones that were merged are settled."""
    merged = clusters(session, RecordKind.ORGANIZATION)
    rows = [
        row
        for row in session.execute(
            select(Organization.id, Organization.uid, Organization.label, Source.publisher)
            .join(Source, Source.id == Organization.source_id)
            .where(~Organization.from_seed, Organization.verification == Verification.UNVERIFIED)
            .order_by(Organization.label, Organization.id)
        ).all()
        if row.id not in merged
    ]
    uses = uses_of(session, RecordKind.ORGANIZATION, [row.id for row in rows])
    names = near_firms(session)
    found = [
        NewFirm(
            ref=reference(RecordKind.ORGANIZATION, row.uid),
            firm=row.label,
            source=row.publisher,
            near=_others(names.near(row.label), row.label),
            uses=uses.get(row.id, ()),
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (-sum(use.records for use in each.uses), each.firm, each.ref))


def _others(near: Sequence[str], own: str) -> tuple[str, ...]:
    return tuple(name for name in near if name != own)


def labels_of(session: Session, numbers: Iterable[int]) -> list[str]:
    """Firms as a message names them."""
    return [f"{label} ({ref})" for label, ref in organization_labels(session, numbers).values()]
