"""The tokens by which two names are compared: words, adjacent words joined, the whole name, initials.

Blocking keys find the tokens of an index that may be similar to a given one, spelling mistakes included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

from provenance.text.generic_words import compound
from provenance.text.name_words import NameWords, Word, near_known_word, without_glued_form
from provenance.text.transliteration import frame, single_letters, sound_key, spelled, stem

KIND_WEIGHTS = {
    "own": 1.0,
    "given": 0.75,
    "common": 0.6,
    "number": 0.8,
    "place": 0.4,
    "generic": 0.35,
    "title": 0.12,
    "form": 0.0,
    "link": 0.0,
    "aside": 0.0,
}
"""How much a word of each kind distinguishes one firm from another, before its rarity; chosen by hand."""

DISTINCTIVE = ("own", "given", "common", "number")
"""Kinds of words that can distinguish one firm from another."""

_JOINED = ("own", "given", "common", "number", "place", "generic")
_SPELLED = ("own", "given", "common")
"""Kinds of words that are recognised though misspelt."""

_LETTER_WEIGHT = 0.35
"""As little as a generic word: one letter is mostly an initial."""

INITIALS_MARK = "="
_BEGINNING_MARK = "|"
_LISTED_INITIAL = "<"
_GIVEN_INITIAL = ">"
_PATRONYMIC = re.compile(r"(?:[oe]vi(?:ch|c|tch)|[oeiy]vna)$")
_ARTICLES = ("al", "el", "ul")
_INITIALS = range(3, 9)
"""How many letters an abbreviation has that is read as the initials of a name."""

ABBREVIATIONS = range(4, 9)
"""How many letters suffice where nothing else is alike: three letters abbreviate too many names."""

_SHORTEST_JOINED = 5
"""Letters that two words in one have at least to be known by their sound: C&K is not K.A.S."""

_LONGEST_WHOLE = 40
"""Letters of the longest name that is also compared as one word."""

_SHORTEST_FUZZY = 4  # a typing mistake may have removed a letter of five
_SHORTEST_FUZZY_SKELETON = 5
_SHORT_WITH_SKELETON = 5


class Token(NamedTuple):
    """A text, and the words of its name that it stands for: ``length`` words from number ``start``.

    ``tolerance`` says which other texts match it: with `EXACT` none, with `PHONETIC` those that sound the
    same, with `FUZZY` also those that differ by a spelling mistake. `INITIALS` marks an abbreviation,
    `BEGINNING` what a field of limited length leaves of a name.
    """

    text: str
    start: int
    length: int
    tolerance: int


EXACT, PHONETIC, FUZZY, INITIALS, BEGINNING = 0, 1, 2, 3, 4


def tokens(name: NameWords, *, listed: bool) -> Iterator[Token]:
    """The words of a name, adjacent words joined, the whole name as one word, and its initials.

    The initials of a listed name carry a mark, and so does a word of a query that may be initials: two long
    names must not match only because their initials are equal.
    """
    words = name.words
    for place, word in enumerate(words):
        yield Token(word.text, place, 1, FUZZY if word.kind in _SPELLED else EXACT)
    is_person = any(word.kind == "given" or _PATRONYMIC.search(word.text) for word in words)
    for place, word in enumerate(words):
        yield from _alternatives(word, place, listed, is_person)
    is_generic = not any(word.kind in DISTINCTIVE for word in words)
    pairs = set()
    for place in range(len(words) - 1):
        pair = words[place : place + 2]
        if _may_join(pair, is_generic):
            text = pair[0].text + pair[1].text
            pairs.add(text)
            by_sound = not is_generic and len(text) >= _SHORTEST_JOINED
            yield Token(text, place, 2, PHONETIC if by_sound else EXACT)
    yield from (token for token in _spelt_together(name) if token.text not in pairs)
    joined = [place for place, word in enumerate(words) if word.kind in _JOINED]
    if len(joined) > 2:
        start, length = joined[0], joined[-1] - joined[0] + 1
        text = "".join(words[place].text for place in joined)
        if len(text) <= _LONGEST_WHOLE:
            yield Token(text, start, length, EXACT if is_generic else PHONETIC)
    for initials in {*name.initials, _first_letters(words, joined)}:
        if len(initials) in _INITIALS and len(words) > 1:
            yield Token(INITIALS_MARK + initials if listed else initials, 0, len(words), INITIALS)
    if len(words) > 1:
        for beginning in name.beginnings if listed else filter(None, [name.cut_off]):
            yield Token(_BEGINNING_MARK + beginning, 0, len(words), BEGINNING)


def _spelt_together(name: NameWords) -> Iterator[Token]:
    """Adjacent words as one, as they are spelt: "PetromInternacional" and "Petrom Internacional"."""
    is_generic = not any(word.kind in DISTINCTIVE for word in name.words)
    start = 0
    for (text, length), (following, more) in zip(name.spelt, name.spelt[1:], strict=False):
        both = text + following
        if len(both) >= _SHORTEST_JOINED and start + length + more <= len(name.words):
            yield Token(both, start, length + more, EXACT if is_generic else PHONETIC)
        start += length


def _first_letters(words: Sequence[Word], joined: Sequence[int]) -> str:
    """The first letters of what words mean: БПЛА and UAV abbreviate one name in two languages."""
    return "".join(words[place].text[0] for place in joined)


def _alternatives(word: Word, place: int, listed: bool, is_person: bool) -> Iterator[Token]:
    """Other readings of a word: what it abbreviates, its parts if it is a compound, a person's initial.

    An initial carries a mark for its side: two given names that begin with the same letter must not match.
    """
    if not listed and word.kind == "own" and len(word.text) in _INITIALS:
        yield Token(INITIALS_MARK + word.text, place, 1, INITIALS)
    if word.kind == "own" and (parts := compound(word.text)):
        yield Token(parts, place, 1, EXACT)
    if not listed and word.kind == "own" and (known := near_known_word(word.text)):
        yield Token(known, place, 1, EXACT)
    if word.kind == "own" and (bare := without_glued_form(word.text)):
        yield Token(bare, place, 1, EXACT)
    is_initial = len(word.text) == 1 and word.text.isalpha()
    if is_initial or (is_person and word.kind in ("own", "given")):
        mark = _LISTED_INITIAL if is_initial == listed else _GIVEN_INITIAL
        yield Token(mark + word.text[0], place, 1, INITIALS)


def _may_join(pair: Sequence[Word], is_generic: bool) -> bool:
    if pair[0].text in _ARTICLES and pair[1].kind == "own":
        return True
    joined = all(word.kind in _JOINED for word in pair)
    return joined and (is_generic or any(word.kind in DISTINCTIVE for word in pair))


def kind_weight(text: str, kind: str) -> float:
    """The weight of a word by its kind alone, before its rarity."""
    return _LETTER_WEIGHT if kind == "own" and len(text) == 1 else KIND_WEIGHTS[kind]


def blocking_keys(text: str, tolerance: int) -> list[int]:
    """32-bit hashes, of which two texts share one wherever `likeness` may find them similar.

    A fuzzy text also has the keys of itself and of its consonants with each letter left out in turn, and one
    of the letters in it, which are the same where some are swapped or repeated.
    Collisions are harmless: every pair found by a key is compared letter by letter.
    """
    text = spelled(text)
    found = {crc32(text.encode())}
    if tolerance in (EXACT, INITIALS, BEGINNING) or any(map(str.isdigit, text)):
        return list(found)
    found.add(crc32(b"~" + sound_key(text).encode()))
    if tolerance == FUZZY:
        skeleton = frame(text)
        if len(skeleton) > 2 or (skeleton and len(text) <= _SHORT_WITH_SKELETON):
            found.add(crc32(b"#" + skeleton.encode()))
        if len(text) >= _SHORTEST_FUZZY:
            for spelling in {text, single_letters(text)}:
                plain = spelling.encode()
                found.add(crc32(plain))
                found.update(crc32(plain[:at] + plain[at + 1 :]) for at in range(len(plain)))
        if len(text) > _SHORTEST_FUZZY_SKELETON:
            found.add(crc32(b"^" + (stem(text) or text).encode()))
            found.add(crc32(b"%" + "".join(sorted(set(text))).encode()))
        if len(skeleton) >= _SHORTEST_FUZZY_SKELETON:
            consonants = skeleton.encode()
            found.update(
                crc32(b"#" + consonants[:at] + consonants[at + 1 :]) for at in range(len(consonants))
            )
    return list(found)
