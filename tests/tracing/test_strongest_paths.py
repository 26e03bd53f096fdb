"""Chains of one thing: the strongest path to each last known holder, and the point of diversion."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.core.vocabulary.tracing import Channel
from provenance.tracing.network import ALWAYS, NEVER, Network
from provenance.tracing.strongest_paths import EdgePath, PointKind, point_of_diversion, strongest_paths
from tests.tracing.brute import TimedEdge, certain, edges_between, possible

IN, OUT, OPEN = Channel.AUTHORISED, Channel.INDEPENDENT, None
NOBODY = np.array([], np.int64)


def network_of(*edges: TimedEdge) -> Network:
    rows = [
        (
            h.tail,
            h.head,
            ALWAYS if h.earliest is None else h.earliest,
            NEVER if h.latest is None else h.latest,
        )
        for h in edges
    ]
    columns = np.array(rows, np.int64).reshape(-1, 4)
    return Network(8, *columns.T)


def chains(
    *edges: TimedEdge, classes: list[int] | None = None, makers: list[int] | None = None, until: int = NEVER
) -> list[EdgePath]:
    """The edges of each chain."""
    numbers = np.array(classes or [0] * len(edges), np.int64)
    starts = np.array(makers, np.int64) if makers else NOBODY
    return strongest_paths(network_of(*edges), numbers, starts, until)


def test_the_edges_are_in_order() -> None:
    (chain,) = chains(TimedEdge(1, 2, 5, 5), TimedEdge(0, 1, 3, 3), TimedEdge(2, 3, 7, 7), makers=[0])
    assert (chain.edges, chain.from_maker, chain.dated) == ((1, 0, 2), True, "certain")


def test_a_stronger_path_of_more_edges_goes_before_a_weaker_short_cut() -> None:
    (chain,) = chains(TimedEdge(0, 2, 1, 1), TimedEdge(0, 1, 1, 1), TimedEdge(1, 2, 2, 2), classes=[5, 0, 1])
    assert (chain.edges, chain.weakest) == ((1, 2), 1)


def test_a_weak_step_lets_no_weak_record_stand_for_another_step() -> None:
    # The first step is on two records, a customs code (5) and a document about the item (0); the second has
    # a customs code alone.
    (chain,) = chains(
        TimedEdge(0, 1, 1, 1), TimedEdge(0, 1, 2, 2), TimedEdge(1, 2, 3, 3), classes=[5, 0, 5], makers=[0]
    )
    assert (chain.edges, chain.weakest) == ((1, 2), 5)


@given(edges_between(3, 6), st.lists(st.integers(0, 3), min_size=6, max_size=6))
def test_no_step_can_be_put_on_a_stronger_record(edges: list[TimedEdge], classes: list[int]) -> None:
    """Whatever single step is exchanged for a stronger record between the same two, the order breaks."""
    for chain in chains(*edges, classes=classes[: len(edges)] or None):
        judged = certain if chain.dated == "certain" else possible
        for place, edge in enumerate(chain.edges):
            for other, beside in enumerate(edges):
                same_ends = (beside.tail, beside.head) == (edges[edge].tail, edges[edge].head)
                if same_ends and classes[other] < classes[edge]:
                    tried = (*chain.edges[:place], other, *chain.edges[place + 1 :])
                    assert not judged(edges, tried)


def test_an_order_that_is_certain_goes_before_one_that_is_possible() -> None:
    found = chains(TimedEdge(0, 1, 1, 9), TimedEdge(1, 3, 5, 5), TimedEdge(0, 2, 1, 2), TimedEdge(2, 3, 5, 5))
    assert [(chain.edges, chain.dated) for chain in found] == [((2, 3), "certain")]


def test_what_left_before_it_arrived_is_on_no_path() -> None:
    (chain,) = chains(TimedEdge(0, 1, 9, 9), TimedEdge(1, 2, 3, 3), makers=[0])
    assert chain.edges == (0,)


def test_what_was_passed_on_after_the_find_ends_with_who_had_it_then() -> None:
    (chain,) = chains(TimedEdge(0, 1, 1, 1), TimedEdge(1, 2, 9, 9), until=5)
    assert chain.edges == (0,)


def test_a_path_of_a_thousand_edges() -> None:
    edges = [TimedEdge(place, place + 1, place, place) for place in range(1000)]
    columns = np.array(edges, np.int64)
    (chain,) = strongest_paths(Network(1001, *columns.T), np.zeros(1000, np.int64), np.array([0]), NEVER)
    assert chain.edges == tuple(range(1000))


@given(edges_between(4, 6))
def test_every_path_is_possible_and_without_repeats(edges: list[TimedEdge]) -> None:
    for chain in chains(*edges):
        assert possible(edges, chain.edges)
        assert len(set(chain.edges)) == len(chain.edges)


@pytest.mark.parametrize(
    ("channels", "gaps", "kind", "between"),
    [
        ([IN, IN, OUT], {2}, PointKind.LAST_AUTHORISED_HOLDER, (1, 1)),
        ([IN, OUT, OUT], {2}, PointKind.LAST_AUTHORISED_HOLDER, (0, 0)),
        ([IN, OPEN, OUT], {2}, PointKind.RANGE, (0, 2)),
        ([IN, OUT], {0, 1}, PointKind.RANGE, (0, 1)),
        ([IN, IN], {1}, PointKind.RANGE, (1, None)),
        ([OPEN, OUT], {1}, PointKind.UNKNOWN, (None, None)),
        ([], set(), PointKind.UNKNOWN, (None, None)),
    ],
)
def test_the_point_of_diversion(
    channels: list[Channel | None], gaps: set[int], kind: PointKind, between: tuple[int | None, int | None]
) -> None:
    found = point_of_diversion(channels, gaps)
    assert (found.kind, (found.last_inside, found.first_outside)) == (kind, between)


@given(st.lists(st.sampled_from([IN, OUT, OPEN]), max_size=6), st.sets(st.integers(0, 5)))
def test_the_holder_called_the_point_was_inside(channels: list[Channel | None], gaps: set[int]) -> None:
    found = point_of_diversion(channels, gaps)
    if found.last_inside is not None:
        assert channels[found.last_inside] == IN
        assert IN not in channels[found.last_inside + 1 :]
