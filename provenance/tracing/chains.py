"""The chains of one thing: for each last known holder the strongest road there, and where it was diverted.

Pure: hops and holders are numbers; what they are called is for others to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from provenance.core.vocabulary.tracing import Channel, Dated
from provenance.tracing.holders import circles, first_holders, last_holders
from provenance.tracing.network import (
    NEVER,
    Network,
    Numbers,
    arrivals,
    certain_arrivals,
    road_back,
)


@dataclass(frozen=True, slots=True)
class Chain:
    """A road from the first known holder to a last known one; hops by their numbers, in order.

    ``weakest`` is the highest class number on it (0 is the strongest class).
    """

    hops: tuple[int, ...]
    weakest: int
    dated: Dated
    from_maker: bool


def find_chains(network: Network, classes: Numbers, makers: Numbers, until: int) -> list[Chain]:
    """The strongest chain to every last known holder, best first.

    ``classes`` numbers each hop's evidence class, 0 the strongest; ``until`` is the last day on which the
    thing may still have been on its way. A road from a maker goes before one from elsewhere, a stronger
    class before a weaker, a certain order before a possible one, then the longer road.
    """
    circle = circles(network)
    begins, touched = first_holders(network, circle), np.intersect1d(makers, network.tail)
    here = arrivals(network, np.union1d(begins, touched))
    found: list[Chain] = []
    missing = set(last_holders(network, circle, here, until).tolist())
    for starts, from_maker in ((touched, True), (begins, False)):
        if len(starts) and missing:
            chains = _strongest(network, classes, starts, sorted(missing - set(starts.tolist())), until)
            for end, hops, dated in chains:
                missing.discard(end)
                found.append(Chain(hops, int(classes[list(hops)].max()), dated, from_maker))
    return sorted(
        found,
        key=lambda chain: (
            not chain.from_maker,
            chain.weakest,
            chain.dated != Dated.CERTAIN,
            -len(chain.hops),
            chain.hops,
        ),
    )


def _strongest(
    network: Network, classes: Numbers, starts: Numbers, ends: list[int], until: int
) -> list[tuple[int, tuple[int, ...], Dated]]:
    """For each end that can be reached in time: its road of the strongest classes."""
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
                road = road_back(part, label, starts, end, certain=sure)
                found.append((end, tuple(kept[road].tolist()), dated))
            reached = {end for end, _hops, _dated in found}
            waiting = [end for end in waiting if end not in reached]
    return found


class PointKind(StrEnum):
    """How closely the records tell where goods left the maker's own network."""

    HOLDER = "last authorised holder"
    RANGE = "range"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Diversion:
    """Where goods left the maker's own network: places in the chain's list of holders.

    For a holder both are the same; for a range it happened at or after ``last_inside`` and not after
    ``first_outside`` (None: the chain ends before anybody outside is known).
    """

    kind: PointKind
    last_inside: int | None
    first_outside: int | None


def point_of_diversion(channels: list[Channel | None], gaps: set[int]) -> Diversion:
    """Where a chain left the authorised channel; ``channels`` are those of its holders in order.

    ``gaps`` holds the places after which a step is not on record. The last authorised holder is the point
    where the very next holder is known to stand outside; where holders of unknown channel or a gap lie
    between, it is a range; where nobody authorised is known, or nobody at all, it is unknown.
    """
    inside = [place for place, channel in enumerate(channels) if channel == Channel.AUTHORISED]
    if not inside:
        return Diversion(PointKind.UNKNOWN, None, None)
    last = inside[-1]
    outside = next(
        (place for place in range(last + 1, len(channels)) if channels[place] == Channel.INDEPENDENT), None
    )
    if outside == last + 1 and last not in gaps:
        return Diversion(PointKind.HOLDER, last, last)
    return Diversion(PointKind.RANGE, last, outside)
