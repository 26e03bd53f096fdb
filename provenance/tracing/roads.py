"""Roads into what was found: for each kind of goods a network of its own, side by side in one.

Goods do not change on their way: a road into a component is made of transfers of that component, of its
lot or of its part number, never of whatever else its holders dealt in. Each set of goods is a layer, and a
node of the whole is a holder in a layer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from provenance.tracing.finds import Finds
from provenance.tracing.holders import circles, first_holders, onward_from
from provenance.tracing.ledger import Ledger
from provenance.tracing.network import (
    EVER,
    NEVER,
    Mask,
    Network,
    Numbers,
    arrivals,
    departures,
    distinct,
    ranges,
)
from provenance.tracing.reading import NOTHING


@dataclass(frozen=True)
class Roads:
    """The layers side by side, and the groups of components that end in them.

    ``holder`` and ``layer`` are each node's, ``hop`` each hop's number in the ledger. Components that end
    in the same layer by the same day are one group; ``group`` is each component's, in the order of the
    finds.
    """

    network: Network
    holder: Numbers
    layer: Numbers
    hop: Numbers
    group: Numbers
    group_layer: Numbers
    group_until: Numbers


@dataclass(frozen=True)
class Reach:
    """What lies on a possible road from a first known holder to a find.

    ``node`` and ``of_group`` pair each node with the groups that a road through it leads to; ``end`` and
    ``end_group`` the last known holders with theirs; ``hops`` are the hops of any such road, ``tail`` and
    ``head`` the pairs of nodes that they join, each once; ``parent`` is the hop by which a node is reached
    earliest, -1 for none.
    """

    node: Numbers
    of_group: Numbers
    end: Numbers
    end_group: Numbers
    hops: Numbers
    tail: Numbers
    head: Numbers
    first: Numbers
    parent: Numbers


def build_roads(ledger: Ledger, finds: Finds, *, wide: bool = False) -> Roads:
    """The roads network of some finds; ``wide`` lets transfers by customs code alone stand in too."""
    own = _with_own_transfers(ledger, finds)
    hs6 = finds.hs6 if wide else np.zeros_like(finds.hs6)
    keys = np.stack([finds.part, hs6, own])
    layers, layer_of = np.unique(keys, axis=1, return_inverse=True)
    layer_of = layer_of.reshape(-1)
    layer, hop = _members(ledger, finds, layers)
    tails = layer * ledger.nodes + ledger.tail[hop]
    heads = layer * ledger.nodes + ledger.head[hop]
    nodes = distinct(np.concatenate([tails, heads]))
    places = np.searchsorted(nodes, np.concatenate([tails, heads]))
    moved = ledger.transfer[hop]
    network = Network(
        len(nodes),
        places[: len(hop)],
        places[len(hop) :],
        ledger.earliest[moved],
        ledger.latest[moved],
    )
    groups, group = np.unique(np.stack([layer_of, finds.until]), axis=1, return_inverse=True)
    return Roads(
        network, nodes % max(ledger.nodes, 1), nodes // max(ledger.nodes, 1), hop, group.reshape(-1), *groups
    )


def _with_own_transfers(ledger: Ledger, finds: Finds) -> Numbers:
    """The component's number where transfers of itself or its lot are on record, else nothing."""
    itself = np.isin(finds.component, ledger.component)
    its_lot = (finds.lot != NOTHING) & np.isin(finds.lot, ledger.lot)
    return np.where(itself | its_lot, finds.component, NOTHING)


def _members(ledger: Ledger, finds: Finds, layers: Numbers) -> tuple[Numbers, Numbers]:
    """Which hops are in which layers, as pairs."""
    component, lot = ledger.component[ledger.transfer], ledger.lot[ledger.transfer]
    part, hs6 = ledger.part[ledger.transfer], ledger.hs6[ledger.transfer]
    general = (component == NOTHING) & (lot == NOTHING)
    of_part = np.where(general, part, NOTHING)
    of_code = np.where(general & (part == NOTHING), hs6, NOTHING)
    place = np.argsort(finds.component)
    owner = place[np.searchsorted(finds.component, layers[2], sorter=place).clip(0, max(len(place) - 1, 0))]
    lots = np.where(layers[2] != NOTHING, finds.lot[owner], NOTHING) if len(place) else layers[2]
    by_lot = _gather(np.where(component == NOTHING, lot, NOTHING), lots)
    fits = (part[by_lot[1]] == NOTHING) | (part[by_lot[1]] == layers[0][by_lot[0]])
    found = [
        _gather(of_part, layers[0]),
        _gather(of_code, layers[1]),
        _gather(component, layers[2]),
        (by_lot[0][fits], by_lot[1][fits]),
    ]
    return np.concatenate([pair[0] for pair in found]), np.concatenate([pair[1] for pair in found])


