"""When recoveries were seen: first and last day of each, the order of them, the quarter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

import numpy as np

from provenance.facts.packing import Numbers
from provenance.text.partial_dates import DateSpan, format_span

SEEN_KINDS = ("recovered", "captured", "used")
"""The dates that place a find in time, best first: a capture is a recovery, a use is near one."""

_EPOCH = date(1970, 1, 1).toordinal()
_NEVER = date.max.toordinal()
_DAY_BITS = 32


def span_text(earliest: int, latest: int) -> str:
    """Two ordinals as partial ISO text; 0 is an open side."""
    return format_span(
        DateSpan(
            date.fromordinal(int(earliest)) if earliest else None,
            date.fromordinal(int(latest)) if latest else None,
        )
    )


class Seen:
    """When each recovery was recovered, else captured, else used; by its position.

    ``earliest`` and ``latest`` are its first and last possible day, 0 where open.
    """

    def __init__(self, recoveries: Mapping[str, Numbers], count: int) -> None:
        self.earliest = np.zeros(count, dtype=np.int32)
        self.latest = self.earliest.copy()
        open_ = np.ones(count, dtype=np.bool_)
        for kind in SEEN_KINDS:
            first, last = recoveries[f"{kind}_earliest"], recoveries[f"{kind}_latest"]
            if first.any() or last.any():
                said = open_ & ((first != 0) | (last != 0))
                self.earliest += said * first
                self.latest += said * last
                open_ &= ~said

    @cached_property
    def _order(self) -> tuple[Numbers, Numbers]:
        """What is least for the first that was seen, and what is greatest for the last."""
        begin = (self.earliest + (self.earliest == 0) * self.latest).astype(np.int64)
        end = (self.latest + (self.latest == 0) * self.earliest).astype(np.int64)
        early = (begin << _DAY_BITS) + end
        return early + (early == 0) * np.iinfo(np.int64).max, (end << _DAY_BITS) + begin

    def first_and_last(self, things: Numbers) -> tuple[str, str]:
        """When the first of these was seen, and the last; empty where none is dated."""
        early, late = self._order
        last = things[int(late.take(things).argmax())]
        if not late[last]:
            return "", ""
        first = things[int(early.take(things).argmin())]
        return self.text(first), self.text(last)

    def text(self, thing: int) -> str:
        """When one was seen."""
        return span_text(self.earliest[thing], self.latest[thing])

    @cached_property
    def quarters(self) -> Numbers:
        """Each one's quarter as 4 × year + quarter - 1, 0 where it does not certainly lie within one."""
        earliest, latest = self.earliest, self.latest
        first = int((earliest + (earliest == 0) * np.int32(_NEVER)).min(initial=_NEVER))
        last = int(latest.max(initial=0))
        # Days repeat: the quarter of each day between is worked out once.
        days = np.arange(first, max(first, last) + 1) - _EPOCH
        months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        quarters = (months // 3 + 1970 * 4).astype(np.int32)
        begin, end = (quarters.take(found - first, mode="clip") for found in (earliest, latest))
        certain: Numbers = begin * ((earliest != 0) & (latest != 0) & (begin == end))
        return certain
