"""Counting by group: distinct recoveries first, and what else is known of each group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from provenance.facts.layout import code
from provenance.queries.filters import made_classes, seen_bounds
from provenance.queries.ground import Ground, Mask, Numbers
from provenance.text.partial_dates import DateSpan, format_span
from provenance.vocab import Extent

_EPOCH = date(1970, 1, 1).toordinal()

CONTROL_DAY = date(2022, 2, 24)
"""The day of the first broad controls on Russia; ``made_after`` goes by it."""


@dataclass(frozen=True, slots=True)
class MadeAfter:
    """Components by whether they were made after `CONTROL_DAY`."""

    certain: int
    possible: int
    before: int
    unknown: int


@dataclass(frozen=True, slots=True)
class QuarterCount:
    """Distinct recoveries that certainly fall into one quarter, such as ``2023-Q1``."""

    quarter: str
    recoveries: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted for one group; dates are partial ISO text, empty where nothing is known.

    ``pieces`` counts a component of unknown number as one.
    """

    recoveries: int
    specimens: int
    weapon_systems: int
    parts: int
    components: int
    pieces: int
    first_seen: str
    last_seen: str
    newest_made: str
    made_after: MadeAfter
    trend: tuple[QuarterCount, ...]
    undated_recoveries: int
    unverified_links: int


class Tally:
    """Components of a mask by group (a positive number each), counted group by group.

    Groups are brought to positions 0…n-1 in ``groups``; ``recoveries`` and ``components``, which rank
    them, are counted for all at once, the rest for those that are asked about.
    """

    def __init__(self, ground: Ground, mask: Mask, group: Numbers, part: Numbers, unverified: Mask) -> None:
        self._ground = ground
        self._part = part
        self._unverified = unverified
        rows = np.flatnonzero(mask & (group != 0))
        picked = group[rows]
        self.groups = np.flatnonzero(np.bincount(picked)) if len(rows) else np.empty(0, dtype=np.int64)
        place = np.zeros(int(self.groups.max(initial=0)) + 1, dtype=np.int32)
        place[self.groups] = np.arange(len(self.groups), dtype=np.int32)
        placed = place[picked]
        self.components = np.bincount(placed, minlength=len(self.groups))
        self._ends = np.cumsum(self.components)
        self._rows = rows[_order(placed, len(self.groups))]
        pairs = _distinct_pairs(placed, ground.thing[rows], len(self.groups), ground.recovery_count)
        self._things = pairs[1]
        self.recoveries = np.bincount(pairs[0], minlength=len(self.groups))
        self._thing_ends = np.cumsum(self.recoveries)

    def rows_of(self, place: int) -> Numbers:
        """Positions of the components of a group."""
        end = int(self._ends[place])
        return self._rows[end - int(self.components[place]) : end]

    def things_of(self, place: int) -> Numbers:
        """Positions of the distinct recoveries of a group."""
        end = int(self._thing_ends[place])
        return self._things[end - int(self.recoveries[place]) : end]

    @cached_property
    def _made_classes(self) -> Numbers:
        """Each component's class as its place among those of `MadeAfter`."""
        certain, possible, before, _unknown = made_classes(self._ground, CONTROL_DAY)
        return np.where(certain, 0, np.where(possible, 1, np.where(before, 2, 3))).astype(np.uint8)

    @cached_property
    def _seen(self) -> tuple[Numbers, Numbers]:
        return seen_bounds(self._ground)

    @cached_property
    def _quarters(self) -> Numbers:
        return _quarters_of(*self._seen)

    def figures(self, place: int) -> Figures:
        """Everything about the group at a position of ``groups``."""
        ground, rows, things = self._ground, self.rows_of(place), self.things_of(place)
        earliest, latest = (days[things] for days in self._seen)
        trend, undated = _trend(self._quarters[things])
        first, last = _first_and_last(earliest, latest)
        pieces = ground.components["pieces"][rows]
        specimen = code(Extent, Extent.SPECIMEN)
        return Figures(
            recoveries=len(things),
            specimens=int(np.count_nonzero(ground.recoveries["extent"][things] == specimen)),
            weapon_systems=_distinct(ground.recoveries["weapon"][things]),
            parts=_distinct(self._part[rows]),
            components=len(rows),
            pieces=int(np.where(pieces == 0, 1, pieces).sum()),
            first_seen=first,
            last_seen=last,
            newest_made=_newest_made(ground, rows),
            made_after=MadeAfter(*np.bincount(self._made_classes[rows], minlength=4).tolist()),
            trend=trend,
            undated_recoveries=undated,
            unverified_links=int(np.count_nonzero(self._unverified[rows])),
        )


