"""Temporal reachability: whom goods of a firm may have reached, or who may have supplied it, by date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from provenance.core.vocabulary.tracing import Dated
from provenance.tracing.endpoints import strong_components
from provenance.tracing.ledger import Ledger, day_of
from provenance.tracing.network import (
    ALWAYS,
    NEVER,
    Network,
    Numbers,
    arrivals,
    certain_arrivals,
    distinct,
)
from provenance.tracing.numbering import NOTHING
from provenance.tracing.path_network import build_path_network, last_nodes_by_group
from provenance.tracing.recovered_components import RecoveredComponents


@dataclass(frozen=True, slots=True)
class ReachedParty:
    """A party within reach; ``through`` is the one before it and ``edge`` the ledger's edge between them.

    ``same_goods`` means that some path there is of one part, lot or item all the way; otherwise the path
    joins whatever these parties traded. ``day`` is the first possible day forward, the last one backward.
    """

    node: int
    through: int
    edge: int
    steps: int
    dated: Dated
    same_goods: bool
    day: date | None


def reachable_parties(
    ledger: Ledger, start: int, *, forward: bool, same_goods: bool = False
) -> list[ReachedParty]:
    """Every party that goods of ``start`` may have reached, or that may have supplied it, nearest first.

    ``same_goods`` keeps to paths of one part, lot or item.
    """
    turned = ledger if forward else _turned(ledger)
    whole = _network(turned)
    goods, party = _by_goods(turned)
    in_goods = distinct(party[_reached(goods, np.flatnonzero(party == start))])
    starts = np.array([start])
    parent = np.full(whole.nodes, -1, np.int64)
    label = arrivals(whole, starts, since=-NEVER, parent=parent)
    sure = certain_arrivals(whole, starts, since=-NEVER)
    found = []
    for node in np.flatnonzero(label < NEVER).tolist():
        fits = bool(np.isin(node, in_goods))
        if node != start and parent[node] >= 0 and (fits or not same_goods):
            path = _back(whole, parent, node)
            day = int(label[node]) if forward else -int(label[node])
            found.append(
                ReachedParty(
                    node=node,
                    through=int(whole.tail[parent[node]]),
                    edge=int(parent[node]),
                    steps=len(path),
                    dated=Dated.CERTAIN if sure[node] < NEVER else Dated.POSSIBLE,
                    same_goods=fits,
                    day=day_of(day),
                )
            )
    return sorted(found, key=lambda item: (item.steps, not item.same_goods, item.node))


def recoveries_supplied(
    ledger: Ledger, recovered: RecoveredComponents, start: int
) -> tuple[Numbers, Numbers]:
    """The recoveries, and the components, that goods of a party may have ended up in, by date and goods."""
    paths = build_path_network(ledger, recovered)
    network = paths.network
    begun = np.flatnonzero(paths.party == start)
    label = arrivals(network, begun)
    _end, groups = last_nodes_by_group(paths, strong_components(network), label)
    reached = np.isin(paths.group, groups)
    return np.unique(recovered.recovery[reached]), recovered.component[reached]


def _network(ledger: Ledger) -> Network:
    return Network(
        ledger.nodes,
        ledger.tail,
        ledger.head,
        ledger.earliest[ledger.transfer],
        ledger.latest[ledger.transfer],
    )


def _turned(ledger: Ledger) -> Ledger:
    """The ledger with time and direction reversed, so that backward is forward."""
    from dataclasses import replace

    return replace(
        ledger,
        tail=ledger.head,
        head=ledger.tail,
        earliest=np.where(ledger.latest == NEVER, -NEVER, -ledger.latest),
        latest=np.where(ledger.earliest == ALWAYS, NEVER, -ledger.earliest),
    )


def _by_goods(ledger: Ledger) -> tuple[Network, Numbers]:
    """The network in which a node is a party with one kind of goods.

    Goods that are only described in words are a kind of their own in each transfer.
    """
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
    path = []
    while (edge := int(parent[node])) >= 0:
        path.append(edge)
        node = int(network.tail[edge])
        if len(path) > network.nodes:
            break
    return path
