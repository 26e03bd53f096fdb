"""What evidence classes, roles and channels mean for a chain."""

from __future__ import annotations

from provenance.core.vocabulary import EvidenceClass, PartyRole
from provenance.core.vocabulary.tracing import Channel

CLASSES = tuple(EvidenceClass)
"""Strongest first."""

DOCUMENTED = (
    EvidenceClass.ITEM_DOCUMENT,
    EvidenceClass.TRADE_RECORD_SAME_PART,
    EvidenceClass.BANK_RECORD,
)
"""The classes behind which there is a record; the others are said, not shown, or fit far too much."""

_CHANNEL_OF_ROLE = {
    PartyRole.MAKER: Channel.AUTHORISED,
    PartyRole.AUTHORISED_DISTRIBUTOR: Channel.AUTHORISED,
    PartyRole.INDEPENDENT_DISTRIBUTOR: Channel.INDEPENDENT,
    PartyRole.BROKER: Channel.INDEPENDENT,
    PartyRole.MARKETPLACE: Channel.INDEPENDENT,
    PartyRole.PROCUREMENT_FRONT: Channel.INDEPENDENT,
}


def channel_of(role: str, stated: str | None) -> Channel | None:
    """The channel that a party stood in: as stated, else what its role says by itself; None is unknown."""
    return Channel(stated) if stated else _CHANNEL_OF_ROLE.get(PartyRole(role))
