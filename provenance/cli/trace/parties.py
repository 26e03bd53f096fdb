"""Parties to a transfer as they are typed: NAME, or NAME|ROLE|COUNTRY|CHANNEL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from provenance.core.errors import UsageError

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
    from provenance.services.transfers import party_of

    hidden = set(confidential or ())
    found = tuple(tuple(party_of(text, hidden) for text in texts or ()) for texts in (senders, recipients))
    strangers = hidden - {party.name for side in found for party in side}
    if strangers:
        raise UsageError(f"--in-confidence {', '.join(sorted(strangers))}: no party has this name")
    return found[0], found[1]
