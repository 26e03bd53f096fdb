"""What speaks against a pair of names that share most of their words. Pure.

Such a pair is no hit, however much of it is alike: North Star is not South Star, Jones is not Younes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from provenance.text.folding import script_of
from provenance.text.name_words import Word
from provenance.text.transliteration import WITHOUT_VOWELS, slips_between

NO_HIT = 0.3
"""What a pair is worth at most that something speaks against: no equal country makes it a hit."""

_OPPOSITES = frozenset(
    frozenset(pair.split("/"))
    for pair in (
        "north/south", "east/west", "upper/lower", "left/right", "old/new", "big/small", "great/little",
        "black/white", "sun/moon", "male/female", "public/private", "internal/external", "inner/outer",
        "domestic/foreign", "winter/summer", "day/night", "northeast/southeast", "northwest/southwest",
        "northeast/northwest", "southeast/southwest", "land/sea",
    )
)  # fmt: skip
"""Words that a second firm takes to be told from a first one."""

_SPELLINGS = (
    (re.compile("shch"), "sch"),
    (re.compile("kh"), "h"),
    (re.compile("t[sz]|c(?=[eiy])"), "z"),
    (re.compile("ph"), "f"),
    (re.compile("ck|c(?!h)"), "k"),
    (re.compile("ks"), "x"),
    (re.compile("(?<!^)[yj]+|i[yj]|(?<!^)ii"), "i"),
    (re.compile("w"), "v"),
)
"""What tables of transliteration differ in; other differences of letters are differences."""

_LIGHT = ("link", "form", "title", "aside")
"""Words that make no other firm; with two words in common a place neither: Global Link Logistics (Turin)."""

_LEAST_LETTERS = 5
_MOST_DIFFERENT = 0.2
"""The share of letters in which the spellings of one word may differ; one letter of five at least."""


def opposite(missing: Collection[str], missing_in_query: Collection[str]) -> tuple[str, str] | None:
    """Words of both names that are opposites of each other, of those that the other name lacks."""
    for word in missing:
        for other in missing_in_query:
            if frozenset((word, other)) in _OPPOSITES:
                return word, other
    return None


def only_common_words(shared: Sequence[Word], missing: Sequence[Word], lacking: Sequence[str]) -> bool:
    """Whether all that two names share of their own are words that many firms choose, and something differs.

    "Orion Aviation" may be any Orion; "Orion Ltd" is what a list calls Orion. Names of persons are left out.
    """
    kinds = {word.kind for word in shared}
    if "common" not in kinds or kinds & {"own", "given", "number"}:
        return False
    light = _LIGHT if len(shared) == 1 else (*_LIGHT, "place")
    return bool(lacking) or any(word.kind not in light for word in missing)


def only_sounds_alike(given: Collection[str], listed: Collection[str], written: str) -> bool:
    """Whether the one distinctive word of either name is like that of the other in sound and not in letters.

    ``written`` is the name asked about: of one in another script than Latin the letters say little.
    """
    if len(given) != 1 or len(listed) != 1 or script_of(written) not in ("latin", "none"):
        return False
    (one,), (other,) = given, listed
    if WITHOUT_VOWELS in one + other:
        return False
    if max(len(one), len(other)) < _LEAST_LETTERS:
        return one != other
    # A slip may make another letter of a transliteration's ("ts" for "st"): the words as written count too.
    return not (_a_slip_apart(one, other) or _a_slip_apart(_spelled(one), _spelled(other)))


def _a_slip_apart(left: str, right: str) -> bool:
    shorter, longer = sorted((len(left), len(right)))
    slips = slips_between(left, right)
    if slips is None:
        return False
    return (slips <= 1 and shorter >= _LEAST_LETTERS) or slips <= _MOST_DIFFERENT * longer


def _spelled(word: str) -> str:
    for pattern, letters in _SPELLINGS:
        word = pattern.sub(letters, word)
    return word
