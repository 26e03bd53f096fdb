"""What a maker's name may rest on before it is recorded: a part-like code, or the maker's name on the part.

Wording, makers of such parts seen before, numbers that only begin alike, and measures say which maker is
likelier; by themselves they accuse a firm of nothing. Serial numbers are not read at all, see `read_marking`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from provenance.identify.catalogue import PartMatch
from provenance.identify.clues import RuleHit
from provenance.identify.features import MarkingFeatures
from provenance.identify.rules import TRACE_CATEGORIES
from provenance.identify.sightings import Sighting
from provenance.text.markings import PartText, Reading, confusion_key

Ground = Literal["name", "part number", "top code"]
_SHORTEST_CODE = 4
_LONG_DIGITS = 8
"""Bare digits that a catalogue has as a part number are one from this length on, as of connectors."""
_MEASURE_LIKE = re.compile(r"\d{1,3}[A-Z]|\d+")
"""Digits, alone or with one letter, are a count or a value as often as a number: a spline of 25T, 100K."""
_NO_GROUND = frozenset({"near", "cut"})


def ground_of(
    maker: str,
    marking: MarkingFeatures,
    sightings: Mapping[str, Mapping[str, Sighting]],
    match: PartMatch | None,
) -> Ground | None:
    """What in a marking a maker rests on, None where only wording or likeness supports it.

    ``match`` is the catalogue's best match of this maker.
    """
    if any(name.maker == maker for name in marking.names):
        return "name"
    if match and match.fit not in _NO_GROUND and _can_be_catalogued(match.part):
        return "part number"
    if any(_is_of(hit, maker) and is_part_like_code(hit.part) for hit in marking.hits):
        return "part number"
    seen = sightings.get(maker, {})
    keys = {seen[level].key for level in ("number", "base") if level in seen}
    return "part number" if keys and _has_code(keys, marking.reading) else None


def is_part_like_code(part: PartText) -> bool:
    """Whether a stretch mixes letters and digits over four places at least, and is not made of measures."""
    key = part.key
    if key.isalpha() or key.isdigit() or len(key) < _SHORTEST_CODE:
        return False
    return not all(_MEASURE_LIKE.fullmatch(piece) for piece in part.text.upper().split())


def _can_be_catalogued(part: PartText) -> bool:
    return is_part_like_code(part) or (part.key.isdigit() and len(part.key) >= _LONG_DIGITS)


def _is_of(hit: RuleHit, maker: str) -> bool:
    rule = hit.match.rule
    if hit.is_name or rule.category in TRACE_CATEGORIES:
        return False
    return maker in (rule.maker, rule.later_owner_line)


def _has_code(keys: set[str], reading: Reading) -> bool:
    codes = (part.key for part in reading.parts if is_part_like_code(part))
    return any(confusion_key(code).startswith(tuple(keys)) for code in codes)
