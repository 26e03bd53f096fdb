"""How much would still get through if some holders were cut off together.

Each recovery draws one unit over any road that is still open, so that the greatest flow is the number of
recoveries with a road left, and what a set of holders cuts is what depends on the set as a whole. The best
set is hard to find: holders are taken greedily, each time the one on which most of what is left depends.
The bound comes from one greatest flow, every recovery on a road of its own choice: what passes k holders
in it is all that any k holders could cut, for the rest of that flow would remain.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from provenance.tracing.chokepoints import Survey, depending, lost_when, tally
from provenance.tracing.dominators import Dominated, dominators
from provenance.tracing.network import Mask, Numbers

MOST_CUT = 5
"""So many holders are cut off together at most."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Holders cut off in turn; ``left[i]`` recoveries still have a road after the first ``i + 1``.

    ``at_least_left[i]`` is the bound: whichever ``i + 1`` holders are cut, so many keep a road.
    """

    holders: tuple[int, ...]
    left: tuple[int, ...]
    at_least_left: tuple[int, ...]


def cut_off(found: Survey, candidates: Mask, most: int = MOST_CUT) -> Cut:
    """Cuts off up to ``most`` of the candidates, the one on which most depends first."""
    roads, size = found.roads, found.ledger.nodes
    kept = np.ones(roads.network.nodes, bool)
    dominated = found.dominated
    some = found.standing.some_recoveries
    holders: list[int] = []
    left: list[int] = []
    while len(holders) < most and len(dominated.alive):
        every = tally(found.finds, roads, roads.holder[dominated.node], dominated.group, size)
        gain = depending(every, lost_when(found.finds, roads, dominated.alive), size)
        order = np.lexsort((np.arange(size), -some, -every.components, -gain))
        best = next((int(number) for number in order if candidates[number] and some[number]), None)
        if best is None or best in holders:
            break
        holders.append(best)
        dominated = _without(found, dominated, kept, best)
        has_road = np.isin(roads.group, dominated.alive)
        left.append(len(np.unique(found.finds.recovery[has_road])))
        some = np.where(np.arange(size) == best, 0, some)
    passing = np.sort(_passing(found, candidates))[::-1]
    bound = [max(found.with_road - int(passing[: count + 1].sum()), 0) for count in range(len(holders))]
    return Cut(tuple(holders), tuple(left), tuple(bound))


def _without(found: Survey, before: Dominated, kept: Mask, holder: int) -> Dominated:
    """What dominates when one more holder is gone; only the layers that it stood in are looked at again."""
    roads = found.roads
    gone = roads.holder == holder
    kept &= ~gone
    changed = np.zeros(int(roads.layer.max()) + 1, bool)
    changed[roads.layer[gone]] = True
    again = dominators(roads, found.reached, kept & changed[roads.layer])
    same = ~changed[roads.group_layer[before.group]]
    alive = before.alive[~changed[roads.group_layer[before.alive]]]
    return Dominated(
        np.concatenate([before.group[same], again.group]),
        np.concatenate([before.node[same], again.node]),
        np.concatenate([alive, again.alive]),
    )


def _passing(found: Survey, candidates: Mask) -> Numbers:
    """How many recoveries pass each candidate in one greatest flow."""
    roads, reached, finds = found.roads, found.reached, found.finds
    end_of = np.full(len(roads.group_layer), -1, np.int64)
    end_of[reached.end_group[::-1]] = reached.end[::-1]
    ends = end_of[roads.group]
    with_road = np.flatnonzero(ends >= 0)
    _recoveries, first = np.unique(finds.recovery[with_road], return_index=True)
    current = ends[with_road[first]]
    unit = np.arange(len(current))
    pairs = []
    while len(current):
        pairs.append(unit * found.ledger.nodes + roads.holder[current])
        hop = reached.parent[current]
        inside = hop >= 0
        unit, current = unit[inside], roads.network.tail[hop[inside]]
    keys = np.unique(np.concatenate(pairs)) if pairs else unit
    counts = np.bincount(keys % max(found.ledger.nodes, 1), minlength=found.ledger.nodes)
    passing: Numbers = counts[: found.ledger.nodes] * candidates
    return passing
