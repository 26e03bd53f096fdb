"""Transfer statements as a graph: an edge from each sender to each recipient, unknown sides as nodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from provenance.core.vocabulary import PartyRole, Side
from provenance.tracing.evidence_classes import CLASSES
from provenance.tracing.network import ALWAYS, NEVER, Network, Numbers
from provenance.tracing.statements import Party, PartyKey, Statement


@dataclass(frozen=True, slots=True)
class TransferEdge:
    """One party passing goods to one other in a statement."""

    statement: Statement
    sender: Party
    recipient: Party


@dataclass(frozen=True, slots=True)
class TransferGraph:
    """A graph of statements: ``parties[n]`` is who node ``n`` is, ``edges[e]`` what edge ``e`` is.

    ``classes`` numbers each edge's evidence class, 0 the strongest.
    """

    network: Network
    classes: Numbers
    edges: tuple[TransferEdge, ...]
    parties: tuple[PartyKey, ...]

    def node(self, key: PartyKey) -> int | None:
        """The node of a party, None where it is on no edge."""
        return self.parties.index(key) if key in self.parties else None

    def makers(self) -> Numbers:
        """The nodes that sent something as its maker."""
        made = [edge.sender.role == PartyRole.MAKER for edge in self.edges]
        return np.unique(self.network.tail[np.array(made, bool)]) if made else np.array([], np.int64)


def transfer_graph_of(found: Sequence[Statement]) -> TransferGraph:
    """The graph of some statements; goods that a party passed to itself are left out."""
    edges = tuple(
        TransferEdge(statement, sender, recipient)
        for statement in found
        for sender in statement.side(Side.FROM)
        for recipient in statement.side(Side.TO)
        if sender.key != recipient.key
    )
    nodes: dict[PartyKey, int] = {}
    for edge in edges:
        for party in (edge.sender, edge.recipient):
            nodes.setdefault(party.key, len(nodes))
    columns = [
        (
            nodes[edge.sender.key],
            nodes[edge.recipient.key],
            day_number(edge.statement.earliest, ALWAYS),
            day_number(edge.statement.latest, NEVER),
            CLASSES.index(edge.statement.evidence_class),
        )
        for edge in edges
    ]
    table = np.array(columns, np.int64).reshape(-1, 5)
    return TransferGraph(Network(len(nodes), *table.T[:4]), table[:, 4], edges, tuple(nodes))


def day_number(day: date | None, otherwise: int) -> int:
    """A day as the network counts it, ``otherwise`` where it is not known."""
    return day.toordinal() if day is not None else otherwise
