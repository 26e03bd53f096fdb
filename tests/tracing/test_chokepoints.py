"""Chokepoints: hand-counted on small worlds, and the same as counting path by path on random ones."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.tracing.chokepoints import Survey, only_makers, ranking, survey
from provenance.tracing.ledger import Ledger
from provenance.tracing.vertex_cut import greedy_vertex_cut
from tests.tracing.brute import TimedEdge, arrival, edges_between, paths, possible
from tests.tracing.world import ledger_of, recovered_of

NODES = 4
HOPS = edges_between(NODES, 5).map(lambda edges: [edge for edge in edges if edge.tail != edge.head])
FINDS = st.lists(
    st.tuples(st.integers(1, 3), st.one_of(st.none(), st.integers(1, 6))), min_size=1, max_size=4
)
FAR = 10**9


def leads(edges: list[TimedEdge], node: int) -> set[int]:
    """Where edges lead from a node, itself included."""
    found = {node}
    while more := {edge.head for edge in edges if edge.tail in found} - found:
        found |= more
    return found


def circle_of(edges: list[TimedEdge], node: int) -> frozenset[int]:
    """The nodes that lead to a node and back."""
    return frozenset(other for other in leads(edges, node) if node in leads(edges, other))


def begins(edges: list[TimedEdge]) -> set[int]:
    """First known holders."""
    return {
        edge.tail
        for edge in edges
        if not any(
            into.head in circle_of(edges, edge.tail) and into.tail not in circle_of(edges, edge.tail)
            for into in edges
        )
    }


def ends_by(edges: list[TimedEdge], until: int) -> set[int]:
    """Last known holders by a day: nothing that had come there may have left their cycle until then."""
    found = set()
    here: dict[int, int] = {}
    for start in begins(edges):
        for path in paths(edges, start):
            if possible(edges, path):
                end = edges[path[-1]].head if path else start
                here[end] = min(here.get(end, FAR), arrival(edges, path))
    for node in {edge.head for edge in edges}:
        scc = circle_of(edges, node)
        onward = [edge for edge in edges if edge.tail in scc and edge.head not in scc and edge.tail in here]
        left = [edge for edge in onward if edge.latest is None or here[edge.tail] <= edge.latest]
        if node in here and not any(max(edge.earliest or -1, here[edge.tail]) <= until for edge in left):
            found.add(node)
    return found


def roads_to(edges: list[TimedEdge], until: int) -> list[tuple[int, tuple[int, ...]]]:
    """Every possible path from a first holder to a last one by a day, with its start."""
    found = []
    for start in begins(edges):
        for path in paths(edges, start):
            end = edges[path[-1]].head if path else start
            if end in ends_by(edges, until) and possible(edges, path, until=until):
                found.append((start, path))
    return found


def nodes_on(edges: list[TimedEdge], start: int, path: tuple[int, ...]) -> set[int]:
    """Everyone on a path."""
    return {start, *(edges[number].head for number in path)}


def blocked(edges: list[TimedEdge], usable: set[int], ends: set[int], gone: int) -> bool:
    """Whether no usable edges lead from a first holder to one of the ends without one node."""
    left = [
        edge for number, edge in enumerate(edges) if number in usable and gone not in (edge.tail, edge.head)
    ]
    return not any(ends & leads(left, start) - {gone} for start in begins(edges) - {gone})


@settings(max_examples=150)
@given(HOPS, FINDS)
def test_the_same_as_path_by_path(edges: list[TimedEdge], found: list[tuple[int, int | None]]) -> None:
    ledger, recovered = ledger_of(edges, nodes=NODES), recovered_of(*found)
    counted = survey(ledger, recovered)
    untils = [FAR if until is None else until for _recovery, until in found]
    known = {until: roads_to(edges, until) for until in set(untils)}
    usable = {number for until in known for _start, path in known[until] for number in path}
    some = [set() for _ in range(NODES)]
    every: list[dict[int, int]] = [{} for _ in range(NODES)]
    traced: dict[int, int] = {}
    for (recovery, _open), until in zip(found, untils, strict=True):
        if not known[until]:
            continue
        traced[recovery] = traced.get(recovery, 0) + 1
        ends = {
            node
            for node in ends_by(edges, until)
            if any((edges[path[-1]].head if path else start) == node for start, path in known[until])
        }
        for node in range(NODES):
            if any(node in nodes_on(edges, start, path) for start, path in known[until]):
                some[node].add(recovery)
            if blocked(edges, usable, ends, node):
                every[node][recovery] = every[node].get(recovery, 0) + 1
    assert counted.counts.reached_recoveries.tolist() == [len(recoveries) for recoveries in some]
    whole = [sum(count == traced[recovery] for recovery, count in node.items()) for node in every]
    assert counted.counts.dependent_recoveries.tolist() == whole
    assert counted.with_path == len(traced)


@given(HOPS)
def test_edges_on_paths_are_those_that_some_dated_path_uses(edges: list[TimedEdge]) -> None:
    counted = survey(ledger_of(edges, nodes=NODES), recovered_of((1, None)))
    used = {number for _start, path in roads_to(edges, FAR) for number in path}
    assert set(counted.paths.edge[counted.reached.edges].tolist()) == used
    assert all(arrival(edges, path) >= -1 for _start, path in roads_to(edges, FAR))


@given(HOPS, FINDS)
def test_the_bound_on_a_cut_is_kept_by_every_pair(
    edges: list[TimedEdge], found: list[tuple[int, int | None]]
) -> None:
    ledger, recovered = ledger_of(edges, nodes=NODES), recovered_of(*found)
    counted = survey(ledger, recovered)
    cut = greedy_vertex_cut(counted, np.ones(NODES, bool), 2)
    assert len(set(cut.parties)) == len(cut.parties)
    assert all(low <= left for low, left in zip(cut.at_least_left, cut.left, strict=True))
    assert list(cut.left) == sorted(cut.left, reverse=True)


# A maker M (0) sells to the distributors D (1) and E (2); both sell to B (3), who alone sells on: to U (4)
# and V (5). Document 7 covers two of the transfers.
M, D, E, B, U, V = range(6)
TRADE = [
    TimedEdge(M, D, 1, 1),
    TimedEdge(M, E, 1, 1),
    TimedEdge(D, B, 2, 2),
    TimedEdge(E, B, 3, 3),
    TimedEdge(B, U, 4, 4),
    TimedEdge(B, V, 9, 9),
]


def trade(documents: tuple[int, ...] = (1, 2, 3, 4, 7, 7)) -> Ledger:
    return ledger_of(TRADE, nodes=6, documents=documents, makers=[M])


def test_a_hand_counted_world() -> None:
    # Recovery 1 by day 5 came through U alone, recovery 2 by day 20 through U or V; recovery 3 by day 1:
    # D and E had it by then and had not passed it on.
    counted = survey(trade(), recovered_of((1, 5), (2, 20), (2, 20), (3, 1)))
    counts = counted.counts
    assert (counted.with_path, counted.components_with_path) == (3, 4)
    assert counts.reached_recoveries.tolist() == [3, 3, 3, 2, 2, 1]
    assert counts.dependent_recoveries.tolist() == [3, 0, 0, 2, 1, 0]
    assert counts.reached_components.tolist() == [4, 4, 4, 3, 3, 2]
    assert counts.dependent_components.tolist() == [4, 0, 0, 3, 1, 0]
    assert counts.documents.tolist() == [2, 2, 2, 3, 1, 1]
    assert only_makers(counted.ledger).tolist() == [True, False, False, False, False, False]


def test_one_document_over_many_parts_is_one() -> None:
    counted = survey(trade((7,) * 6), recovered_of((1, 20)))
    assert set(counted.counts.documents.tolist()) == {1}


def test_equal_counts_are_ordered_by_what_depends_on_them() -> None:
    counted = survey(trade(), recovered_of((1, 5), (2, 20)))
    wanted = ~only_makers(counted.ledger)
    assert ranking(counted.counts, wanted).tolist() == [B, U, D, E, V]


def test_cutting_the_one_between_leaves_what_went_before_it() -> None:
    counted = survey(trade(), recovered_of((1, 5), (2, 20), (3, 1)))
    cut = greedy_vertex_cut(counted, ~only_makers(counted.ledger))
    assert (cut.parties[0], cut.left[0]) == (B, 1)
    assert cut.left[-1] == 0
    assert set(cut.parties) == {B, D, E}


def test_other_goods_make_no_path() -> None:
    # D got bearings from E, and sold chips to B: nothing says that E's goods went to B.
    edges = [TimedEdge(0, 1, 1, 1), TimedEdge(1, 2, 2, 2)]
    counted = survey(ledger_of(edges, nodes=3, parts=[2, 1]), recovered_of((1, None)))
    assert counted.counts.reached_recoveries.tolist() == [0, 1, 1]


def test_a_document_about_the_item_goes_only_to_that_item() -> None:
    edges = [TimedEdge(0, 1, 1, 1), TimedEdge(1, 2, 2, 2)]
    ledger = ledger_of(edges, nodes=3, parts=[1, 0], components=[0, 1])
    counted = survey(ledger, recovered_of((1, None), (2, None)))
    assert counted.counts.reached_recoveries.tolist() == [2, 2, 1]


def test_cycles_do_no_harm() -> None:
    edges = [TimedEdge(0, 1, 1, 1), TimedEdge(1, 2, 2, 2), TimedEdge(2, 1, 3, 3), TimedEdge(1, 3, 4, 4)]
    counts = survey(ledger_of(edges, nodes=4), recovered_of((1, None))).counts
    assert counts.reached_recoveries.tolist() == [1, 1, 1, 1]
    assert counts.dependent_recoveries.tolist() == [1, 1, 0, 1]


def test_nothing_on_record_is_counted_as_nothing() -> None:
    counted: Survey = survey(ledger_of([], nodes=0), recovered_of((1, None)))
    assert (counted.with_path, counted.components_with_path) == (0, 0)
    assert greedy_vertex_cut(counted, np.zeros(0, bool)).parties == ()
