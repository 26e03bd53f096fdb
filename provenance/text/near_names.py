"""Known names that may have been meant by one that is unknown; none where nothing is near."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.text.folding import fold

_NEAR_ENOUGH = 75
"""The least similarity of two folded names, 0 to 100 (RapidFuzz's ratio).

Measured in `tests/text/test_near_names.py` on misspelled names of the reference data and on strangers: of
names with one error 99 of 100 are offered, of names with two errors 9 of 10, and no stranger.
"""

_WORDS_NEAR_ENOUGH = 60
"""The least similarity of each word to one of the other name: Foobar Industries is not Cooper Industries."""

_SHORTEST_PART = 3
"""The fewest letters of a word that stands for a whole name."""


def near_names(text: str, names: Sequence[tuple[str, str]], *, limit: int) -> list[int]:
    """The places of the names that look like a text, best first, at most ``limit``.

    A name, given as written and folded (`provenance.text.folding.fold`), is near if it is spelled almost
    alike, or if the text is some of its words.
    """
    from rapidfuzz import fuzz, process

    wanted, words = fold(text), _words(text)
    folded = [each for _name, each in names]
    alike = process.extract(wanted, folded, scorer=fuzz.ratio, limit=None, score_cutoff=_NEAR_ENOUGH)
    found = [(score, place) for _, score, place in alike if _are_near(words, _words(names[place][0]))]
    if len(wanted) >= _SHORTEST_PART:
        parts = (place for place, each in enumerate(folded) if wanted in each)
        found += [(_NEAR_ENOUGH, place) for place in parts if set(words) < set(_words(names[place][0]))]
    best = sorted(found, key=lambda each: (-each[0], each[1]))
    return list(dict.fromkeys(place for _score, place in best))[:limit]


def _words(name: str) -> list[str]:
    return [word for word in map(fold, name.split()) if word]


def _are_near(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether each word is like one of the other name; where their numbers differ, some are run together."""
    from rapidfuzz import fuzz

    if len(words) != len(others):
        return True
    return all(max(fuzz.ratio(word, other) for other in others) >= _WORDS_NEAR_ENOUGH for word in words)
