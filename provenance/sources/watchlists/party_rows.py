"""Parties put together from the rows of a published list, as its layout declares them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from provenance.core.errors import BadInput
from provenance.core.vocabulary.watched import ListedNameKind, PartyKind
from provenance.sources.watchlists.base import (
    Row,
    address,
    country_or_none,
    day,
    identifier_texts,
    numbers_to_review,
    once,
)
from provenance.sources.watchlists.party_layout import (
    AddressColumns,
    NameColumns,
    NameTypes,
    NumberColumns,
    PartyLayout,
)
from provenance.sources.watchlists.records import AddressText, IdentifierText, ListEntry, NameText
from provenance.text.party_names import read_names
from provenance.text.registration_numbers import NumbersRead, is_label, read_labelled_numbers, read_numbers
from provenance.text.unknown import says_unknown

_STRENGTH = (ListedNameKind.PRIMARY, ListedNameKind.ALIAS, ListedNameKind.FORMER, ListedNameKind.WEAK)
"""Kinds of names, the strongest first: a name of two kinds is of the stronger one."""

_UNSTATED = NameTypes((), {})
"""A list that does not say how its names belong to a party: the first is the primary one."""


def parties_of(file: Path, rows: Iterable[Row], layout: PartyLayout) -> Iterator[ListEntry]:
    """The parties of a list in the order of their first rows.

    Raises:
        BadInput: a row without a key, or a party without name and address; names the line.
    """
    gathered: dict[str, _Party] = {}
    for row in rows:
        key = layout.key_of(row)
        if layout.key and not key:
            raise BadInput(f"a row without {' and '.join(layout.key)}", file=file.name, line=row.line)
        if layout.key:
            party = gathered.setdefault(key, _Party(row.line, key))
            party.take(row, layout)
        else:
            party = _Party(row.line, None)
            party.take(row, layout)
            yield party.entry(file, layout)
    for party in gathered.values():
        yield party.entry(file, layout)


@dataclass(slots=True)
class _Party:
    """What the rows of one party say; dictionaries serve as ordered sets."""

    line: int
    key: str | None
    names: list[NameText] = field(default_factory=list)
    addresses: dict[AddressText, None] = field(default_factory=dict)
    numbers: dict[IdentifierText, None] = field(default_factory=dict)
    countries: dict[str, None] = field(default_factory=dict)
    kind: PartyKind | None = None
    days: tuple[list[date], list[date]] = field(default_factory=lambda: ([], []))
    texts: dict[str, dict[str, None]] = field(default_factory=dict)
    review: dict[str, None] = field(default_factory=dict)

    def take(self, row: Row, layout: PartyLayout) -> None:
        """Adds what a row says."""
        for columns in layout.names:
            self._take_names(row, layout, columns)
        for place in layout.addresses:
            self._take_addresses(row, place)
        for number in layout.numbers:
            self._take_numbers(row, layout, number)
        self.countries |= dict.fromkeys(
            country for column in layout.countries if (country := country_or_none(row[column]))
        )
        if self.kind is None:
            words = (row[column].casefold() for column in layout.kind)
            stated = (layout.kinds[word] for word in words if word in layout.kinds)
            filled = (kind for column, kind in layout.kind_if_filled if row[column])
            self.kind = next(stated, None) or next(filled, None)
        for found, columns_ in zip(self.days, (layout.since, layout.until), strict=True):
            self._take_days(row, layout, columns_, found)
        for name in ("own_id", "section", "program", "reference", "remarks"):
            texts = self.texts.setdefault(name, {})
            for column in getattr(layout, name):
                if text := " ".join(row[column].split()):
                    texts[text] = None

    def _take_names(self, row: Row, layout: PartyLayout, columns: NameColumns) -> None:
        if any(row[column] for column in columns.instead_of):
            return
        whole = " ".join(text for column in columns.parts if (text := row[column]) and not says_unknown(text))
        cells = [whole] if columns.split is None else columns.split(whole)
        cells = [cell for cell in cells if any(map(str.isalnum, cell))]
        if not cells:
            return
        kind, unknown = columns.kind, None
        if kind is None:
            kind, unknown = (layout.name_types or _UNSTATED).read(row)
        if unknown:
            self.review[f"the type of name {unknown!r} is not known; {cells[0]} was read as {kind}"] = None
        if columns.split is not None and len(cells) > 1:
            self.review[f"{row[columns.parts[0]]!r} was read as {' | '.join(cells)}"] = None
        for cell in cells:
            for place, name in enumerate(read_names(cell)):
                self.names.append(NameText(name.name, _weaker(kind, name.kind) if place else kind))

    def _take_addresses(self, row: Row, columns: AddressColumns) -> None:
        country = next((code for column in columns.country if (code := country_or_none(row[column]))), None)
        parts = [text for column in columns.parts if (text := row[column]) and not says_unknown(text)]
        if not any(column not in columns.country and row[column] for column in columns.parts):
            if country:
                self.countries[country] = None
            return
        cells = [", ".join(parts)] if columns.split is None else columns.split(", ".join(parts))
        for cell in cells:
            if found := address(cell, country):
                self.addresses[found] = None

    def _take_numbers(self, row: Row, layout: PartyLayout, columns: NumberColumns) -> None:
        text = row[columns.column]
        if not text:
            return
        if columns.mixed and not columns.label:
            self.numbers |= dict.fromkeys(identifier_texts(read_labelled_numbers(text)))
            return
        scheme = columns.scheme or next((row[column] for column in columns.label if row[column]), None)
        if columns.mixed and not is_label(scheme or ""):
            return
        place = next((code for column in columns.place if (code := country_or_none(row[column]))), None)
        assumed = next(iter(self.countries), None) or next(
            (code for column in layout.countries if (code := country_or_none(row[column]))), None
        )
        read: NumbersRead = read_numbers(text, scheme, place, assumed)
        self.numbers |= dict.fromkeys(identifier_texts(read.numbers))
        self.review |= dict.fromkeys(numbers_to_review([read]))

    def _take_days(self, row: Row, layout: PartyLayout, columns: tuple[str, ...], found: list[date]) -> None:
        for column in columns:
            if not (text := row[column]) or says_unknown(text):
                continue
            if (one := day(text, *layout.day_patterns)) is not None:
                found.append(one)
            else:
                self.review[f"{column} {text!r} is not a date; the day is unknown"] = None

    def entry(self, file: Path, layout: PartyLayout) -> ListEntry:
        """The party as an entry.

        Raises:
            BadInput: it has neither name nor address.
        """
        places = tuple(self.addresses) or tuple(AddressText("", country) for country in self.countries)
        if not self.names and not any(place.text for place in places):
            whose = f" of {self.key}" if self.key else ""
            raise BadInput(f"an entry without a name{whose}", file=file.name, line=self.line)
        texts = {name: "; ".join(values) or None for name, values in self.texts.items()}
        since, until = self.days
        return ListEntry(
            line=self.line,
            identity=self.key if layout.lasting else None,
            own_id=texts.get("own_id") or self.key,
            names=_ordered(self.names),
            section=next(iter(self.texts.get("section", ())), None),
            kind=self.kind,
            addresses=places,
            identifiers=tuple(self.numbers),
            program=texts.get("program"),
            asks=layout.asks,
            stated_from=min(since, default=None),
            stated_to=max(until, default=None),
            reference=texts.get("reference"),
            remarks=texts.get("remarks"),
            review=tuple(self.review),
        )


def _weaker(kind: ListedNameKind, other: ListedNameKind) -> ListedNameKind:
    """The kind of a further name in a cell: no stronger than the cell's."""
    other = ListedNameKind.ALIAS if other is ListedNameKind.PRIMARY else other
    return kind if kind is ListedNameKind.WEAK else other


def _ordered(names: list[NameText]) -> tuple[NameText, ...]:
    """Each name once, of its strongest kind; the first of the strongest is the primary one, alone."""
    strongest = sorted(names, key=lambda name: _STRENGTH.index(name.kind))
    distinct = once(strongest)
    return tuple(
        NameText(name.name, _not_first(name.kind) if place else ListedNameKind.PRIMARY)
        for place, name in enumerate(distinct)
    )


def _not_first(kind: ListedNameKind) -> ListedNameKind:
    return ListedNameKind.ALIAS if kind is ListedNameKind.PRIMARY else kind
