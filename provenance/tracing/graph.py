"""The supply graph: parties, what passes between them, and the gaps, from maker to weapon."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from provenance.core.vocabulary import PartyRole
from provenance.text.plurals import many

MAX_NODES = 200
"""Graphs with more nodes are summarised by role and country: no screen shows more legibly."""

WEAPON = "weapon"
"""The role of a node for what the goods were found in."""

_VAGUE = (PartyRole.UNKNOWN, PartyRole.SUPPLIER)


@dataclass(frozen=True, slots=True)
class Node:
    """A party, or a weapon; ``key`` is unique in its graph, ``members`` how many the node represents.

    ``label`` is what a reader sees, ``role`` None is unknown.
    """

    key: str
    label: str
    role: str | None
    country: str | None = None
    members: int = 1
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """What passed from one node to another; a ``gap`` is a step that no record shows.

    ``quantity`` is the sum of what is stated in ``unit``, None where nothing is, or not in one unit;
    ``dates`` None are not known of every transfer.
    """

    tail: str
    head: str
    transfers: int = 0
    quantity: float | None = None
    unit: str | None = None
    documented: bool = False
    gap: bool = False
    dates: str | None = None


@dataclass(slots=True)
class SupplyGraph:
    """Nodes and edges, with a title and the notes to print under it."""

    title: str
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    summarised: bool = False


def main_role(roles: Iterable[str]) -> str | None:
    """The role that a party had most often, vague ones last; None where none is known."""
    counted = Counter(roles)
    best = sorted(counted.items(), key=lambda item: (item[0] in _VAGUE, -item[1], item[0]))
    return best[0][0] if best and best[0][0] != PartyRole.UNKNOWN else None


def summarised(graph: SupplyGraph, most: int = MAX_NODES) -> SupplyGraph:
    """The graph, or if it has more than ``most`` nodes, one with a node for each role and country."""
    if len(graph.nodes) <= most:
        return graph
    groups: dict[str, list[Node]] = defaultdict(list)
    group_of: dict[str, str] = {}
    for node in graph.nodes:
        key = node.key if node.role == WEAPON else f"{node.role} {node.country or ''}"
        groups[key].append(node)
        group_of[node.key] = key
    nodes = [_group(key, members) for key, members in groups.items()]
    between: dict[tuple[str, str, bool, bool, str | None], list[Edge]] = defaultdict(list)
    inside = 0
    for edge in graph.edges:
        tail, head = group_of[edge.tail], group_of[edge.head]
        if tail == head:
            inside += edge.transfers
        else:
            between[tail, head, edge.gap, edge.documented, edge.unit].append(edge)
    edges = [
        _joined(tail, head, gap, documented, found)
        for (tail, head, gap, documented, _unit), found in between.items()
    ]
    notes = [
        *graph.notes,
        f"{len(graph.nodes):,} parties are too many to draw: they are grouped by role and country.",
    ]
    if inside:
        notes.append(f"Not drawn: {many(inside, 'transfer')} between parties of the same role and country.")
    return SupplyGraph(graph.title, nodes, edges, notes, summarised=True)


def _group(key: str, members: list[Node]) -> Node:
    first = members[0]
    if first.role == WEAPON:
        return first
    country = first.country or "country unknown"
    role = (first.role or "role unknown").replace("_", " ")
    return Node(key, f"{country}: {len(members):,} × {role}", first.role, first.country, len(members))


def _joined(tail: str, head: str, gap: bool, documented: bool, found: list[Edge]) -> Edge:
    units = {edge.unit for edge in found if edge.quantity is not None}
    known = [edge.quantity for edge in found if edge.quantity is not None]
    quantity = sum(known) if known and len(units) == 1 else None
    unit = units.pop() if quantity is not None else None
    return Edge(tail, head, sum(edge.transfers for edge in found), quantity, unit, documented, gap)
