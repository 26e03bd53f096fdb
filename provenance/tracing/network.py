"""A temporal network on integer arrays: directed edges whose dates are intervals; no database.

Days are proleptic Gregorian ordinals; `ALWAYS` is an open beginning, `NEVER` an open end. Goods
cannot leave before they arrive (paths are time-respecting): a path is possible if some choice of days within
the intervals is in order, certain if every choice is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]

ALWAYS = -1
"""Before every day: an interval that is open at its beginning."""

NEVER = np.iinfo(np.int64).max
"""After every day: an interval that is open at its end; as a label, "not reached"."""


@dataclass(frozen=True)
class Network:
    """Edges from ``tail`` to ``head``, each on some day of ``earliest`` to ``latest``; nodes count from 0."""

    nodes: int
    tail: Numbers
    head: Numbers
    earliest: Numbers
    latest: Numbers

    @cached_property
    def leaving(self) -> Index:
        """The edges by their tail."""
        return Index.of(self.tail, self.nodes)

    @cached_property
    def arriving(self) -> Index:
        """The edges by their head."""
        return Index.of(self.head, self.nodes)

    def part(self, edges: Numbers) -> Network:
        """The network of these edges alone, with the same nodes."""
        return Network(
            self.nodes, self.tail[edges], self.head[edges], self.earliest[edges], self.latest[edges]
        )


@dataclass(frozen=True, slots=True)
class Index:
    """Which rows carry a number: those of ``n`` are ``rows[start[n]:start[n + 1]]``."""

    start: Numbers
    rows: Numbers

    @classmethod
    def of(cls, numbers: Numbers, size: int) -> Index:
        """An index over rows by their numbers, 0 to ``size - 1``."""
        start = np.zeros(size + 1, np.int64)
        np.cumsum(np.bincount(numbers, minlength=size), out=start[1:])
        return cls(start, np.argsort(numbers, kind="stable"))

    def of_one(self, number: int) -> Numbers:
        """The rows of one number."""
        return self.rows[self.start[number] : self.start[number + 1]]

    def of_all(self, numbers: Numbers) -> Numbers:
        """The rows of several numbers, in the order of the numbers."""
        first = self.start[numbers]
        counts = self.start[numbers + 1] - first
        ends = np.cumsum(counts)
        places = np.arange(ends[-1] if len(ends) else 0)
        found: Numbers = self.rows[places + np.repeat(first - ends + counts, counts)]
        return found


def arrivals(
    network: Network, starts: Numbers, since: int = ALWAYS, *, parent: Numbers | None = None
) -> Numbers:
    """The earliest possible day of arrival at each node from any of ``starts``; `NEVER` without a path.

    A start is there from ``since`` on. Where ``parent`` is given, the edge by which each node is reached
    earliest is written into it; these edges never lead in a cycle.
    """
    label = np.full(network.nodes, NEVER, np.int64)
    label[starts] = since
    frontier = starts
    while len(frontier):
        edges = network.leaving.of_all(frontier)
        here = label[network.tail[edges]]
        there = np.maximum(here, network.earliest[edges])
        heads = network.head[edges]
        better = (here <= network.latest[edges]) & (there < label[heads])
        frontier = _improve(np.minimum, label, heads[better], there[better])
        if parent is not None:
            taken = better & (there == label[heads])
            parent[heads[taken]] = edges[taken]
    return label


def departures(network: Network, ends: Numbers, until: Numbers, *, label: Numbers | None = None) -> Numbers:
    """The latest possible day on which goods may still be at each node and reach one of ``ends`` in time.

    ``until`` is the last day for each end; `ALWAYS` - 1 (below every day) where there is no path. Labels are
    written into ``label`` where it is given, which is filled with `ALWAYS` - 1.
    """
    if label is None:
        label = np.full(network.nodes, ALWAYS - 1, np.int64)
    np.maximum.at(label, ends, until)
    frontier = distinct(ends)
    while len(frontier):
        edges = network.arriving.of_all(frontier)
        there = label[network.head[edges]]
        here = np.minimum(there, network.latest[edges])
        tails = network.tail[edges]
        better = (network.earliest[edges] <= there) & (here > label[tails])
        frontier = _improve(np.maximum, label, tails[better], here[better])
    return label


def certain_arrivals(network: Network, starts: Numbers, since: int = ALWAYS) -> Numbers:
    """The day by which goods have arrived at each node on a path of certain order; `NEVER` without one.

    A node that is reached by an edge without a last day is labelled one day below `NEVER`: it is reached, and
    nothing certainly follows.
    """
    label = np.full(network.nodes, NEVER, np.int64)
    label[starts] = since
    frontier = starts
    while len(frontier):
        edges = network.leaving.of_all(frontier)
        there = np.minimum(network.latest[edges], NEVER - 1)
        heads = network.head[edges]
        better = (network.earliest[edges] >= label[network.tail[edges]]) & (there < label[heads])
        frontier = _improve(np.minimum, label, heads[better], there[better])
    return label


def certain_departures(network: Network, ends: Numbers, until: int = NEVER) -> Numbers:
    """The day from which goods certainly reach one of ``ends``; `ALWAYS` - 1 where no order is certain."""
    label = np.full(network.nodes, ALWAYS - 1, np.int64)
    label[ends] = until
    frontier = ends
    while len(frontier):
        edges = network.arriving.of_all(frontier)
        here = np.maximum(network.earliest[edges], ALWAYS)
        tails = network.tail[edges]
        better = (network.latest[edges] <= label[network.head[edges]]) & (here > label[tails])
        frontier = _improve(np.maximum, label, tails[better], here[better])
    return label


def _improve(choose: np.ufunc, label: Numbers, nodes: Numbers, values: Numbers) -> Numbers:
    """Keeps the better of each node's label and its new values; the nodes that changed, each once."""
    choose.at(label, nodes, values)
    return distinct(nodes)


