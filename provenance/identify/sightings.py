"""Sightings: markings of known makers as keys, each with the recoveries in which it occurred."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from provenance.text.markings import Reading
from provenance.text.part_numbers import spelling

_PREFIX_LEVELS = tuple((f"begins-{length}", length) for length in (3, 4, 5, 6))
_SHORTEST_BASE = 4
_SHORTEST_NUMBER = 5
_MOST_COUNTED = math.log1p(7)


@dataclass(frozen=True, slots=True)
class Pair:
    """A marking whose maker was published or confirmed, and the recovery it comes from.

    ``group`` is what must count only once: the specimen. ``maker`` is an organization key.
    """

    marking: str
    maker: str
    group: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """How often a key of this level occurred with a maker: in how many groups, in which share of all."""

    level: str
    key: str
    groups: int
    share: float

    @property
    def weight(self) -> float:
        """Logarithm of the groups, 0 to 1; eight groups say as much as eighty."""
        return min(math.log1p(self.groups), _MOST_COUNTED) / _MOST_COUNTED


_WHOLE = ("number", "base")
"""Levels of a number in Cyrillic: a transliteration that begins like a Latin number is no evidence."""


class Sightings:
    """Keys of markings seen with their makers: whole numbers, base parts, prefixes, wording."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._counted: dict[tuple[str, str], Mapping[str, Sighting]] = {}

    def add(self, reading: Reading, maker: str, group: str) -> None:
        """Adds a marking of a known maker."""
        for level_key in set(_level_keys(reading)):
            self._groups[level_key][maker].add(group)
            self._counted.pop(level_key, None)

    def of_numbers(self, reading: Reading) -> dict[str, dict[str, Sighting]]:
        """For each maker and level the strongest sighting of the keys of the marking's numbers.

        A share is smoothed by half a group, so that a key seen once is not proof.
        """
        best: dict[str, dict[str, Sighting]] = defaultdict(dict)
        groups, counted = self._groups, self._counted
        for level_key in dict.fromkeys(_number_keys(reading)):
            if level_key not in groups:
                continue
            level = level_key[0]
            for maker, sighting in (counted.get(level_key) or self._sightings(level_key)).items():
                own = best[maker]
                known = own.get(level)
                if known is None or (sighting.share, sighting.key) > (known.share, known.key):
                    own[level] = sighting
        return best

    def of_wording(self, reading: Reading) -> Mapping[str, Sighting]:
        """The makers with whom the marking's whole wording was seen, the commonest first."""
        level_key = ("wording", " ".join(reading.words))
        return self._counted.get(level_key) or self._sightings(level_key)

    def _sightings(self, level_key: tuple[str, str]) -> Mapping[str, Sighting]:
        if level_key not in self._groups:
            return {}
        counts = {maker: len(groups) for maker, groups in self._groups[level_key].items()}
        total = sum(counts.values()) + 0.5
        ordered = sorted(counts, key=counts.__getitem__, reverse=True)
        found = {maker: Sighting(*level_key, counts[maker], counts[maker] / total) for maker in ordered}
        self._counted[level_key] = found
        return found

    def to_rows(self) -> Iterator[tuple[str, str, str, int]]:
        """Level, key, maker and number of groups, for storage."""
        for (level, key), makers in self._groups.items():
            for maker, groups in makers.items():
                yield level, key, maker, len(groups)

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[str, str, str, int]]) -> Sightings:
        """The sightings that `to_rows` gave; groups have lost their names and can no longer be left out."""
        sightings = cls()
        for level, key, maker, count in rows:
            sightings._groups[level, key][maker] = {f"#{number}" for number in range(count)}
        return sightings


class FamilyRecords:
    """How often a family of numbers occurred with each maker, by groups: what its rule is worth."""

    _PRIOR = 2.0
    _EXPECTED = 0.6

    def __init__(self) -> None:
        self._groups: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    def add(self, families: Iterable[str], maker: str, group: str) -> None:
        """Adds a marking of these families (keys of rules) and this maker."""
        for family in families:
            self._groups[family][maker].add(group)

    def to_rows(self) -> Iterator[tuple[str, str, int]]:
        """Family, maker and number of groups, for storage."""
        for family, makers in self._groups.items():
            for maker, groups in makers.items():
                yield family, maker, len(groups)

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[str, str, int]]) -> FamilyRecords:
        """The records that `to_rows` gave."""
        records = cls()
        for family, maker, count in rows:
            records._groups[family][maker] = {f"#{number}" for number in range(count)}
        return records

    def support(self, families: Iterable[str], maker: str) -> int:
        """The groups in which the maker's best known of these families was seen with it."""
        known = (self._groups[family].get(maker, ()) for family in families if family in self._groups)
        return max(map(len, known), default=0)

    def share(self, families: Iterable[str], maker: str) -> float:
        """The maker's share of the family that was seen most often, drawn towards 0.6 while seldom seen."""
        best_total, best = 0, self._EXPECTED
        for family in families:
            makers = self._groups.get(family)
            total = sum(map(len, makers.values())) if makers else 0
            if makers and total > best_total:
                right = len(makers.get(maker, ()))
                best_total = total
                best = (right + self._PRIOR * self._EXPECTED) / (total + self._PRIOR)
        return best


def _level_keys(reading: Reading) -> list[tuple[str, str]]:
    keys = _number_keys(reading)
    if words := reading.words:
        keys.append(("wording", " ".join(words)))
    return keys


def _number_keys(reading: Reading) -> list[tuple[str, str]]:
    keys: list[tuple[str, str]] = []
    for part in reading.parts:
        own = _keys_of_number(part.key)
        keys += [each for each in own if each[0] in _WHOLE] if part.is_cyrillic else own
    return keys


@lru_cache(maxsize=1024)
def _keys_of_number(key: str) -> tuple[tuple[str, str], ...]:
    if key.isdigit() and len(key) < _SHORTEST_NUMBER:
        return ()
    _key, base, confused, confused_base = spelling(key)
    keys = [("number", confused)]
    if len(base) >= _SHORTEST_BASE and not base.isdigit():
        keys.append(("base", confused_base))
    keys += [(level, confused[:length]) for level, length in _PREFIX_LEVELS if len(key) > length]
    return tuple(keys)
