"""Transfers that name a firm, or that a source names beside one of its components."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.core.vocabulary import Side
from provenance.schema.session import Session
from provenance.schema.tables import table
from provenance.text.partial_dates import DateSpan, format_span

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party of a transfer as the source writes it; withheld where it was given in confidence."""

    name: str
    side: str
    role: str


@dataclass(frozen=True, slots=True)
class TransferLine:
    """A transfer with its parties; a side without any is unknown."""

    transfer_ref: str
    component_ref: str | None
    goods: str | None
    evidence_class: str
    date: str
    parties: tuple[PartyLine, ...]
    source: str
    address: str | None

    def side(self, side: Side) -> str:
        """The parties of one side in words."""
        return (
            "; ".join(f"{party.name} ({party.role})" for party in self.parties if party.side == side)
            or "unknown"
        )


def transfers_naming(
    session: Session, organizations: list[int], component_ids: list[int]
) -> list[TransferLine]:
    """Standing transfers to which one of the organizations is a party, or that concern these components."""
    party, transfer = table("transfer_party"), table("transfer")
    wanted = set(
        session.execute(
            # That a firm was named in confidence is not to be learnt by asking for the firm.
            select(party.c.transfer_id).where(
                party.c.organization_id.in_(organizations), ~party.c.confidential
            )
        ).scalars()
    )
    for start in range(0, len(component_ids), _CHUNK):
        chunk = component_ids[start : start + _CHUNK]
        wanted |= set(
            session.execute(select(transfer.c.id).where(transfer.c.component_id.in_(chunk))).scalars()
        )
    return transfer_lines(session, sorted(wanted))


def transfer_lines(session: Session, numbers: list[int]) -> list[TransferLine]:
    """Transfers by row number, those left out that their source no longer states."""
    transfer, component, citation, source = map(table, ("transfer", "component", "citation", "source"))
    parties = _parties(session, numbers)
    rows = session.execute(
        select(
            transfer,
            component.c.uid.label("component_uid"),
            source.c.publisher,
            citation.c.address.label("at"),
        )
        .outerjoin(component, component.c.id == transfer.c.component_id)
        .outerjoin(citation, citation.c.transfer_id == transfer.c.id)
        .outerjoin(source, source.c.id == citation.c.source_id)
        .where(transfer.c.id.in_(numbers), transfer.c.withdrawn_at.is_(None))
        .order_by(transfer.c.id, citation.c.id)
    )
    found: dict[int, TransferLine] = {}
    for row in rows:
        found.setdefault(
            row.id,
            TransferLine(
                transfer_ref=reference("transfer", row.uid),
                component_ref=reference("component", row.component_uid) if row.component_uid else None,
                goods=row.goods_as_written,
                evidence_class=row.evidence_class,
                date=format_span(DateSpan(row.earliest, row.latest)),
                parties=tuple(parties[row.id]),
                source=row.publisher or "no source on record",
                address=row.at,
            ),
        )
    return list(found.values())


def _parties(session: Session, numbers: list[int]) -> dict[int, list[PartyLine]]:
    party = table("transfer_party")
    found: dict[int, list[PartyLine]] = defaultdict(list)
    rows = session.execute(select(party).where(party.c.transfer_id.in_(numbers)).order_by(party.c.id))
    for row in rows:
        name = "a party named in confidence" if row.confidential else row.as_written
        found[row.transfer_id].append(PartyLine(name, row.side, row.role))
    return found
