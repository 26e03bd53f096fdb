"""Listed names packed for search: built once an import, opened in milliseconds. Pure; knows no database."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from provenance.screening.elements import (
    EXACT,
    KIND_WEIGHTS,
    SLIPS,
    SOUND,
    TELLING,
    elements,
    keys,
    kind_weight,
)
from provenance.seeding.files import seed_digest
from provenance.text.party_names import MOST_WORDS, NameWords

Array = NDArray[Any]

_FORMAT = "8"
_FEWEST = 2_000
"""In a list of few names no word is common; what is common is known from lists of this size."""

_LEAST_TELLING = 0.08


@dataclass(frozen=True, slots=True)
class NamedParty:
    """A name to index: whose it is, which row holds it, and its words."""

    party: int
    row: int
    words: NameWords


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Names as arrays; a name is a place in them.

    ``text`` and ``text_end`` hold the distinct texts of elements one behind the other; ``rarity`` is 0 to 1
    for each. Elements of a name stand between two ``element_start``; ``posting`` holds the names that a
    text is in, between two ``posting_start``. ``weight`` and ``telling`` are a row a name, a column a word.
    """

    text: Array
    text_end: Array
    rarity: Array
    element_start: Array
    element_text: Array
    element_at: Array
    element_length: Array
    posting_start: Array
    posting: Array
    key: Array
    key_text: Array
    weight: Array
    telling: Array
    number: Array
    given: Array
    party: Array
    row: Array

    def __len__(self) -> int:
        return len(self.party)

    def text_at(self, place: int) -> str:
        """A distinct text of an element."""
        start = self.text_end[place - 1] if place else 0
        return self.text[start : self.text_end[place]].tobytes().decode()

    def texts(self) -> list[str]:
        """All distinct texts of elements, in their order."""
        block, ends = self.text.tobytes(), self.text_end.tolist()
        return [block[start:end].decode() for start, end in zip([0, *ends], ends, strict=False)]

    def to_bytes(self) -> bytes:
        """The index as one block."""
        arrays = {field.name: getattr(self, field.name) for field in fields(self)}
        described = [[name, array.dtype.str, list(array.shape)] for name, array in arrays.items()]
        head = json.dumps(described).encode()
        head += b" " * (-len(head) % 8)
        blocks = [array.tobytes() for array in arrays.values()]
        padded = [block + b"\0" * (-len(block) % 8) for block in blocks]
        return len(head).to_bytes(8, "little") + head + b"".join(padded)

    @classmethod
    def from_bytes(cls, payload: bytes) -> NameIndex:
        """An index out of such a block; copies nothing."""
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
    """A digest of how an index is packed and by which words; another program's index is not believed."""
    words = seed_digest(["generic_word.csv", "legal_form.csv"])
    slots = ",".join(NameIndex.__slots__)
    said = [_FORMAT, str(MOST_WORDS), str(_FEWEST), json.dumps(KIND_WEIGHTS), slots, words]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def rarity(holders: Array, names: int) -> Array:
    """How much a text tells that so many of the names hold, 0 to 1."""
    base = max(names, _FEWEST)
    found = np.log((1 + base) / (1 + holders)) / np.log(1 + base)
    clipped: Array = np.clip(found, _LEAST_TELLING, 1.0)
    return clipped


def build(named: Iterable[NamedParty]) -> NameIndex:
    """Packs names; equal names of a party are packed once."""
    names = list({(one.party, one.words.words): one for one in named if one.words.words}.values())
    holders: Counter[str] = Counter()
    for one in names:
        holders.update({word.text for word in one.words.words})
    listed = [list(elements(one.words, listed=True)) for one in names]
    places: dict[str, int] = {}
    single = set()
    for parts in listed:
        for part in parts:
            place = places.setdefault(part.text, len(places))
            if part.length == 1:
                single.add(place)
    telling = rarity(np.array([holders[text] for text in places], dtype=np.float64), len(names))
    counts = np.array([len(parts) for parts in listed], dtype=np.int64)
    flat = [part for parts in listed for part in parts]
    element_text = np.array([places[part.text] for part in flat], dtype=np.uint32)
    owner = np.repeat(np.arange(len(names), dtype=np.uint32), counts)
    order = np.argsort(element_text, kind="stable")
    hashes, hash_text = _keys(places, single)
    weight, is_telling, is_number, is_given = _weights(names, places, telling)
    text, text_end = _blob(list(places))
    return NameIndex(
        text=text,
        text_end=text_end,
        rarity=telling.astype(np.float32),
        element_start=_starts(counts),
        element_text=element_text,
        element_at=np.array([part.start for part in flat], dtype=np.uint8),
        element_length=np.array([part.length for part in flat], dtype=np.uint8),
        posting_start=_starts(np.bincount(element_text, minlength=len(places))),
        posting=owner[order],
        key=hashes,
        key_text=hash_text,
        weight=weight,
        telling=is_telling,
        number=is_number,
        given=is_given,
        party=np.array([one.party for one in names], dtype=np.int64),
        row=np.array([one.row for one in names], dtype=np.int64),
    )


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
        found = keys(text, SLIPS if place in single else SOUND if text.isalnum() else EXACT)
        hashes += found
        owners += [place] * len(found)
    key = np.array(hashes, dtype=np.uint32)
    order = np.argsort(key, kind="stable")
    return key[order], np.array(owners, dtype=np.uint32)[order]


def _weights(
    names: Sequence[NamedParty], places: dict[str, int], telling: Array
) -> tuple[Array, Array, Array, Array]:
    weight = np.zeros((len(names), MOST_WORDS), dtype=np.float32)
    own = np.zeros((len(names), MOST_WORDS), dtype=np.bool_)
    number = np.zeros((len(names), MOST_WORDS), dtype=np.bool_)
    given = np.zeros((len(names), MOST_WORDS), dtype=np.bool_)
    for at, one in enumerate(names):
        for column, word in enumerate(one.words.words):
            weight[at, column] = kind_weight(word.text, word.kind) * telling[places[word.text]]
            own[at, column] = word.kind in TELLING
            number[at, column] = word.kind == "number"
            given[at, column] = word.kind == "given"
    return weight, own, number, given
