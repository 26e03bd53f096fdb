"""What evidence classes, roles and channels mean for a supply path."""

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
"""The classes that rest on a record; the others are claims without one, or too unspecific."""

_CHANNEL_OF_ROLE = {
    PartyRole.MAKER: Channel.AUTHORISED,
    PartyRole.AUTHORISED_DISTRIBUTOR: Channel.AUTHORISED,
    PartyRole.INDEPENDENT_DISTRIBUTOR: Channel.INDEPENDENT,
    PartyRole.BROKER: Channel.INDEPENDENT,
    PartyRole.MARKETPLACE: Channel.INDEPENDENT,
    PartyRole.PROCUREMENT_FRONT: Channel.INDEPENDENT,
}


def channel_of(role: str | None, stated: str | None) -> Channel | None:
    """The channel that a party was in: as stated, otherwise what its role implies; None is unknown."""
    if stated:
        return Channel(stated)
    return _CHANNEL_OF_ROLE.get(PartyRole(role)) if role else None
