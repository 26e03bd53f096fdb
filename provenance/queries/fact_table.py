"""The fact table that counts are made from: packed columns, records that are the same brought together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.queries.facts.columns import ComponentFact, RecoveryFact
from provenance.queries.facts.layout import COMPONENTS, RECOVERIES
from provenance.queries.facts.packing import Mask, Numbers
from provenance.queries.facts.sheets import Columns, load
from provenance.queries.timeline import Timeline
from provenance.schema.session import Session, remembered

__all__ = ["FactTable", "Mask", "Numbers", "load_fact_table", "slices"]

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
    to one position, None where none are merged. ``repeats`` are positions of components that repeat
    another one of their cluster.
    """

    components: Columns
    recoveries: dict[str, Numbers]
    at: Numbers
    one_of: Numbers | None
    repeats: Numbers

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
    """The fact table with at least these columns.

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
    ids = recoveries[RecoveryFact.ID].whole()
    one_of = None
    if merged := clusters(session, RecordKind.RECOVERY):
        one_of = np.arange(len(ids))
        one_of[_positions(ids, list(merged))] = _positions(ids, list(merged.values()))
    at = _positions(ids, components.pop(ComponentFact.RECOVERY).whole())
    whole = {name: column.whole() for name, column in recoveries.items()}
    return FactTable(components, whole, at, one_of, _repeats(session))


def _positions(ids: Numbers, wanted: Numbers | list[int]) -> Numbers:
    """The position of each wanted id among ascending ids; they have all of them."""
    numbers = np.asarray(wanted, dtype=np.int32)
    if not len(numbers):
        return numbers
    if int(ids[-1] - ids[0]) + 1 == len(ids):
        return numbers - np.int32(ids[0])
    return np.searchsorted(ids, numbers).astype(np.int32)


def _repeats(session: Session) -> Numbers:
    merged = clusters(session, RecordKind.COMPONENT)
    if not merged:
        return np.empty(0, dtype=np.intp)
    ids = load(session, COMPONENTS, [ComponentFact.ID])[ComponentFact.ID].whole()
    groups: dict[int, list[int]] = {}
    for member, representative in sorted(merged.items()):
        groups.setdefault(representative, []).append(member)
    again = [member for group in groups.values() for member in group[1:]]
    return np.searchsorted(ids, sorted(again))
