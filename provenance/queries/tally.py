"""Counting by group: distinct recoveries first, and what else is known of each group."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from provenance.facts.layout import code
from provenance.queries.filters import made_classes, seen_bounds
from provenance.queries.ground import Ground, Mask, Numbers
from provenance.text.partial_dates import DateSpan, format_span
from provenance.vocab import Extent

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
    def _made_classes(self) -> tuple[Mask, Mask, Mask, Mask]:
        return made_classes(self._ground, CONTROL_DAY)

    @cached_property
    def _seen(self) -> tuple[Numbers, Numbers]:
        return seen_bounds(self._ground)

    def figures(self, place: int) -> Figures:
        """Everything about the group at a position of ``groups``."""
        ground, rows, things = self._ground, self.rows_of(place), self.things_of(place)
        earliest, latest = (days[things] for days in self._seen)
        trend, undated = _trend(earliest, latest)
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
            made_after=MadeAfter(*(int(np.count_nonzero(of[rows])) for of in self._made_classes)),
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
    return len(np.unique(numbers[numbers != 0]))


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
    dated = np.flatnonzero((earliest != 0) | (latest != 0))
    if not len(dated):
        return "", ""
    begin = np.where(earliest == 0, latest, earliest)[dated]
    end = np.where(latest == 0, earliest, latest)[dated]
    first, last = dated[np.lexsort((end, begin))[0]], dated[np.lexsort((begin, end))[-1]]
    return span_text(earliest[first], latest[first]), span_text(earliest[last], latest[last])


def _newest_made(ground: Ground, rows: Numbers) -> str:
    earliest = ground.components["made_earliest"][rows]
    if not earliest.any():
        return ""
    newest = rows[int(np.argmax(earliest))]
    return span_text(ground.components["made_earliest"][newest], ground.components["made_latest"][newest])


def _trend(earliest: Numbers, latest: Numbers) -> tuple[tuple[QuarterCount, ...], int]:
    """Recoveries by quarter, and how many cannot be placed in one."""
    counts: Counter[str] = Counter()
    days, many = np.unique(np.stack((earliest, latest)), axis=1, return_counts=True)
    for (first, last), number in zip(days.T.tolist(), many.tolist(), strict=True):
        begin, end = _quarter(first), _quarter(last)
        counts[begin if begin == end else ""] += number
    undated = counts.pop("", 0)
    return tuple(QuarterCount(quarter, counts[quarter]) for quarter in sorted(counts)), undated


def _quarter(ordinal: int) -> str:
    if not ordinal:
        return ""
    day = date.fromordinal(ordinal)
    return f"{day.year}-Q{(day.month + 2) // 3}"
