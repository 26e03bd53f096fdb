"""Who may have received goods of a party, or supplied it: the same as trying every path."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from provenance.core.vocabulary.tracing import Dated
from provenance.tracing.reachability import reachable_parties, recoveries_supplied
from tests.tracing.brute import TimedEdge, certain, edges_between, paths, possible
from tests.tracing.world import ledger_of, recovered_of

NODES = 4
EDGES = edges_between(NODES, 5).map(lambda edges: [edge for edge in edges if edge.tail != edge.head])
ONE = st.integers(0, NODES - 1)


def ends(edges: list[TimedEdge], start: int, *, sure: bool = False) -> set[int]:
    """Where possible (or certain) paths lead, the start left out."""
    return {
        edges[path[-1]].head
        for path in paths(edges, start)
        if path and (certain(edges, path) if sure else possible(edges, path))
    } - {start}


@given(EDGES, ONE)
def test_forward_everyone_to_whom_a_possible_path_leads(edges: list[TimedEdge], start: int) -> None:
    found = reachable_parties(ledger_of(edges, nodes=NODES), start, forward=True)
    assert {item.node for item in found} == ends(edges, start)
    surely = {item.node for item in found if item.dated == Dated.CERTAIN}
    assert surely <= ends(edges, start, sure=True)


@given(EDGES, ONE)
def test_backward_everyone_from_whom_one_leads_here(edges: list[TimedEdge], end: int) -> None:
    found = reachable_parties(ledger_of(edges, nodes=NODES), end, forward=False)
    assert {item.node for item in found} == {
        node for node in range(NODES) if end in ends(edges, node) and node != end
    }


@given(EDGES, ONE, st.booleans())
def test_nearest_first_and_through_a_nearer_one(edges: list[TimedEdge], start: int, forward: bool) -> None:
    found = reachable_parties(ledger_of(edges, nodes=NODES), start, forward=forward)
    assert [item.steps for item in found] == sorted(item.steps for item in found)
    steps = {item.node: item.steps for item in found} | {start: 0}
    for item in found:
        assert steps[item.through] == item.steps - 1


@given(EDGES, ONE, st.booleans())
def test_of_one_part_all_are_the_same_goods(edges: list[TimedEdge], start: int, forward: bool) -> None:
    ledger = ledger_of(edges, nodes=NODES)
    everyone = reachable_parties(ledger, start, forward=forward)
    assert all(item.same_goods for item in everyone)
    same = reachable_parties(ledger, start, forward=forward, same_goods=True)
    assert [(item.node, item.edge, item.steps) for item in everyone] == [
        (item.node, item.edge, item.steps) for item in same
    ]


PARTS = st.lists(st.integers(1, 2), min_size=5, max_size=5)


@given(EDGES, PARTS, ONE, st.booleans())
def test_what_a_row_says_holds_of_the_path_it_shows(
    edges: list[TimedEdge], parts: list[int], start: int, same: bool
) -> None:
    """Walks each row back to the start and judges that path alone, by the slow definitions."""
    ledger = ledger_of(edges, nodes=NODES, parts=parts[: len(edges)])
    found = reachable_parties(ledger, start, forward=True, same_goods=same)
    by_place = {item.place: item for item in found}
    for row in found:
        path, item = [row.edge], row
        while item.through != start:
            item = by_place[item.before]
            path.insert(0, item.edge)
        assert edges[path[0]].tail == start
        assert possible(edges, tuple(path))
        assert row.same_goods == (len({parts[edge] for edge in path}) == 1)
        assert (row.dated == Dated.CERTAIN) == certain(edges, tuple(path))
        assert row.steps == len(path)


@given(EDGES, PARTS, ONE)
def test_same_goods_reach_a_party_once_for_each_kind(
    edges: list[TimedEdge], parts: list[int], start: int
) -> None:
    ledger = ledger_of(edges, nodes=NODES, parts=parts[: len(edges)])
    found = reachable_parties(ledger, start, forward=True, same_goods=True)
    expected = {
        (edges[path[-1]].head, parts[path[-1]])
        for path in paths(edges, start)
        if path and possible(edges, path) and len({parts[edge] for edge in path}) == 1
    }
    assert {(item.node, parts[item.edge]) for item in found} == {
        pair for pair in expected if pair[0] != start
    }
    assert len(found) == len({(item.node, parts[item.edge]) for item in found})
    assert all(item.same_goods for item in found)


# 0 sells chips (part 1) to 1 and bearings (part 2) to 2; 1 sells bearings to 3.
MIXED = ledger_of(
    [TimedEdge(0, 1, 5, 5), TimedEdge(0, 2, 5, 5), TimedEdge(1, 3, 7, 9)], nodes=4, parts=[1, 2, 2]
)


def test_other_goods_are_marked_and_left_out_on_request() -> None:
    found = reachable_parties(MIXED, 0, forward=True)
    assert [(item.node, item.steps, item.same_goods) for item in found] == [
        (1, 1, True), (2, 1, True), (3, 2, False),
    ]  # fmt: skip
    same = reachable_parties(MIXED, 0, forward=True, same_goods=True)
    assert [item.node for item in same] == [1, 2]


def test_a_short_cut_of_other_goods_is_never_cited_for_a_part() -> None:
    # Part 1 goes 0, 1, 2, 3; part 2 takes the short cut from 1 to 3, before part 1 arrives there.
    ledger = ledger_of(
        [TimedEdge(0, 1, 1, 1), TimedEdge(1, 2, 3, 3), TimedEdge(2, 3, 5, 5), TimedEdge(1, 3, 4, 4)],
        nodes=4,
        parts=[1, 1, 1, 2],
    )
    same = reachable_parties(ledger, 0, forward=True, same_goods=True)
    assert [(item.node, item.edge, item.steps) for item in same] == [(1, 0, 1), (2, 1, 2), (3, 2, 3)]
    anything = {item.node: item for item in reachable_parties(ledger, 0, forward=True)}
    assert (anything[3].edge, anything[3].same_goods) == (3, False)


def test_the_first_possible_day_forward_and_the_last_backward() -> None:
    forward = {item.node: item.day for item in reachable_parties(MIXED, 0, forward=True)}
    assert forward == {1: date.fromordinal(5), 2: date.fromordinal(5), 3: date.fromordinal(7)}
    backward = {item.node: item.day for item in reachable_parties(MIXED, 3, forward=False)}
    assert backward == {1: date.fromordinal(9), 0: date.fromordinal(5)}


def test_recoveries_by_date_and_goods() -> None:
    # Component 1 by day 6 may be 0's chips that 1 had; 2 and 3, bearings by day 4 and 20; 4 is another part.
    recovered = recovered_of((1, 6), (2, 4), (3, 20), (3, 20), parts=[1, 2, 2, 9])
    recoveries, components = recoveries_supplied(MIXED, recovered, 0)
    assert (recoveries.tolist(), components.tolist()) == ([1, 3], [1, 3])
