"""Walks as trees on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.text.folding import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.tree import Tree

    from provenance.tracing.picture import Edge, Node, Picture
    from provenance.tracing.walking import Step, Walk

_WIDTH = 200


def tree_lines(found: Walk, shown: Sequence[Step]) -> list[str]:
    """A walk as a tree: everybody under the one through whom the shortest road leads to him.

    A holder whose way is not shown hangs under the firm itself.
    """
    from rich.text import Text
    from rich.tree import Tree

    root = Tree(Text(printable(found.firm.name)))
    branches: dict[int | None, Tree] = {found.node: root}
    for step in shown:
        above = branches.get(step.through_node, root)
        branches[step.node] = above.add(Text(printable(_label(step, found.forward))))
    return _lines(root)


def _label(step: Step, forward: bool) -> str:
    day = f"{'from' if forward else 'until'} {step.day}" if step.day else "date not known"
    goods = "same goods" if step.same_goods else "other or unnamed goods"
    kind = step.evidence_class.replace("_", " ")
    return f"{step.holder.name}  [{step.dated}, {day}; {goods}; {kind}; {step.transfer}]"


def _lines(tree: Tree) -> list[str]:
    import io

    from rich.console import Console

    stream = io.StringIO()
    Console(file=stream, width=_WIDTH, highlight=False, color_system=None).print(tree, soft_wrap=True)
    return [line.rstrip() for line in stream.getvalue().splitlines()]


def picture_lines(picture: Picture) -> list[str]:
    """A picture as trees from its beginnings; what stands further up already is named and not unfolded."""
    from rich.text import Text
    from rich.tree import Tree

    from provenance.tracing.svg import describe

    nodes = {node.key: node for node in picture.nodes}
    onward: dict[str, list[Edge]] = {key: [] for key in nodes}
    for edge in picture.edges:
        onward[edge.tail].append(edge)
    fed = {edge.head for edge in picture.edges}
    unfolded: set[str] = set()
    lines: list[str] = []
    for start in [key for key in nodes if key not in fed] + list(nodes):
        if start in unfolded or (start in fed and not onward[start]):
            continue
        root = Tree(Text(printable(_named(nodes[start]))))
        unfolded.add(start)
        waiting = [(root, edge) for edge in reversed(onward[start])]
        while waiting:
            branch, edge = waiting.pop()
            known = edge.head in unfolded and bool(onward[edge.head])
            more = " (above)" if known else ""
            label = f"{_named(nodes[edge.head])}  [{describe(edge)}]{more}"
            twig = branch.add(Text(printable(label)))
            if edge.head not in unfolded:
                unfolded.add(edge.head)
                waiting += [(twig, following) for following in reversed(onward[edge.head])]
        lines += _lines(root)
    return lines


def _named(node: Node) -> str:
    about = ", ".join(filter(None, (node.role.replace("_", " "), node.country)))
    return f"{node.label} ({about})"
