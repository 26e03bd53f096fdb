"""Parts catalogues: how identification asks for parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol


class CatalogueEntry(NamedTuple):
    """A part that a maker sells: its orderable number, and the maker's organization key."""

    mpn: str
    maker: str


class Catalogue(Protocol):
    """Parts by the keys of `provenance.text.part_numbers.index_keys`; an SQL index over keys serves both."""

    def by_keys(self, keys: Sequence[str]) -> Sequence[tuple[str, CatalogueEntry]]:
        """The parts that stand under any of these keys, each with the key it stands under; any order."""
        ...

    def by_prefixes(
        self, prefixes: Sequence[str], limit: int
    ) -> Mapping[str, Sequence[tuple[str, CatalogueEntry]]]:
        """For each prefix at most ``limit`` parts whose key begins so, with that key, in order of the key."""
        ...


class EmptyCatalogue:
    """A catalogue that knows nothing."""

    def by_keys(self, keys: Sequence[str]) -> Sequence[tuple[str, CatalogueEntry]]:
        """Nothing."""
        return ()

    def by_prefixes(
        self, prefixes: Sequence[str], limit: int
    ) -> Mapping[str, Sequence[tuple[str, CatalogueEntry]]]:
        """Nothing."""
        return {}
