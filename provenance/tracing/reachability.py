"""Temporal reachability: whom goods of a firm may have reached, or who may have supplied it, by date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

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
    distinct,
)
from provenance.tracing.numbering import NOTHING
from provenance.tracing.path_network import build_path_network, last_nodes_by_group
from provenance.tracing.recovered_components import RecoveredComponents


@dataclass(frozen=True, slots=True)
class ReachedParty:
    """A party within reach by one path; ``through`` is the one before it and ``edge`` the ledger's edge
    between them.

    ``steps``, ``dated``, ``same_goods`` and ``day`` are of this very path, never of another one to the same
    party: ``dated`` is certain if its dates prove its order, ``same_goods`` means one part, lot or item all
    the way. ``day`` is the first possible day forward, the last one backward. ``place`` and ``before`` number
    the party, and the one before it, within the paths that are followed: with the same goods a party has a
    place for each kind of goods.
    """

    node: int
    through: int
    edge: int
    steps: int
    dated: Dated
    same_goods: bool
    day: date | None
    place: int
    before: int


def reachable_parties(
    ledger: Ledger, start: int, *, forward: bool, same_goods: bool = False
) -> list[ReachedParty]:
    """Every party that goods of ``start`` may have reached, or that may have supplied it, nearest first.

    ``same_goods`` keeps to paths of one part, lot or item, and gives a party once for each kind of goods that
    reached it so.
    """
    turned = ledger if forward else _turned(ledger)
    kinds = _kinds(turned)
    if same_goods:
        network, party = _by_goods(turned, kinds)
    else:
        network, party = _network(turned), np.arange(turned.nodes)
    starts = np.flatnonzero(party == start)
    parent = np.full(network.nodes, -1, np.int64)
    label = arrivals(network, starts, since=-NEVER, parent=parent)
    found = []
    for place in np.flatnonzero(label < NEVER).tolist():
        if party[place] != start and parent[place] >= 0:
            path = _back(network, parent, place)
            before = int(network.tail[parent[place]])
            found.append(
                ReachedParty(
                    node=int(party[place]),
                    through=int(party[before]),
                    edge=path[-1],
                    steps=len(path),
                    dated=Dated.CERTAIN if _in_order(network, path) else Dated.POSSIBLE,
                    same_goods=len(set(kinds[path].tolist())) == 1,
                    day=day_of(int(label[place]) if forward else -int(label[place])),
                    place=place,
                    before=before,
                )
            )
    return sorted(found, key=lambda item: (item.steps, not item.same_goods, item.node, item.place))


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


def _kinds(ledger: Ledger) -> Numbers:
    """Which goods each edge is of, as a number.

    Goods that are only described in words are a kind of their own in each transfer.
    """
    part, component, lot = ledger.part, ledger.component, ledger.lot
    keys = np.stack(
        [
            part,
            np.where(part == NOTHING, component, NOTHING),
            np.where((part == NOTHING) & (component == NOTHING), lot, NOTHING),
            np.where((part == NOTHING) & (component == NOTHING) & (lot == NOTHING), ledger.number, NOTHING),
        ]
    )
    _keys, kind = np.unique(keys, axis=1, return_inverse=True)
    found: Numbers = kind.reshape(-1)[ledger.transfer]
    return found


def _by_goods(ledger: Ledger, kind: Numbers) -> tuple[Network, Numbers]:
    """The network in which a node is a party with one kind of goods, and the party of each node."""
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


def _in_order(network: Network, path: list[int]) -> bool:
    """Whether every step begins no earlier than the one before it has certainly ended."""
    return all(
        network.latest[first] < NEVER
        and network.earliest[second] > -NEVER
        and network.earliest[second] != ALWAYS
        and network.latest[first] <= network.earliest[second]
        for first, second in pairwise(path)
    )


def _back(network: Network, parent: Numbers, node: int) -> list[int]:
    """The edges by which a node was reached, the first step first."""
    path = []
    while (edge := int(parent[node])) >= 0:
        path.append(edge)
        node = int(network.tail[edge])
        if len(path) > network.nodes:
            break
    return path[::-1]