def _order(placed: Numbers, groups: int) -> Numbers:
    # Sixteen bits are sorted by radix, which is several times faster.
    narrow = placed.astype(np.uint16) if groups < 1 << 16 else placed
    return np.argsort(narrow, kind="stable")


def _distinct_pairs(placed: Numbers, things: Numbers, groups: int, width: int) -> tuple[Numbers, Numbers]:
    """Each distinct pair of group and recovery, sorted."""
    narrow = np.uint32 if groups * width < 1 << 32 else np.uint64
    key: Numbers = placed.astype(narrow)
    key *= narrow(width)
    key += things.astype(narrow)
    key.sort()
    if not len(key):
        return key, key
    first = np.ones(len(key), dtype=np.bool_)
    np.not_equal(key[1:], key[:-1], out=first[1:])
    key = key[first]
    return key // narrow(width), (key % narrow(width)).astype(np.int64)


def _distinct(numbers: Numbers) -> int:
    """How many different known numbers there are."""
    return int(np.count_nonzero(np.bincount(numbers)[1:]))


def ranks(counts: list[int]) -> list[int]:
    """The rank of each count in a list sorted downwards; equal counts share a rank."""
    return [counts.index(count) + 1 for count in counts]


def span_text(earliest: int, latest: int) -> str:
    """Two ordinals as partial ISO text; 0 is an open side."""
    return format_span(
        DateSpan(
            date.fromordinal(int(earliest)) if earliest else None,
            date.fromordinal(int(latest)) if latest else None,
        )
    )


def _first_and_last(earliest: Numbers, latest: Numbers) -> tuple[str, str]:
    dated = (earliest != 0) | (latest != 0)
    if not dated.any():
        return "", ""
    earliest, latest = earliest[dated], latest[dated]
    begin = np.where(earliest == 0, latest, earliest)
    end = np.where(latest == 0, earliest, latest)
    first, last = _foremost(begin, end), _foremost(-end, -begin)
    return span_text(earliest[first], latest[first]), span_text(earliest[last], latest[last])


def _foremost(one: Numbers, other: Numbers) -> int:
    """Where the first number is smallest, and among those the second."""
    equals = np.flatnonzero(one == one.min())
    return int(equals[np.argmin(other[equals])])


def _newest_made(ground: Ground, rows: Numbers) -> str:
    earliest = ground.components["made_earliest"][rows]
    if not earliest.any():
        return ""
    newest = rows[int(np.argmax(earliest))]
    return span_text(ground.components["made_earliest"][newest], ground.components["made_latest"][newest])


def _trend(quarters: Numbers) -> tuple[tuple[QuarterCount, ...], int]:
    """Recoveries by quarter (see `_quarters_of`), and how many cannot be placed in one."""
    counts = np.bincount(quarters)
    found = [
        QuarterCount(f"{number // 4}-Q{number % 4 + 1}", int(counts[number]))
        for number in np.flatnonzero(counts)
    ]
    undated = found.pop(0).recoveries if found and counts[0] else 0
    return tuple(found), undated


def _quarters_of(earliest: Numbers, latest: Numbers) -> Numbers:
    """Each interval's quarter as 4 × year + quarter - 1, 0 where it does not lie within one."""
    first, last = _quarter_numbers(earliest), _quarter_numbers(latest)
    return np.where((earliest != 0) & (latest != 0) & (first == last), first, 0)


def _quarter_numbers(ordinals: Numbers) -> Numbers:
    days = np.maximum(ordinals, 1).astype(np.int64) - _EPOCH
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return months // 3 + 1970 * 4
