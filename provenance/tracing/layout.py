"""Layered layout (Sugiyama): nodes in layers from left to right, ordered so that few lines cross.

Layers by the longest path from a source node, with cycles in one layer; order within a layer by repeated
barycentre sweeps; an edge that passes layers gets a position in each, so that it runs between the nodes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from provenance.tracing.endpoints import strong_components
from provenance.tracing.graph import WEAPON, SupplyGraph
from provenance.tracing.network import Network

_ROUNDS = 12
"""Sweeps over all layers; positions in graphs of the size that is drawn are stable well before that."""


@dataclass(frozen=True)
class Layout:
    """``layer`` and ``height`` of each node (heights in units of one node), and the route of each edge.

    ``routes[e]`` are the heights that edge ``e`` passes, one for each layer from its left node's to its
    right node's; ``backward[e]`` if it points to the left, or stays in its layer.
    """

    layer: list[int]
    height: list[float]
    routes: list[list[float]]
    backward: list[bool]


def lay_out(graph: SupplyGraph) -> Layout:
    """A position for every node; the same graph is always laid out the same way."""
    place = {node.key: number for number, node in enumerate(graph.nodes)}
    pairs = [(place[edge.tail], place[edge.head]) for edge in graph.edges]
    layer = _layers(graph, pairs)
    backward = [layer[tail] >= layer[head] for tail, head in pairs]
    columns, links, chains = _with_passing_edges(layer, pairs, backward)
    _order(columns, links)
    height = _heights(columns, links)
    routes = [[height[stop] for stop in chain] for chain in chains]
    return Layout(layer, [height[node] for node in range(len(layer))], routes, backward)


def _layers(graph: SupplyGraph, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """The longest path from a source node, with cycles counted as one node; weapons are in the last layer."""
    size = len(graph.nodes)
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    zeros = np.zeros(len(pairs), np.int64)
    scc = strong_components(Network(size, ends[:, 0], ends[:, 1], zeros, zeros)).tolist()
    onward: dict[int, set[int]] = defaultdict(set)
    waiting: dict[int, int] = defaultdict(int)
    for tail, head in pairs:
        one, other = scc[tail], scc[head]
        if one != other and other not in onward[one]:
            onward[one].add(other)
            waiting[other] += 1
    depth = dict.fromkeys(scc, 0)
    queue = sorted(number for number in set(scc) if not waiting[number])
    for number in queue:
        for following in sorted(onward[number]):
            depth[following] = max(depth[following], depth[number] + 1)
            waiting[following] -= 1
            if not waiting[following]:
                queue.append(following)
    layers = [depth[scc[node]] for node in range(size)]
    weapons = [node for node in range(size) if graph.nodes[node].role == WEAPON]
    others = [layers[node] for node in range(size) if graph.nodes[node].role != WEAPON]
    last = max([*(layers[node] for node in weapons), max(others, default=-1) + 1], default=0)
    for node in weapons:
        layers[node] = last
    return layers


Links = dict[int, list[int]]


def _with_passing_edges(
    layer: Sequence[int], pairs: Sequence[tuple[int, int]], backward: Sequence[bool]
) -> tuple[list[list[int]], tuple[Links, Links], list[list[int]]]:
    """The columns with positions for edges that pass them, links to left and right, each edge's stops."""
    columns: list[list[int]] = [[] for _ in range(max(layer, default=-1) + 1)]
    for node, at in enumerate(layer):
        columns[at].append(node)
    left: Links = defaultdict(list)
    right: Links = defaultdict(list)
    following = len(layer)
    chains: list[list[int]] = []
    for (tail, head), turned in zip(pairs, backward, strict=True):
        begin, end = (head, tail) if turned else (tail, head)
        chain = [begin]
        for at in range(layer[begin] + 1, layer[end]):
            columns[at].append(following)
            chain.append(following)
            following += 1
        if end != begin:
            chain.append(end)
        for one, other in pairwise(chain):
            if layer[begin] != layer[end]:
                right[one].append(other)
                left[other].append(one)
        chains.append(chain)
    return columns, (left, right), chains


def _order(columns: list[list[int]], links: tuple[Links, Links]) -> None:
    """Orders each column by the positions of its neighbours, sweeping from the left and from the right."""
    for turn in range(_ROUNDS):
        toward = links[turn % 2]
        sweep = range(len(columns)) if turn % 2 == 0 else reversed(range(len(columns)))
        for at in sweep:
            near = at - 1 if turn % 2 == 0 else at + 1
            if 0 <= near < len(columns):
                place = {node: number for number, node in enumerate(columns[near])}
                _sort_column(columns[at], toward, place)


def _sort_column(column: list[int], toward: Links, place: dict[int, int]) -> None:
    before = {node: number for number, node in enumerate(column)}
    span = max(len(place), 1) / max(len(column), 1)

    def centre(node: int) -> float:
        near = [place[other] for other in toward[node] if other in place]
        return sum(near) / len(near) if near else before[node] * span

    column.sort(key=lambda node: (centre(node), before[node]))


def _heights(columns: list[list[int]], links: tuple[Links, Links]) -> dict[int, float]:
    """Heights at least one apart within a column, each as close to its neighbours as that allows."""
    tallest = max(map(len, columns), default=0)
    height = {
        node: number + (tallest - len(column)) / 2 for column in columns for number, node in enumerate(column)
    }
    for turn in range(_ROUNDS):
        for column in columns if turn % 2 == 0 else columns[::-1]:
            wanted = [_wanted(node, height, links) for node in column]
            for node, settled in zip(column, _apart(wanted), strict=True):
                height[node] = settled
    lowest = min(height.values(), default=0.0)
    return {node: at - lowest for node, at in height.items()}


def _wanted(node: int, height: dict[int, float], links: tuple[Links, Links]) -> float:
    near = [height[other] for side in links for other in side[node]]
    return sum(near) / len(near) if near else height[node]


def _apart(wanted: Sequence[float]) -> list[float]:
    """Heights in the given order, at least one apart, closest by least squares (isotonic regression)."""
    pools: list[tuple[float, int]] = []
    for number, at in enumerate(wanted):
        total, count = at - number, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            before = pools.pop()
            total, count = total + before[0], count + before[1]
        pools.append((total, count))
    settled = [total / count for total, count in pools for _ in range(count)]
    return [at + number for number, at in enumerate(settled)]
