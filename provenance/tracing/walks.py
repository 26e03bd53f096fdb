"""Forward from a firm, or back from it, by date: who may have got goods from it, and where they turned up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from provenance.core.vocabulary.tracing import Dated
from provenance.tracing.finds import Finds
from provenance.tracing.holders import circles
from provenance.tracing.ledger import Ledger, day_of
from provenance.tracing.network import (
    EVER,
    NEVER,
    Network,
    Numbers,
    arrivals,
    certain_arrivals,
    distinct,
)
from provenance.tracing.reading import NOTHING
from provenance.tracing.roads import build_roads, ends_of


@dataclass(frozen=True, slots=True)
class Reached:
    """A holder that a walk comes to; ``through`` is the one before it and ``hop`` the ledger's hop between.

    ``same_goods`` says that some road there is of one part, lot or item all the way; without it the road
    joins whatever these holders dealt in. ``day`` is the first possible day forward, the last one back.
    """

    node: int
    through: int
    hop: int
    steps: int
    dated: Dated
    same_goods: bool
    day: date | None


def walk(ledger: Ledger, start: int, *, forward: bool, same_goods: bool = False) -> list[Reached]:
    """Everyone whom goods of a holder may have reached, or who may have fed it, nearest first.

    ``same_goods`` keeps to roads of one part, lot or item.
    """
    turned = ledger if forward else _turned(ledger)
    whole = _network(turned)
    goods, holder = _by_goods(turned)
    in_goods = distinct(holder[_reached(goods, np.flatnonzero(holder == start))])
    starts = np.array([start])
    parent = np.full(whole.nodes, -1, np.int64)
    label = arrivals(whole, starts, since=-NEVER, parent=parent)
    sure = certain_arrivals(whole, starts, since=-NEVER)
    found = []
    for node in np.flatnonzero(label < NEVER).tolist():
        fits = bool(np.isin(node, in_goods))
        if node != start and parent[node] >= 0 and (fits or not same_goods):
            road = _back(whole, parent, node)
            day = int(label[node]) if forward else -int(label[node])
            found.append(
                Reached(
                    node=node,
                    through=int(whole.tail[parent[node]]),
                    hop=int(parent[node]),
                    steps=len(road),
                    dated=Dated.CERTAIN if sure[node] < NEVER else Dated.POSSIBLE,
                    same_goods=fits,
                    day=day_of(day),
                )
            )
    return sorted(found, key=lambda item: (item.steps, not item.same_goods, item.node))


def fed(ledger: Ledger, finds: Finds, start: int) -> tuple[Numbers, Numbers]:
    """The recoveries, and the components, that goods of a holder may have ended in, by date and goods."""
    roads = build_roads(ledger, finds)
    network = roads.network
    begun = np.flatnonzero(roads.holder == start)
    label = arrivals(network, begun)
    _end, groups = ends_of(roads, circles(network), label)
    reached = np.isin(roads.group, groups)
    return np.unique(finds.recovery[reached]), finds.component[reached]


def _network(ledger: Ledger) -> Network:
    return Network(
        ledger.nodes,
        ledger.tail,
        ledger.head,
        ledger.earliest[ledger.transfer],
        ledger.latest[ledger.transfer],
    )


def _turned(ledger: Ledger) -> Ledger:
    """The ledger with time and direction turned round, so that back is forward."""
    from dataclasses import replace

    return replace(
        ledger,
        tail=ledger.head,
        head=ledger.tail,
        earliest=np.where(ledger.latest == NEVER, -NEVER, -ledger.latest),
        latest=np.where(ledger.earliest == EVER, NEVER, -ledger.earliest),
    )


def _by_goods(ledger: Ledger) -> tuple[Network, Numbers]:
    """The network in which a node is a holder of one kind of goods; words alone are a kind each."""
    part, component = ledger.part, ledger.component
    lot = ledger.lot
    kinds = np.stack(
        [
            part,
            np.where(part == NOTHING, component, NOTHING),
            np.where((part == NOTHING) & (component == NOTHING), lot, NOTHING),
            np.where((part == NOTHING) & (component == NOTHING) & (lot == NOTHING), ledger.number, NOTHING),
        ]
    )
    _kinds, kind = np.unique(kinds, axis=1, return_inverse=True)
    kind = kind.reshape(-1)[ledger.transfer]
    tails, heads = kind * ledger.nodes + ledger.tail, kind * ledger.nodes + ledger.head
    nodes = distinct(np.concatenate([tails, heads]))
    network = Network(
        len(nodes),
        np.searchsorted(nodes, tails),
        np.searchsorted(nodes, heads),
        ledger.earliest[ledger.transfer],
        ledger.latest[ledger.transfer],
    )
    return network, nodes % max(ledger.nodes, 1)


def _reached(network: Network, starts: Numbers) -> Numbers:
    return np.flatnonzero(arrivals(network, starts, since=-NEVER) < NEVER)


def _back(network: Network, parent: Numbers, node: int) -> list[int]:
    road = []
    while (hop := int(parent[node])) >= 0:
        road.append(hop)
        node = int(network.tail[hop])
        if len(road) > network.nodes:
            break
    return road
