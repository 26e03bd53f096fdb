"""A perceptual hash: pictures that look the same have nearly the same bits.

A difference hash: the picture is brought to 17 by 16 grey fields, and each bit says whether a field is
brighter than its neighbour to the right. It survives another size, another compression, a change of
brightness; it does not survive a crop or a turn.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

BITS = 256
NEARLY_THE_SAME = 20
"""Two pictures are nearly the same where at most so many of the 256 bits differ."""

_SIDE = 16
_FEATURELESS = 24
"""Fewer bits than this on one side, and a picture is an even surface that is like any other."""


def likeness(image: Image.Image) -> str | None:
    """The 256 bits in hexadecimal; None for a picture without features, which is like any other."""
    from PIL import Image

    small = image.convert("L").resize((_SIDE + 1, _SIDE), Image.Resampling.LANCZOS)
    fields = small.tobytes()
    bits = 0
    for row in range(_SIDE):
        for column in range(_SIDE):
            at = row * (_SIDE + 1) + column
            bits = bits << 1 | (fields[at] > fields[at + 1])
    if not _FEATURELESS <= bits.bit_count() <= BITS - _FEATURELESS:
        return None
    return f"{bits:064x}"


def distance(one: str, other: str) -> int:
    """How many of the 256 bits differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def nearest(wanted: str, known: Iterable[tuple[int, str]]) -> tuple[int, int] | None:
    """The number of the picture that is nearest to one, and how many bits differ; None if none is near.

    ``known`` are numbers of pictures and their bits; of equally near ones the first is taken.
    """
    bits = int(wanted, 16)
    best: tuple[int, int] | None = None
    for number, other in known:
        differing = (bits ^ int(other, 16)).bit_count()
        if differing <= NEARLY_THE_SAME and (best is None or differing < best[1]):
            best = number, differing
    return best
