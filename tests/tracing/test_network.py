"""Paths by date: the same answers as walking every path of a small network."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from provenance.tracing.network import (
    ALWAYS,
    NEVER,
    Network,
    arrivals,
    certain_arrivals,
    certain_departures,
    departures,
    reconstruct_path,
)
from tests.tracing.brute import TimedEdge, arrival, certain, edges_between, paths, possible

NODES = 4
SMALL = edges_between(NODES, 5)
ONE = st.integers(0, NODES - 1)


def network_of(edges: list[TimedEdge], nodes: int = NODES) -> Network:
    """The edges as the program stores them."""
    columns = np.array(
        [
            (
                h.tail,
                h.head,
                ALWAYS if h.earliest is None else h.earliest,
                NEVER if h.latest is None else h.latest,
            )
            for h in edges
        ],
        np.int64,
    ).reshape(-1, 4)
    return Network(nodes, *columns.T)


def ends(edges: list[TimedEdge], start: int, path: tuple[int, ...]) -> int:
    """Where a path ends."""
    return edges[path[-1]].head if path else start


@given(SMALL, ONE)
@example([TimedEdge(0, 1, 5, 6), TimedEdge(1, 2, 1, 10), TimedEdge(2, 3, 2, 4)], 0)
def test_the_earliest_arrival_is_that_of_the_best_possible_path(edges: list[TimedEdge], start: int) -> None:
    found = arrivals(network_of(edges), np.array([start]))
    best = dict.fromkeys(range(NODES), NEVER)
    for path in paths(edges, start):
        if possible(edges, path):
            end = ends(edges, start, path)
            best[end] = min(best[end], arrival(edges, path))
    assert found.tolist() == list(best.values())


@given(SMALL, ONE, st.integers(0, 7))
def test_the_latest_departure_is_the_last_day_from_which_a_path_still_arrives(
    edges: list[TimedEdge], end: int, until: int
) -> None:
    found = departures(network_of(edges), np.array([end]), np.array([until]))
    for node in range(NODES):
        to_end = [path for path in paths(edges, node) if ends(edges, node, path) == end]
        days = [day for day in range(-1, 8) if any(possible(edges, path, day, until) for path in to_end)]
        latest = max(days, default=ALWAYS - 1)
        assert min(int(found[node]), 7) == min(latest, 7)


@given(SMALL, ONE)
def test_a_node_is_certainly_reached_where_some_path_is_of_certain_order(
    edges: list[TimedEdge], start: int
) -> None:
    found = certain_arrivals(network_of(edges), np.array([start]))
    reached = {ends(edges, start, path) for path in paths(edges, start) if certain(edges, path)}
    assert {node for node in range(NODES) if found[node] < NEVER} == reached


@given(SMALL, ONE)
def test_backwards_the_same_are_certain(edges: list[TimedEdge], end: int) -> None:
    found = certain_departures(network_of(edges), np.array([end]))
    from_here = {
        node
        for node in range(NODES)
        for path in paths(edges, node)
        if ends(edges, node, path) == end and certain(edges, path)
    }
    assert {node for node in range(NODES) if found[node] >= ALWAYS} == from_here


@given(SMALL, ONE, ONE)
def test_the_path_that_is_shown_is_one_of_the_possible_ones(
    edges: list[TimedEdge], start: int, end: int
) -> None:
    network, starts = network_of(edges), np.array([start])
    label = arrivals(network, starts)
    path = tuple(reconstruct_path(network, label, starts, end))
    if label[end] == NEVER or start == end:
        assert path == ()
    else:
        assert ends(edges, start, path) == end
        assert edges[path[0]].tail == start
        assert all(edges[a].head == edges[b].tail for a, b in pairwise(path))
        assert possible(edges, path)


@given(SMALL, ONE, ONE)
def test_and_the_certain_path_is_certain(edges: list[TimedEdge], start: int, end: int) -> None:
    network, starts = network_of(edges), np.array([start])
    path = tuple(reconstruct_path(network, certain_arrivals(network, starts), starts, end, certain=True))
    assert certain(edges, path)
    assert not path or (edges[path[0]].tail, edges[path[-1]].head) == (start, end)


def test_goods_cannot_leave_before_they_arrive() -> None:
    network = network_of([TimedEdge(0, 1, 20, 20), TimedEdge(1, 2, 10, 10)])
    assert arrivals(network, np.array([0])).tolist() == [ALWAYS, 20, NEVER, NEVER]


def test_a_cycle_within_one_day_is_left_again() -> None:
    edges = [TimedEdge(0, 1, 1, 1), TimedEdge(1, 2, 1, 1), TimedEdge(2, 1, 1, 1), TimedEdge(2, 3, 1, 1)]
    network, starts = network_of(edges), np.array([0])
    assert reconstruct_path(network, arrivals(network, starts), starts, 3) == [0, 1, 3]


def test_a_thousand_edges_are_as_good_as_one() -> None:
    edges = [TimedEdge(place, place + 1, place, place) for place in range(1000)]
    network, starts = network_of(edges, 1001), np.array([0])
    assert reconstruct_path(network, arrivals(network, starts), starts, 1000) == list(range(1000))
    assert certain_arrivals(network, starts)[1000] == 999
