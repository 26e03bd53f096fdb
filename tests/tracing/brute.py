"""Every road of a small network, one by one: slow, plain, and written without looking at the program."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from hypothesis import strategies as st


class Hop(NamedTuple):
    """From one node to another on some day of an interval; None is open."""

    tail: int
    head: int
    earliest: int | None
    latest: int | None


Road = tuple[int, ...]
"""Numbers of hops in order."""

_USES = 2
"""A hop is an interval of days, so goods may pass it again; more than twice reaches nothing new here."""


def roads(hops: list[Hop], start: int) -> Iterator[Road]:
    """All walks from a node that use no hop more than twice, the empty one first."""

    def walk(node: int, done: Road) -> Iterator[Road]:
        yield done
        for number, hop in enumerate(hops):
            if hop.tail == node and done.count(number) < _USES:
                yield from walk(hop.head, (*done, number))

    return walk(start, ())


def possible(hops: list[Hop], road: Road, since: int = -1, until: int = 10**9) -> bool:
    """Whether days can be chosen in order: the first that is not before the last choice, at each hop."""
    day = since
    for number in road:
        hop = hops[number]
        day = max(day, -1 if hop.earliest is None else hop.earliest)
        if hop.latest is not None and day > hop.latest:
            return False
    return day <= until


def certain(hops: list[Hop], road: Road) -> bool:
    """Whether every hop begins no earlier than the one before it ends."""
    for first, second in pairwise(road):
        ended, begun = hops[first].latest, hops[second].earliest
        if ended is None or begun is None or begun < ended:
            return False
    return True


def arrival(hops: list[Hop], road: Road, since: int = -1) -> int:
    """The earliest day at the end of a possible road."""
    day = since
    for number in road:
        day = max(day, -1 if hops[number].earliest is None else hops[number].earliest)  # type: ignore[type-var]  # the None is taken out in the same breath
    return day


def hops_between(nodes: int, most: int) -> st.SearchStrategy[list[Hop]]:
    """Small networks with circles, parallel hops, hops to oneself and open dates."""
    days = st.one_of(st.none(), st.integers(1, 6))

    def hop(tail: int, head: int, first: int | None, last: int | None) -> Hop:
        if first is not None and last is not None and last < first:
            first, last = last, first
        return Hop(tail, head, first, last)

    node = st.integers(0, nodes - 1)
    return st.lists(st.builds(hop, node, node, days, days), max_size=most)
