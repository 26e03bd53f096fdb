"""Every path of a small network, one by one: slow, plain, and written without looking at the program."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from hypothesis import strategies as st


class TimedEdge(NamedTuple):
    """From one node to another on some day of an interval; None is open."""

    tail: int
    head: int
    earliest: int | None
    latest: int | None


EdgeSequence = tuple[int, ...]
"""Numbers of edges in order."""

_USES = 2
"""An edge is an interval of days, so goods may pass it again; more than twice reaches nothing new here."""


def paths(edges: list[TimedEdge], start: int) -> Iterator[EdgeSequence]:
    """All walks from a node that use no edge more than twice, the empty one first."""

    def walk(node: int, done: EdgeSequence) -> Iterator[EdgeSequence]:
        yield done
        for number, edge in enumerate(edges):
            if edge.tail == node and done.count(number) < _USES:
                yield from walk(edge.head, (*done, number))

    return walk(start, ())


def possible(edges: list[TimedEdge], path: EdgeSequence, since: int = -1, until: int = 10**9) -> bool:
    """Whether days can be chosen in order: the first that is not before the last choice, at each edge."""
    day = since
    for number in path:
        edge = edges[number]
        day = max(day, -1 if edge.earliest is None else edge.earliest)
        if edge.latest is not None and day > edge.latest:
            return False
    return day <= until


def certain(edges: list[TimedEdge], path: EdgeSequence) -> bool:
    """Whether every edge begins no earlier than the one before it ends."""
    for first, second in pairwise(path):
        ended, begun = edges[first].latest, edges[second].earliest
        if ended is None or begun is None or begun < ended:
            return False
    return True


def arrival(edges: list[TimedEdge], path: EdgeSequence, since: int = -1) -> int:
    """The earliest day at the end of a possible path."""
    day = since
    for number in path:
        day = max(day, -1 if edges[number].earliest is None else edges[number].earliest)  # type: ignore[type-var]  # the None is taken out in the same breath
    return day


def edges_between(nodes: int, most: int) -> st.SearchStrategy[list[TimedEdge]]:
    """Small networks with cycles, parallel edges, edges to oneself and open dates."""
    days = st.one_of(st.none(), st.integers(1, 6))

    def edge(tail: int, head: int, first: int | None, last: int | None) -> TimedEdge:
        if first is not None and last is not None and last < first:
            first, last = last, first
        return TimedEdge(tail, head, first, last)

    node = st.integers(0, nodes - 1)
    return st.lists(st.builds(edge, node, node, days, days), max_size=most)
