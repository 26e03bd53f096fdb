"""Ledgers made of a few hops, for the counting that knows no database."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from provenance.tracing.finds import Finds
from provenance.tracing.ledger import Ledger
from provenance.tracing.network import EVER, NEVER
from tests.tracing.brute import Hop

PART = 1


def ledger_of(
    hops: Sequence[Hop],
    *,
    nodes: int,
    documents: Sequence[int] | None = None,
    parts: Sequence[int] | None = None,
    components: Sequence[int] | None = None,
    makers: Sequence[int] = (),
) -> Ledger:
    """One transfer a hop, each on a document of its own unless said; all of one part unless said."""
    size = len(hops)
    numbers = np.arange(size)
    return Ledger(
        number=numbers + 1,
        evidence=np.zeros(size, np.int64),
        document=np.array(documents if documents is not None else numbers, np.int64),
        earliest=np.array([EVER if hop.earliest is None else hop.earliest for hop in hops], np.int64),
        latest=np.array([NEVER if hop.latest is None else hop.latest for hop in hops], np.int64),
        part=np.array(parts if parts is not None else [PART] * size, np.int64),
        lot=np.zeros(size, np.int64),
        component=np.array(components if components is not None else [0] * size, np.int64),
        hs6=np.zeros(size, np.int64),
        transfer=numbers,
        tail=np.array([hop.tail for hop in hops], np.int64),
        head=np.array([hop.head for hop in hops], np.int64),
        made=np.isin([hop.tail for hop in hops], makers),
        holders=tuple(("firm", str(node)) for node in range(nodes)),
        lots={},
        parts={PART: PART},
        to_self=0,
    )


def finds_of(*found: tuple[int, int | None], parts: Sequence[int] | None = None) -> Finds:
    """Components 1, 2, … as recovery and last day on the way (None: open); of one part unless said."""
    size = len(found)
    return Finds(
        component=np.arange(1, size + 1),
        recovery=np.array([recovery for recovery, _until in found], np.int64),
        part=np.array(parts if parts is not None else [PART] * size, np.int64),
        lot=np.zeros(size, np.int64),
        hs6=np.zeros(size, np.int64),
        until=np.array([NEVER if until is None else until for _recovery, until in found], np.int64),
    )
