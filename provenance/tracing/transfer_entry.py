"""Stores transfers that a person enters or an answer states, with their source and audit entries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from provenance.core.vocabulary.field import NewName
from provenance.domain.audit import add_entry
from provenance.domain.sources import Origin
from provenance.domain.stated_firms import StatedFirms
from provenance.domain.transfers import TransferWriter
from provenance.schema.session import Session
from provenance.schema.transfers import Transfer
from provenance.sources.records import ShipmentRecord
from provenance.text.confidence import HIDDEN, blank_names


@dataclass(frozen=True, slots=True)
class StoredTransfers:
    """The uids of the transfers, in order, and what their author should know of the firms named."""

    uids: tuple[str, ...]
    notes: tuple[str, ...] = ()


def store_transfers(
    session: Session,
    source: tuple[int, str],
    records: Sequence[ShipmentRecord],
    *,
    actor: str,
    new: Collection[NewName] = (),
) -> StoredTransfers:
    """Stores stated transfers under one source (its row number and key). ``new`` are the kinds of names that
    are meant to be new.

    Raises:
        NotFound: a component, weapon or maker that one names is not on record, or a party's name looks like a
            known one misspelt; nothing is stored.
        BadInput: what stands for a maker is not one.
    """
    firms = StatedFirms(session, Origin(*source), new)
    writer = TransferWriter(session, source, firms=firms)
    uids = [writer.add(record)[1] for record in records]
    writer.flush()
    for record, uid in zip(records, uids, strict=True):
        add_entry(
            session,
            actor=actor,
            action="log transfer",
            table=Transfer,
            uid=uid,
            after=without_confidential_names(record).model_dump(mode="json", exclude_none=True),
        )
    return StoredTransfers(tuple(uids), tuple(dict.fromkeys(firms.notes)))


def without_confidential_names(record: ShipmentRecord) -> ShipmentRecord:
    """The same statement with every name given in confidence blanked, also inside its texts."""
    hidden = [party.as_written for party in record.parties if party.confidential]
    if not hidden:
        return record
    parties = tuple(
        party.model_copy(update={"as_written": HIDDEN, "place": None, "numbers": ()})
        if party.confidential
        else party
        for party in record.parties
    )
    texts = {
        name: blank_names(text, hidden)
        for name in ("raw", "note", "goods", "key")
        if (text := getattr(record, name)) is not None
    }
    return record.model_copy(update={"parties": parties, **texts})
