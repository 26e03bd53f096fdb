"""When recoveries were found: first and last day of each, their order, their quarter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

import numpy as np

from provenance.queries.facts.columns import RecoveryFact
from provenance.queries.facts.packing import Mask, Numbers
from provenance.text.partial_dates import DateSpan, format_span

_DATES = (
    (RecoveryFact.RECOVERED_EARLIEST, RecoveryFact.RECOVERED_LATEST),
    (RecoveryFact.CAPTURED_EARLIEST, RecoveryFact.CAPTURED_LATEST),
    (RecoveryFact.USED_EARLIEST, RecoveryFact.USED_LATEST),
)
"""The dates that say when something was found, best first: a capture is a recovery, a use is close to one."""

_EPOCH = date(1970, 1, 1).toordinal()
_NEVER = date.max.toordinal()
_DAY_BITS = 32


def span_text(earliest: int, latest: int) -> str | None:
    """Two ordinals as partial ISO text; 0 is an open side, None where both are open."""
    span = DateSpan(
        date.fromordinal(int(earliest)) if earliest else None,
        date.fromordinal(int(latest)) if latest else None,
    )
    return format_span(span) or None


class Timeline:
    """When each recovery was recovered, or else captured, or else used; by its position.

    ``earliest`` and ``latest`` are its first and last possible day as ordinals, 0 where open.
    """

    def __init__(self, recoveries: Mapping[str, Numbers], count: int) -> None:
        self.earliest = np.zeros(count, dtype=np.int32)
        self.latest = self.earliest.copy()
        undated = np.ones(count, dtype=np.bool_)
        for earliest, latest in _DATES:
            first, last = recoveries[earliest], recoveries[latest]
            if first.any() or last.any():
                dated = undated & ((first != 0) | (last != 0))
                self.earliest += dated * first
                self.latest += dated * last
                undated &= ~dated

    @cached_property
    def dated(self) -> Mask:
        """Which recoveries have a date, or a bound of one."""
        found: Mask = (self.earliest != 0) | (self.latest != 0)
        return found

    @cached_property
    def _order(self) -> tuple[Numbers, Numbers]:
        """A number that is least for the earliest recovery, and one that is greatest for the latest."""
        begin = (self.earliest + (self.earliest == 0) * self.latest).astype(np.int64)
        end = (self.latest + (self.latest == 0) * self.earliest).astype(np.int64)
        early = (begin << _DAY_BITS) + end
        return early + (early == 0) * np.iinfo(np.int64).max, (end << _DAY_BITS) + begin

    def first_and_last(self, recoveries: Numbers) -> tuple[str | None, str | None]:
        """The dates of the earliest and the latest of these; None where none is dated."""
        early, late = self._order
        last = recoveries[int(late.take(recoveries).argmax())]
        if not late[last]:
            return None, None
        first = recoveries[int(early.take(recoveries).argmin())]
        return self.text(first), self.text(last)

    def text(self, recovery: int) -> str | None:
        """The date of one recovery as partial ISO text; None where it is undated."""
        return span_text(self.earliest[recovery], self.latest[recovery])

    @cached_property
    def quarters(self) -> Numbers:
        """Each one's quarter as 4 × year + quarter - 1, 0 where it is not certainly within one quarter."""
        earliest, latest = self.earliest, self.latest
        first = int((earliest + (earliest == 0) * np.int32(_NEVER)).min(initial=_NEVER))
        last = int(latest.max(initial=0))
        # Days repeat: the quarter of each day in the range is worked out once.
        days = np.arange(first, max(first, last) + 1) - _EPOCH
        months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        quarters = (months // 3 + 1970 * 4).astype(np.int32)
        begin, end = (quarters.take(found - first, mode="clip") for found in (earliest, latest))
        certain: Numbers = begin * ((earliest != 0) & (latest != 0) & (begin == end))
        return certain
