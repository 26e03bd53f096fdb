"""A firm's names and the steps of ownership around it, as they are on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from provenance.core.vocabulary import StatementStatus, Verification
from provenance.domain.record_kinds import RecordKind
from provenance.domain.same_statements import cluster_of
from provenance.queries.names import organization_labels
from provenance.schema.organizations import Organization, OrganizationName, Ownership
from provenance.schema.recoveries import MakerAttribution
from provenance.schema.session import Session
from provenance.schema.sources import Source
from provenance.text.partial_dates import DateSpan, format_span

AS_WRITTEN = "as written"
"""The kind of a name that only lists give, beside the names on record."""


@dataclass(frozen=True, slots=True)
class NameLine:
    """A name of the firm and when it was in use."""

    name: str
    kind: str
    since: str | None
    until: str | None
    verification: str


@dataclass(frozen=True, slots=True)
class OwnershipLine:
    """A step of ownership of the firm, of one of its brands or of one of its owners.

    ``product_line`` is None where the whole firm changed hands.
    """

    owned: str
    owner: str
    product_line: str | None
    since: str | None
    until: str | None
    status: str
    verification: str
    source: str
    note: str | None


def names_of(session: Session, number: int) -> tuple[NameLine, ...]:
    """Names on record of a firm and of those that are the same; of one that only lists name, also their other
    spellings of it.
    """
    numbers = cluster_of(session, RecordKind.ORGANIZATION, number)
    rows = session.execute(
        select(OrganizationName)
        .where(OrganizationName.organization_id.in_(numbers))
        .order_by(OrganizationName.kind, OrganizationName.name, OrganizationName.id)
    ).all()
    spelled = sorted(_as_written(session, numbers) - {row.name for row in rows})
    known = [
        NameLine(
            name=row.name,
            kind=row.kind,
            since=span_of(row.since_earliest, row.since_latest),
            until=span_of(row.until_earliest, row.until_latest),
            verification=row.verification,
        )
        for row in rows
    ]
    return (*known, *(NameLine(text, AS_WRITTEN, None, None, Verification.UNVERIFIED) for text in spelled))


def _as_written(session: Session, numbers: list[int]) -> set[str]:
    """How sources write a maker that the reference data does not know."""
    return set(
        session.execute(
            select(MakerAttribution.as_written)
            .join(Organization, Organization.id == MakerAttribution.organization_id)
            .where(
                Organization.id.in_(numbers),
                ~Organization.from_seed,
                MakerAttribution.superseded_by.is_(None),
                MakerAttribution.status != StatementStatus.TENTATIVE,
            )
            .distinct()
        ).scalars()
    )


def span_of(earliest: date | None, latest: date | None) -> str | None:
    """An interval as partial ISO text; None where both sides are open."""
    return format_span(DateSpan(earliest, latest)) or None


def ownership_of(session: Session, brands: list[int], owners: list[int]) -> tuple[OwnershipLine, ...]:
    """The steps of ownership of some brands, and those up through their ``owners``, oldest first."""
    rows = session.execute(
        select(Ownership, Source.publisher)
        .join(Source, Source.id == Ownership.source_id)
        .where(or_(Ownership.owned_id.in_({*brands, *owners}), Ownership.owner_id.in_(brands)))
        .order_by(Ownership.since_earliest.is_not(None), Ownership.since_earliest, Ownership.id)
    ).all()
    labels = organization_labels(session, [side for row in rows for side in (row.owned_id, row.owner_id)])
    return tuple(
        OwnershipLine(
            owned=labels[row.owned_id][0],
            owner=labels[row.owner_id][0],
            product_line=row.product_line,
            since=span_of(row.since_earliest, row.since_latest),
            until=span_of(row.until_earliest, row.until_latest),
            status=row.status,
            verification=row.verification,
            source=row.publisher,
            note=row.note,
        )
        for row in rows
    )
