"""Which catalogue parts a marking names, and how well each fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Levenshtein

from provenance.identify.catalogue import Catalogue, CatalogueEntry
from provenance.text.folding import fold_marking
from provenance.text.markings import PartText, Reading, confusion_key
from provenance.text.part_numbers import KEY_LENGTH, lookup_keys, split_part_number

Fit = Literal["exact", "misread", "base", "shortened", "cut", "near"]
FIT_STRENGTH: dict[Fit, float] = {
    "exact": 1.0, "misread": 0.85, "base": 0.8, "shortened": 0.6, "cut": 0.5, "near": 0.3,
}  # fmt: skip
"""How far a fit speaks for its part: 1 for the same number, less for one that must be supposed."""
_SHORTEST_MIXED = 4
_SHORTEST_DIGITS = 5
_SHORTEST_NEAR = 6
_NEAR_ROWS = 32
_MOST_MATCHES = 24


@dataclass(frozen=True, slots=True)
class PartMatch:
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


def find_parts(
    reading: Reading, catalogue: Catalogue, fetched: Mapping[str, Sequence[CatalogueEntry]] | None = None
) -> tuple[PartMatch, ...]:
    """Catalogue parts that the marking may name, the best fit first, at most 24.

    Asked first, in one question, is every stretch by its own key and its base part's; only where nothing
    stands there, the longest stretch is asked by its beginning, for a number cut short or with one wrong
    character. ``fetched`` holds what the catalogue has under the marking's keys, where that was asked for
    many markings at once.
    """
    wanted = wanted_keys(reading.parts)
    if fetched is None:
        rows = catalogue.by_keys(list(wanted)) if wanted else ()
    else:
        rows = [(key, entry) for key in wanted for entry in fetched.get(key, ())]
    matches = [_match(entry, part) for key, entry in rows for part in wanted[key]]
    best: dict[tuple[str, str], PartMatch] = {}
    for match in matches or _near(wanted, catalogue):
        known = best.get((match.entry.mpn, match.entry.maker))
        if known is None or match.strength > known.strength:
            best[match.entry.mpn, match.entry.maker] = match
    ranked = sorted(best.values(), key=lambda match: (-match.strength, match.entry.mpn, match.entry.maker))
    return tuple(ranked[:_MOST_MATCHES])


def catalogue_strength(matches: tuple[PartMatch, ...]) -> dict[str, float]:
    """How much the catalogue speaks for each maker: its best fit, less where other makers fit as well."""
    best: dict[str, float] = {}
    for match in matches:
        best[match.entry.maker] = max(best.get(match.entry.maker, 0.0), match.strength)
    top = max(best.values(), default=0.0)
    rivals = sum(strength >= 0.9 * top for strength in best.values())
    return {maker: strength / rivals**0.5 for maker, strength in best.items()}


def _match(entry: CatalogueEntry, part: PartText) -> PartMatch:
    key = fold_marking(entry.mpn)
    base = split_part_number(part.key).base
    fit: Fit
    if key == part.key:
        fit = "exact"
    elif confusion_key(key)[:KEY_LENGTH] == confusion_key(part.key)[:KEY_LENGTH]:
        fit = "misread"
    elif confusion_key(split_part_number(key).base) == confusion_key(base):
        fit = "base"
    else:
        fit = "shortened"
    length = min(len(part.key if fit in ("exact", "misread") else base), 8) / 8
    return PartMatch(entry, part, fit, FIT_STRENGTH[fit] * (0.5 + 0.5 * length))


def _near(wanted: Mapping[str, Sequence[PartText]], catalogue: Catalogue) -> list[PartMatch]:
    texts = [part for parts in wanted.values() for part in parts]
    whole = [part for part in texts if not part.joined_after and len(part.key) >= _SHORTEST_NEAR]
    longest = max((part for part in whole if not part.key.isdigit()), key=_length, default=None)
    if longest is None:
        return []
    key = confusion_key(longest.key)[:KEY_LENGTH]
    found = []
    for candidate, entry in catalogue.by_prefix(key[: max(5, len(key) * 2 // 3)], _NEAR_ROWS):
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
    return len(key) >= _SHORTEST_MIXED and any(map(str.isdigit, key))
