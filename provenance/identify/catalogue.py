"""Parts catalogues: how parts are looked up, which of them a marking names, and how well each fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Literal, NamedTuple, Protocol

from rapidfuzz.distance import Levenshtein

from provenance.text.markings import PartText, Reading, confusion_key
from provenance.text.part_numbers import KEY_LENGTH, decimal_points, lookup_keys, spelling
from provenance.text.partial_dates import UNKNOWN, DateSpan

Fit = Literal["exact", "misread", "base", "shortened", "cut", "near"]
FIT_STRENGTH: dict[Fit, float] = {
    "exact": 1.0, "misread": 0.85, "base": 0.8, "shortened": 0.6, "cut": 0.5, "near": 0.3,
}  # fmt: skip
"""How strongly a fit supports its part: 1 for the same number, less for an assumed one."""
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


class CatalogueEntry(NamedTuple):
    """A part that a maker sells: its orderable number, the maker's organization key, its introduction."""

    mpn: str
    maker: str
    introduced: DateSpan = UNKNOWN


class Carrier(NamedTuple):
    """A part that carries a top code: the code's key, and how many parts of the catalogue carry it."""

    key: str
    entry: CatalogueEntry
    carriers: int

    @property
    def code(self) -> str:
        """The code's letters and digits, without the character that marks its key as that of a code."""
        return self.key[1:]


class Catalogue(Protocol):
    """Parts by the keys of `provenance.text.part_numbers.index_keys`."""

    def by_keys(self, keys: Sequence[str]) -> Sequence[tuple[str, CatalogueEntry]]:
        """The parts that have any of these keys, each with the key; any order."""
        ...

    def by_prefixes(
        self, prefixes: Sequence[str], limit: int
    ) -> Mapping[str, Sequence[tuple[str, CatalogueEntry]]]:
        """For each prefix at most ``limit`` parts whose key begins so, with that key, in order of the key."""
        ...

    def by_top_codes(self, keys: Sequence[str]) -> Sequence[Carrier]:
        """The parts that carry any of these top codes, given by `provenance.text.part_numbers.top_code_key`.

        Of each code the same parts every time; a catalogue may leave some out where very many carry it.
        """
        ...


class EmptyCatalogue:
    """An empty catalogue."""

    def by_keys(self, keys: Sequence[str]) -> Sequence[tuple[str, CatalogueEntry]]:
        """Nothing."""
        return ()

    def by_prefixes(
        self, prefixes: Sequence[str], limit: int
    ) -> Mapping[str, Sequence[tuple[str, CatalogueEntry]]]:
        """Nothing."""
        return {}

    def by_top_codes(self, keys: Sequence[str]) -> Sequence[Carrier]:
        """Nothing."""
        return ()


class PartMatch(NamedTuple):
    """A catalogue part and the stretch of the marking that names it."""

    entry: CatalogueEntry
    part: PartText
    fit: Fit
    strength: float


def catalogue_keys(parts: tuple[PartText, ...]) -> Mapping[str, Sequence[PartText]]:
    """The catalogue keys of the stretches of a marking, each with the stretches that it came from."""
    found: dict[str, list[PartText]] = defaultdict(list)
    for part in parts:
        if _can_be_part(part.key):
            for key in lookup_keys(part.key):
                found[key].append(part)
    return found


def find_parts(readings: Sequence[Reading], catalogue: Catalogue) -> list[tuple[PartMatch, ...]]:
    """For each marking the catalogue parts that it may name, the best fit first, at most 24.

    First every stretch is looked up by its own key and its base part's, all in one query. Only where nothing
    is found, the longest stretch is looked up by its prefix: the number may be cut short or have one wrong
    character.
    """
    keys_of = [catalogue_keys(reading.parts) for reading in readings]
    entries: dict[str, list[CatalogueEntry]] = defaultdict(list)
    if keys := dict.fromkeys(chain.from_iterable(keys_of)):
        for key, entry in catalogue.by_keys(list(keys)):
            entries[key].append(entry)
    found = [_matches(each, entries) for each in keys_of]
    cut_short = {
        place: part
        for place, (matches, each) in enumerate(zip(found, keys_of, strict=True))
        if not matches and (part := _longest(each))
    }
    prefixes = {place: _prefix(part) for place, part in cut_short.items()}
    near = catalogue.by_prefixes(sorted(set(prefixes.values())), _NEAR_ROWS) if prefixes else {}
    for place, part in cut_short.items():
        found[place] = _near(part, near.get(prefixes[place], ()))
    return [_best(matches) for matches in found]


def _matches(
    keys: Mapping[str, Sequence[PartText]], entries: Mapping[str, Sequence[CatalogueEntry]]
) -> list[PartMatch]:
    """The parts that have the keys of one marking, each with every stretch of that key."""
    return [
        _match(entry, part)
        for key, parts in keys.items()
        if key in entries
        for entry in entries[key]
        for part in parts
    ]


def _match(entry: CatalogueEntry, part: PartText) -> PartMatch:
    """The match of a part that has one of the stretch's keys."""
    known, read = spelling(entry.mpn), spelling(part.key)
    if not _points_agree(entry.mpn, part, len(known.key) - len(read.key)):
        return PartMatch(entry, part, "near", FIT_STRENGTH["near"])
    supported = read.key
    fit: Fit = "exact"
    if known.key != read.key:
        fit = "misread"
        if known.confused[:KEY_LENGTH] != read.confused[:KEY_LENGTH]:
            supported = read.base
            fit = "base" if known.confused_base == read.confused_base else "shortened"
    return PartMatch(entry, part, fit, _STRENGTHS[fit][min(len(supported), _WHOLE_LENGTH)])


def _points_agree(mpn: str, part: PartText, longer: int) -> bool:
    """Whether a part's number and a stretch have their decimal points at the same places.

    SMBJ5.0A has the keys of SMBJ50A, and is another part. ``longer`` is by how many characters the number is
    longer than the stretch, which may lack its end or its prefix.
    """
    known, read = decimal_points(mpn), decimal_points(part.text)
    if known == read:
        return True
    end = len(part.key)
    shifted = {place - longer for place in known}
    return longer != 0 and (
        read == {place for place in known if place < end} or read == {place for place in shifted if place > 0}
    )


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
    """How strongly the catalogue supports each maker: its best fit, less where other makers fit as well.

    ``matches`` are a marking's of `find_parts`, the best first.
    """
    best: dict[str, float] = {}
    for match in matches:
        best.setdefault(match.entry.maker, match.strength)
    top = max(best.values(), default=0.0)
    rivals = sum(strength >= 0.9 * top for strength in best.values())
    return {maker: strength / rivals**0.5 for maker, strength in best.items()}


def _longest(keys: Mapping[str, Sequence[PartText]]) -> PartText | None:
    """The stretch that may be a number cut short or with one wrong character."""
    texts = [part for parts in keys.values() for part in parts]
    whole = [part for part in texts if not part.joined_after and len(part.key) >= _SHORTEST_NEAR]
    return max((part for part in whole if not part.key.isdigit()), key=_length, default=None)


def _prefix(part: PartText) -> str:
    key = confusion_key(part.key)[:KEY_LENGTH]
    return key[: max(5, len(key) * 2 // 3)]


def _near(longest: PartText, entries: Sequence[tuple[str, CatalogueEntry]]) -> list[PartMatch]:
    key = confusion_key(longest.key)[:KEY_LENGTH]
    found = []
    for candidate, entry in entries:
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
