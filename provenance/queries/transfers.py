"""Transfers that name a firm, or that a source names beside one of its components."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.core.vocabulary import PartyRole, Tlp
from provenance.domain.record_kinds import RecordKind
from provenance.queries.marked import may_show_transfer
from provenance.schema.chunks import chunks
from provenance.schema.recoveries import Component
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.schema.transfers import Transfer, TransferParty
from provenance.text.partial_dates import DateSpan, format_span


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party of a transfer as the source writes it; a name given in confidence is withheld (None).

    ``role`` is None where it is unknown.
    """

    name: str | None
    confidential: bool
    side: str
    role: str | None


@dataclass(frozen=True, slots=True)
class TransferLine:
    """A transfer with its parties; a side without any is unknown. ``date`` is partial ISO text."""

    ref: str
    component_ref: str | None
    goods: str | None
    evidence_class: str
    date: str | None
    parties: tuple[PartyLine, ...]
    source: str | None
    address: str | None
    note: str | None


def transfers_to_show(session: Session, numbers: list[int], clearance: Tlp | None) -> list[int]:
    """The current ones among some transfers that may be shown."""
    statement = select(Transfer.id).where(Transfer.withdrawn_at.is_(None)).order_by(Transfer.id)
    if (shown := may_show_transfer(clearance)) is not None:
        statement = statement.where(shown)
    return [
        number
        for some in chunks(numbers)
        for number in session.execute(statement.where(Transfer.id.in_(some))).scalars()
    ]


def transfer_lines(session: Session, numbers: list[int]) -> list[TransferLine]:
    """Transfers by row number, without those that their source no longer states."""
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
                ref=reference(RecordKind.TRANSFER, row.uid),
                component_ref=reference(RecordKind.COMPONENT, row.component_uid)
                if row.component_uid
                else None,
                goods=row.goods_as_written,
                evidence_class=row.evidence_class,
                date=format_span(DateSpan(row.earliest, row.latest)) or None,
                parties=tuple(parties[row.id]),
                source=row.publisher,
                address=row.at,
                note=row.note,
            ),
        )
    return list(found.values())


def _parties(session: Session, numbers: list[int]) -> dict[int, list[PartyLine]]:
    found: dict[int, list[PartyLine]] = defaultdict(list)
    rows = session.execute(
        select(TransferParty).where(TransferParty.transfer_id.in_(numbers)).order_by(TransferParty.id)
    )
    for row in rows:
        name = None if row.confidential else row.as_written
        role = row.role if row.role != PartyRole.UNKNOWN else None
        found[row.transfer_id].append(PartyLine(name, row.confidential, row.side, role))
    return found
