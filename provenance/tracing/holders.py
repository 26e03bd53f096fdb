"""Where roads begin and end in a network: first and last known holders, circles included."""

from __future__ import annotations

import numpy as np

from provenance.tracing.network import NEVER, Network, Numbers


def circles(network: Network) -> Numbers:
    """Each node's circle: nodes that lead to each other share a number, every other node has its own.

    A circle's number is that of its lowest node.
    """
    circle = np.arange(network.nodes)
    inside = _without_ends(network)
    if not len(inside):
        return circle
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
            circle[numbers] = numbers.min()
    return circle


def _without_ends(network: Network) -> Numbers:
    """The hops that are left when dead ends on either side are taken away again and again."""
    hops = np.flatnonzero(network.tail != network.head)
    while len(hops):
        tails, heads = network.tail[hops], network.head[hops]
        reached = np.zeros(network.nodes, bool)
        left = np.zeros(network.nodes, bool)
        reached[heads] = True
        left[tails] = True
        inner = reached[tails] & left[heads]
        if inner.all():
            break
        hops = hops[inner]
    return hops


def first_holders(network: Network, circle: Numbers) -> Numbers:
    """The nodes that hops leave and nothing reaches from outside their own circle, in order."""
    between = circle[network.tail] != circle[network.head]
    fed = np.zeros(network.nodes, bool)
    fed[circle[network.head[between]]] = True
    touched = np.unique(network.tail)
    return touched[~fed[circle[touched]]]


def onward_from(network: Network, circle: Numbers, here: Numbers) -> Numbers:
    """The first day on which goods on a road may leave each node's circle; `NEVER` where none do on record.

    ``here`` is the earliest arrival at each node: what was passed on before anything arrived was other
    goods. A node is a last known holder of what was found by a day where this lies after that day.
    """
    begun = here[network.tail]
    usable = (begun <= network.latest) & (begun < NEVER)
    usable &= circle[network.tail] != circle[network.head]
    first = np.full(network.nodes, NEVER, np.int64)
    np.minimum.at(first, circle[network.tail[usable]], np.maximum(begun, network.earliest)[usable])
    return first[circle]


def last_holders(network: Network, circle: Numbers, here: Numbers, until: int) -> Numbers:
    """The nodes that goods on a road reached by the day ``until`` and did not leave by then, on record."""
    arrived = np.zeros(network.nodes, bool)
    arrived[network.head] = True
    onward = onward_from(network, circle, here)
    return np.flatnonzero(arrived & (here <= until) & (here < NEVER) & ((onward > until) | (onward == NEVER)))
