"""A perceptual hash: photos that look the same have nearly the same bits.

A difference hash: the image is reduced to 17 by 16 grey fields, and each bit says whether a field is
brighter than its neighbour to the right. It survives another size, another compression and a change of
brightness, but not cropping or rotation.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

BITS = 256
NEARLY_THE_SAME = 20
"""At most this many of the 256 bits differ between near-duplicates.

Chosen on the scenes of the tests: resized, recompressed and darkened copies differ in fewer bits, different
scenes in more than twice as many.
"""

_SIDE = 16
_FEATURELESS = 24
"""With fewer bits of either kind than this, an image is an even surface that resembles any other."""


def likeness(image: Image.Image) -> str | None:
    """The 256 bits in hexadecimal; None for an image without features, which resembles any other."""
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
    """The number of the nearest photo and how many bits differ; None if none is near.

    ``known`` are photos' numbers and hashes; of equally near ones the first is taken.
    """
    bits = int(wanted, 16)
    best: tuple[int, int] | None = None
    for number, other in known:
        differing = (bits ^ int(other, 16)).bit_count()
        if differing <= NEARLY_THE_SAME and (best is None or differing < best[1]):
            best = number, differing
    return best