def _gather(value: Numbers, wanted: Numbers) -> tuple[Numbers, Numbers]:
    """For each layer's wanted value the hops that have it, as pairs of layer and hop."""
    if not wanted.any() or not value.any():
        return wanted[:0], wanted[:0]
    order = np.argsort(value, kind="stable")
    ordered = value[order]
    first = np.searchsorted(ordered, wanted, "left")
    counts = np.where(wanted != NOTHING, np.searchsorted(ordered, wanted, "right") - first, 0)
    return np.repeat(np.arange(len(wanted)), counts), order[ranges(first, counts)]


def reach(roads: Roads) -> Reach:
    """Finds every node and hop that lies on a possible road, by date, and to which groups it leads."""
    network = roads.network
    circle = circles(network)
    first = first_holders(network, circle)
    parent = np.full(network.nodes, -1, np.int64)
    here = arrivals(network, first, parent=parent)
    end, end_group = ends_of(roads, circle, here)
    latest = np.full(network.nodes, EVER - 1, np.int64)
    pairs = list(_pairs(roads, here, end, end_group, latest))
    tails, heads = network.tail, network.head
    usable = (here[tails] <= network.latest) & (here[tails] < NEVER)
    usable &= np.maximum(here[tails], network.earliest) <= latest[heads]
    nodes, groups = (np.concatenate([pair[i] for pair in pairs]) if pairs else end for i in (0, 1))
    hops = np.flatnonzero(usable)
    joined = distinct(tails[hops] * network.nodes + heads[hops])
    return Reach(
        node=nodes,
        of_group=groups,
        end=end,
        end_group=end_group,
        hops=hops,
        tail=joined // max(network.nodes, 1),
        head=joined % max(network.nodes, 1),
        first=first,
        parent=parent,
    )


def _pairs(
    roads: Roads, here: Numbers, end: Numbers, end_group: Numbers, latest: Numbers
) -> Iterator[tuple[Numbers, Numbers]]:
    """Nodes with the groups they lead to, the first group of every layer together, then the second…

    ``latest`` takes up the latest day on which goods may be at each node and still reach any group.
    """
    layers = int(roads.group_layer.max()) + 1 if len(roads.group_layer) else 0
    first_group = np.searchsorted(roads.group_layer, np.arange(layers + 1), "left")
    first_node = np.searchsorted(roads.layer, np.arange(layers + 1), "left")
    slot = np.arange(len(roads.group_layer)) - first_group[roads.group_layer]
    order = np.argsort(slot[end_group], kind="stable")
    bounds = np.searchsorted(
        slot[end_group][order], np.arange(np.diff(first_group).max(initial=0) + 1), "left"
    )
    last = np.full(roads.network.nodes, EVER - 1, np.int64)
    for turn, (start, stop) in enumerate(pairwise(bounds.tolist())):
        mine = order[start:stop]
        departures(roads.network, end[mine], roads.group_until[end_group[mine]], label=last)
        active = np.flatnonzero(np.diff(first_group) > turn)
        nodes = ranges(first_node[active], first_node[active + 1] - first_node[active])
        on_road = nodes[(here[nodes] <= last[nodes]) & (here[nodes] < NEVER)]
        yield on_road, first_group[roads.layer[on_road]] + turn
        latest[nodes] = np.maximum(latest[nodes], last[nodes])
        last[nodes] = EVER - 1


def ends_of(roads: Roads, circle: Numbers, here: Numbers) -> tuple[Numbers, Numbers]:
    """The last known holders of each group's goods by its day, as pairs of node and group.

    ``circle`` is what `circles` gave, ``here`` the earliest arrivals; where none arrives in time, none is.
    """
    network = roads.network
    onward = onward_from(network, circle, here)
    taken = np.zeros(network.nodes, bool)
    taken[network.head] = True
    candidates = np.flatnonzero(taken & (here < NEVER))
    candidates = candidates[np.argsort(roads.layer[candidates], kind="stable")]
    layers = roads.layer[candidates]
    first = np.searchsorted(layers, roads.group_layer, "left")
    counts = np.searchsorted(layers, roads.group_layer, "right") - first
    group = np.repeat(np.arange(len(roads.group_layer)), counts)
    node = candidates[ranges(first, counts)]
    until = roads.group_until[group]
    ends: Mask = (here[node] <= until) & ((onward[node] > until) | (onward[node] == NEVER))
    return node[ends], group[ends]
