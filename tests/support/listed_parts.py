"""A parts catalogue of a few parts, for tests of identification without a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from provenance.identify.catalogue import Carrier, CatalogueEntry
from provenance.text.part_numbers import index_keys, top_code_key


class ListedParts:
    """Parts in a list of their keys in order; asked as any catalogue is.

    ``top_codes`` are codes with the parts that carry them.
    """

    def __init__(
        self,
        entries: Iterable[CatalogueEntry],
        top_codes: Mapping[str, Sequence[CatalogueEntry]] | None = None,
    ) -> None:
        keyed = [(key, entry) for entry in entries for key in index_keys(entry.mpn)]
        self._keyed = sorted(keyed, key=lambda item: item[0])
        self._coded = {top_code_key(code): carriers for code, carriers in (top_codes or {}).items()}

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

    def by_top_codes(self, keys: Sequence[str]) -> Sequence[Carrier]:
        """The parts that carry any of these top codes, and how many do."""
        return [
            Carrier(key, entry, len(self._coded[key])) for key in keys for entry in self._coded.get(key, ())
        ]
