"""The index of listed names: built once per import, opened in milliseconds. Pure; knows no database."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from provenance.screening.tokens import (
    DISTINCTIVE,
    EXACT,
    FUZZY,
    KIND_WEIGHTS,
    PHONETIC,
    blocking_keys,
    kind_weight,
    tokens,
)
from provenance.seeding.files import seed_digest
from provenance.text.name_words import MOST_WORDS, NameWords, Word
from provenance.text.registration_numbers import reading_version

Array = NDArray[Any]

_FORMAT = "13"
_FEWEST_NAMES = 2_000
"""How many names an index is taken to have at least: in a short list every word looks rare."""

_LEAST_RARITY = 0.08
"""Even the most common word counts a little: of two otherwise equal names it decides."""


@dataclass(frozen=True, slots=True)
class NamedParty:
    """A name to index: the party that has it, the row number where it is stored, and its words.

    ``variant`` tells names of one party apart that have the same words, such as two rooms of a building.
    """

    party: int
    row: int
    words: NameWords
    variant: str = ""


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Names as arrays; a name is a position in them.

    ``text`` holds the distinct texts of all tokens one after the other, ``text_end`` where each ends,
    ``rarity`` (0 to 1) how rare each is. The tokens of a name lie between two values of ``token_start``;
    ``token_word`` is the first word that a token stands for, ``token_words`` how many. ``posting`` holds the
    names that contain a text, between two values of ``posting_start``; ``key`` and ``key_text`` are the
    blocking keys in order and the texts that have them. ``weight``, ``distinctive``, ``number`` and ``given``
    have a row per name and a column per word. ``party`` and ``row`` are those of the name.
    """

    text: Array
    text_end: Array
    rarity: Array
    token_start: Array
    token_text: Array
    token_word: Array
    token_words: Array
    posting_start: Array
    posting: Array
    key: Array
    key_text: Array
    weight: Array
    distinctive: Array
    number: Array
    given: Array
    party: Array
    row: Array

    def __len__(self) -> int:
        return len(self.party)

    def text_at(self, place: int) -> str:
        """The distinct text at a position."""
        start = self.text_end[place - 1] if place else 0
        return self.text[start : self.text_end[place]].tobytes().decode()

    def texts(self) -> list[str]:
        """All distinct texts of tokens, in their order."""
        block, ends = self.text.tobytes(), self.text_end.tolist()
        return [block[start:end].decode() for start, end in zip([0, *ends], ends, strict=False)]

    def to_bytes(self) -> bytes:
        """The index as one block of bytes."""
        arrays = {field.name: getattr(self, field.name) for field in fields(self)}
        described = [[name, array.dtype.str, list(array.shape)] for name, array in arrays.items()]
        head = json.dumps(described).encode()
        head += b" " * (-len(head) % 8)
        blocks = [array.tobytes() for array in arrays.values()]
        padded = [block + b"\0" * (-len(block) % 8) for block in blocks]
        return len(head).to_bytes(8, "little") + head + b"".join(padded)

    @classmethod
    def from_bytes(cls, payload: bytes) -> NameIndex:
        """The index in a block made by `to_bytes`, without copying it."""
        size = int.from_bytes(payload[:8], "little")
        at = 8 + size
        arrays = {}
        for name, kind, shape in json.loads(payload[8:at]):
            count = int(np.prod(shape))
            arrays[name] = np.frombuffer(payload, dtype=kind, count=count, offset=at).reshape(shape)
            at += -(-count * np.dtype(kind).itemsize // 8) * 8
        return cls(**arrays)


@cache
def layout() -> str:
    """A digest of the format and the word tables of an index; an index of another layout is not used."""
    words = seed_digest(["generic_word.csv", "legal_form.csv"])
    slots = ",".join(NameIndex.__slots__)
    parts = [
        _FORMAT,
        str(MOST_WORDS),
        str(_FEWEST_NAMES),
        json.dumps(KIND_WEIGHTS),
        slots,
        words,
        reading_version(),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def rarity(frequency: Array, names: int) -> Array:
    """How rare texts are, 0 to 1: the inverse document frequency; ``frequency`` counts names with each."""
    base = max(names, _FEWEST_NAMES)
    found = np.log((1 + base) / (1 + frequency)) / np.log(1 + base)
    clipped: Array = np.clip(found, _LEAST_RARITY, 1.0)
    return clipped


def build(named: Iterable[NamedParty]) -> NameIndex:
    """The index of some names; equal names of one party are indexed once."""
    names = _distinct(named)
    frequency: Counter[str] = Counter()
    for one in names:
        frequency.update({word.text for word in one.words.words})
    listed = [list(tokens(one.words, listed=True)) for one in names]
    places: dict[str, int] = {}
    single = set()
    for parts in listed:
        for part in parts:
            place = places.setdefault(part.text, len(places))
            if part.length == 1:
                single.add(place)
    rare = rarity(np.array([frequency[text] for text in places], dtype=np.float64), len(names))
    counts = np.array([len(parts) for parts in listed], dtype=np.int64)
    flat = [part for parts in listed for part in parts]
    token_text = np.array([places[part.text] for part in flat], dtype=np.uint32)
    owner = np.repeat(np.arange(len(names), dtype=np.uint32), counts)
    order = np.argsort(token_text, kind="stable")
    hashes, hash_text = _keys(places, single)
    weight, is_distinctive, is_number, is_given = _weights(names, places, rare)
    text, text_end = _blob(list(places))
    return NameIndex(
        text=text,
        text_end=text_end,
        rarity=rare.astype(np.float32),
        token_start=_starts(counts),
        token_text=token_text,
        token_word=np.array([part.start for part in flat], dtype=np.uint8),
        token_words=np.array([part.length for part in flat], dtype=np.uint8),
        posting_start=_starts(np.bincount(token_text, minlength=len(places))),
        posting=owner[order],
        key=hashes,
        key_text=hash_text,
        weight=weight,
        distinctive=is_distinctive,
        number=is_number,
        given=is_given,
        party=np.array([one.party for one in names], dtype=np.int64),
        row=np.array([one.row for one in names], dtype=np.int64),
    )


def _distinct(named: Iterable[NamedParty]) -> list[NamedParty]:
    """The names, those of one party with the same words as one that keeps how each of them is written."""
    found: dict[tuple[int, tuple[Word, ...], str], NamedParty] = {}
    for one in named:
        if not one.words.words:
            continue
        key = one.party, one.words.words, one.variant
        known = found.get(key)
        if known is not None:
            words = replace(
                one.words,
                initials=tuple(dict.fromkeys((*known.words.initials, *one.words.initials))),
                beginnings=tuple(dict.fromkeys((*known.words.beginnings, *one.words.beginnings))),
            )
            one = replace(one, words=words)
        found[key] = one
    return list(found.values())


def _starts(counts: Array) -> Array:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32)


def _blob(texts: Sequence[str]) -> tuple[Array, Array]:
    encoded = [text.encode() for text in texts]
    ends = np.cumsum(np.array([len(text) for text in encoded], dtype=np.int64)).astype(np.uint32)
    return np.frombuffer(b"".join(encoded), dtype=np.uint8), ends


def _keys(places: dict[str, int], single: set[int]) -> tuple[Array, Array]:
    hashes: list[int] = []
    owners: list[int] = []
    for text, place in places.items():
        found = blocking_keys(text, FUZZY if place in single else PHONETIC if text.isalnum() else EXACT)
        hashes += found
        owners += [place] * len(found)
    key = np.array(hashes, dtype=np.uint32)
    order = np.argsort(key, kind="stable")
    return key[order], np.array(owners, dtype=np.uint32)[order]


def _weights(
    names: Sequence[NamedParty], places: dict[str, int], rare: Array
) -> tuple[Array, Array, Array, Array]:
    weight = np.zeros((len(names), MOST_WORDS), dtype=np.float32)
    own = np.zeros((len(names), MOST_WORDS), dtype=np.bool_)
    number = np.zeros((len(names), MOST_WORDS), dtype=np.bool_)
    given = np.zeros((len(names), MOST_WORDS), dtype=np.bool_)
    for at, one in enumerate(names):
        for column, word in enumerate(one.words.words):
            weight[at, column] = kind_weight(word.text, word.kind) * rare[places[word.text]]
            own[at, column] = word.kind in DISTINCTIVE
            number[at, column] = word.kind == "number"
            given[at, column] = word.kind == "given"
    return weight, own, number, given
