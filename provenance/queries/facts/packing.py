"""Columns of whole numbers as bytes and in memory, as narrow as the numbers allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
Mask = NDArray[np.bool_]

_SAME, _WIDE = 0, 4
_TYPES: dict[int, np.dtype[Any]] = {1: np.dtype("<u1"), 2: np.dtype("<u2"), _WIDE: np.dtype("<i4")}
_FOOT = np.dtype([("base", "<i4"), ("width", "u1")])
_STEP = 1 << 14
"""Bases are multiples of this, so that pieces with similar numbers share one."""


@dataclass(frozen=True, slots=True)
class Column:
    """Numbers from 0 to 2³¹-1, 0 being the unknown; ``stored`` has the others less ``base``.

    Where every row has the same number, ``stored`` is that number repeated, and ``base`` is 0. Rows are
    addressed by their positions.
    """

    stored: Numbers
    base: int = 0

    def __len__(self) -> int:
        return len(self.stored)

    @property
    def single(self) -> int | None:
        """The number that every row is known to have; None where there may be several."""
        if not len(self.stored):
            return 0
        return None if self.stored.strides != (0,) else int(self.stored[0])

    @property
    def highest(self) -> int:
        """The highest number, 0 where there is none."""
        most = int(self.stored.max(initial=0))
        return most + self.base if most else 0

    def whole(self) -> Numbers:
        """All numbers."""
        return self._read(self.stored, 0)

    def take(self, rows: Numbers, unknown: int = 0) -> Numbers:
        """The numbers at these positions, with another number for the unknown if given."""
        if self.single is not None:
            return np.full(len(rows), self.single or unknown, dtype=np.int32)
        return self._read(self.stored.take(rows), unknown)

    def known(self, rows: Numbers) -> Mask:
        """Which of these positions have a known number."""
        if self.single is not None:
            return np.full(len(rows), self.single != 0)
        found: Mask = self.stored.take(rows) != 0
        return found

    def marks(self, rows: Numbers, marks: Mapping[int, int], otherwise: int) -> Numbers:
        """The mark, from 0 to 255, of the number at each of these positions."""
        if self.single is not None:
            return np.full(len(rows), marks.get(self.single, otherwise), dtype=np.uint8)
        table = np.full(max(max(marks, default=0) - self.base, 0) + 2, otherwise, dtype=np.uint8)
        for number, mark in marks.items():
            place = number - self.base if number else 0
            if bool(number) <= place:
                table[place] = mark
        return table.take(self.stored.take(rows), mode="clip")

    def less(self, base: int) -> Numbers | None:
        """All numbers less a base; None where they are stored less another, or take more than two bytes."""
        if self.single is None:
            return self.stored if self.base == base else None
        less = self.single - base if self.single else 0
        if not bool(self.single) <= less < 1 << 16:
            return None
        return np.full(len(self), less, dtype=np.min_scalar_type(less))

    def _read(self, stored: Numbers, unknown: int) -> Numbers:
        found = stored.astype(np.int32)
        # Sums and products instead of a branch: a branch is mispredicted half the time, at ten times the
        # cost.
        if self.base:
            found += np.int32(self.base)
            found *= stored != 0
        if unknown:
            found += (stored == 0) * np.int32(unknown)
        return found


def same(number: int, count: int) -> Column:
    """A column with the same number in every row."""
    return Column(np.broadcast_to(np.int32(number), (count,)))


def pack(numbers: Numbers) -> bytes:
    """A piece of a column as bytes: little-endian numbers, then their base (four bytes) and width (one).

    Where all are the same, the number and how many there are come before a width of 0.
    """
    if len(numbers) and (numbers == numbers[0]).all():
        return _footed(np.array([numbers[0], len(numbers)]), 0, _SAME)
    known = numbers[numbers != 0]
    if not len(known):
        return _footed(numbers, 0, 1)
    least, most = int(known.min()), int(known.max())
    for width in (1, 2):
        for base in (0, (least - 1) // _STEP * _STEP):
            if most - base < 1 << 8 * width:
                less = (numbers.astype(np.int64) - base) * (numbers != 0)
                return _footed(less, base, width)
    return _footed(numbers, 0, _WIDE)


def _footed(numbers: Numbers, base: int, width: int) -> bytes:
    foot: bytes = np.array([(base, width)], dtype=_FOOT).tobytes()
    return bytes(numbers.astype(_TYPES[width or _WIDE]).tobytes()) + foot


def unpack(payload: bytes) -> Column:
    """A piece that `pack` made.

    Raises:
        ValueError: the bytes are not such a piece.
    """
    size = len(payload) - _FOOT.itemsize
    if size < 0 or (width := payload[-1]) not in (_SAME, *_TYPES):
        raise ValueError("no packed column ends like this")
    numbers = np.frombuffer(payload, dtype=_TYPES[width or _WIDE], count=size // (width or _WIDE))
    if width == _SAME:
        number, count = numbers.tolist()
        return same(number, count)
    return Column(numbers, int(np.frombuffer(payload, dtype=_FOOT, offset=size)["base"][0]))


class Joining:
    """Joins pieces one by one, so that none has to be kept; for a given number of rows at most."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._count = 0
        self._single: int | None = None
        self._kept: Numbers | None = None
        self._base = 0

    def add(self, piece: Column) -> None:
        """Appends a piece."""
        if not len(piece):
            return
        start, self._count = self._count, self._count + len(piece)
        if self._kept is None and piece.single is not None and self._single in (None, piece.single):
            self._single = piece.single
            return
        kept = self._begun(piece, start) if self._kept is None else self._kept
        less = piece.less(self._base)
        if less is None or less.dtype.itemsize > kept.dtype.itemsize:
            less = piece.whole()
            if kept.dtype.itemsize < _WIDE:
                kept = self._widened(kept, start)
        kept[start : self._count] = less
        self._kept = kept

    def column(self) -> Column:
        """All of them together."""
        if self._kept is None:
            return same(self._single or 0, self._count)
        return Column(self._kept[: self._count], self._base)

    def _begun(self, like: Column, start: int) -> Numbers:
        """Room for pieces like this one, after rows that all had the same number."""
        before = same(self._single or 0, start)
        less = before.less(like.base) if like.single is None else None
        if less is None:
            less, width = before.whole(), np.dtype(np.int32)
        else:
            self._base, width = like.base, np.promote_types(like.stored.dtype, less.dtype)
        kept = np.empty(self._most, dtype=width)
        kept[:start] = less
        return kept

    def _widened(self, kept: Numbers, count: int) -> Numbers:
        wide = np.empty(self._most, dtype=np.int32)
        wide[:count] = Column(kept[:count], self._base).whole()
        self._base = 0
        return wide
