"""Stores transfers that a person enters or an answer states, with their source and audit entries."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.domain.audit import add_entry
from provenance.domain.transfers import TransferWriter
from provenance.schema.session import Session
from provenance.sources.records import ShipmentRecord
from provenance.text.confidence import HIDDEN, blank_names


def store_transfers(
    session: Session, source: tuple[int, str], records: Sequence[ShipmentRecord], *, actor: str
) -> list[str]:
    """Stores stated transfers under one source (its row number and key); returns their uids in order.

    Raises:
        NotFound: a component or weapon that one names is not on record; nothing is stored.
    """
    writer = TransferWriter(session, source)
    uids = [writer.add(record)[1] for record in records]
    writer.flush()
    for record, uid in zip(records, uids, strict=True):
        add_entry(
            session,
            actor=actor,
            action="log transfer",
            table="transfer",
            uid=uid,
            after=without_confidential_names(record).model_dump(mode="json", exclude_none=True),
        )
    return uids


def without_confidential_names(record: ShipmentRecord) -> ShipmentRecord:
    """The same statement with every name given in confidence blanked, also inside its texts."""
    hidden = [party.as_written for party in record.parties if party.confidential]
    if not hidden:
        return record
    parties = tuple(
        party.model_copy(update={"as_written": HIDDEN, "place": None}) if party.confidential else party
        for party in record.parties
    )
    texts = {
        name: blank_names(text, hidden)
        for name in ("raw", "note", "goods", "key")
        if (text := getattr(record, name)) is not None
    }
    return record.model_copy(update={"parties": parties, **texts})
