"""Where countries lie, as boxes of degrees: enough to notice a position in the wrong country.

The table is ``seed/country_extent.csv``; a country of scattered parts has a box for each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from provenance.core.seed import seed_rows

_MARGIN = 0.5
"""Degrees around a box that still count: territorial waters reach 12 nautical miles, a fifth of a degree."""


class Extent(NamedTuple):
    """A box, in degrees of WGS 84."""

    south: float
    west: float
    north: float
    east: float


def lies_in(country: str, latitude: float, longitude: float) -> bool | None:
    """Whether a position may lie in a country (ISO alpha-2) or just off its coast; None where its extent is
    not known. A position in a neighbouring country near the border may be taken for one inside.
    """
    boxes = _extents().get(country)
    if boxes is None:
        return None
    return any(
        box.south - _MARGIN <= latitude <= box.north + _MARGIN
        and box.west - _MARGIN <= longitude <= box.east + _MARGIN
        for box in boxes
    )


@cache
def _extents() -> Mapping[str, tuple[Extent, ...]]:
    found: defaultdict[str, list[Extent]] = defaultdict(list)
    for row in seed_rows("country_extent.csv"):
        box = Extent(*(float(row[side]) for side in Extent._fields))
        found[row["country"]].append(box)
    return {country: tuple(boxes) for country, boxes in found.items()}
