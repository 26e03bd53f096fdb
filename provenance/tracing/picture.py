"""What a picture of roads shows: holders, what passes between them, and the gaps, from maker to weapon."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from provenance.core.vocabulary import PartyRole

MOST_NODES = 200
"""Above so many nodes a picture is summarised by country."""

WEAPON = "weapon"
"""The role of a node that stands for what the goods were found in."""

_LOOSE = (PartyRole.UNKNOWN, PartyRole.SUPPLIER)


@dataclass(frozen=True, slots=True)
class Node:
    """A holder, or a weapon; ``key`` is unique in its picture, ``members`` how many it stands for."""

    key: str
    label: str
    role: str
    country: str | None = None
    members: int = 1
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """What passed from one node to another; a ``gap`` is a step that no record shows.

    ``quantity`` adds up what is stated in ``unit``, None where nothing is, or not in one unit.
    """

    tail: str
    head: str
    transfers: int = 0
    quantity: float | None = None
    unit: str | None = None
    documented: bool = False
    gap: bool = False
    dates: str = ""


@dataclass(slots=True)
class Picture:
    """Nodes and edges, with a title and what is to be said under it."""

    title: str
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    summarised: bool = False


def main_role(roles: Iterable[str]) -> str:
    """The role that a holder had most often, the vague ones last."""
    counted = Counter(roles)
    best = sorted(counted.items(), key=lambda item: (item[0] in _LOOSE, -item[1], item[0]))
    return best[0][0] if best else PartyRole.UNKNOWN


def summarised(picture: Picture, most: int = MOST_NODES) -> Picture:
    """The picture as it is, or where it has too many nodes one with a node a role and country."""
    if len(picture.nodes) <= most:
        return picture
    groups: dict[str, list[Node]] = defaultdict(list)
    group_of: dict[str, str] = {}
    for node in picture.nodes:
        key = node.key if node.role == WEAPON else f"{node.role} {node.country or ''}"
        groups[key].append(node)
        group_of[node.key] = key
    nodes = [_group(key, members) for key, members in groups.items()]
    between: dict[tuple[str, str, bool, bool], list[Edge]] = defaultdict(list)
    inside = 0
    for edge in picture.edges:
        tail, head = group_of[edge.tail], group_of[edge.head]
        if tail == head:
            inside += edge.transfers
        else:
            between[tail, head, edge.gap, edge.documented].append(edge)
    edges = [_joined(*key, found) for key, found in between.items()]
    notes = [
        *picture.notes,
        f"{len(picture.nodes):,} holders are too many to draw: they are put together by role and country.",
    ]
    if inside:
        notes.append(f"{inside:,} transfers between holders of one role and country are not drawn.")
    return Picture(picture.title, nodes, edges, notes, summarised=True)


def _group(key: str, members: list[Node]) -> Node:
    first = members[0]
    if first.role == WEAPON:
        return first
    country = first.country or "country not known"
    role = first.role.replace("_", " ")
    return Node(key, f"{country}: {len(members):,} × {role}", first.role, first.country, len(members))


def _joined(tail: str, head: str, gap: bool, documented: bool, found: list[Edge]) -> Edge:
    units = {edge.unit for edge in found if edge.quantity is not None}
    known = [edge.quantity for edge in found if edge.quantity is not None]
    quantity = sum(known) if known and len(units) == 1 else None
    unit = units.pop() if quantity is not None else None
    return Edge(tail, head, sum(edge.transfers for edge in found), quantity, unit, documented, gap)
