"""The records of a file that an import has seen already, in memory that does not grow with the file."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

_PLACES = 1 << 25
"""Of a million records some three in a hundred are taken for one seen before; a look-up then decides."""


class SeenRecords:
    """The records that this import has seen: certainly not, or perhaps; for those in the database, certainly.
    Records are compared by key first; one that has perhaps been seen is looked up by its component.
    """

    def __init__(self) -> None:
        self._places = np.zeros(_PLACES, dtype=np.bool_)
        self._components = np.zeros(1 << 16, dtype=np.bool_)

    def perhaps(self, keys: Collection[str]) -> set[str]:
        """The keys of which a record may have been seen."""
        met = self._places[_places(keys)]
        return {key for key, one in zip(keys, met.tolist(), strict=True) if one} if met.any() else set()

    def note(self, keys: Collection[str], component_ids: Sequence[int]) -> None:
        """Notes that the records with these keys have been seen, and their components."""
        if not component_ids:
            return
        self._places[_places(keys)] = True
        highest = max(component_ids)
        if highest >= len(self._components):
            wider = np.zeros(max(highest + 1, 2 * len(self._components)), dtype=np.bool_)
            wider[: len(self._components)] = self._components
            self._components = wider
        self._components[np.fromiter(component_ids, dtype=np.int64, count=len(component_ids))] = True

    def met(self, component_id: int) -> bool:
        """Whether this component's record has been seen."""
        return component_id < len(self._components) and bool(self._components[component_id])


def _places(keys: Collection[str]) -> NDArray[np.int64]:
    return np.fromiter(map(hash, keys), dtype=np.int64, count=len(keys)) & (_PLACES - 1)
