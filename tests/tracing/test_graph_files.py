"""Graphs as files: nothing overlaps, hostile names stay text, other programs can read the files."""

from __future__ import annotations

import xml.etree.ElementTree as Tree
from itertools import combinations
from pathlib import Path

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.tracing.graph import WEAPON, Edge, Node, SupplyGraph, main_role, summarised
from provenance.tracing.graph_files import WRITERS, GraphFormat, dot, gexf, graphml, page
from provenance.tracing.layout import lay_out
from provenance.tracing.svg import line_width, shortened, svg

HOSTILE = '<script>alert("1")</script> & "quotes" ]]> \x07 Ю深圳'


def graph_of(lines: list[tuple[int, int]], nodes: int) -> SupplyGraph:
    """Nodes 0 to nodes - 1, the last one a weapon."""
    roles = ["maker"] + ["broker"] * (nodes - 2) + [WEAPON] if nodes > 1 else ["maker"]
    return SupplyGraph(
        "Test",
        [Node(str(number), f"Firm {number}", role) for number, role in enumerate(roles)],
        [Edge(str(tail), str(head), 1, 10.0, "pcs", documented=True) for tail, head in lines],
    )


@st.composite
def graphs(draw: st.DrawFn) -> SupplyGraph:
    nodes = draw(st.integers(1, 12))
    ends = st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1)).filter(
        lambda pair: pair[0] != pair[1]
    )
    lines = draw(st.lists(ends, max_size=20, unique=True)) if nodes > 1 else []
    return graph_of(lines, nodes)


@settings(max_examples=60)
@given(graphs())
def test_no_two_nodes_overlap_and_weapons_are_last(graph: SupplyGraph) -> None:
    found = lay_out(graph)
    for one, other in combinations(range(len(graph.nodes)), 2):
        if found.layer[one] == found.layer[other]:
            assert abs(found.height[one] - found.height[other]) > 0.999
    for node, at in zip(graph.nodes, found.layer, strict=True):
        if node.role == WEAPON:
            assert at == max(found.layer)


@settings(max_examples=30)
@given(graphs())
def test_edges_that_are_on_no_cycle_point_to_the_right(graph: SupplyGraph) -> None:
    directed = networkx.DiGraph((edge.tail, edge.head) for edge in graph.edges)
    found = lay_out(graph)
    in_circles = {
        node for part in networkx.strongly_connected_components(directed) if len(part) > 1 for node in part
    }
    weapons = {node.key for node in graph.nodes if node.role == WEAPON}
    for edge, backward in zip(graph.edges, found.backward, strict=True):
        if edge.tail not in weapons and edge.head not in weapons:
            assert not backward or {edge.tail, edge.head} <= in_circles


def test_the_same_graph_is_drawn_the_same_way() -> None:
    graph = graph_of([(0, 1), (0, 2), (1, 3), (2, 3), (3, 4)], 5)
    assert svg(graph) == svg(graph)


def hostile() -> SupplyGraph:
    nodes = [
        Node('k"1', HOSTILE, "maker", ref="F-1"),
        Node("k2", HOSTILE, None),
        Node("w", "Kh-1", WEAPON),
    ]
    edges = [Edge('k"1', "k2", 2, 5.5, HOSTILE, dates=HOSTILE), Edge("k2", "w", gap=True)]
    return SupplyGraph(HOSTILE, nodes, edges, [HOSTILE])


@pytest.mark.parametrize("ending", WRITERS)
def test_hostile_names_stay_text(ending: GraphFormat) -> None:
    text = WRITERS[ending](hostile())
    if ending == GraphFormat.DOT:
        assert '\\"quotes\\"' in text
    else:
        assert "<script>" not in text and "&lt;script&gt;" in text


def test_svg_is_well_formed_and_needs_nothing_from_elsewhere() -> None:
    text = svg(hostile())
    root = Tree.fromstring(text)
    assert root.tag.endswith("svg")
    assert "href" not in text and "url(http" not in text


def test_networkx_reads_graphml_and_gexf(tmp_path: Path) -> None:
    # networkx knows GEXF up to version 1.2; nodes and lines are written the same way there.
    older = gexf(hostile()).replace('version="1.3"', 'version="1.2"')
    texts = {
        "g.graphml": graphml(hostile()),
        "g.gexf": older.replace("gexf.net/1.3", "www.gexf.net/1.2draft"),
    }
    for name, text in texts.items():
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        graph = networkx.read_graphml(file) if name == "g.graphml" else networkx.read_gexf(file)
        assert (graph.number_of_nodes(), graph.number_of_edges()) == (3, 2)
        labels = {data.get("label") for _node, data in graph.nodes(data=True)}
        assert any("深圳" in (label or "") for label in labels)


def test_dot_marks_gaps_and_what_is_not_documented() -> None:
    text = dot(hostile())
    assert "style=dotted" in text and "style=dashed" in text and "rankdir=LR" in text


def test_a_gap_is_drawn_as_one_and_dashes_are_not_documented() -> None:
    text = svg(hostile())
    assert text.count('stroke-dasharray="7 5"') == 1
    assert ">?</text>" in text
    assert "gap: no record shows this step" in page(hostile())


def test_lines_are_wider_the_more_passes() -> None:
    widths = [line_width(amount, 1e6) for amount in (None, 1, 100, 1e6)]
    assert widths == sorted(widths) and len(set(widths)) == 4


def test_too_many_nodes_are_put_together_by_role_and_country() -> None:
    nodes = [Node(str(n), f"Firm {n}", "broker", "HK" if n % 2 else "AE") for n in range(300)]
    nodes.append(Node("w", "Kh-1", WEAPON))
    edges = [Edge(str(n), "w", gap=True) for n in range(300)] + [Edge("0", "2", 3, 7.0, "pcs")]
    found = summarised(SupplyGraph("Many", nodes, edges))
    assert [node.label for node in found.nodes] == ["AE: 150 × broker", "HK: 150 × broker", "Kh-1"]
    assert len(found.edges) == 2
    assert any(
        "Not drawn: 3 transfers between parties of the same role and country." in note for note in found.notes
    )
    assert summarised(SupplyGraph("Few", nodes[:200])).nodes == nodes[:200]


def test_the_most_frequent_role_but_a_vague_one_last() -> None:
    assert main_role(["importer", "unknown", "unknown"]) == "importer"
    assert main_role([]) is None
    assert main_role(["unknown", "unknown"]) is None


def test_long_names_are_cut_to_their_room() -> None:
    assert shortened("x" * 40) == "x" * 26 + "…"
    assert len(shortened("深" * 40)) < 20
