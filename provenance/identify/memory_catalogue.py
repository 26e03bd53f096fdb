"""A parts catalogue that lives in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from provenance.identify.catalogue import CatalogueEntry
from provenance.text.part_numbers import KEY_LENGTH, index_keys

_ROWS_PER_KEY = 64
_ROWS_PER_BLOCK = 20_000


class MemoryCatalogue:
    """A catalogue in sorted arrays: about 130 bytes a part, a lookup in logarithmic time."""

    def __init__(self, entries: Iterable[CatalogueEntry]) -> None:
        numbers: dict[str, int] = {}
        blocks = [_Block.of(block, numbers) for block in _in_blocks(entries)]
        self._makers = list(numbers)
        self._size = sum(len(block.mpns) for block in blocks)
        offsets = np.cumsum([0, *(len(block.mpns) for block in blocks)])
        self._mpn = _joined([block.mpns for block in blocks], np.dtype("S1"))
        self._maker = _joined([block.makers for block in blocks], np.dtype(np.int32))
        rows = [block.rows + np.int32(start) for block, start in zip(blocks, offsets.tolist(), strict=False)]
        unsorted = _joined([block.keys for block in blocks], np.dtype(f"S{KEY_LENGTH}"))
        order = np.argsort(unsorted, kind="stable")
        self._keys = unsorted[order]
        self._rows = _joined(rows, np.dtype(np.int32))[order]

    def __len__(self) -> int:
        return self._size

    def by_keys(self, keys: Sequence[str]) -> Sequence[tuple[str, CatalogueEntry]]:
        """See `Catalogue.by_keys`; at most 64 parts a key."""
        if not keys or not self._size:
            return ()
        wanted = np.array([key.encode() for key in keys], dtype=self._keys.dtype)
        first = np.searchsorted(self._keys, wanted, "left")
        last = np.searchsorted(self._keys, wanted, "right")
        return [
            (key, self._entry(position))
            for key, low, high in zip(keys, first.tolist(), last.tolist(), strict=True)
            for position in range(low, min(high, low + _ROWS_PER_KEY))
        ]

    def by_prefix(self, prefix: str, limit: int) -> Sequence[tuple[str, CatalogueEntry]]:
        """See `Catalogue.by_prefix`."""
        if not prefix or not self._size:
            return ()
        start = prefix.encode()
        low = int(np.searchsorted(self._keys, np.array(start, dtype=self._keys.dtype)))
        near = [bytes(key) for key in self._keys[low : low + limit]]
        return [
            (key.decode(), self._entry(low + offset))
            for offset, key in enumerate(near)
            if key.startswith(start)
        ]

    def _entry(self, position: int) -> CatalogueEntry:
        row = self._rows[position]
        return CatalogueEntry(bytes(self._mpn[row]).decode(), self._makers[self._maker[row]])


@dataclass(frozen=True, slots=True)
class _Block:
    """Some thousand parts as arrays, so that building needs little more room than the catalogue itself."""

    mpns: npt.NDArray[Any]
    makers: npt.NDArray[Any]
    keys: npt.NDArray[Any]
    rows: npt.NDArray[Any]

    @classmethod
    def of(cls, entries: Sequence[CatalogueEntry], numbers: dict[str, int]) -> _Block:
        keys = [(key, row) for row, entry in enumerate(entries) for key in index_keys(entry.mpn)]
        return cls(
            np.array([entry.mpn.encode() for entry in entries], dtype=np.bytes_),
            np.array([numbers.setdefault(entry.maker, len(numbers)) for entry in entries], dtype=np.int32),
            np.array([key.encode() for key, _ in keys], dtype=f"S{KEY_LENGTH}"),
            np.array([row for _, row in keys], dtype=np.int32),
        )


def _in_blocks(entries: Iterable[CatalogueEntry]) -> Iterator[list[CatalogueEntry]]:
    waiting = iter(entries)
    while block := list(islice(waiting, _ROWS_PER_BLOCK)):
        yield block


def _joined(arrays: list[npt.NDArray[Any]], dtype: np.dtype[Any]) -> npt.NDArray[Any]:
    return np.concatenate(arrays) if arrays else np.zeros(0, dtype)
