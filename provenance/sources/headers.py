"""The vocabulary of headers: which words above a column mean which field, in several languages.

A word is compared by `header_key`, so that case, spaces, dots, underscores and accents do not matter. A
header that is not a known word is read without what people add to one: numbering, an asterisk for "required",
a unit or a hint in parentheses, the same word in another language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from typing import Any

from provenance.fields.components import COMPONENT_FIELDS
from provenance.fields.recoveries import RECOVERY_FIELDS
from provenance.fields.specification import FieldSpec
from provenance.sources.header_units import states_scale, without_unit
from provenance.sources.kinds import SourceKind
from provenance.sources.vocabulary import common, components, parties, transfers
from provenance.sources.vocabulary.words import Fields as Fields
from provenance.sources.vocabulary.words import FieldWords
from provenance.text.folding import fold, script_of

Meaning = tuple[str, int]
"""A field, and the rank of the word that means it: 0 is the surest."""

_UNREAD = "-"
"""In place of a field: a column that is known to be none of the fields."""

_NUMBERING = re.compile(r"^\s*(?:\(\d{1,2}\)|\d{1,2}[.)](?!\d))\s*")
_MARKS = re.compile(r"[*†‡•:?!]+\s*$|^\s*[*†‡•]+")
_HINT = re.compile(r"[(\[（【]([^()\[\]（）【】]*)[)\]）】]")
_BETWEEN = re.compile(r"\s*[\n\r/|·;]\s*|\s+[-–—]\s+|\s+(?:or|and/or|або|чи|или)\s+", re.IGNORECASE)
_UNIT = re.compile(
    r"(.+?)[\s,]+(?:pcs|pieces|шт|штук|units?|од|ед|kg|кг|usd|eur|rub|uah|cny|\$|€)\.?\s*$", re.I
)


_BARE = re.compile(r"[A-Za-z0-9-]+")
"""What nothing can be taken off, as most cells are in which a header is looked for."""


@lru_cache(maxsize=4096)
def header_key(header: str) -> str:
    """The key by which headers are compared: their letters and digits, in Latin script."""
    return fold(header) or header.strip().casefold()


def headers_of(kind: SourceKind) -> Fields:
    """The fields of a kind of file and the headers that are understood to mean them."""
    known = dict(_WORDS[kind])
    for field, more in _DECLARED.get(kind, {}).items():
        known[field] = known.get(field, FieldWords(())).also(more)
    return known


def header_keys(headers: Iterable[str]) -> frozenset[str]:
    """The keys of some headers, by which a table's header may be found."""
    return frozenset(map(header_key, headers))


@cache
def known_headers(kind: SourceKind) -> frozenset[str]:
    """The keys of all headers that are understood for a kind of file, by which its header is found."""
    return frozenset(_index_of(headers_of(kind)))


def is_known(header: str, keys: AbstractSet[str]) -> bool:
    """Whether a header, or one of the languages that it is written in, is among keys of headers."""
    if _BARE.fullmatch(header):
        return header_key(header) in keys
    return not keys.isdisjoint(_keys_of(header))


@lru_cache(maxsize=4096)
def _keys_of(header: str) -> tuple[str, ...]:
    """The keys of a header's readings: a file's first cells are looked up in several vocabularies."""
    parts = (header, *_BETWEEN.split(_plain(header)))
    return tuple({header_key(reading): None for part in parts for reading in _readings(part) if reading})


def understood(header: str, fields: Fields) -> list[Meaning]:
    """The fields that a header can mean, in the order of the fields; empty where it means none of them.

    A header that names two different things ("Manufacturer / Supplier") means neither.
    """
    known = _index_of(fields)
    if meanings := _first_known(header, known):
        return [] if meanings[0][0] == _UNREAD else meanings
    return _of_parts(header, known)


def _of_parts(header: str, known: Mapping[str, Sequence[Meaning]]) -> list[Meaning]:
    """What the parts of a header in two languages mean, if they agree."""
    parts = [part for part in _BETWEEN.split(_plain(header)) if part]
    if len(parts) < 2:
        return []
    found = [_first_known(part, known) for part in parts]
    meant = [meanings for meanings in found if meanings]
    if not meant or len({meanings[0][0] for meanings in meant}) > 1 or meant[0][0][0] == _UNREAD:
        return []
    # A part that is not known may be the same word in another language, but not in the same script.
    scripts = {script_of(part) for part, meanings in zip(parts, found, strict=True) if meanings}
    if any(script_of(part) in scripts for part, meanings in zip(parts, found, strict=True) if not meanings):
        return []
    return min(meant, key=lambda meanings: meanings[0][1])


def _first_known(text: str, known: Mapping[str, Sequence[Meaning]]) -> list[Meaning]:
    """What the first reading of a text that is known means."""
    keys = (header_key(reading) for reading in _readings(text))
    return next((list(known[key]) for key in keys if key in known), [])


def _readings(header: str) -> Iterator[str]:
    """The header as it is, then with less and less of what people add to a word."""
    yield header
    if states_scale(header):
        # Thousands read as ones would be wrong by as much.
        return
    plain = _plain(header)
    yield plain
    if "№" in plain:
        yield " ".join(plain.replace("№", " номер ").split())
    hints = _HINT.findall(plain)
    rest = " ".join(_HINT.sub(" ", plain).split())
    if hints and rest:
        # "Country (recovery)" is "recovery country".
        yield from (f"{hint} {rest}" for hint in hints)
        yield rest
        if match := _UNIT.fullmatch(rest):
            yield match[1]
    if match := _UNIT.fullmatch(plain):
        yield match[1]
    elif (name := without_unit(plain)) is not None:
        yield name


def _plain(header: str) -> str:
    """The header without numbering and marks."""
    return _MARKS.sub("", _NUMBERING.sub("", _MARKS.sub("", header.strip()))).strip()


def _index_of(fields: Fields) -> dict[str, tuple[Meaning, ...]]:
    return _index(tuple((field, words.ranks) for field, words in fields.items()))


@cache
def _index(fields: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]) -> dict[str, tuple[Meaning, ...]]:
    """Every key of a word with the fields that it means."""
    found: dict[str, dict[str, int]] = {}
    for field, ranks in fields:
        for rank, words in enumerate([(field, *(ranks[0] if ranks else ())), *ranks[1:]]):
            for word in words:
                found.setdefault(header_key(word), {}).setdefault(field, rank)
    index = {key: tuple(meanings.items()) for key, meanings in found.items()}
    names = {field for field, _ranks in fields}
    if "mpn" in names:
        for word in common.STOCK_NUMBERS:
            index.setdefault(header_key(word), ((_UNREAD, 0),))
    if "consignor" not in names and "name" not in names:
        for word in common.SELLERS:
            index.setdefault(header_key(word), ((_UNREAD, 0),))
    return index


_LISTED: tuple[FieldSpec[Any], ...] = (*COMPONENT_FIELDS, *RECOVERY_FIELDS)

_DECLARED: dict[SourceKind, Mapping[str, tuple[str, ...]]] = {
    SourceKind.COMPONENTS: {field.name: field.headers for field in _LISTED if field.headers}
}
"""Headers of fields that are declared once for lists, forms and templates alike (`provenance.fields`)."""


_WORDS: dict[SourceKind, Fields] = {
    SourceKind.COMPONENTS: components.COMPONENTS,
    SourceKind.PARTS: components.PARTS,
    SourceKind.TRANSFERS: transfers.TRANSFERS,
    SourceKind.CUSTOMERS: parties.CUSTOMERS,
    SourceKind.WATCHLISTS: parties.WATCHLISTS,
}
