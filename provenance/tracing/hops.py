"""Statements as hops of a network: each giver to each taker, unknown sides as holders of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from provenance.core.vocabulary import PartyRole, Side
from provenance.tracing.classes import CLASSES
from provenance.tracing.network import EVER, NEVER, Network, Numbers
from provenance.tracing.statements import HolderKey, Party, Statement


@dataclass(frozen=True, slots=True)
class Hop:
    """One party passing to one other in a statement."""

    statement: Statement
    giver: Party
    taker: Party


@dataclass(frozen=True, slots=True)
class Hops:
    """A network of statements: ``holders[n]`` is who node ``n`` is, ``hops[h]`` what hop ``h`` is."""

    network: Network
    classes: Numbers
    hops: tuple[Hop, ...]
    holders: tuple[HolderKey, ...]

    def node(self, key: HolderKey) -> int | None:
        """The node of a holder, None where he is in no hop."""
        return self.holders.index(key) if key in self.holders else None

    def makers(self) -> Numbers:
        """The nodes that were makers in some hop that they gave."""
        made = [hop.giver.role == PartyRole.MAKER for hop in self.hops]
        return np.unique(self.network.tail[np.array(made, bool)]) if made else np.array([], np.int64)


def hops_of(found: Sequence[Statement]) -> Hops:
    """The network of some statements; goods passed to oneself are left out of it."""
    hops = tuple(
        Hop(statement, giver, taker)
        for statement in found
        for giver in statement.side(Side.FROM)
        for taker in statement.side(Side.TO)
        if giver.key != taker.key
    )
    nodes: dict[HolderKey, int] = {}
    for hop in hops:
        for party in (hop.giver, hop.taker):
            nodes.setdefault(party.key, len(nodes))
    columns = [
        (
            nodes[hop.giver.key],
            nodes[hop.taker.key],
            day_number(hop.statement.earliest, EVER),
            day_number(hop.statement.latest, NEVER),
            CLASSES.index(hop.statement.evidence_class),
        )
        for hop in hops
    ]
    table = np.array(columns, np.int64).reshape(-1, 5)
    return Hops(Network(len(nodes), *table.T[:4]), table[:, 4], hops, tuple(nodes))


def day_number(day: date | None, otherwise: int) -> int:
    """A day as the network counts it, ``otherwise`` where it is not known."""
    return day.toordinal() if day is not None else otherwise