def distinct(numbers: Numbers) -> Numbers:
    """The numbers in order, each once."""
    # np.unique looks integers up in a hash table, which for millions of them takes several times as long.
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def ranges(first: Numbers, counts: Numbers) -> Numbers:
    """The numbers ``first[i]`` to ``first[i] + counts[i] - 1`` for every ``i``, one after the other."""
    ends = np.cumsum(counts)
    found: Numbers = np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - ends + counts, counts)
    return found


def reconstruct_path(
    network: Network, label: Numbers, starts: Numbers, end: int, *, certain: bool = False
) -> list[int]:
    """The edges of a shortest path from ``starts`` to ``end`` by the labels, in order; empty without one.

    ``label`` is what `arrivals` gave, or `certain_arrivals` where ``certain``. Of paths of equally many
    edges the one of the lowest numbers is taken.
    """
    began = set(starts.tolist())
    steps = _certain_steps(network, label) if certain else _possible_steps(network, label)
    onward: dict[int, int] = {}
    queue, seen = [end], {end}
    for node in queue:
        if node in began:
            return _forward(network, onward, node, end)
        for edge in network.arriving.of_one(node).tolist():
            tail = int(network.tail[edge])
            if steps[edge] and tail not in seen:
                seen.add(tail)
                onward[tail] = edge
                queue.append(tail)
    return []


def _possible_steps(network: Network, label: Numbers) -> Mask:
    """The edges by which a node may have come to its label."""
    here = label[network.tail]
    reached = np.maximum(here, network.earliest) == label[network.head]
    steps: Mask = (here < NEVER) & (here <= network.latest) & reached
    return steps


def _certain_steps(network: Network, label: Numbers) -> Mask:
    here = label[network.tail]
    reached = np.minimum(network.latest, NEVER - 1) == label[network.head]
    steps: Mask = (here < NEVER) & (network.earliest >= here) & reached
    return steps


def _forward(network: Network, onward: dict[int, int], node: int, end: int) -> list[int]:
    edges = []
    while node != end:
        edges.append(onward[node])
        node = int(network.head[onward[node]])
    return edges
