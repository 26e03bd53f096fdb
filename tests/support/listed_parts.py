"""A parts catalogue of a few parts, for tests of identification without a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from provenance.identify.catalogue import CatalogueEntry
from provenance.text.part_numbers import index_keys


class ListedParts:
    """Parts in a list of their keys in order; asked as any catalogue is."""

    def __init__(self, entries: Iterable[CatalogueEntry]) -> None:
        keyed = [(key, entry) for entry in entries for key in index_keys(entry.mpn)]
        self._keyed = sorted(keyed, key=lambda item: item[0])

    def by_keys(self, keys: Sequence[str]) -> Sequence[tuple[str, CatalogueEntry]]:
        """The parts that stand under any of these keys, each with the key."""
        return [(key, entry) for key, entry in self._keyed if key in keys]

    def by_prefixes(
        self, prefixes: Sequence[str], limit: int
    ) -> Mapping[str, Sequence[tuple[str, CatalogueEntry]]]:
        """For each prefix at most ``limit`` parts whose key begins so, in order of the key."""
        return {
            prefix: [(key, entry) for key, entry in self._keyed if key.startswith(prefix)][:limit]
            for prefix in prefixes
        }
