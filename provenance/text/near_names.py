"""Known names that may have been meant by one that is unknown; none where nothing is near.

Every door compares here: a search for a firm or a weapon, an entry that names one, a list with a new one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from provenance.text.folding import fold

_NEAR_ENOUGH = 75
"""The least similarity of two keys, 0 to 100 (RapidFuzz's ratio).

Measured in `tests/text/test_near_names.py` on misspelled names of the reference data and on strangers: of
names with one error 99 of 100 are offered, of names with two errors 9 of 10, and no stranger.
"""

_WORDS_NEAR_ENOUGH = 60
"""The least similarity of each word to one of the other name: Foobar Industries is not Cooper Industries."""

_SHORTEST_PART = 3
"""The fewest letters of a word that stands for a whole name."""

_SHORTEST_BEGINNING = 4
"""The fewest letters of a name that another begins with."""

_BEGINNING = 85
"""The similarity of a name that begins another: "Texas" is near "Texas Instruments"."""

_SHORTEST_MISSPELT, _LONG = 5, 9
"""From these lengths of a key on, one or two characters that differ are taken for a typing error."""


class Name(NamedTuple):
    """A name as written, and the key by which names of its kind are compared."""

    text: str
    key: str


class KnownNames:
    """Names, as written and with their keys, ready to be compared.

    A list may bring hundreds of new ones, each to be compared with thousands of known ones.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        pairs = list(names)
        self.texts = [text for text, _key in pairs]
        self.keys = [key for _text, key in pairs]
        self._together = "\n".join(self.keys)
        self._beginning: defaultdict[str, list[int]] = defaultdict(list)
        for place, key in enumerate(self.keys):
            self._beginning[key[:_SHORTEST_BEGINNING]].append(place)

    def akin(self, key: str) -> list[int]:
        """The places of the names that begin as this one or contain it, in order."""
        places = set(self._beginning.get(key[:_SHORTEST_BEGINNING], ()))
        if key in self._together:
            places.update(place for place, known in enumerate(self.keys) if key in known)
        return sorted(places)


def near_names(wanted: Name, names: KnownNames, *, limit: int) -> list[int]:
    """The places of the names that look like one, best first, at most ``limit``.

    A name is near if it is spelled almost alike, if one begins the other, or if what is wanted is some of its
    words.
    """
    key, words = wanted.key, _words(wanted.text)
    scores = {
        place: score
        for score, place in _spelled_alike(key, names.keys)
        if _are_near(words, _words(names.texts[place]))
    }
    for place in names.akin(key):
        text, known = names.texts[place], names.keys[place]
        if _begins(key, known):
            scores[place] = max(scores.get(place, 0), _BEGINNING)
        elif len(key) >= _SHORTEST_PART and key in known and set(words) < set(_words(text)):
            scores[place] = max(scores.get(place, 0), _NEAR_ENOUGH)
    return sorted(scores, key=lambda place: (-scores[place], place))[:limit]


def _begins(one: str, other: str) -> bool:
    """Whether one of two keys begins the other."""
    beginning = one[:_SHORTEST_BEGINNING]
    if len(beginning) < _SHORTEST_BEGINNING or not other.startswith(beginning):
        return False
    return other.startswith(one) or one.startswith(other)


def misspelt_key(key: str, keys: Sequence[str]) -> list[int]:
    """The places of the keys of which this may be a misspelling: those from which it differs least.

    Figures are no typing errors: Plant 12 is not Plant 21.
    """
    from rapidfuzz.distance import OSA

    if len(key) < _SHORTEST_MISSPELT:
        return []
    allowed = 2 if len(key) >= _LONG else 1
    figures = _figures(key)
    errors = {
        place: OSA.distance(key, known, score_cutoff=allowed)
        for place, known in enumerate(keys)
        if abs(len(known) - len(key)) <= allowed and _figures(known) == figures
    }
    fewest = min(errors.values(), default=allowed + 1)
    return [place for place, count in errors.items() if count == fewest <= allowed]


def _spelled_alike(key: str, keys: Sequence[str]) -> list[tuple[float, int]]:
    """The similarity and place of the keys that are spelled almost alike."""
    from rapidfuzz import fuzz, process

    alike = process.extract(key, keys, scorer=fuzz.ratio, limit=None, score_cutoff=_NEAR_ENOUGH)
    return [(score, place) for _known, score, place in alike]


def _figures(key: str) -> str:
    return "".join(filter(str.isdigit, key))


def _words(name: str) -> list[str]:
    return [word for word in map(fold, name.split()) if word]


def _are_near(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether each word is like one of the other name; where their numbers differ, some are run together."""
    from rapidfuzz import fuzz

    if len(words) != len(others):
        return True
    return all(max(fuzz.ratio(word, other) for other in others) >= _WORDS_NEAR_ENOUGH for word in words)
