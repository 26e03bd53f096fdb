"""What the database itself holds to be screened: its organizations, and the parties of its transfers."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.schema.session import Session
from provenance.schema.tables import table
from provenance.screening.customers import Customer, Identifier


def organizations(session: Session) -> list[Customer]:
    """Every organization, one row for each of its names, with its addresses and numbers."""
    organization, name = table("organization"), table("organization_name")
    address, identifier = table("organization_address"), table("organization_identifier")
    addresses: defaultdict[int, list[str]] = defaultdict(list)
    for number, text in session.execute(select(address.c.organization_id, address.c.as_written)):
        addresses[number].append(text)
    numbers: defaultdict[int, list[Identifier]] = defaultdict(list)
    for number, scheme, value in session.execute(
        select(identifier.c.organization_id, identifier.c.scheme, identifier.c.value)
    ):
        numbers[number].append(Identifier("".join(filter(str.isalnum, value)).upper(), scheme.upper()))
    rows = session.execute(
        select(organization.c.id, organization.c.uid, name.c.name)
        .join(name, name.c.organization_id == organization.c.id)
        .order_by(organization.c.id, name.c.id)
    )
    return [
        Customer(
            row=place,
            name=row.name,
            id=reference("organization", row.uid),
            addresses=tuple(addresses[row.id]),
            identifiers=tuple(numbers[row.id]),
        )
        for place, row in enumerate(rows, start=1)
    ]


def transfer_parties(session: Session) -> list[Customer]:
    """Every party of every transfer that still stands, as of the transfer's last possible day."""
    transfer, party = table("transfer"), table("transfer_party")
    rows = session.execute(
        select(transfer.c.uid, transfer.c.latest, party.c.as_written, party.c.country)
        .join(party, party.c.transfer_id == transfer.c.id)
        .where(transfer.c.withdrawn_at.is_(None))
        .order_by(transfer.c.id, party.c.id)
    )
    return [
        Customer(
            row=place,
            name=row.as_written,
            id=reference("transfer", row.uid),
            country=row.country,
            day=row.latest,
        )
        for place, row in enumerate(rows, start=1)
    ]
