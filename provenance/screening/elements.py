"""What of a name is compared: its words with their weights, neighbours written in one, keys for slips."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

from provenance.text.generic_words import compound
from provenance.text.party_names import NameWords, Word
from provenance.text.transliteration import frame, sound_key, stem

KIND_WEIGHTS = {
    "own": 1.0,
    "given": 0.75,
    "number": 0.8,
    "place": 0.4,
    "generic": 0.35,
    "title": 0.12,
    "form": 0.08,
    "link": 0.05,
}
"""How much a word of each kind tells about which firm is meant, before how common it is."""

TELLING = ("own", "given", "number")
_JOINED = ("own", "given", "number", "place", "generic")
_LETTER_WEIGHT = 0.35
_SIGN = "="
_LISTED_INITIAL = "<"
_GIVEN_INITIAL = ">"
_PATRONYMIC = re.compile(r"(?:[oe]vi(?:ch|c|tch)|[oeiy]vna)$")
_ARTICLES = ("al", "el", "ul")
_INITIALS = range(3, 9)
"""Letters of an abbreviation that is taken for a name's initials."""

_LONGEST_WHOLE = 40
_SHORTEST_WITH_SLIPS = 4  # a slip may have taken a letter
_FRAME_WITH_SLIPS = 5
_SHORT_FRAMED = 5


class Element(NamedTuple):
    """A text and the words of its name that it stands for: from ``start``, ``length`` of them.

    ``looseness`` says what may be alike to it: `EXACT` nothing else, `SOUND` what sounds the same, `SLIPS`
    what a slip explains too; `INITIALS` marks what stands for the words that it abbreviates.
    """

    text: str
    start: int
    length: int
    looseness: int


EXACT, SOUND, SLIPS, INITIALS = 0, 1, 2, 3


def elements(name: NameWords, *, listed: bool) -> Iterator[Element]:
    """The words of a name, its neighbouring words in one, the whole name in one, and its initials.

    Initials of a listed name carry a sign, and so does a given word that may be such: two long names with
    equal initials must not meet by them.
    """
    words = name.words
    for place, word in enumerate(words):
        yield Element(word.text, place, 1, SLIPS if word.kind in ("own", "given") else EXACT)
    is_person = any(word.kind == "given" or _PATRONYMIC.search(word.text) for word in words)
    for place, word in enumerate(words):
        yield from _further(word, place, listed, is_person)
    is_generic = not any(word.kind in TELLING for word in words)
    for place in range(len(words) - 1):
        pair = words[place : place + 2]
        if _may_join(pair, is_generic):
            yield Element(pair[0].text + pair[1].text, place, 2, EXACT if is_generic else SOUND)
    said = [place for place, word in enumerate(words) if word.kind in _JOINED]
    if len(said) > 2:
        start, length = said[0], said[-1] - said[0] + 1
        text = "".join(words[place].text for place in said)
        if len(text) <= _LONGEST_WHOLE:
            yield Element(text, start, length, EXACT if is_generic else SOUND)
        initials = "".join(words[place].text[0] for place in said)
        if len(said) in _INITIALS:
            yield Element(_SIGN + initials if listed else initials, start, length, INITIALS)


def _further(word: Word, place: int, listed: bool, is_person: bool) -> Iterator[Element]:
    """What a word may stand for beside itself: what it abbreviates, words written in one, an initial.

    An initial carries a sign for the side that it is on: two given names that begin alike must not meet.
    """
    if not listed and word.kind == "own" and len(word.text) in _INITIALS:
        yield Element(_SIGN + word.text, place, 1, INITIALS)
    if word.kind == "own" and (parted := compound(word.text)):
        yield Element(parted, place, 1, EXACT)
    is_initial = len(word.text) == 1 and word.text.isalpha()
    if is_initial or (is_person and word.kind in ("own", "given")):
        sign = _LISTED_INITIAL if is_initial == listed else _GIVEN_INITIAL
        yield Element(sign + word.text[0], place, 1, INITIALS)


def _may_join(pair: Sequence[Word], is_generic: bool) -> bool:
    if pair[0].text in _ARTICLES and pair[1].kind == "own":
        return True
    joined = all(word.kind in _JOINED for word in pair)
    return joined and (is_generic or any(word.kind in TELLING for word in pair))


def kind_weight(text: str, kind: str) -> float:
    """What a word weighs by its kind alone; a single letter is little more than an initial."""
    return _LETTER_WEIGHT if kind == "own" and len(text) == 1 else KIND_WEIGHTS[kind]


def keys(text: str, looseness: int) -> list[int]:
    """Numbers that two texts share where `likeness` may find them alike: 32 bits each, collisions allowed.

    Of a text that may have slips also those of the text without each one of its letters, and of its
    consonants likewise.
    """
    found = {crc32(text.encode())}
    if looseness in (EXACT, INITIALS) or any(map(str.isdigit, text)):
        return list(found)
    found.add(crc32(b"~" + sound_key(text).encode()))
    if looseness == SLIPS:
        bones = frame(text)
        if len(bones) > 2 or (bones and len(text) <= _SHORT_FRAMED):
            found.add(crc32(b"#" + bones.encode()))
        if len(text) >= _SHORTEST_WITH_SLIPS:
            plain = text.encode()
            found.update(crc32(plain[:at] + plain[at + 1 :]) for at in range(len(plain)))
        if len(text) > _FRAME_WITH_SLIPS:
            found.add(crc32(b"^" + (stem(text) or text).encode()))
        if len(bones) >= _FRAME_WITH_SLIPS:
            hard = bones.encode()
            found.update(crc32(b"#" + hard[:at] + hard[at + 1 :]) for at in range(len(hard)))
    return list(found)
