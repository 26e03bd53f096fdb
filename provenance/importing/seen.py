"""Which of a file's records an import has met already, in memory that does not grow with the file."""

from __future__ import annotations

_FILTER_BITS = 27
"""A million records collide in under one case of a hundred, and then a look-up decides."""


class SeenRecords:
    """What this import has met: surely not, or perhaps; and for what the database holds, surely.

    Records are told apart by key first; one that has perhaps been met is looked up by its component.
    """

    def __init__(self) -> None:
        self._keys = bytearray(1 << _FILTER_BITS - 3)
        self._components = bytearray()

    def perhaps(self, key: str) -> bool:
        """Whether a record of this key may have been met."""
        place = hash(key)
        return bool(self._keys[place >> 3 & len(self._keys) - 1] >> (place & 7) & 1)

    def note(self, key: str, component_id: int) -> None:
        """Takes note that the record of this key has been met, and which component it is of."""
        place = hash(key)
        self._keys[place >> 3 & len(self._keys) - 1] |= 1 << (place & 7)
        if component_id >= len(self._components):
            self._components.extend(bytes(max(component_id + 1 - len(self._components), 65_536)))
        self._components[component_id] = 1

    def met(self, component_id: int) -> bool:
        """Whether this component's record has been met."""
        return component_id < len(self._components) and bool(self._components[component_id])
