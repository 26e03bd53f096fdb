"""The strongest path to each last known holder of one component, and its point of diversion.

Pure functions on arrays: edges and nodes are numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from provenance.core.vocabulary.tracing import Channel, Dated
from provenance.tracing.endpoints import first_nodes, last_nodes, strong_components
from provenance.tracing.network import (
    ALWAYS,
    NEVER,
    Network,
    Numbers,
    arrivals,
    certain_arrivals,
    reconstruct_path,
)


@dataclass(frozen=True, slots=True)
class EdgePath:
    """A path from a first known holder to a last known one: the numbers of its edges, in order.

    ``weakest`` is the highest class number on it (0 is the strongest class).
    """

    edges: tuple[int, ...]
    weakest: int
    dated: Dated
    from_maker: bool


def strongest_paths(network: Network, classes: Numbers, makers: Numbers, until: int) -> list[EdgePath]:
    """The strongest path to every last known holder, best first.

    ``classes`` numbers each edge's evidence class, 0 the strongest; ``until`` is the last day on which the
    component may still have been in transit. A path from a maker goes before one from elsewhere, a stronger
    class before a weaker one, a certain order before a possible one, then the longer path.
    """
    scc = strong_components(network)
    begins, touched = first_nodes(network, scc), np.intersect1d(makers, network.tail)
    here = arrivals(network, np.union1d(begins, touched))
    found: list[EdgePath] = []
    missing = set(last_nodes(network, scc, here, until).tolist())
    for starts, from_maker in ((touched, True), (begins, False)):
        if len(starts) and missing:
            paths = _strongest(network, classes, starts, sorted(missing - set(starts.tolist())), until)
            for end, edges, dated in paths:
                missing.discard(end)
                found.append(EdgePath(edges, int(classes[list(edges)].max()), dated, from_maker))
    return sorted(
        found,
        key=lambda path: (
            not path.from_maker,
            path.weakest,
            path.dated != Dated.CERTAIN,
            -len(path.edges),
            path.edges,
        ),
    )


def _strongest(
    network: Network, classes: Numbers, starts: Numbers, ends: list[int], until: int
) -> list[tuple[int, tuple[int, ...], Dated]]:
    """For each end that can be reached in time: its path of the strongest classes."""
    found: list[tuple[int, tuple[int, ...], Dated]] = []
    waiting = ends
    for weakest in np.unique(classes).tolist():
        kept = np.flatnonzero((classes <= weakest) & (network.earliest <= until))
        part = network.part(kept)
        for dated in (Dated.CERTAIN, Dated.POSSIBLE):
            sure = dated == Dated.CERTAIN
            label = certain_arrivals(part, starts) if sure else arrivals(part, starts)
            late = NEVER if sure else until + 1 if until < NEVER else NEVER
            for end in [end for end in waiting if label[end] < late]:
                path = kept[reconstruct_path(part, label, starts, end, certain=sure)].tolist()
                best = _strongest_steps(network, classes, kept, path, until, certain=sure)
                found.append((end, tuple(best), dated))
            reached = {end for end, _edges, _dated in found}
            waiting = [end for end in waiting if end not in reached]
    return found


def _strongest_steps(
    network: Network, classes: Numbers, kept: Numbers, path: list[int], until: int, *, certain: bool
) -> list[int]:
    """The path with each step on the strongest record between the same two holders that keeps its order.

    Without this, one weak step would let weak records stand for every other step of the path.
    """
    best = list(path)
    for place, edge in enumerate(path):
        beside = kept[
            (network.tail[kept] == network.tail[edge])
            & (network.head[kept] == network.head[edge])
            & (classes[kept] < classes[edge])
        ]
        for other in beside[np.argsort(classes[beside], kind="stable")].tolist():
            tried = [*best[:place], other, *best[place + 1 :]]
            if _is_in_order(network, tried, until, certain=certain):
                best = tried
                break
    return best


def _is_in_order(network: Network, path: list[int], until: int, *, certain: bool) -> bool:
    if certain:
        ended, begun = network.latest[path[:-1]], network.earliest[path[1:]]
        return bool(np.all((ended <= begun) & (ended < NEVER)))
    day = ALWAYS
    for edge in path:
        day = max(day, int(network.earliest[edge]))
        if day > network.latest[edge]:
            return False
    return day <= until


class PointKind(StrEnum):
    """How closely the records locate the point where goods left the maker's own network."""

    LAST_AUTHORISED_HOLDER = "last_authorised_holder"
    RANGE = "range"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Diversion:
    """Where goods left the maker's own network: positions in the path's list of holders.

    For a single holder both are the same; for a range it happened at or after ``last_inside`` and not after
    ``first_outside`` (None: the path ends before any holder outside is known).
    """

    kind: PointKind
    last_inside: int | None
    first_outside: int | None


def point_of_diversion(channels: list[Channel | None], gaps: set[int]) -> Diversion:
    """Where a path left the authorised channel; ``channels`` are those of its holders in order.

    ``gaps`` are the positions after which no record shows the step. The last authorised holder is the point
    where the very next holder is known to be outside the network; where holders of unknown channel or a gap
    lie between them, it is a range; without any authorised holder on record it is unknown.
    """
    inside = [place for place, channel in enumerate(channels) if channel == Channel.AUTHORISED]
    if not inside:
        return Diversion(PointKind.UNKNOWN, None, None)
    last = inside[-1]
    outside = next(
        (place for place in range(last + 1, len(channels)) if channels[place] == Channel.INDEPENDENT), None
    )
    if outside == last + 1 and last not in gaps:
        return Diversion(PointKind.LAST_AUTHORISED_HOLDER, last, last)
    return Diversion(PointKind.RANGE, last, outside)
