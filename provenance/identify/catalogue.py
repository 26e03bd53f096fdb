"""Parts catalogues: how identification asks for parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from provenance.text.partial_dates import UNKNOWN, DateSpan


class CatalogueEntry(NamedTuple):
    """A part that a maker sells: its orderable number, the maker's organization key, its introduction."""

    mpn: str
    maker: str
    introduced: DateSpan = UNKNOWN


class Carrier(NamedTuple):
    """A part that carries a top code: the code's key, and how many parts of the catalogue carry it in all."""

    key: str
    entry: CatalogueEntry
    carriers: int

    @property
    def code(self) -> str:
        """The code's letters and digits, without the sign that keeps its key apart from those of numbers."""
        return self.key[1:]


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

    def by_top_codes(self, keys: Sequence[str]) -> Sequence[Carrier]:
        """The parts that carry any of these top codes, given by `provenance.text.part_numbers.top_code_key`.

        Of each code the same parts every time; a catalogue may leave some out where very many carry it.
        """
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

    def by_top_codes(self, keys: Sequence[str]) -> Sequence[Carrier]:
        """Nothing."""
        return ()
