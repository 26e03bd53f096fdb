"""Records of firms: names, seats, ownership, transfers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.domain.record_kinds import RecordKind
from provenance.queries.records.common import (
    Built,
    DecisionLine,
    Members,
    Named,
    RecordBase,
    SourceName,
    decisions,
    named,
    row_of,
    same_as,
    source_name,
    span,
)
from provenance.queries.transfers import TransferLine, transfer_lines
from provenance.schema.organizations import (
    Organization,
    OrganizationIdentifier,
    OrganizationName,
    OrganizationSeat,
    Ownership,
)
from provenance.schema.session import Session
from provenance.schema.transfers import TransferParty
from provenance.text.registration_numbers import Validity, read_numbers


@dataclass(frozen=True, slots=True)
class FirmNameLine:
    """A name of a firm, with the days of its use as partial ISO text."""

    name: str
    kind: str
    since: str | None
    until: str | None
    verification: str
    source: SourceName
    note: str | None


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A headquarters or legal seat of a firm, with its days as partial ISO text."""

    kind: str
    country: str
    since: str | None
    until: str | None
    verification: str
    source: SourceName
    note: str | None


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A registration number of a firm; ``fits`` says whether form and check digits are those of its scheme,
    None where there are none to check.
    """

    scheme: str
    number: str
    fits: bool | None
    verification: str
    source: SourceName


@dataclass(frozen=True, slots=True)
class OwnershipStep:
    """A step of ownership; ``product_line`` is None where the whole firm changed hands."""

    owned: Named
    owner: Named
    product_line: str | None
    status: str
    share_percent: float | None
    control: str | None
    since: str | None
    until: str | None
    verification: str
    source: SourceName
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmRecord(RecordBase):
    """An organization with its names, seats, owners, transfers and sources."""

    kind: Literal["firm"] = "firm"
    firm_kind: str
    verification: str
    note: str | None
    source: SourceName
    further_sources: str | None
    names: tuple[FirmNameLine, ...]
    numbers: tuple[NumberLine, ...]
    seats: tuple[SeatLine, ...]
    ownership: tuple[OwnershipStep, ...]
    transfers: tuple[TransferLine, ...]
    same_as: tuple[str, ...]
    decisions: tuple[DecisionLine, ...]


def firm_record(session: Session, number: int) -> Built:
    """An organization with everything on record around it."""
    kind, row = RecordKind.ORGANIZATION, row_of(session, RecordKind.ORGANIZATION, number)
    parties = (
        select(TransferParty.transfer_id)
        # Asking for a firm must not reveal that it was named in confidence.
        .where(TransferParty.organization_id == number, ~TransferParty.confidential)
        .distinct()
        .order_by(TransferParty.transfer_id)
    )
    moved = list(session.execute(parties).scalars())
    said, others = decisions(session, kind, number)
    record = FirmRecord(
        ref=reference(kind, row.uid),
        title=row.label,
        firm_kind=row.kind,
        verification=row.verification,
        note=row.note,
        source=source_name(session, row.source_id),
        further_sources=row.further_sources,
        names=_names(session, number),
        numbers=_numbers(session, number),
        seats=_seats(session, number),
        ownership=_ownership(session, number),
        transfers=tuple(transfer_lines(session, moved)),
        same_as=same_as(session, kind, number),
        decisions=said,
    )
    return Built(record, {"transfers": Members(RecordKind.TRANSFER, moved), "decisions": others})


def _stated(session: Session, row: Any) -> dict[str, Any]:
    """What every dated statement has: when it was valid, how far it was checked, and its source."""
    return {
        "since": span(row.since_earliest, row.since_latest),
        "until": span(row.until_earliest, row.until_latest),
        "verification": row.verification,
        "source": source_name(session, row.source_id),
        "note": row.note,
    }


def _names(session: Session, number: int) -> tuple[FirmNameLine, ...]:
    rows = session.execute(
        select(OrganizationName)
        .where(OrganizationName.organization_id == number)
        .order_by(OrganizationName.id)
    ).all()
    return tuple(FirmNameLine(name=row.name, kind=row.kind, **_stated(session, row)) for row in rows)


def _numbers(session: Session, number: int) -> tuple[NumberLine, ...]:
    rows = session.execute(
        select(OrganizationIdentifier)
        .where(OrganizationIdentifier.organization_id == number)
        .order_by(OrganizationIdentifier.scheme, OrganizationIdentifier.id)
    ).all()
    return tuple(
        NumberLine(
            row.scheme,
            row.value,
            _fits(row.value, row.scheme),
            row.verification,
            source_name(session, row.source_id),
        )
        for row in rows
    )


def _fits(value: str, scheme: str) -> bool | None:
    """Whether a number is one of its scheme; None where nothing can be checked."""
    read = read_numbers(value, scheme).numbers
    if not read or read[0].validity is Validity.UNVERIFIABLE:
        return None
    return read[0].validity is Validity.VALID


def _seats(session: Session, number: int) -> tuple[SeatLine, ...]:
    rows = session.execute(
        select(OrganizationSeat)
        .where(OrganizationSeat.organization_id == number)
        .order_by(OrganizationSeat.id)
    ).all()
    return tuple(SeatLine(kind=row.kind, country=row.country, **_stated(session, row)) for row in rows)


def _ownership(session: Session, number: int) -> tuple[OwnershipStep, ...]:
    rows = session.execute(
        select(Ownership)
        .where((Ownership.owned_id == number) | (Ownership.owner_id == number))
        .order_by(Ownership.since_earliest, Ownership.id)
    ).all()

    def firm(side: int) -> Named:
        found = named(session, RecordKind.ORGANIZATION, Organization.label, side)
        assert found is not None
        return found

    return tuple(
        OwnershipStep(
            owned=firm(row.owned_id),
            owner=firm(row.owner_id),
            product_line=row.product_line,
            status=row.status,
            share_percent=row.share_percent,
            control=row.control,
            **_stated(session, row),
        )
        for row in rows
    )
