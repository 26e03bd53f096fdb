"""Pieces of one item's chain that no record joins, put in the order of their dates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from provenance.core.vocabulary.tracing import MovedLevel
from provenance.tracing.chains import Chain
from provenance.tracing.hops import Hops
from provenance.tracing.network import EVER

_OF_THE_ITEM = (MovedLevel.COMPONENT, MovedLevel.LOT)


def join_fragments(told: Hops, chains: Sequence[Chain]) -> list[list[Chain]]:
    """Chains as they are, but those of the very item that share no holder as one, parted by gaps.

    One item is in one place at a time, so pieces of its road follow each other; where the dates do not
    say which came first the pieces stay apart. Trade records of the same part number may be of other
    items and are never joined.
    """
    whole: list[list[Chain]] = []
    pieces: list[Chain] = []
    for chain in chains:
        if all(told.hops[hop].statement.level in _OF_THE_ITEM for hop in chain.hops):
            pieces.append(chain)
        else:
            whole.append([chain])
    road: list[Chain] = []
    for chain in sorted(pieces, key=lambda piece: (_begins(told, piece), piece.hops)):
        if road and not _follows(told, road, chain):
            whole.append([chain])
        else:
            road.append(chain)
    return [road, *whole] if road else whole


def _begins(told: Hops, chain: Chain) -> int:
    return int(told.network.earliest[chain.hops[0]])


def _follows(told: Hops, road: Sequence[Chain], chain: Chain) -> bool:
    network = told.network
    last, first = road[-1].hops[-1], chain.hops[0]
    dated = network.earliest[first] > EVER and network.latest[last] <= network.earliest[first]
    before = [hop for piece in road for hop in piece.hops]
    return bool(dated) and not _holders(told, before) & _holders(told, chain.hops)


def _holders(told: Hops, hops: Sequence[int]) -> set[int]:
    numbers = np.array(hops, np.int64)
    return set(told.network.tail[numbers].tolist()) | set(told.network.head[numbers].tolist())
