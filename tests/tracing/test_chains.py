"""Chains of one thing: the strongest road to each last known holder, and the point of diversion."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.core.vocabulary.tracing import Channel
from provenance.tracing.chains import Chain, PointKind, find_chains, point_of_diversion
from provenance.tracing.network import EVER, NEVER, Network
from tests.tracing.brute import Hop, hops_between, possible

IN, OUT, OPEN = Channel.AUTHORISED, Channel.INDEPENDENT, None
NOBODY = np.array([], np.int64)


def network_of(*hops: Hop) -> Network:
    rows = [
        (h.tail, h.head, EVER if h.earliest is None else h.earliest, NEVER if h.latest is None else h.latest)
        for h in hops
    ]
    columns = np.array(rows, np.int64).reshape(-1, 4)
    return Network(8, *columns.T)


def chains(
    *hops: Hop, classes: list[int] | None = None, makers: list[int] | None = None, until: int = NEVER
) -> list[Chain]:
    """The hops of each chain."""
    numbers = np.array(classes or [0] * len(hops), np.int64)
    starts = np.array(makers, np.int64) if makers else NOBODY
    return find_chains(network_of(*hops), numbers, starts, until)


def test_the_hops_stand_in_order() -> None:
    (chain,) = chains(Hop(1, 2, 5, 5), Hop(0, 1, 3, 3), Hop(2, 3, 7, 7), makers=[0])
    assert (chain.hops, chain.from_maker, chain.dated) == ((1, 0, 2), True, "certain")


def test_a_stronger_road_of_more_hops_goes_before_a_weaker_short_cut() -> None:
    (chain,) = chains(Hop(0, 2, 1, 1), Hop(0, 1, 1, 1), Hop(1, 2, 2, 2), classes=[5, 0, 1])
    assert (chain.hops, chain.weakest) == ((1, 2), 1)


def test_an_order_that_is_certain_goes_before_one_that_is_possible() -> None:
    found = chains(Hop(0, 1, 1, 9), Hop(1, 3, 5, 5), Hop(0, 2, 1, 2), Hop(2, 3, 5, 5))
    assert [(chain.hops, chain.dated) for chain in found] == [((2, 3), "certain")]


def test_what_left_before_it_arrived_is_on_no_chain() -> None:
    (chain,) = chains(Hop(0, 1, 9, 9), Hop(1, 2, 3, 3), makers=[0])
    assert chain.hops == (0,)


def test_what_was_passed_on_after_the_find_ends_with_who_had_it_then() -> None:
    (chain,) = chains(Hop(0, 1, 1, 1), Hop(1, 2, 9, 9), until=5)
    assert chain.hops == (0,)


def test_a_chain_of_a_thousand_hops() -> None:
    hops = [Hop(place, place + 1, place, place) for place in range(1000)]
    columns = np.array(hops, np.int64)
    (chain,) = find_chains(Network(1001, *columns.T), np.zeros(1000, np.int64), np.array([0]), NEVER)
    assert chain.hops == tuple(range(1000))


@given(hops_between(4, 6))
def test_every_chain_is_a_possible_road_without_repeats(hops: list[Hop]) -> None:
    for chain in chains(*hops):
        assert possible(hops, chain.hops)
        assert len(set(chain.hops)) == len(chain.hops)


@pytest.mark.parametrize(
    ("channels", "gaps", "kind", "between"),
    [
        ([IN, IN, OUT], {2}, PointKind.HOLDER, (1, 1)),
        ([IN, OUT, OUT], {2}, PointKind.HOLDER, (0, 0)),
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
def test_whoever_is_called_the_point_stood_inside(channels: list[Channel | None], gaps: set[int]) -> None:
    found = point_of_diversion(channels, gaps)
    if found.last_inside is not None:
        assert channels[found.last_inside] == IN
        assert IN not in channels[found.last_inside + 1 :]
