"""Known names that may have been meant by one that is unknown; none where nothing is near.

Every door compares here: a search for a firm or a weapon, an entry that names one, a list with a new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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


def near_names(text: str, names: Sequence[tuple[str, str]], *, limit: int) -> list[int]:
    """The places of the names that look like a text, best first, at most ``limit``.

    A name, given as written and folded (`provenance.text.folding.fold`), is near if it is spelled almost
    alike, or if the text is some of its words.
    """
    wanted, words = fold(text), _words(text)
    found = [
        (score, place)
        for score, place in _spelled_alike(wanted, [key for _name, key in names])
        if _are_near(words, _words(names[place][0]))
    ]
    if len(wanted) >= _SHORTEST_PART:
        parts = (place for place, (_name, key) in enumerate(names) if wanted in key)
        found += [(_NEAR_ENOUGH, place) for place in parts if set(words) < set(_words(names[place][0]))]
    best = sorted(found, key=lambda each: (-each[0], each[1]))
    return list(dict.fromkeys(place for _score, place in best))[:limit]


class NearKeys:
    """Keys of known names, which bear no words, ready to be compared with many others."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = list(keys)
        self._by_beginning: dict[str, list[int]] = {}
        for place, key in enumerate(self._keys):
            self._by_beginning.setdefault(key[:_SHORTEST_BEGINNING], []).append(place)

    def near(self, key: str) -> list[int]:
        """The places of the keys that look like one, best first.

        A key is near if it is spelled almost alike, or if one begins the other.
        """
        keys = self._keys
        scores = {place: score for score, place in _spelled_alike(key, keys)}
        beginning = key[:_SHORTEST_BEGINNING]
        if len(beginning) == _SHORTEST_BEGINNING:
            for place in self._by_beginning.get(beginning, ()):
                if keys[place].startswith(key) or key.startswith(keys[place]):
                    scores[place] = max(scores.get(place, 0), _BEGINNING)
        return sorted(scores, key=lambda place: (-scores[place], keys[place], place))

    def misspelt(self, key: str) -> list[int]:
        """The places of the keys of which one may be a misspelling: those from which it differs least.

        Figures are no typing errors: Plant 12 is not Plant 21.
        """
        from rapidfuzz.distance import OSA

        if len(key) < _SHORTEST_MISSPELT:
            return []
        allowed = 2 if len(key) >= _LONG else 1
        figures = _figures(key)
        errors = {
            place: OSA.distance(key, known, score_cutoff=allowed)
            for place, known in enumerate(self._keys)
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
