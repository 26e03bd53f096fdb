"""Which catalogue parts a marking names, and how well each fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Literal, NamedTuple

from rapidfuzz.distance import Levenshtein

from provenance.identify.catalogue import Catalogue, CatalogueEntry
from provenance.text.markings import PartText, Reading, confusion_key
from provenance.text.part_numbers import KEY_LENGTH, lookup_keys, spelling

Fit = Literal["exact", "misread", "base", "shortened", "cut", "near"]
FIT_STRENGTH: dict[Fit, float] = {
    "exact": 1.0, "misread": 0.85, "base": 0.8, "shortened": 0.6, "cut": 0.5, "near": 0.3,
}  # fmt: skip
"""How far a fit speaks for its part: 1 for the same number, less for one that must be supposed."""
_WHOLE_LENGTH = 8
_STRENGTHS = {
    fit: [strength * (0.5 + 0.5 * (length / _WHOLE_LENGTH)) for length in range(_WHOLE_LENGTH + 1)]
    for fit, strength in FIT_STRENGTH.items()
}
"""Strength of each fit by how many characters of a stretch support it."""
_SHORTEST_MIXED = 4
_SHORTEST_DIGITS = 5
_SHORTEST_NEAR = 6
_NEAR_ROWS = 32
_MOST_MATCHES = 24


class PartMatch(NamedTuple):
    """A catalogue part and the stretch of the marking that names it."""

    entry: CatalogueEntry
    part: PartText
    fit: Fit
    strength: float


def wanted_keys(parts: tuple[PartText, ...]) -> Mapping[str, Sequence[PartText]]:
    """The keys by which stretches of a marking ask a catalogue, each with the stretches that it came from."""
    wanted: dict[str, list[PartText]] = defaultdict(list)
    for part in parts:
        if _can_be_part(part.key):
            for key in lookup_keys(part.key):
                wanted[key].append(part)
    return wanted


def find_parts(readings: Sequence[Reading], catalogue: Catalogue) -> list[tuple[PartMatch, ...]]:
    """For each marking the catalogue parts that it may name, the best fit first, at most 24.

    Asked first, in one question for all, is every stretch by its own key and its base part's; only where
    nothing stands there, the longest stretch is asked by its beginning, for a number cut short or with one
    wrong character.
    """
    wanted = [wanted_keys(reading.parts) for reading in readings]
    entries: dict[str, list[CatalogueEntry]] = defaultdict(list)
    if keys := dict.fromkeys(chain.from_iterable(wanted)):
        for key, entry in catalogue.by_keys(list(keys)):
            entries[key].append(entry)
    found = [_matches(each, entries) for each in wanted]
    cut_short = {
        place: part
        for place, (matches, each) in enumerate(zip(found, wanted, strict=True))
        if not matches and (part := _longest(each))
    }
    beginnings = {place: _beginning(part) for place, part in cut_short.items()}
    begun = catalogue.by_prefixes(sorted(set(beginnings.values())), _NEAR_ROWS) if beginnings else {}
    for place, part in cut_short.items():
        found[place] = _near(part, begun.get(beginnings[place], ()))
    return [_best(matches) for matches in found]


def _matches(
    wanted: Mapping[str, Sequence[PartText]], entries: Mapping[str, Sequence[CatalogueEntry]]
) -> list[PartMatch]:
    """The parts under the keys of one marking, each with every stretch that asked for it."""
    return [
        _match(entry, part)
        for key, parts in wanted.items()
        if key in entries
        for entry in entries[key]
        for part in parts
    ]


def _match(entry: CatalogueEntry, part: PartText) -> PartMatch:
    """The match of a part that stands under one of the stretch's keys."""
    known, asked = spelling(entry.mpn), spelling(part.key)
    supported = asked.key
    fit: Fit = "exact"
    if known.key != asked.key:
        fit = "misread"
        if known.confused[:KEY_LENGTH] != asked.confused[:KEY_LENGTH]:
            supported = asked.base
            fit = "base" if known.confused_base == asked.confused_base else "shortened"
    return PartMatch(entry, part, fit, _STRENGTHS[fit][min(len(supported), _WHOLE_LENGTH)])


def _best(matches: Sequence[PartMatch]) -> tuple[PartMatch, ...]:
    best: dict[tuple[str, str], PartMatch] = {}
    for match in matches:
        identity = match.entry.mpn, match.entry.maker
        known = best.get(identity)
        if known is None or match.strength > known.strength:
            best[identity] = match
    if len(best) == 1:
        return tuple(best.values())
    ranked = sorted(best.values(), key=lambda match: (-match.strength, match.entry.mpn, match.entry.maker))
    return tuple(ranked[:_MOST_MATCHES])


def catalogue_strength(matches: tuple[PartMatch, ...]) -> dict[str, float]:
    """How much the catalogue speaks for each maker: its best fit, less where other makers fit as well.

    ``matches`` are a marking's of `find_parts`, the best first.
    """
    best: dict[str, float] = {}
    for match in matches:
        best.setdefault(match.entry.maker, match.strength)
    top = max(best.values(), default=0.0)
    rivals = sum(strength >= 0.9 * top for strength in best.values())
    return {maker: strength / rivals**0.5 for maker, strength in best.items()}


def _longest(wanted: Mapping[str, Sequence[PartText]]) -> PartText | None:
    """The stretch that may be a number cut short or with one wrong character."""
    texts = [part for parts in wanted.values() for part in parts]
    whole = [part for part in texts if not part.joined_after and len(part.key) >= _SHORTEST_NEAR]
    return max((part for part in whole if not part.key.isdigit()), key=_length, default=None)


def _beginning(part: PartText) -> str:
    key = confusion_key(part.key)[:KEY_LENGTH]
    return key[: max(5, len(key) * 2 // 3)]


def _near(longest: PartText, begun: Sequence[tuple[str, CatalogueEntry]]) -> list[PartMatch]:
    key = confusion_key(longest.key)[:KEY_LENGTH]
    found = []
    for candidate, entry in begun:
        if candidate.startswith(key):
            found.append(PartMatch(entry, longest, "cut", FIT_STRENGTH["cut"]))
        elif Levenshtein.distance(candidate, key, score_cutoff=1) <= 1:
            found.append(PartMatch(entry, longest, "near", FIT_STRENGTH["near"]))
    return found


def _length(part: PartText) -> int:
    return len(part.key)


def _can_be_part(key: str) -> bool:
    if key.isdigit():
        return len(key) >= _SHORTEST_DIGITS
    return len(key) >= _SHORTEST_MIXED and not key.isalpha()
