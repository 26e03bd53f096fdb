"""On which holders every road to a find depends: dominators of the roads network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from provenance.tracing.network import Mask, Numbers
from provenance.tracing.roads import Reach, Roads

_TOGETHER = 100_000
"""So many hops are handed over at once: as pairs of Python's numbers they take ten times the room."""


@dataclass(frozen=True)
class Dominated:
    """Pairs of a group and a node that every known road to the group passes; ``alive`` groups have a road."""

    group: Numbers
    node: Numbers
    alive: Numbers


def dominators(roads: Roads, reached: Reach, nodes: Mask | None = None) -> Dominated:
    """Which nodes every road of the usable hops passes, group by group.

    Dates have taken out the hops that no road can use; among the rest roads are joined by place alone. So
    what is called dominating is; a node may dominate by the dates of a combination and not be called so.
    ``nodes`` keeps the network to some nodes.
    """
    import rustworkx

    size = roads.network.nodes
    kept = np.ones(size, bool) if nodes is None else nodes
    inner = kept[reached.tail] & kept[reached.head]
    ends = kept[reached.end]
    root, groups = size, size + 1
    first = reached.first[kept[reached.first]]
    tails = np.concatenate([np.full(len(first), root), reached.tail[inner], reached.end[ends]])
    heads = np.concatenate([first, reached.head[inner], groups + reached.end_group[ends]])
    touched = np.zeros(groups + len(roads.group_layer), bool)
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


def _climb(used: Numbers, above: Numbers, root: int, groups: int) -> Dominated:
    """Walks up from every group that has a road, all at once."""
    ends = np.flatnonzero((used >= groups) & (above >= 0))
    group, current = used[ends] - groups, above[ends]
    found: list[tuple[Numbers, Numbers]] = []
    alive = group
    while len(current):
        inside = current != root
        group, current = group[inside], current[inside]
        found.append((group, used[current]))
        current = above[current]
    return Dominated(
        np.concatenate([pair[0] for pair in found]) if found else alive[:0],
        np.concatenate([pair[1] for pair in found]) if found else alive[:0],
        alive,
    )
