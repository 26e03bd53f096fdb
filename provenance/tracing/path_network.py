"""Supply paths into recovered components: a network for each kind of goods, as layers of one network.

Goods do not change in transit: a path into a component consists of transfers of that component, its lot or
its part number, never of whatever else its holders traded. Each set of goods is a layer; a node is a party
in a layer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from provenance.tracing.endpoints import first_nodes, first_onward_day, strong_components
from provenance.tracing.ledger import Ledger
from provenance.tracing.network import (
    ALWAYS,
    NEVER,
    Mask,
    Network,
    Numbers,
    arrivals,
    departures,
    distinct,
    ranges,
)
from provenance.tracing.numbering import NOTHING
from provenance.tracing.recovered_components import RecoveredComponents


@dataclass(frozen=True)
class PathNetwork:
    """The layers side by side, and the groups of components that end in them.

    ``party`` and ``layer`` are each node's, ``edge`` each edge's number in the ledger. Components that end
    in the same layer by the same day are one group; ``group`` is that of each recovered component, in their
    order.
    """

    network: Network
    party: Numbers
    layer: Numbers
    edge: Numbers
    group: Numbers
    group_layer: Numbers
    group_until: Numbers


@dataclass(frozen=True)
class PathMembers:
    """What lies on a possible path from a first known holder to a recovered component.

    ``node`` and ``of_group`` pair each node with the groups that a path through it leads to; ``end`` and
    ``end_group`` the last known holders with theirs; ``edges`` are the edges of any such path, ``tail`` and
    ``head`` the pairs of nodes that they join, each once; ``parent`` is the edge by which a node is reached
    earliest, -1 for none.
    """

    node: Numbers
    of_group: Numbers
    end: Numbers
    end_group: Numbers
    edges: Numbers
    tail: Numbers
    head: Numbers
    first: Numbers
    parent: Numbers


def build_path_network(ledger: Ledger, recovered: RecoveredComponents, *, wide: bool = False) -> PathNetwork:
    """The network of paths into some components; ``wide`` admits transfers known by customs code alone."""
    own = _with_own_transfers(ledger, recovered)
    hs6 = recovered.hs6 if wide else np.zeros_like(recovered.hs6)
    keys = np.stack([recovered.part, hs6, own])
    layers, layer_of = np.unique(keys, axis=1, return_inverse=True)
    layer_of = layer_of.reshape(-1)
    layer, edge = _members(ledger, recovered, layers)
    tails = layer * ledger.nodes + ledger.tail[edge]
    heads = layer * ledger.nodes + ledger.head[edge]
    nodes = distinct(np.concatenate([tails, heads]))
    places = np.searchsorted(nodes, np.concatenate([tails, heads]))
    moved = ledger.transfer[edge]
    network = Network(
        len(nodes),
        places[: len(edge)],
        places[len(edge) :],
        ledger.earliest[moved],
        ledger.latest[moved],
    )
    groups, group = np.unique(np.stack([layer_of, recovered.until]), axis=1, return_inverse=True)
    return PathNetwork(
        network, nodes % max(ledger.nodes, 1), nodes // max(ledger.nodes, 1), edge, group.reshape(-1), *groups
    )


def _with_own_transfers(ledger: Ledger, recovered: RecoveredComponents) -> Numbers:
    """The component's number where transfers of itself or its lot are on record, else nothing."""
    itself = np.isin(recovered.component, ledger.component)
    its_lot = (recovered.lot != NOTHING) & np.isin(recovered.lot, ledger.lot)
    return np.where(itself | its_lot, recovered.component, NOTHING)


def _members(ledger: Ledger, recovered: RecoveredComponents, layers: Numbers) -> tuple[Numbers, Numbers]:
    """Which edges are in which layers, as pairs."""
    component, lot = ledger.component[ledger.transfer], ledger.lot[ledger.transfer]
    part, hs6 = ledger.part[ledger.transfer], ledger.hs6[ledger.transfer]
    general = (component == NOTHING) & (lot == NOTHING)
    of_part = np.where(general, part, NOTHING)
    of_code = np.where(general & (part == NOTHING), hs6, NOTHING)
    place = np.argsort(recovered.component)
    owner = place[
        np.searchsorted(recovered.component, layers[2], sorter=place).clip(0, max(len(place) - 1, 0))
    ]
    lots = np.where(layers[2] != NOTHING, recovered.lot[owner], NOTHING) if len(place) else layers[2]
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
    """For each layer's wanted value the edges that have it, as pairs of layer and edge."""
    if not wanted.any() or not value.any():
        return wanted[:0], wanted[:0]
    order = np.argsort(value, kind="stable")
    ordered = value[order]
    first = np.searchsorted(ordered, wanted, "left")
    counts = np.where(wanted != NOTHING, np.searchsorted(ordered, wanted, "right") - first, 0)
    return np.repeat(np.arange(len(wanted)), counts), order[ranges(first, counts)]


