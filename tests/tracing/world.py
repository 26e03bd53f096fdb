"""Ledgers made of a few edges, for the counting that knows no database."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from provenance.tracing.ledger import Ledger
from provenance.tracing.network import ALWAYS, NEVER
from provenance.tracing.recovered_components import RecoveredComponents
from tests.tracing.brute import TimedEdge

PART = 1


def ledger_of(
    edges: Sequence[TimedEdge],
    *,
    nodes: int,
    documents: Sequence[int] | None = None,
    parts: Sequence[int] | None = None,
    components: Sequence[int] | None = None,
    makers: Sequence[int] = (),
) -> Ledger:
    """One transfer an edge, each on a document of its own unless said; all of one part unless said."""
    size = len(edges)
    numbers = np.arange(size)
    return Ledger(
        number=numbers + 1,
        evidence=np.zeros(size, np.int64),
        document=np.array(documents if documents is not None else numbers, np.int64),
        earliest=np.array([ALWAYS if edge.earliest is None else edge.earliest for edge in edges], np.int64),
        latest=np.array([NEVER if edge.latest is None else edge.latest for edge in edges], np.int64),
        part=np.array(parts if parts is not None else [PART] * size, np.int64),
        lot=np.zeros(size, np.int64),
        component=np.array(components if components is not None else [0] * size, np.int64),
        hs6=np.zeros(size, np.int64),
        transfer=numbers,
        tail=np.array([edge.tail for edge in edges], np.int64),
        head=np.array([edge.head for edge in edges], np.int64),
        made=np.isin([edge.tail for edge in edges], makers),
        parties=tuple(("firm", str(node)) for node in range(nodes)),
        lots={},
        parts={PART: PART},
        to_self=0,
    )


def recovered_of(*found: tuple[int, int | None], parts: Sequence[int] | None = None) -> RecoveredComponents:
    """Components 1, 2, … as recovery and last day on the way (None: open); of one part unless said."""
    size = len(found)
    return RecoveredComponents(
        component=np.arange(1, size + 1),
        recovery=np.array([recovery for recovery, _until in found], np.int64),
        part=np.array(parts if parts is not None else [PART] * size, np.int64),
        lot=np.zeros(size, np.int64),
        hs6=np.zeros(size, np.int64),
        until=np.array([NEVER if until is None else until for _recovery, until in found], np.int64),
    )
