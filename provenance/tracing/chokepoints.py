"""Which holders stand on the most roads into what was found; pure counting on arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from provenance.tracing.dominators import Dominated, dominators
from provenance.tracing.finds import Finds
from provenance.tracing.ledger import Ledger
from provenance.tracing.network import Index, Mask, Numbers, distinct, ranges
from provenance.tracing.roads import Reach, Roads, build_roads, reach


@dataclass(frozen=True)
class Standing:
    """For each holder of the ledger: on how many roads it stands, and how many depend on it.

    ``some`` counts recoveries and components to which some road passes it, ``every`` those to which all
    known roads do; ``documents`` the independent documents of its hops on such roads.
    """

    some_recoveries: Numbers
    some_components: Numbers
    every_recoveries: Numbers
    every_components: Numbers
    documents: Numbers


@dataclass(frozen=True)
class Survey:
    """The roads into some finds, counted; ``with_road`` and ``components_with_road`` are the coverage."""

    ledger: Ledger
    finds: Finds
    roads: Roads
    reached: Reach
    dominated: Dominated
    standing: Standing
    with_road: int
    components_with_road: int


def survey(ledger: Ledger, finds: Finds, *, wide: bool = False) -> Survey:
    """Counts the roads of a ledger into some finds."""
    roads = build_roads(ledger, finds, wide=wide)
    reached = reach(roads)
    dominated = dominators(roads, reached)
    has_road = np.isin(roads.group, dominated.alive)
    return Survey(
        ledger,
        finds,
        roads,
        reached,
        dominated,
        _standing(ledger, finds, roads, reached, dominated),
        len(np.unique(finds.recovery[has_road])),
        int(np.count_nonzero(has_road)),
    )


def _standing(ledger: Ledger, finds: Finds, roads: Roads, reached: Reach, dominated: Dominated) -> Standing:
    size = ledger.nodes
    some = tally(finds, roads, roads.holder[reached.node], reached.of_group, size)
    every = tally(finds, roads, roads.holder[dominated.node], dominated.group, size)
    return Standing(
        some_recoveries=np.bincount(some.holder, minlength=size),
        some_components=some.components,
        every_recoveries=depending(every, lost_when(finds, roads, dominated.alive), size),
        every_components=every.components,
        documents=_documents(ledger, roads, reached, size),
    )


@dataclass(frozen=True)
class Tally:
    """Pairs of holder and recovery, each once, and how many components they share; components by holder."""

    holder: Numbers
    recovery: Numbers
    shared: Numbers
    components: Numbers


def tally(finds: Finds, roads: Roads, holder: Numbers, group: Numbers, size: int) -> Tally:
    """Pairs of holders and groups counted as recoveries and components."""
    members = Index.of(roads.group, len(roads.group_layer))
    counts = members.start[group + 1] - members.start[group]
    components = np.zeros(size, np.int64)
    np.add.at(components, holder, counts)
    places = members.rows[ranges(members.start[group], counts)]
    numbers, recovery = np.unique(finds.recovery, return_inverse=True)
    width = max(len(numbers), 1)
    pairs = np.sort(np.repeat(holder, counts) * width + recovery[places])
    first = np.flatnonzero(np.concatenate([[True], pairs[1:] != pairs[:-1]])) if len(pairs) else pairs
    keys, shared = pairs[first], np.diff(np.append(first, len(pairs)))
    return Tally(keys // width, keys % width, shared, components)


def lost_when(finds: Finds, roads: Roads, alive: Numbers) -> Numbers:
    """For each recovery, by its place among the sorted ones: how many of its components have a road."""
    has_road = np.isin(roads.group, alive)
    numbers, recovery = np.unique(finds.recovery, return_inverse=True)
    return np.bincount(recovery[has_road], minlength=len(numbers))


def depending(every: Tally, with_road: Numbers, size: int) -> Numbers:
    """For each holder the recoveries all of whose roads, to any of their components, pass it."""
    whole = every.shared == with_road[every.recovery]
    return np.bincount(every.holder[whole], minlength=size)


def _documents(ledger: Ledger, roads: Roads, reached: Reach, size: int) -> Numbers:
    hops = roads.hop[reached.hops]
    documents, document = np.unique(ledger.document, return_inverse=True)
    width = max(len(documents), 1)
    of_hop = document[ledger.transfer[hops]]
    holders = np.concatenate([ledger.tail[hops], ledger.head[hops]])
    keys = distinct(holders * width + np.concatenate([of_hop, of_hop]))
    return np.bincount(keys // width, minlength=size)


def makers_only(ledger: Ledger) -> Mask:
    """The holders that never were anything but the maker: roads begin with them, they are no chokepoint."""
    gave_as_maker = np.zeros(ledger.nodes, bool)
    gave_otherwise = np.zeros(ledger.nodes, bool)
    took = np.zeros(ledger.nodes, bool)
    gave_as_maker[ledger.tail[ledger.made]] = True
    gave_otherwise[ledger.tail[~ledger.made]] = True
    took[ledger.head] = True
    return gave_as_maker & ~gave_otherwise & ~took


def firms(ledger: Ledger) -> Mask:
    """The holders that are organizations on record, and not a name without one, nor the unknown."""
    return np.array([kind == "firm" for kind, _who in ledger.holders], bool)


def order(standing: Standing, wanted: Mask) -> Numbers:
    """Holders in their order: recoveries with some road, those with every road, components, number."""
    numbers = np.flatnonzero(wanted)
    keys = (
        numbers,
        -standing.some_components[numbers],
        -standing.every_recoveries[numbers],
        -standing.some_recoveries[numbers],
    )
    return numbers[np.lexsort(keys)]
