"""How a published list writes a party that has several rows: the one declaration that its format needs.

A party's rows share a key; each row may bring a name, an address, a number. The rows of an XML list are its
elements (see `xml_rows`), so that both are declared and read alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from provenance.core.vocabulary.watched import Asks, ListedNameKind, PartyKind
from provenance.sources.watchlists.base import Row

ISO_DAY, BRITISH_DAY, AMERICAN_DAY = "%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y"
"""Patterns of days, for `PartyLayout.day_patterns`."""

Split = Callable[[str], Sequence[str]]
"""How the values that share a cell are separated."""


@dataclass(frozen=True, slots=True)
class NameColumns:
    """Columns whose texts, in this order, are one name; ``kind`` None: what `NameTypes` reads from the row.

    ``split`` is for a cell that holds several names. ``instead_of``: the name counts only where those
    columns are empty, because they hold the whole name.
    """

    parts: tuple[str, ...]
    kind: ListedNameKind | None = None
    split: Split | None = None
    instead_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameTypes:
    """Columns that say how a name belongs to its party; ``words`` are their texts in small letters.

    A weak name is weak whatever else is said of it; a text that is not among the words makes an alias, which
    is put to review.
    """

    columns: tuple[str, ...]
    words: Mapping[str, ListedNameKind | None]
    otherwise: ListedNameKind = ListedNameKind.ALIAS

    def read(self, row: Row) -> tuple[ListedNameKind, str | None]:
        """The kind of the row's name, and the text that was not understood."""
        texts = [text for column in self.columns if (text := " ".join(row[column].split()))]
        kinds = [self.words[text.casefold()] for text in texts if text.casefold() in self.words]
        unknown = next((text for text in texts if text.casefold() not in self.words), None)
        if ListedNameKind.WEAK in kinds:
            return ListedNameKind.WEAK, unknown
        return next((kind for kind in kinds if kind is not None), self.otherwise), unknown


@dataclass(frozen=True, slots=True)
class AddressColumns:
    """Columns whose texts, in this order, are one address; the first of ``country`` that names one counts."""

    parts: tuple[str, ...]
    country: tuple[str, ...] = ()
    split: Split | None = None


@dataclass(frozen=True, slots=True)
class NumberColumns:
    """A column of numbers: called ``scheme``, or what the columns ``label`` say; ``place`` issued them.

    A ``mixed`` column is about other things too (websites, remarks): only what its label, or a label in its
    text, calls a number counts.
    """

    column: str
    scheme: str | None = None
    label: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class PartyLayout:
    """The rows of a list, by column.

    ``required`` are columns without which a file is not of this layout. ``key`` are the columns that a
    party's rows share; ``key_pattern`` has a group for what counts of them. Without a key every row is a
    party of its own, known by its names. ``lasting`` says whether the key stays the same from version to
    version. ``kind_if_filled``: what a party is where the column is filled and no ``kind`` is stated, the
    first that is. ``section``, ``program``, ``reference`` and ``remarks`` are columns whose texts are joined.
    """

    required: tuple[str, ...]
    names: tuple[NameColumns, ...]
    key: tuple[str, ...] = ()
    key_pattern: re.Pattern[str] | None = None
    lasting: bool = True
    own_id: tuple[str, ...] = ()
    name_types: NameTypes | None = None
    addresses: tuple[AddressColumns, ...] = ()
    numbers: tuple[NumberColumns, ...] = ()
    kind: tuple[str, ...] = ()
    kinds: Mapping[str, PartyKind] = field(default_factory=dict)
    kind_if_filled: tuple[tuple[str, PartyKind], ...] = ()
    countries: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    program: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    day_patterns: tuple[str, ...] = (ISO_DAY,)
    asks: Asks | None = None
    reference: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the layout reads, the required ones first."""
        named = [column for one in self.names for column in (*one.parts, *one.instead_of)]
        placed = [column for one in self.addresses for column in (*one.parts, *one.country)]
        numbered = [column for one in self.numbers for column in (one.column, *one.label, *one.place)]
        typed = self.name_types.columns if self.name_types else ()
        kinds = (
            *self.kind,
            *(column for column, _kind in self.kind_if_filled),
            *self.countries,
            *self.section,
        )
        rest = (*self.program, *self.since, *self.until, *self.reference, *self.remarks)
        every = (*self.required, *self.key, *self.own_id, *named, *typed, *placed, *numbered, *kinds, *rest)
        return tuple(dict.fromkeys(every))

    def key_of(self, row: Row) -> str:
        """The key of the party that a row is about; empty where the row has none."""
        text = "/".join(filter(None, (row[column] for column in self.key)))
        if self.key_pattern is None:
            return text
        found = self.key_pattern.match(text)
        return found[1] if found else text
