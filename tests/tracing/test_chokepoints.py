"""Chokepoints: hand-counted on small worlds, and the same as counting road by road on random ones."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.tracing.chokepoints import Survey, makers_only, order, survey
from provenance.tracing.cutoff import cut_off
from provenance.tracing.ledger import Ledger
from tests.tracing.brute import Hop, arrival, hops_between, possible, roads
from tests.tracing.world import finds_of, ledger_of

NODES = 4
HOPS = hops_between(NODES, 5).map(lambda hops: [hop for hop in hops if hop.tail != hop.head])
FINDS = st.lists(
    st.tuples(st.integers(1, 3), st.one_of(st.none(), st.integers(1, 6))), min_size=1, max_size=4
)
FAR = 10**9


def leads(hops: list[Hop], node: int) -> set[int]:
    """Where hops lead from a node, itself included."""
    found = {node}
    while more := {hop.head for hop in hops if hop.tail in found} - found:
        found |= more
    return found


def circle_of(hops: list[Hop], node: int) -> frozenset[int]:
    """The nodes that lead to a node and back."""
    return frozenset(other for other in leads(hops, node) if node in leads(hops, other))


def begins(hops: list[Hop]) -> set[int]:
    """First known holders."""
    return {
        hop.tail
        for hop in hops
        if not any(
            into.head in circle_of(hops, hop.tail) and into.tail not in circle_of(hops, hop.tail)
            for into in hops
        )
    }


def ends_by(hops: list[Hop], until: int) -> set[int]:
    """Last known holders by a day: nothing that had come there may have left their circle until then."""
    found = set()
    here: dict[int, int] = {}
    for start in begins(hops):
        for road in roads(hops, start):
            if possible(hops, road):
                end = hops[road[-1]].head if road else start
                here[end] = min(here.get(end, FAR), arrival(hops, road))
    for node in {hop.head for hop in hops}:
        circle = circle_of(hops, node)
        onward = [hop for hop in hops if hop.tail in circle and hop.head not in circle and hop.tail in here]
        left = [hop for hop in onward if hop.latest is None or here[hop.tail] <= hop.latest]
        if node in here and not any(max(hop.earliest or -1, here[hop.tail]) <= until for hop in left):
            found.add(node)
    return found


def roads_to(hops: list[Hop], until: int) -> list[tuple[int, tuple[int, ...]]]:
    """Every possible road from a first holder to a last one by a day, with its start."""
    found = []
    for start in begins(hops):
        for road in roads(hops, start):
            end = hops[road[-1]].head if road else start
            if end in ends_by(hops, until) and possible(hops, road, until=until):
                found.append((start, road))
    return found


def nodes_on(hops: list[Hop], start: int, road: tuple[int, ...]) -> set[int]:
    """Everyone on a road."""
    return {start, *(hops[number].head for number in road)}


def blocked(hops: list[Hop], usable: set[int], ends: set[int], gone: int) -> bool:
    """Whether no usable hops lead from a first holder to one of the ends without one node."""
    left = [hop for number, hop in enumerate(hops) if number in usable and gone not in (hop.tail, hop.head)]
    return not any(ends & leads(left, start) - {gone} for start in begins(hops) - {gone})


@settings(max_examples=150)
@given(HOPS, FINDS)
def test_the_same_as_road_by_road(hops: list[Hop], found: list[tuple[int, int | None]]) -> None:
    ledger, finds = ledger_of(hops, nodes=NODES), finds_of(*found)
    counted = survey(ledger, finds)
    untils = [FAR if until is None else until for _recovery, until in found]
    known = {until: roads_to(hops, until) for until in set(untils)}
    usable = {number for until in known for _start, road in known[until] for number in road}
    some = [set() for _ in range(NODES)]
    every: list[dict[int, int]] = [{} for _ in range(NODES)]
    traced: dict[int, int] = {}
    for (recovery, _open), until in zip(found, untils, strict=True):
        if not known[until]:
            continue
        traced[recovery] = traced.get(recovery, 0) + 1
        ends = {
            node
            for node in ends_by(hops, until)
            if any((hops[road[-1]].head if road else start) == node for start, road in known[until])
        }
        for node in range(NODES):
            if any(node in nodes_on(hops, start, road) for start, road in known[until]):
                some[node].add(recovery)
            if blocked(hops, usable, ends, node):
                every[node][recovery] = every[node].get(recovery, 0) + 1
    assert counted.standing.some_recoveries.tolist() == [len(recoveries) for recoveries in some]
    whole = [sum(count == traced[recovery] for recovery, count in node.items()) for node in every]
    assert counted.standing.every_recoveries.tolist() == whole
    assert counted.with_road == len(traced)


@given(HOPS)
def test_hops_on_roads_are_those_that_some_dated_road_uses(hops: list[Hop]) -> None:
    counted = survey(ledger_of(hops, nodes=NODES), finds_of((1, None)))
    used = {number for _start, road in roads_to(hops, FAR) for number in road}
    assert set(counted.roads.hop[counted.reached.hops].tolist()) == used
    assert all(arrival(hops, road) >= -1 for _start, road in roads_to(hops, FAR))


@given(HOPS, FINDS)
def test_the_bound_on_a_cut_is_kept_by_every_pair(
    hops: list[Hop], found: list[tuple[int, int | None]]
) -> None:
    ledger, finds = ledger_of(hops, nodes=NODES), finds_of(*found)
    counted = survey(ledger, finds)
    cut = cut_off(counted, np.ones(NODES, bool), 2)
    assert len(set(cut.holders)) == len(cut.holders)
    assert all(low <= left for low, left in zip(cut.at_least_left, cut.left, strict=True))
    assert list(cut.left) == sorted(cut.left, reverse=True)


# A maker M (0) sells to the distributors D (1) and E (2); both sell to B (3), who alone sells on: to U (4)
# and V (5). Document 7 covers two of the transfers.
M, D, E, B, U, V = range(6)
TRADE = [Hop(M, D, 1, 1), Hop(M, E, 1, 1), Hop(D, B, 2, 2), Hop(E, B, 3, 3), Hop(B, U, 4, 4), Hop(B, V, 9, 9)]


def trade(documents: tuple[int, ...] = (1, 2, 3, 4, 7, 7)) -> Ledger:
    return ledger_of(TRADE, nodes=6, documents=documents, makers=[M])


def test_a_hand_counted_world() -> None:
    # Recovery 1 by day 5 came through U alone, recovery 2 by day 20 through U or V; recovery 3 by day 1:
    # D and E had it by then and had not passed it on.
    counted = survey(trade(), finds_of((1, 5), (2, 20), (2, 20), (3, 1)))
    standing = counted.standing
    assert (counted.with_road, counted.components_with_road) == (3, 4)
    assert standing.some_recoveries.tolist() == [3, 3, 3, 2, 2, 1]
    assert standing.every_recoveries.tolist() == [3, 0, 0, 2, 1, 0]
    assert standing.some_components.tolist() == [4, 4, 4, 3, 3, 2]
    assert standing.every_components.tolist() == [4, 0, 0, 3, 1, 0]
    assert standing.documents.tolist() == [2, 2, 2, 3, 1, 1]
    assert makers_only(counted.ledger).tolist() == [True, False, False, False, False, False]


def test_one_document_over_many_parts_is_one() -> None:
    counted = survey(trade((7,) * 6), finds_of((1, 20)))
    assert set(counted.standing.documents.tolist()) == {1}


def test_equal_counts_are_told_apart_by_what_depends_on_them() -> None:
    counted = survey(trade(), finds_of((1, 5), (2, 20)))
    wanted = ~makers_only(counted.ledger)
    assert order(counted.standing, wanted).tolist() == [B, U, D, E, V]


def test_cutting_the_one_between_leaves_what_went_before_it() -> None:
    counted = survey(trade(), finds_of((1, 5), (2, 20), (3, 1)))
    cut = cut_off(counted, ~makers_only(counted.ledger))
    assert (cut.holders[0], cut.left[0]) == (B, 1)
    assert cut.left[-1] == 0
    assert set(cut.holders) == {B, D, E}


def test_other_goods_make_no_road() -> None:
    # D got bearings from E, and sold chips to B: nothing says that E's goods went to B.
    hops = [Hop(0, 1, 1, 1), Hop(1, 2, 2, 2)]
    counted = survey(ledger_of(hops, nodes=3, parts=[2, 1]), finds_of((1, None)))
    assert counted.standing.some_recoveries.tolist() == [0, 1, 1]


def test_a_document_about_the_item_goes_only_to_that_item() -> None:
    hops = [Hop(0, 1, 1, 1), Hop(1, 2, 2, 2)]
    ledger = ledger_of(hops, nodes=3, parts=[1, 0], components=[0, 1])
    counted = survey(ledger, finds_of((1, None), (2, None)))
    assert counted.standing.some_recoveries.tolist() == [2, 2, 1]


def test_circles_do_no_harm() -> None:
    hops = [Hop(0, 1, 1, 1), Hop(1, 2, 2, 2), Hop(2, 1, 3, 3), Hop(1, 3, 4, 4)]
    standing = survey(ledger_of(hops, nodes=4), finds_of((1, None))).standing
    assert standing.some_recoveries.tolist() == [1, 1, 1, 1]
    assert standing.every_recoveries.tolist() == [1, 1, 0, 1]


def test_nothing_on_record_is_counted_as_nothing() -> None:
    counted: Survey = survey(ledger_of([], nodes=0), finds_of((1, None)))
    assert (counted.with_road, counted.components_with_road) == (0, 0)
    assert cut_off(counted, np.zeros(0, bool)).holders == ()
