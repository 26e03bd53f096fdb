"""The fact table that counts are made from: packed columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from provenance.queries.facts.columns import ComponentFact, RecoveryFact
from provenance.queries.facts.layout import COMPONENTS, RECOVERIES
from provenance.queries.facts.packing import Mask, Numbers
from provenance.queries.facts.sheets import Columns, load
from provenance.queries.timeline import Timeline
from provenance.schema.session import Session, remembered

__all__ = ["FactTable", "Mask", "Numbers", "load_fact_table", "slices"]

Merged = Mapping[int, Sequence[int]]
"""Positions of records that are the same, by the position of the one that stands for them."""

_MANY = 1 << 16

_ALWAYS = (ComponentFact.RECOVERY, ComponentFact.ORGANIZATION, ComponentFact.COUNTRY_STATED)
_FOUND_BY = (
    RecoveryFact.RECOVERED_LATEST,
    RecoveryFact.CAPTURED_LATEST,
    RecoveryFact.USED_LATEST,
    RecoveryFact.PRODUCED_LATEST,
)
"""What says that a weapon was there by a day."""

_NEVER = date.max.toordinal()


def slices(count: int, most: int = _MANY) -> Iterator[slice]:
    """``count`` rows as slices of at most ``most``, which fit a processor's cache and need little memory."""
    for start in range(0, count, most):
        yield slice(start, min(start + most, count))


@dataclass(frozen=True)
class FactTable:
    """Components and recoveries as columns of numbers; a component is addressed by its position.

    ``at`` is each component's recovery as a position in ``recoveries``; ``one_of`` maps merged recoveries
    to one position, None where none are merged. ``same_recoveries`` and ``same_components`` are the merged
    records that count, by the position of the one that stands for them.
    """

    components: Columns
    recoveries: dict[str, Numbers]
    at: Numbers
    one_of: Numbers | None = None
    same_recoveries: Merged = field(default_factory=dict)
    same_components: Merged = field(default_factory=dict)

    @property
    def is_merged(self) -> bool:
        """Whether any records count as one with others."""
        return self.one_of is not None or bool(self.same_components)

    @cached_property
    def repeats(self) -> Numbers:
        """Positions of the components that repeat another one, ascending."""
        again = (place for first, same in self.same_components.items() for place in same if place != first)
        return np.array(sorted(again), dtype=np.intp)

    def with_repeats(self, rows: Numbers) -> Numbers:
        """These components and those that repeat them, ascending."""
        if not self.same_components:
            return rows
        there = set(rows.tolist()) & self.same_components.keys()
        same = [place for first in there for place in self.same_components[first]]
        return np.union1d(rows, np.array(same, dtype=rows.dtype))

    @property
    def size(self) -> int:
        """How many component records there are."""
        return len(self.at)

    @property
    def recovery_count(self) -> int:
        """How many recovery records there are."""
        return len(self.recoveries[RecoveryFact.ID])

    def recoveries_of(self, rows: Numbers) -> Numbers:
        """The position of each component's recovery, merged recoveries at one position."""
        at = self.at.take(rows)
        return at if self.one_of is None else self.one_of.take(at)

    def distinct(self, recoveries: Numbers) -> int:
        """How many different positions of recoveries these are."""
        return int(np.count_nonzero(self._present(recoveries)))

    def distinct_recoveries_of(self, rows: Numbers) -> Numbers:
        """The recoveries of these components, each once, in ascending order."""
        return np.flatnonzero(self._present(self.recoveries_of(rows)))

    def count_recoveries(self, rows: Numbers) -> int:
        """How many recoveries, merged ones counted once, these components were in."""
        return self.distinct(self.recoveries_of(rows))

    def _present(self, recoveries: Numbers) -> Mask:
        present = np.zeros(self.recovery_count, dtype=np.bool_)
        present[recoveries] = True
        return present

    @cached_property
    def components_each(self) -> Numbers:
        """How many component records each recovery has."""
        each = np.zeros(self.recovery_count, dtype=np.int64)
        for some in slices(self.size):
            first = int(self.at[some].min())
            counts = np.bincount(self.at[some] - first)
            each[first : first + len(counts)] += counts
        return each

    @cached_property
    def timeline(self) -> Timeline:
        """When each recovery was found."""
        return Timeline(self.recoveries, self.recovery_count)

    @cached_property
    def _found_by(self) -> Numbers:
        """The day by which each recovery had been found or its weapon built."""
        days = np.full(self.recovery_count, _NEVER, dtype=np.int32)
        for column in _FOUND_BY:
            stated = self.recoveries[column]
            if stated.any():
                np.minimum(days, stated + (stated == 0) * np.int32(_NEVER), out=days)
        return days

    def made_bounds(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        """The first and last day on which each component may have been made, as ordinals (0: no first day).

        A component that was recovered, used, published or built into a weapon by a day was made by that day.
        """
        columns = self.components
        earliest = columns[ComponentFact.MADE_EARLIEST].take(rows)
        stated = columns[ComponentFact.MADE_LATEST].take(rows, unknown=_NEVER)
        bound = self._found_by.take(self.at.take(rows))
        reported = columns[ComponentFact.REPORTED]
        if reported.single is None:
            np.minimum(bound, reported.take(rows, unknown=_NEVER), out=bound)
        elif reported.single:
            np.minimum(bound, np.int32(reported.single), out=bound)
        np.minimum(bound, stated, out=bound)
        # A date code later than the recovery contradicts it: the date code's own interval is then used.
        bound += (bound < earliest) * (stated - bound)
        return earliest, bound


def load_fact_table(
    session: Session, *, component_columns: Sequence[ComponentFact], recovery_columns: Sequence[RecoveryFact]
) -> FactTable:
    """The fact table with at least these columns, each record for itself (see `merged_facts`).

    Raises:
        IntegrityFailure: what they refer to is not in the database.
    """
    facts = remembered(session, "fact table", lambda: _basic_columns(session))
    if missing := [name for name in component_columns if name not in facts.components]:
        facts.components.update(load(session, COMPONENTS, missing))
    if lacking := [name for name in recovery_columns if name not in facts.recoveries]:
        more = load(session, RECOVERIES, lacking)
        facts.recoveries.update({name: column.whole() for name, column in more.items()})
    return facts


def _basic_columns(session: Session) -> FactTable:
    components = load(session, COMPONENTS, _ALWAYS)
    recoveries = load(session, RECOVERIES, (RecoveryFact.ID, RecoveryFact.KIND, RecoveryFact.EXTENT))
    at = _positions(recoveries[RecoveryFact.ID].whole(), components.pop(ComponentFact.RECOVERY).whole())
    return FactTable(components, {name: column.whole() for name, column in recoveries.items()}, at)


def _positions(ids: Numbers, wanted: Numbers) -> Numbers:
    """The position of each wanted id among ascending ids; they have all of them."""
    numbers = np.asarray(wanted, dtype=np.int32)
    if not len(numbers):
        return numbers
    if int(ids[-1] - ids[0]) + 1 == len(ids):
        return numbers - np.int32(ids[0])
    return np.searchsorted(ids, numbers).astype(np.int32)
