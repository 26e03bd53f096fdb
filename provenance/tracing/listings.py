"""Trade and listing: how long a firm traded before it was listed, whether it went on, who began afterwards.

Pure functions on a ledger: days are ordinals, nodes are numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from provenance.tracing.ledger import Ledger
from provenance.tracing.network import ALWAYS, NEVER, Mask, Numbers
from provenance.tracing.numbering import NOTHING


@dataclass(frozen=True, slots=True)
class ListingSpan:
    """The day on which a firm was first listed, as an interval; ``earliest`` `ALWAYS` is open."""

    earliest: int
    latest: int


@dataclass(frozen=True, slots=True)
class TradeAround:
    """The transfers of a firm around its listing, by what their dates decide.

    ``first`` and ``last`` are the intervals of the first and the last transfer that has a date, None without
    any. ``before``, ``after`` and ``unplaced`` divide the transfers: certainly before, certainly on or after
    the day of the listing, and those whose dates do not say.
    """

    first: tuple[int, int] | None
    last: tuple[int, int] | None
    before: int
    after: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class Successor:
    """Who began to send the same parts to the same recipients after the listing; counted in transfers.

    ``recipients`` and ``parts`` count how many of the firm's own it serves; ``first`` is the first day on
    which it may have.
    """

    node: int
    transfers: int
    recipients: int
    parts: int
    first: int


def trade_around(ledger: Ledger, node: int, listing: ListingSpan) -> TradeAround:
    """How the transfers that a firm sent or received lie around its listing."""
    places = np.unique(ledger.transfer[(ledger.tail == node) | (ledger.head == node)])
    earliest, latest = ledger.earliest[places], ledger.latest[places]
    before, after = latest < listing.earliest, earliest >= listing.latest
    dated = (earliest > ALWAYS) & (latest < NEVER)
    first = last = None
    if dated.any():
        first = int(earliest[dated].min()), int(latest[dated].min())
        last = int(earliest[dated].max()), int(latest[dated].max())
    counts = int(np.count_nonzero(before)), int(np.count_nonzero(after))
    return TradeAround(first, last, *counts, len(places) - sum(counts))


def successors(ledger: Ledger, node: int, listing: ListingSpan) -> list[Successor]:
    """Other senders of a part that the firm had sent to a recipient, to that recipient, after its listing.

    Only senders of whom no record shows, or may show, that they sent it there before. The one with the most
    transfers is first. It is a lead: the same part to the same recipient may be another business.
    """
    part = ledger.part[ledger.transfer]
    of_part = part != NOTHING
    mine = of_part & (ledger.tail == node) & (ledger.earliest[ledger.transfer] < listing.latest)
    pairs = _pairs(ledger, mine)
    if not len(pairs):
        return []
    others: Mask = of_part & (ledger.tail != node) & (ledger.head != node)
    others &= np.isin(_keys(ledger), pairs)
    after: Mask = others & (ledger.earliest[ledger.transfer] >= listing.latest)
    earlier = others & ~after
    known = {(int(ledger.tail[edge]), int(_keys(ledger)[edge])) for edge in np.flatnonzero(earlier).tolist()}
    found: dict[int, list[int]] = {}
    keys = _keys(ledger)
    for edge in np.flatnonzero(after).tolist():
        if (int(ledger.tail[edge]), int(keys[edge])) not in known:
            found.setdefault(int(ledger.tail[edge]), []).append(edge)
    rows = [_successor(ledger, sender, np.array(edges)) for sender, edges in found.items()]
    return sorted(rows, key=lambda row: (-row.transfers, row.first, row.node))


def _keys(ledger: Ledger) -> Numbers:
    """What each edge sends to whom, as one number."""
    keys: Numbers = ledger.part[ledger.transfer] * max(ledger.nodes, 1) + ledger.head
    return keys


def _pairs(ledger: Ledger, edges: Mask) -> Numbers:
    return np.unique(_keys(ledger)[edges])


def _successor(ledger: Ledger, sender: int, edges: Numbers) -> Successor:
    return Successor(
        sender,
        transfers=len(np.unique(ledger.transfer[edges])),
        recipients=len(np.unique(ledger.head[edges])),
        parts=len(np.unique(ledger.part[ledger.transfer[edges]])),
        first=int(ledger.earliest[ledger.transfer[edges]].min()),
    )
