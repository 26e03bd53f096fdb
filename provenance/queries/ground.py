"""The ground that counts stand on: fact columns with records that are one thing brought together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from provenance.clusters import clusters
from provenance.facts.sheets import Columns, load

Mask = NDArray[np.bool_]
Numbers = NDArray[Any]

_ALWAYS = ("recovery", "organization", "country_stated")


@dataclass(frozen=True, slots=True)
class Ground:
    """Components and recoveries as columns.

    ``at`` is each component's recovery as a position in ``recoveries``; ``thing`` the same with merged
    recoveries brought to one position. ``doubles`` are positions of components that repeat another one
    of their cluster, by the position of the one they repeat.
    """

    components: Columns
    recoveries: Columns
    at: Numbers
    thing: Numbers
    doubles: tuple[tuple[int, ...], ...]

    @property
    def size(self) -> int:
        """How many component records there are."""
        return len(self.at)

    @property
    def recovery_count(self) -> int:
        """How many recovery records there are."""
        return len(self.recoveries["id"])

    def distinct_recoveries(self, mask: Mask) -> int:
        """How many recoveries, merged ones counted once, the components of a mask were in."""
        seen = np.zeros(self.recovery_count, dtype=np.bool_)
        seen[self.thing[mask]] = True
        return int(np.count_nonzero(seen))

    def without_doubles(self, mask: Mask) -> Mask:
        """The mask with one record kept of each component that several records report."""
        for group in self.doubles:
            present = [position for position in group if mask[position]]
            mask[present[1:]] = False
        return mask


def load_ground(
    session: Session, *, component_columns: Sequence[str], recovery_columns: Sequence[str]
) -> Ground:
    """Loads the columns that a question needs."""
    components = load(session, "component", list(dict.fromkeys((*_ALWAYS, *component_columns))))
    recoveries = load(session, "recovery", list(dict.fromkeys(("id", "kind", "extent", *recovery_columns))))
    ids = recoveries["id"]
    position = np.zeros(int(ids.max()) + 1 if len(ids) else 1, dtype=np.int32)
    position[ids] = np.arange(len(ids), dtype=np.int32)
    at = position[components["recovery"]]
    merged = clusters(session, "recovery")
    thing = at
    if merged:
        first = np.arange(len(ids), dtype=np.int32)
        for member, representative in merged.items():
            first[position[member]] = position[representative]
        thing = first[at]
    return Ground(components, recoveries, at, thing, _doubles(session))


def _doubles(session: Session) -> tuple[tuple[int, ...], ...]:
    merged = clusters(session, "component")
    if not merged:
        return ()
    ids = load(session, "component", ["id"])["id"]
    groups: dict[int, list[int]] = {}
    for member, representative in sorted(merged.items()):
        groups.setdefault(representative, []).append(int(np.searchsorted(ids, member)))
    return tuple(tuple(group) for group in groups.values())
