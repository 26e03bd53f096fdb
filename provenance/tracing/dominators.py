"""Which parties every path to a component passes: dominators of the path network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from provenance.tracing.network import Mask, Numbers
from provenance.tracing.path_network import PathMembers, PathNetwork

_TOGETHER = 100_000
"""Edges handed over at once: as pairs of Python integers they take ten times the memory."""


@dataclass(frozen=True)
class Dominators:
    """Pairs of a group and a node that every known path to the group passes; ``alive`` groups have a path."""

    group: Numbers
    node: Numbers
    alive: Numbers


def dominators(paths: PathNetwork, reached: PathMembers, nodes: Mask | None = None) -> Dominators:
    """The nodes that every path over the usable edges passes, group by group.

    Edges that no dated path can use are already removed; the rest are joined regardless of dates. So every
    node reported does dominate, but one that dominates only because of the dates of a combination of edges
    may be missing. ``nodes`` restricts the network to some nodes.
    """
    import rustworkx

    size = paths.network.nodes
    kept = np.ones(size, bool) if nodes is None else nodes
    inner = kept[reached.tail] & kept[reached.head]
    ends = kept[reached.end]
    root, groups = size, size + 1
    first = reached.first[kept[reached.first]]
    tails = np.concatenate([np.full(len(first), root), reached.tail[inner], reached.end[ends]])
    heads = np.concatenate([first, reached.head[inner], groups + reached.end_group[ends]])
    touched = np.zeros(groups + len(paths.group_layer), bool)
    touched[tails] = touched[heads] = touched[root] = True
    used = np.flatnonzero(touched)
    place = np.cumsum(touched) - 1
    graph: rustworkx.PyDiGraph[None, None] = rustworkx.PyDiGraph(
        node_count_hint=len(used), edge_count_hint=len(tails)
    )
    graph.add_nodes_from([None] * len(used))
    for start in range(0, len(tails), _TOGETHER):
        some = slice(start, start + _TOGETHER)
        graph.add_edges_from_no_data(
            list(zip(place[tails[some]].tolist(), place[heads[some]].tolist(), strict=True))
        )
    found = rustworkx.immediate_dominators(graph, int(place[root]))
    above = np.full(len(used), -1, np.int64)
    above[np.fromiter(found.keys(), np.int64, len(found))] = np.fromiter(found.values(), np.int64, len(found))
    return _climb(used, above, int(place[root]), groups)


def _climb(used: Numbers, above: Numbers, root: int, groups: int) -> Dominators:
    """Walks up from every group that has a path, all at once."""
    ends = np.flatnonzero((used >= groups) & (above >= 0))
    group, current = used[ends] - groups, above[ends]
    found: list[tuple[Numbers, Numbers]] = []
    alive = group
    while len(current):
        inside = current != root
        group, current = group[inside], current[inside]
        found.append((group, used[current]))
        current = above[current]
    return Dominators(
        np.concatenate([pair[0] for pair in found]) if found else alive[:0],
        np.concatenate([pair[1] for pair in found]) if found else alive[:0],
        alive,
    )
