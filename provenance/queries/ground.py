"""The ground that counts stand on: fact columns with records that are one thing brought together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from provenance.domain.sameness import clusters
from provenance.facts.packing import Mask, Numbers
from provenance.facts.sheets import Columns, load
from provenance.queries.seen import Seen
from provenance.schema.session import Session, remembered

__all__ = ["Ground", "Mask", "Numbers", "load_ground", "pieces"]

_MANY = 1 << 16

_ALWAYS = ("recovery", "organization", "country_stated")
_NEVER = date.max.toordinal()


def pieces(count: int, most: int = _MANY) -> Iterator[slice]:
    """So many rows in pieces that a processor's cache holds, and that need little memory at a time."""
    for start in range(0, count, most):
        yield slice(start, min(start + most, count))


@dataclass(frozen=True)
class Ground:
    """Components and recoveries as columns; a component is known by its position.

    ``at`` is each component's recovery as a position in ``recoveries``; ``one_of`` brings merged
    recoveries to one position. ``repeats`` are positions of components that repeat another one of their
    cluster.
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
        return len(self.recoveries["id"])

    def things(self, rows: Numbers) -> Numbers:
        """The recoveries of these components, merged ones brought to one position."""
        at = self.at.take(rows)
        return at if self.one_of is None else self.one_of.take(at)

    def distinct(self, things: Numbers) -> int:
        """How many different recoveries these are, merged ones brought to one position before."""
        return int(np.count_nonzero(self._present(things)))

    def distinct_things(self, rows: Numbers) -> Numbers:
        """The recoveries that these components were in, each once, upwards."""
        return np.flatnonzero(self._present(self.things(rows)))

    def distinct_recoveries(self, rows: Numbers) -> int:
        """How many recoveries, merged ones counted once, these components were in."""
        return self.distinct(self.things(rows))

    def _present(self, things: Numbers) -> Mask:
        present = np.zeros(self.recovery_count, dtype=np.bool_)
        present[things] = True
        return present

    @cached_property
    def components_each(self) -> Numbers:
        """How many component records each recovery has."""
        each = np.zeros(self.recovery_count, dtype=np.int64)
        for some in pieces(self.size):
            first = int(self.at[some].min())
            counts = np.bincount(self.at[some] - first)
            each[first : first + len(counts)] += counts
        return each

    @cached_property
    def seen(self) -> Seen:
        """When each recovery was seen."""
        return Seen(self.recoveries, self.recovery_count)

    @cached_property
    def _found_by(self) -> Numbers:
        """The day by which each recovery had been found or its weapon built."""
        days = np.full(self.recovery_count, _NEVER, dtype=np.int32)
        for column in ("recovered_latest", "captured_latest", "used_latest", "produced_latest"):
            said = self.recoveries[column]
            if said.any():
                np.minimum(days, said + (said == 0) * np.int32(_NEVER), out=days)
        return days

    def made_bounds(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        """The first and last day on which each component may have been made, as ordinals (0: no first day).

        What was recovered, used, published or built into a weapon by a day was made by that day.
        """
        columns = self.components
        earliest = columns["made_earliest"].take(rows)
        stated = columns["made_latest"].take(rows, unknown=_NEVER)
        bound = self._found_by.take(self.at.take(rows))
        reported = columns["reported"]
        if reported.single is None:
            np.minimum(bound, reported.take(rows, unknown=_NEVER), out=bound)
        elif reported.single:
            np.minimum(bound, np.int32(reported.single), out=bound)
        np.minimum(bound, stated, out=bound)
        # A date code that reads later than the find contradicts it; the code's own week then stands.
        bound += (bound < earliest) * (stated - bound)
        return earliest, bound


def load_ground(
    session: Session, *, component_columns: Sequence[str], recovery_columns: Sequence[str]
) -> Ground:
    """Loads the columns that a question needs; others may be there too."""
    ground = remembered(session, "ground", lambda: _begun(session))
    if missing := [name for name in component_columns if name not in ground.components]:
        ground.components.update(load(session, "component", missing))
    if missing := [name for name in recovery_columns if name not in ground.recoveries]:
        more = load(session, "recovery", missing)
        ground.recoveries.update({name: column.whole() for name, column in more.items()})
    return ground


def _begun(session: Session) -> Ground:
    components = load(session, "component", _ALWAYS)
    recoveries = load(session, "recovery", ("id", "kind", "extent"))
    ids = recoveries["id"].whole()
    one_of = None
    if merged := clusters(session, "recovery"):
        one_of = np.arange(len(ids))
        one_of[_positions(ids, list(merged))] = _positions(ids, list(merged.values()))
    at = _positions(ids, components.pop("recovery").whole())
    whole = {name: column.whole() for name, column in recoveries.items()}
    return Ground(components, whole, at, one_of, _repeats(session))


def _positions(ids: Numbers, wanted: Numbers | list[int]) -> Numbers:
    """Where each of the wanted stands among ids that go upwards and have them all."""
    if len(ids) and int(ids[-1] - ids[0]) + 1 == len(ids):
        return np.asarray(wanted, dtype=np.int32) - np.int32(ids[0])
    return np.searchsorted(ids, wanted).astype(np.int32)


def _repeats(session: Session) -> Numbers:
    merged = clusters(session, "component")
    if not merged:
        return np.empty(0, dtype=np.intp)
    ids = load(session, "component", ["id"])["id"].whole()
    groups: dict[int, list[int]] = {}
    for member, representative in sorted(merged.items()):
        groups.setdefault(representative, []).append(member)
    again = [member for group in groups.values() for member in group[1:]]
    return np.searchsorted(ids, sorted(again))
