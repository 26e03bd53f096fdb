"""Parties to a transfer as they are typed: NAME, or NAME|ROLE|COUNTRY|CHANNEL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from provenance.core.errors import UsageError
from provenance.core.vocabulary import PartyRole
from provenance.core.vocabulary.tracing import Channel

if TYPE_CHECKING:
    from provenance.services.contracts.transfers import StatedParty

PARTY_FORM = "NAME, or NAME|ROLE|COUNTRY|CHANNEL as on that date; repeatable"


def both_sides(
    senders: Sequence[str] | None, recipients: Sequence[str] | None, confidential: Sequence[str] | None
) -> tuple[tuple[StatedParty, ...], tuple[StatedParty, ...]]:
    """The parties of both sides; those named in ``confidential`` were named in confidence.

    Raises:
        UsageError: a party cannot be read, or a name given in confidence is not that of a party.
    """
    hidden = set(confidential or ())
    found = tuple(tuple(party_of(text, hidden) for text in texts or ()) for texts in (senders, recipients))
    strangers = hidden - {party.name for side in found for party in side}
    if strangers:
        raise UsageError(f"--in-confidence {', '.join(sorted(strangers))}: no party has this name")
    return found[0], found[1]


def party_of(text: str, hidden: set[str] | frozenset[str] = frozenset()) -> StatedParty:
    """A party as typed; everything but the name may be left out.

    Raises:
        UsageError: one of its parts cannot be read.
    """
    from provenance.core.vocabulary.members import member
    from provenance.services.contracts.transfers import StatedParty
    from provenance.text.countries import country_code

    parts = [part.strip() or None for part in text.split("|")]
    name, role, place, channel, *more = [*parts, None, None, None][: max(4, len(parts))]
    if name is None or any(more):
        raise UsageError(f"{text!r} does not have the form NAME|ROLE|COUNTRY|CHANNEL")
    try:
        return StatedParty(
            name=name,
            role=member(PartyRole, "role", role) or PartyRole.UNKNOWN,
            country=None if place is None else country_code(place),
            channel=member(Channel, "channel", channel),
            confidential=name in hidden,
        )
    except ValueError as error:
        raise UsageError(f"{text!r}: {error}") from None
