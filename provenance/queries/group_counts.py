"""Counts by group: distinct recoveries first, and what else is known of each group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from provenance.core.vocabulary import Extent
from provenance.queries.control_days import ControlDays
from provenance.queries.fact_table import FactTable, Mask, Numbers, slices
from provenance.queries.facts.columns import ComponentFact, RecoveryFact
from provenance.queries.facts.layout import code
from provenance.queries.filters import MadeClass, made_classes
from provenance.queries.timeline import span_text

_FEW = 1 << 14


@dataclass(frozen=True, slots=True)
class MadeAfter:
    """Components by whether they were made after broad controls bound the builder of the weapon.

    See `provenance.queries.control_days`.
    """

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
    """The counts of one group; dates are partial ISO text, None where no date is known.

    ``pieces`` counts a component of unknown quantity as one. ``parts`` is the number of different part
    numbers that are known, ``parts_unknown`` the number of components without one. ``undated_recoveries``
    are in no quarter of the ``trend``: they are undated, or dated too coarsely.
    """

    recoveries: int
    specimens: int
    weapon_systems: int
    parts: int
    components: int
    pieces: int
    first_seen: str | None
    last_seen: str | None
    newest_made: str | None
    made_after: MadeAfter
    trend: tuple[QuarterCount, ...]
    undated_recoveries: int
    parts_unknown: int
    unverified_links: int


@dataclass(frozen=True, slots=True)
class Members:
    """The components of some groups, group by group, ascending within each.

    ``order`` are their places in the ``rows`` of `GroupCounts`, ``rows`` their positions in the fact table;
    ``bounds`` are the places where each group begins, and where the last one ends.
    """

    places: list[int]
    order: Numbers
    rows: Numbers
    bounds: list[int]

    def cut(self, values: Numbers) -> list[Numbers]:
        """One value a component, group by group."""
        return [values[first:end] for first, end in pairwise(self.bounds)]

    def total(self, values: Numbers) -> list[int]:
        """The sum of one value a component, of each group."""
        return [int(some.sum()) for some in self.cut(values)]

    def count(self, classes: Numbers, kinds: int) -> list[list[int]]:
        """How many components of each class, 0 up to ``kinds``, each group has."""
        return [np.bincount(some, minlength=kinds).tolist() for some in self.cut(classes)]


class GroupCounts:
    """Components and distinct recoveries by group; a group is a positive number.

    ``rows`` are the components' positions, ascending, and ``group`` the group of each. ``groups`` are the
    distinct groups, ascending; ``recoveries`` and ``components`` are the counts in the same order.
    """

    def __init__(self, facts: FactTable, rows: Numbers, group: Numbers) -> None:
        self._facts = facts
        self._rows = rows
        present = _counts(group)
        self.groups = np.flatnonzero(present)
        self.components = present[self.groups]
        place = np.zeros(len(present), dtype=np.min_scalar_type(len(self.groups)))
        place[self.groups] = np.arange(len(self.groups))
        self._placed: Numbers = np.empty(len(rows), dtype=place.dtype)
        for some in slices(len(rows)):
            self._placed[some] = place.take(group[some])
        self._pairs = _distinct_pairs(facts, rows, self._placed, len(self.groups))
        bounds = np.arange(len(self.groups) + 1, dtype=np.uint64) * np.uint64(self._width)
        self._starts = np.searchsorted(self._pairs, bounds.astype(self._pairs.dtype)).tolist()
        self.recoveries = np.diff(self._starts)

    @property
    def _width(self) -> int:
        return max(self._facts.recovery_count, 1)

    def recoveries_of(self, place: int) -> Numbers:
        """Positions of the distinct recoveries of a group."""
        pairs = self._pairs[self._starts[place] : self._starts[place + 1]]
        return pairs.astype(np.int64) - place * self._width

    def members(self, places: Sequence[int]) -> Members:
        """The components of some groups."""
        lane: Numbers = np.full(len(self.groups), len(places), dtype=np.min_scalar_type(len(places)))
        lane[list(places)] = np.arange(len(places))
        lanes: Numbers = lane.take(self._placed)
        among = np.flatnonzero(lanes < len(places))
        # Eight and sixteen bits are sorted by radix, which is several times faster.
        order: Numbers = among.take(np.argsort(lanes.take(among), kind="stable"))
        sizes = self.components[list(places)]
        return Members(list(places), order, self._rows.take(order), [0, *np.cumsum(sizes).tolist()])

    def figures(
        self, members: Members, part: Numbers, unverified: Mask, controls: ControlDays
    ) -> list[Figures]:
        """All counts of some groups, in their order.

        ``part`` is the part of each member (0: unknown), ``unverified`` whether its attribution rests on an
        ownership link that is not fully verified. ``controls`` says which day "made after" asks.
        """
        facts, rows = self._facts, members.rows
        days = controls.ordinals(facts.recoveries[RecoveryFact.WEAPON])
        classes = [
            made_classes(facts, rows[some], days.take(facts.at.take(rows[some])))
            for some in slices(len(rows), _FEW)
        ]
        made = members.count(np.concatenate(classes), len(MadeClass)) if classes else []
        newest = members.cut(facts.components[ComponentFact.MADE_EARLIEST].take(rows))
        amounts = members.total(facts.components[ComponentFact.PIECES].take(rows, unknown=1))
        doubtful = members.total(unverified)
        specimens = facts.recoveries[RecoveryFact.EXTENT] == code(Extent, Extent.SPECIMEN)
        timeline = facts.timeline
        rows_of = members.cut(rows)
        found: list[Figures] = []
        for number, (place, parts) in enumerate(zip(members.places, members.cut(part), strict=True)):
            recoveries = self.recoveries_of(place)
            trend, undated = _trend(timeline.quarters.take(recoveries))
            first, last = timeline.first_and_last(recoveries)
            found.append(
                Figures(
                    recoveries=len(recoveries),
                    specimens=int(np.count_nonzero(specimens.take(recoveries))),
                    weapon_systems=_distinct(facts.recoveries[RecoveryFact.WEAPON].take(recoveries)),
                    parts=_distinct(parts),
                    components=len(parts),
                    pieces=amounts[number],
                    first_seen=first,
                    last_seen=last,
                    newest_made=_newest_made(facts, rows_of[number], newest[number]),
                    made_after=MadeAfter(*made[number]),
                    trend=trend,
                    undated_recoveries=undated,
                    parts_unknown=int(np.count_nonzero(parts == 0)),
                    unverified_links=doubtful[number],
                )
            )
        return found


def _counts(numbers: Numbers) -> Numbers:
    """How often each number occurs, from 0 to the highest."""
    counts = np.zeros(int(numbers.max(initial=0)) + 1, dtype=np.int64)
    for some in slices(len(numbers)):
        counts += np.bincount(numbers[some], minlength=len(counts))
    return counts


def _distinct_pairs(facts: FactTable, rows: Numbers, placed: Numbers, groups: int) -> Numbers:
    """Each distinct pair of group and recovery as group × recoveries + recovery, sorted."""
    width = max(facts.recovery_count, 1)
    pairs: Numbers = np.empty(len(rows), dtype=np.uint32 if (groups + 1) * width < 1 << 32 else np.uint64)
    for some in slices(len(rows)):
        pairs[some] = placed[some]
        pairs[some] *= pairs.dtype.type(width)
        pairs[some] += facts.recoveries_of(rows[some]).astype(pairs.dtype)
    pairs.sort()
    first = np.ones(len(pairs), dtype=np.bool_)
    np.not_equal(pairs[1:], pairs[:-1], out=first[1:])
    return pairs.take(np.flatnonzero(first))


def _distinct(numbers: Numbers) -> int:
    """How many different known numbers there are."""
    return int(np.count_nonzero(np.bincount(numbers)[1:]))


def ranks(counts: list[int]) -> list[int]:
    """The rank of each count in a list in descending order; equal counts share a rank."""
    first: dict[int, int] = {}
    return [first.setdefault(count, place) for place, count in enumerate(counts, start=1)]


def _newest_made(facts: FactTable, rows: Numbers, earliest: Numbers) -> str | None:
    """When the newest of some components was made: not before the latest of their first possible days, nor
    after the latest of their last ones, so that none of them may be newer.
    """
    dated = earliest != 0
    if not dated.any():
        return None
    latest = facts.components[ComponentFact.MADE_LATEST].take(rows[dated])
    return span_text(earliest.max(), latest.max() if latest.all() else 0)


def _trend(quarters: Numbers) -> tuple[tuple[QuarterCount, ...], int]:
    """Recoveries by quarter (see `Timeline.quarters`), and how many fall into none."""
    counts = np.bincount(quarters)
    found = [
        QuarterCount(f"{number // 4}-Q{number % 4 + 1}", int(counts[number]))
        for number in np.flatnonzero(counts)
    ]
    undated = found.pop(0).recoveries if found and counts[0] else 0
    return tuple(found), undated
