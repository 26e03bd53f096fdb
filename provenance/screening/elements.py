"""What of a name is compared: its words with their weights, neighbours written in one, keys for slips."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from zlib import crc32

from provenance.text.party_names import NameWords
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
        if not listed and word.kind == "own" and len(word.text) in _INITIALS:
            yield Element(_SIGN + word.text, place, 1, INITIALS)
    for place in range(len(words) - 1):
        pair = words[place : place + 2]
        if all(word.kind in _JOINED for word in pair) and any(word.kind in TELLING for word in pair):
            yield Element(pair[0].text + pair[1].text, place, 2, SOUND)
    said = [place for place, word in enumerate(words) if word.kind in _JOINED]
    if len(said) > 2:
        start, length = said[0], said[-1] - said[0] + 1
        text = "".join(words[place].text for place in said)
        if len(text) <= _LONGEST_WHOLE and any(words[place].kind in TELLING for place in said):
            yield Element(text, start, length, SOUND)
        initials = "".join(words[place].text[0] for place in said)
        if len(said) in _INITIALS:
            yield Element(_SIGN + initials if listed else initials, start, length, INITIALS)


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
