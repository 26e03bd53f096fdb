"""The database's own records to be screened: its organizations, and the parties of its transfers."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.schema.organizations import (
    Organization,
    OrganizationAddress,
    OrganizationIdentifier,
    OrganizationName,
)
from provenance.schema.session import Session
from provenance.schema.transfers import Transfer, TransferParty
from provenance.screening.chains import firm_key
from provenance.sources.customers import Customer
from provenance.text.party_names import several_names
from provenance.text.registration_numbers import RegistrationNumber, read_numbers


def organizations(session: Session) -> list[Customer]:
    """Every organization, a row for each of its names, with its addresses and registration numbers."""
    addresses: defaultdict[int, list[str]] = defaultdict(list)
    for number, text in session.execute(
        select(OrganizationAddress.organization_id, OrganizationAddress.as_written)
    ):
        addresses[number].append(text)
    numbers: defaultdict[int, list[RegistrationNumber]] = defaultdict(list)
    for number, scheme, value in session.execute(
        select(
            OrganizationIdentifier.organization_id,
            OrganizationIdentifier.scheme,
            OrganizationIdentifier.value,
        )
    ):
        numbers[number] += read_numbers(value, scheme).numbers
    rows = session.execute(
        select(Organization.id, Organization.uid, OrganizationName.name)
        .join(OrganizationName, OrganizationName.organization_id == Organization.id)
        .order_by(Organization.id, OrganizationName.id)
    )
    return [
        Customer(
            row=place,
            name=row.name,
            id=reference("organization", row.uid),
            firm=reference("organization", row.uid),
            addresses=tuple(addresses[row.id]),
            identifiers=tuple(numbers[row.id]),
        )
        for place, row in enumerate(rows, start=1)
    ]


def transfer_parties(session: Session) -> list[Customer]:
    """Every party of every transfer that was not withdrawn, as of the transfer's last possible day."""
    rows = session.execute(
        select(
            Transfer.uid,
            Transfer.latest,
            TransferParty.as_written,
            TransferParty.country,
            Organization.uid.label("firm"),
        )
        .join(TransferParty, TransferParty.transfer_id == Transfer.id)
        .outerjoin(Organization, Organization.id == TransferParty.organization_id)
        .where(Transfer.withdrawn_at.is_(None))
        .order_by(Transfer.id, TransferParty.id)
    )
    return [
        Customer(
            row=place,
            name=row.as_written,
            further_names=several_names(row.as_written),
            id=reference("transfer", row.uid),
            country=row.country,
            day=row.latest,
            undated=row.latest is None,
            firm=firm_key(row.firm, row.as_written),
        )
        for place, row in enumerate(rows, start=1)
    ]
