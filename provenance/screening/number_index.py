"""The index of listed registration numbers: what each is looked up by, and where it is stored. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class NumberIndex:
    """Digests of lookup keys in order, and for each the row number of the listed number that has it.

    Two keys may share a digest: what is found is read and compared before it counts.
    """

    digest: Array
    row: Array

    def rows(self, keys: Iterable[str]) -> list[int]:
        """The rows of listed numbers that may have one of these keys, in order."""
        wanted = np.array([_digest(key) for key in keys], dtype=np.uint64)
        first, last = (np.searchsorted(self.digest, wanted, side=side) for side in ("left", "right"))
        found: set[int] = set()
        for start, end in zip(first.tolist(), last.tolist(), strict=True):
            found.update(self.row[start:end].tolist())
        return sorted(found)

    def to_bytes(self) -> bytes:
        """The index as one block of bytes."""
        count = len(self.digest).to_bytes(8, "little")
        return count + self.digest.tobytes() + self.row.tobytes()

    @classmethod
    def from_bytes(cls, payload: bytes) -> NumberIndex:
        """The index in a block made by `to_bytes`, without copying it."""
        count = int.from_bytes(payload[:8], "little")
        return cls(
            np.frombuffer(payload, dtype=np.uint64, offset=8, count=count),
            np.frombuffer(payload, dtype=np.int64, offset=8 + 8 * count, count=count),
        )


def build_numbers(keyed: Iterable[tuple[str, int]]) -> NumberIndex:
    """The index of (key, row) pairs."""
    pairs = [(_digest(key), row) for key, row in keyed]
    digest = np.array([digest for digest, _row in pairs], dtype=np.uint64)
    row = np.array([row for _digest, row in pairs], dtype=np.int64)
    order = np.argsort(digest, kind="stable")
    return NumberIndex(digest[order], row[order])


def _digest(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")
