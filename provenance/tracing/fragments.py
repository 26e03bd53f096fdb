"""Pieces of one item's path that no record joins, put in the order of their dates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from provenance.core.vocabulary.tracing import MovedLevel
from provenance.tracing.network import ALWAYS
from provenance.tracing.strongest_paths import EdgePath
from provenance.tracing.transfer_graph import TransferGraph

_OF_THE_ITEM = (MovedLevel.COMPONENT, MovedLevel.LOT)


def join_fragments(graph: TransferGraph, paths: Sequence[EdgePath]) -> list[list[EdgePath]]:
    """Each path by itself, except that pieces of the very item's path are joined, separated by gaps.

    One item is in one place at a time, so pieces that share no holder follow each other; where the dates do
    not show which came first, the pieces stay apart. Trade records of the same part number may concern other
    items and are never joined.
    """
    others: list[list[EdgePath]] = []
    pieces: list[EdgePath] = []
    for path in paths:
        if all(graph.edges[edge].statement.level in _OF_THE_ITEM for edge in path.edges):
            pieces.append(path)
        else:
            others.append([path])
    joined: list[EdgePath] = []
    for piece in sorted(pieces, key=lambda piece: (_start(graph, piece), piece.edges)):
        if joined and not _follows(graph, joined, piece):
            others.append([piece])
        else:
            joined.append(piece)
    return [joined, *others] if joined else others


def _start(graph: TransferGraph, piece: EdgePath) -> int:
    return int(graph.network.earliest[piece.edges[0]])


def _follows(graph: TransferGraph, joined: Sequence[EdgePath], piece: EdgePath) -> bool:
    network = graph.network
    last, first = joined[-1].edges[-1], piece.edges[0]
    in_order = network.earliest[first] > ALWAYS and network.latest[last] <= network.earliest[first]
    before = [edge for earlier in joined for edge in earlier.edges]
    return bool(in_order) and not _nodes(graph, before) & _nodes(graph, piece.edges)


def _nodes(graph: TransferGraph, edges: Sequence[int]) -> set[int]:
    numbers = np.array(edges, np.int64)
    return set(graph.network.tail[numbers].tolist()) | set(graph.network.head[numbers].tolist())
