"""How many recoveries keep a path if several parties are removed together (network interdiction).

Each recovery draws one unit of flow over any open path, so the maximum flow is the number of recoveries with
a path left, and a set of parties cuts what depends on the set as a whole. The best set is hard to find, so
parties are taken greedily: each time the one on which most of what is left depends. The bound comes from one
maximum flow, with every recovery on a path of its own choice: the flow through k parties is all that any k
parties could cut, because the rest of that flow would remain.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from provenance.tracing.chokepoints import (
    Survey,
    components_with_path_by_recovery,
    dependent_recoveries,
    group_counts,
)
from provenance.tracing.dominators import Dominators, dominators
from provenance.tracing.network import Mask, Numbers

MAX_CUT = 5
"""The most parties that are removed together: with more, the greedy choice says ever less."""


@dataclass(frozen=True, slots=True)
class VertexCut:
    """Parties removed in turn; ``left[i]`` recoveries still have a path after the first ``i + 1``.

    ``at_least_left[i]`` is the lower bound, whichever ``i + 1`` parties are removed.
    """

    parties: tuple[int, ...]
    left: tuple[int, ...]
    at_least_left: tuple[int, ...]


def greedy_vertex_cut(found: Survey, candidates: Mask, most: int = MAX_CUT) -> VertexCut:
    """Removes up to ``most`` of the candidates, the one on which most depends first."""
    paths, size = found.paths, found.ledger.nodes
    kept = np.ones(paths.network.nodes, bool)
    dominated = found.dominated
    some = found.counts.reached_recoveries
    parties: list[int] = []
    left: list[int] = []
    while len(parties) < most and len(dominated.alive):
        every = group_counts(found.recovered, paths, paths.party[dominated.node], dominated.group, size)
        gain = dependent_recoveries(
            every, components_with_path_by_recovery(found.recovered, paths, dominated.alive), size
        )
        order = np.lexsort((np.arange(size), -some, -every.components, -gain))
        best = next((int(number) for number in order if candidates[number] and some[number]), None)
        if best is None or best in parties:
            break
        parties.append(best)
        dominated = _without(found, dominated, kept, best)
        has_path = np.isin(paths.group, dominated.alive)
        left.append(len(np.unique(found.recovered.recovery[has_path])))
        some = np.where(np.arange(size) == best, 0, some)
    passing = np.sort(_passing(found, candidates))[::-1]
    bound = [max(found.with_path - int(passing[: count + 1].sum()), 0) for count in range(len(parties))]
    return VertexCut(tuple(parties), tuple(left), tuple(bound))


def _without(found: Survey, before: Dominators, kept: Mask, party: int) -> Dominators:
    """The dominators without one more party; only the layers that it is in are computed again."""
    paths = found.paths
    gone = paths.party == party
    kept &= ~gone
    changed = np.zeros(int(paths.layer.max()) + 1, bool)
    changed[paths.layer[gone]] = True
    again = dominators(paths, found.reached, kept & changed[paths.layer])
    same = ~changed[paths.group_layer[before.group]]
    alive = before.alive[~changed[paths.group_layer[before.alive]]]
    return Dominators(
        np.concatenate([before.group[same], again.group]),
        np.concatenate([before.node[same], again.node]),
        np.concatenate([alive, again.alive]),
    )


def _passing(found: Survey, candidates: Mask) -> Numbers:
    """How many recoveries pass each candidate in one maximum flow."""
    paths, reached, recovered = found.paths, found.reached, found.recovered
    end_of = np.full(len(paths.group_layer), -1, np.int64)
    end_of[reached.end_group[::-1]] = reached.end[::-1]
    ends = end_of[paths.group]
    with_path = np.flatnonzero(ends >= 0)
    _recoveries, first = np.unique(recovered.recovery[with_path], return_index=True)
    current = ends[with_path[first]]
    unit = np.arange(len(current))
    pairs = []
    while len(current):
        pairs.append(unit * found.ledger.nodes + paths.party[current])
        edge = reached.parent[current]
        inside = edge >= 0
        unit, current = unit[inside], paths.network.tail[edge[inside]]
    keys = np.unique(np.concatenate(pairs)) if pairs else unit
    counts = np.bincount(keys % max(found.ledger.nodes, 1), minlength=found.ledger.nodes)
    passing: Numbers = counts[: found.ledger.nodes] * candidates
    return passing
