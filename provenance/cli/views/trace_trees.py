"""Reach and supply graphs as trees on the terminal."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from provenance.cli.views.trace_words import party
from provenance.cli.views.words import evidence_class, one_line
from provenance.core.vocabulary.tracing import Dated
from provenance.text.folding import printable

if TYPE_CHECKING:
    from provenance.services.contracts.tracing import Edge, Node, ReachedFirm

_WIDTH = 200
_GOODS = 60
"""Characters of a description of goods in a line of the tree; a customs declaration's fills a page."""


def reach_lines(firm: str, shown: Sequence[ReachedFirm], day_word: str) -> list[str]:
    """A tree with each party under the one through which the shortest path leads to it.

    A party whose path is not shown is placed under the firm itself. ``day_word`` introduces its day.
    """
    root = Tree(Text(printable(firm)))
    branches: dict[int | None, Tree] = {}
    for row in shown:
        above = branches.get(row.through_row, root)
        branches[row.row] = above.add(Text(printable(_label(row, day_word))))
    return _lines(root)


def _label(row: ReachedFirm, day_word: str) -> str:
    day = f"{day_word} {row.day}" if row.day else "date unknown"
    same = "same goods" if row.same_goods else "other or unnamed goods"
    goods = f"{same}: {_brief(one_line(row.goods))}" if row.goods else same
    name = party(row.firm, row.firm_ref)
    evidence = f"{evidence_class(row.evidence_class)}; {row.transfer}"
    note = f" Source's caveat: {one_line(row.note)}" if row.note else ""
    return f"{name}  [{order_words(row)}, {day}; {goods}; {evidence}]{note}"


def _brief(text: str) -> str:
    return text if len(text) <= _GOODS else f"{text[: _GOODS - 1].rstrip()}…"


def order_words(row: ReachedFirm) -> str:
    """What the dates say of the order of the steps: nothing else of the path is certain by them."""
    if row.steps == 1:
        return "one step"
    return "dates prove the order" if row.date_order == Dated.CERTAIN else "order possible by date"


def _lines(tree: Tree) -> list[str]:
    stream = io.StringIO()
    Console(file=stream, width=_WIDTH, highlight=False, color_system=None).print(tree, soft_wrap=True)
    return [line.rstrip() for line in stream.getvalue().splitlines()]


def graph_lines(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[str]:
    """A graph as trees from its first nodes; a node that was unfolded further up is only named."""
    by_key = {node.key: node for node in nodes}
    onward: dict[str, list[Edge]] = {key: [] for key in by_key}
    for edge in edges:
        onward[edge.tail].append(edge)
    supplied = {edge.head for edge in edges}
    unfolded: set[str] = set()
    lines: list[str] = []
    for start in [key for key in by_key if key not in supplied] + list(by_key):
        if start in unfolded or (start in supplied and not onward[start]):
            continue
        unfolded.add(start)
        lines += _lines(_unfolded(start, by_key, onward, unfolded))
    return lines


def _unfolded(start: str, nodes: dict[str, Node], onward: dict[str, list[Edge]], unfolded: set[str]) -> Tree:
    """The tree from one node; adds to ``unfolded`` the nodes whose edges it shows."""
    from provenance.services.contracts.tracing import describe

    root = Tree(Text(printable(_named(nodes[start]))))
    waiting = [(root, edge) for edge in reversed(onward[start])]
    while waiting:
        branch, edge = waiting.pop()
        above = " (above)" if edge.head in unfolded and onward[edge.head] else ""
        label = f"{_named(nodes[edge.head])}  [{describe(edge)}]{above}"
        twig = branch.add(Text(printable(label)))
        if edge.head not in unfolded:
            unfolded.add(edge.head)
            waiting += [(twig, following) for following in reversed(onward[edge.head])]
    return root


def _named(node: Node) -> str:
    about = ", ".join(filter(None, ((node.role or "role unknown").replace("_", " "), node.country)))
    return f"{node.label} ({about})"
