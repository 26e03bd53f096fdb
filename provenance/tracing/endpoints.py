"""Where paths begin and end in a network: first and last known holders, with cycles counted as one."""

from __future__ import annotations

import numpy as np

from provenance.tracing.network import NEVER, Network, Numbers


def strong_components(network: Network) -> Numbers:
    """The strongly connected component of each node, named by its lowest node.

    Nodes that lead to each other share a number; every other node has its own.
    """
    scc = np.arange(network.nodes)
    inside = _core(network)
    if not len(inside):
        return scc
    import rustworkx

    nodes, places = np.unique(
        np.concatenate([network.tail[inside], network.head[inside]]), return_inverse=True
    )
    tails, heads = places[: len(inside)], places[len(inside) :]
    graph: rustworkx.PyDiGraph[int, None] = rustworkx.PyDiGraph()
    graph.add_nodes_from(range(len(nodes)))
    graph.add_edges_from_no_data(list(zip(tails.tolist(), heads.tolist(), strict=True)))
    for members in rustworkx.strongly_connected_components(graph):
        if len(members) > 1:
            numbers = nodes[list(members)]
            scc[numbers] = numbers.min()
    return scc


def _core(network: Network) -> Numbers:
    """The edges that are left when dead ends on either side are removed again and again."""
    edges = np.flatnonzero(network.tail != network.head)
    while len(edges):
        tails, heads = network.tail[edges], network.head[edges]
        reached = np.zeros(network.nodes, bool)
        left = np.zeros(network.nodes, bool)
        reached[heads] = True
        left[tails] = True
        inner = reached[tails] & left[heads]
        if inner.all():
            break
        edges = edges[inner]
    return edges


def first_nodes(network: Network, scc: Numbers) -> Numbers:
    """The nodes with outgoing edges that nothing reaches from outside their own component, in order.

    ``scc`` is what `strong_components` returned.
    """
    between = scc[network.tail] != scc[network.head]
    supplied = np.zeros(network.nodes, bool)
    supplied[scc[network.head[between]]] = True
    touched = np.unique(network.tail)
    return touched[~supplied[scc[touched]]]


def first_onward_day(network: Network, scc: Numbers, here: Numbers) -> Numbers:
    """The first day on which goods may leave each node's component; `NEVER` where none do on record.

    ``here`` is the earliest arrival at each node: anything passed on before that was other goods. A node is
    a last known holder of what was found by a day if this lies after that day.
    """
    begun = here[network.tail]
    usable = (begun <= network.latest) & (begun < NEVER)
    usable &= scc[network.tail] != scc[network.head]
    first = np.full(network.nodes, NEVER, np.int64)
    np.minimum.at(first, scc[network.tail[usable]], np.maximum(begun, network.earliest)[usable])
    return first[scc]


def last_nodes(network: Network, scc: Numbers, here: Numbers, until: int) -> Numbers:
    """The nodes that goods reached by the day ``until`` and had not left by then, as far as is on record."""
    arrived = np.zeros(network.nodes, bool)
    arrived[network.head] = True
    onward = first_onward_day(network, scc, here)
    return np.flatnonzero(arrived & (here <= until) & (here < NEVER) & ((onward > until) | (onward == NEVER)))
