"""Transfers that name a firm, or that a source names beside one of its components."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.core.vocabulary import Side
from provenance.schema.recoveries import Component
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.schema.transfers import Transfer, TransferParty
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
    wanted = set(
        session.execute(
            # That a firm was named in confidence is not to be learnt by asking for the firm.
            select(TransferParty.transfer_id).where(
                TransferParty.organization_id.in_(organizations), ~TransferParty.confidential
            )
        ).scalars()
    )
    for start in range(0, len(component_ids), _CHUNK):
        chunk = component_ids[start : start + _CHUNK]
        wanted |= set(session.execute(select(Transfer.id).where(Transfer.component_id.in_(chunk))).scalars())
    return transfer_lines(session, sorted(wanted))


def transfer_lines(session: Session, numbers: list[int]) -> list[TransferLine]:
    """Transfers by row number, those left out that their source no longer states."""
    parties = _parties(session, numbers)
    rows = session.execute(
        select(
            Transfer,
            Component.uid.label("component_uid"),
            Source.publisher,
            Citation.address.label("at"),
        )
        .outerjoin(Component, Component.id == Transfer.component_id)
        .outerjoin(Citation, Citation.transfer_id == Transfer.id)
        .outerjoin(Source, Source.id == Citation.source_id)
        .where(Transfer.id.in_(numbers), Transfer.withdrawn_at.is_(None))
        .order_by(Transfer.id, Citation.id)
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
    found: dict[int, list[PartyLine]] = defaultdict(list)
    rows = session.execute(
        select(TransferParty).where(TransferParty.transfer_id.in_(numbers)).order_by(TransferParty.id)
    )
    for row in rows:
        name = "a party named in confidence" if row.confidential else row.as_written
        found[row.transfer_id].append(PartyLine(name, row.side, row.role))
    return found
