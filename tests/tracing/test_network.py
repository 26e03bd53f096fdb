"""Roads by date: the same answers as walking every road of a small network."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from provenance.tracing.network import (
    EVER,
    NEVER,
    Network,
    arrivals,
    certain_arrivals,
    certain_departures,
    departures,
    road_back,
)
from tests.tracing.brute import Hop, arrival, certain, hops_between, possible, roads

NODES = 4
SMALL = hops_between(NODES, 5)
ONE = st.integers(0, NODES - 1)


def network_of(hops: list[Hop], nodes: int = NODES) -> Network:
    """The hops as the program holds them."""
    columns = np.array(
        [
            (
                h.tail,
                h.head,
                EVER if h.earliest is None else h.earliest,
                NEVER if h.latest is None else h.latest,
            )
            for h in hops
        ],
        np.int64,
    ).reshape(-1, 4)
    return Network(nodes, *columns.T)


def ends(hops: list[Hop], start: int, road: tuple[int, ...]) -> int:
    """Where a road ends."""
    return hops[road[-1]].head if road else start


@given(SMALL, ONE)
@example([Hop(0, 1, 5, 6), Hop(1, 2, 1, 10), Hop(2, 3, 2, 4)], 0)
def test_the_earliest_arrival_is_that_of_the_best_possible_road(hops: list[Hop], start: int) -> None:
    found = arrivals(network_of(hops), np.array([start]))
    best = dict.fromkeys(range(NODES), NEVER)
    for road in roads(hops, start):
        if possible(hops, road):
            end = ends(hops, start, road)
            best[end] = min(best[end], arrival(hops, road))
    assert found.tolist() == list(best.values())


@given(SMALL, ONE, st.integers(0, 7))
def test_the_latest_departure_is_the_last_day_from_which_a_road_still_arrives(
    hops: list[Hop], end: int, until: int
) -> None:
    found = departures(network_of(hops), np.array([end]), np.array([until]))
    for node in range(NODES):
        to_end = [road for road in roads(hops, node) if ends(hops, node, road) == end]
        days = [day for day in range(-1, 8) if any(possible(hops, road, day, until) for road in to_end)]
        latest = max(days, default=EVER - 1)
        assert min(int(found[node]), 7) == min(latest, 7)


@given(SMALL, ONE)
def test_a_node_is_certainly_reached_where_some_road_is_of_certain_order(hops: list[Hop], start: int) -> None:
    found = certain_arrivals(network_of(hops), np.array([start]))
    reached = {ends(hops, start, road) for road in roads(hops, start) if certain(hops, road)}
    assert {node for node in range(NODES) if found[node] < NEVER} == reached


@given(SMALL, ONE)
def test_backwards_the_same_are_certain(hops: list[Hop], end: int) -> None:
    found = certain_departures(network_of(hops), np.array([end]))
    from_here = {
        node
        for node in range(NODES)
        for road in roads(hops, node)
        if ends(hops, node, road) == end and certain(hops, road)
    }
    assert {node for node in range(NODES) if found[node] >= EVER} == from_here


@given(SMALL, ONE, ONE)
def test_the_road_that_is_shown_is_one_of_the_possible_ones(hops: list[Hop], start: int, end: int) -> None:
    network, starts = network_of(hops), np.array([start])
    label = arrivals(network, starts)
    road = tuple(road_back(network, label, starts, end))
    if label[end] == NEVER or start == end:
        assert road == ()
    else:
        assert ends(hops, start, road) == end
        assert hops[road[0]].tail == start
        assert all(hops[a].head == hops[b].tail for a, b in pairwise(road))
        assert possible(hops, road)


@given(SMALL, ONE, ONE)
def test_and_the_certain_road_is_certain(hops: list[Hop], start: int, end: int) -> None:
    network, starts = network_of(hops), np.array([start])
    road = tuple(road_back(network, certain_arrivals(network, starts), starts, end, certain=True))
    assert certain(hops, road)
    assert not road or (hops[road[0]].tail, hops[road[-1]].head) == (start, end)


def test_goods_cannot_leave_before_they_arrive() -> None:
    network = network_of([Hop(0, 1, 20, 20), Hop(1, 2, 10, 10)])
    assert arrivals(network, np.array([0])).tolist() == [EVER, 20, NEVER, NEVER]


def test_a_circle_within_one_day_is_walked_out_of() -> None:
    hops = [Hop(0, 1, 1, 1), Hop(1, 2, 1, 1), Hop(2, 1, 1, 1), Hop(2, 3, 1, 1)]
    network, starts = network_of(hops), np.array([0])
    assert road_back(network, arrivals(network, starts), starts, 3) == [0, 1, 3]


def test_a_thousand_hops_are_as_good_as_one() -> None:
    hops = [Hop(place, place + 1, place, place) for place in range(1000)]
    network, starts = network_of(hops, 1001), np.array([0])
    assert road_back(network, arrivals(network, starts), starts, 1000) == list(range(1000))
    assert certain_arrivals(network, starts)[1000] == 999