def path_members(paths: PathNetwork) -> PathMembers:
    """Every node and edge that lies on a possible path, by date, and the groups it leads to."""
    network = paths.network
    scc = strong_components(network)
    first = first_nodes(network, scc)
    parent = np.full(network.nodes, -1, np.int64)
    here = arrivals(network, first, parent=parent)
    end, end_group = last_nodes_by_group(paths, scc, here)
    latest = np.full(network.nodes, ALWAYS - 1, np.int64)
    pairs = list(_pairs(paths, here, end, end_group, latest))
    tails, heads = network.tail, network.head
    usable = (here[tails] <= network.latest) & (here[tails] < NEVER)
    usable &= np.maximum(here[tails], network.earliest) <= latest[heads]
    nodes, groups = (np.concatenate([pair[i] for pair in pairs]) if pairs else end for i in (0, 1))
    edges = np.flatnonzero(usable)
    joined = distinct(tails[edges] * network.nodes + heads[edges])
    return PathMembers(
        node=nodes,
        of_group=groups,
        end=end,
        end_group=end_group,
        edges=edges,
        tail=joined // max(network.nodes, 1),
        head=joined % max(network.nodes, 1),
        first=first,
        parent=parent,
    )


def _pairs(
    paths: PathNetwork, here: Numbers, end: Numbers, end_group: Numbers, latest: Numbers
) -> Iterator[tuple[Numbers, Numbers]]:
    """Nodes with the groups they lead to, the first group of every layer together, then the second…

    ``latest`` receives the latest day on which goods may be at each node and still reach any group.
    """
    layers = int(paths.group_layer.max()) + 1 if len(paths.group_layer) else 0
    first_group = np.searchsorted(paths.group_layer, np.arange(layers + 1), "left")
    first_node = np.searchsorted(paths.layer, np.arange(layers + 1), "left")
    slot = np.arange(len(paths.group_layer)) - first_group[paths.group_layer]
    order = np.argsort(slot[end_group], kind="stable")
    bounds = np.searchsorted(
        slot[end_group][order], np.arange(np.diff(first_group).max(initial=0) + 1), "left"
    )
    last = np.full(paths.network.nodes, ALWAYS - 1, np.int64)
    for turn, (start, stop) in enumerate(pairwise(bounds.tolist())):
        mine = order[start:stop]
        departures(paths.network, end[mine], paths.group_until[end_group[mine]], label=last)
        active = np.flatnonzero(np.diff(first_group) > turn)
        nodes = ranges(first_node[active], first_node[active + 1] - first_node[active])
        on_path = nodes[(here[nodes] <= last[nodes]) & (here[nodes] < NEVER)]
        yield on_path, first_group[paths.layer[on_path]] + turn
        latest[nodes] = np.maximum(latest[nodes], last[nodes])
        last[nodes] = ALWAYS - 1


def last_nodes_by_group(paths: PathNetwork, scc: Numbers, here: Numbers) -> tuple[Numbers, Numbers]:
    """The last known holders of each group's goods by its day, as pairs of node and group.

    ``scc`` is what `strong_components` returned, ``here`` the earliest arrivals; goods that arrive too
    late have no last holder.
    """
    network = paths.network
    onward = first_onward_day(network, scc, here)
    taken = np.zeros(network.nodes, bool)
    taken[network.head] = True
    candidates = np.flatnonzero(taken & (here < NEVER))
    candidates = candidates[np.argsort(paths.layer[candidates], kind="stable")]
    layers = paths.layer[candidates]
    first = np.searchsorted(layers, paths.group_layer, "left")
    counts = np.searchsorted(layers, paths.group_layer, "right") - first
    group = np.repeat(np.arange(len(paths.group_layer)), counts)
    node = candidates[ranges(first, counts)]
    until = paths.group_until[group]
    ends: Mask = (here[node] <= until) & ((onward[node] > until) | (onward[node] == NEVER))
    return node[ends], group[ends]
