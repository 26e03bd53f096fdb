"""Transliterations of a word: keys that its spellings share, and how alike two spellings are.

Names are transliterated by a dozen different tables: Юрий is Yuriy, Yury, Iurii and Jurij, Хабаров
is Khabarov and Habarov, محمد is Mohamed and Muhammad and, letter by letter, mhmd. Words here are Latin
small letters and digits, as `provenance.text.folding.fold` makes them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

_CACHED = 1 << 17

_SOUNDS = (
    (re.compile(r"^(?:ye|ie|je)(?=[^aeiouyj])"), "e"),
    (re.compile(r"shch|sch|sh"), "s"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"tch|tsch|cz|ch"), "C"),
    (re.compile(r"dzh|zh|dj"), "j"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"gh"), "k"),
    (re.compile(r"ts|tz"), "z"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"ck|q"), "k"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"c"), "k"),
    (re.compile(r"w"), "v"),
    (re.compile(r"oe|eo"), "o"),
    (re.compile(r"ue|ou|oo|eu"), "u"),
    (re.compile(r"[iyj]+[iyj]"), "i"),
    (re.compile(r"[yj](?=[aeou])"), "i"),
    (re.compile(r"ee|y"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_NEAR_LETTERS = str.maketrans("eoz", "ius")
_UNHEARD = re.compile(r"(?<!^)[aeiouvij]|h$")
_VOWELS = frozenset("aeiou")
_SPELT_VOWELS = _VOWELS | {"y"}
_DIGIT = re.compile(r"\d")
_ADJECTIVE = re.compile(
    r"(?:(?:ov|ev|in|an|en|n)?sk(?:ii|iy|ij|yi|i|y|aya|aia|aja|oe|oye|oie|ie|iye|ogo|oi|oy|oj|om|ikh|a|e)"
    r"|n(?:yy|yi|yj|aya|aia|oe|oye|ogo|ye|yie))$"
)
_LONGEST_ENDING = 6
_SHORTEST_WITH_SLIP = 5
_REPEATED = re.compile(r"(.)\1+")
_MOST_SLIPS = 2
_LONG_WORD, _LONG_FOR_SWAPS = 10, 7
_SWAPPED, _DOUBLED = 0.6, 0.45
"""What two swapped letters and one typed twice count, beside 1 for a wrong one: they are what fingers do, and
few names differ from others only so."""
_SHORTEST_STEM = 5
_SHORTEST_PLURAL = 4
_SHORTEST_FRAME = 2
_LEAST_IN_VOWELS = 0.75
_TELLING_FRAME = 3

WITHOUT_VOWELS = "'"
"""What marks a word out of a script that leaves out most vowels, such as Arabic: "nwr'" may be Noor."""

SAME_SOUND = 0.96
NEAR_SOUND = 0.93
SAME_FRAME = 0.86
SAME_STEM = 0.78
PLURAL = 0.93
"""The similarity of two spellings that sound alike, that differ in e/i, o/u and z/s, of which one has no
vowels, that share a stem, and of which one is the other's plural."""


@lru_cache(maxsize=_CACHED)
def sound_key(word: str) -> str:
    """How a word sounds, roughly, whatever table it was transliterated by.

    "Yuriy", "Yury" and "Iurii" share a key, and so do "Khabarov" and "Habarov" once only consonants are
    compared; words with digits are their own keys.
    """
    if _DIGIT.search(word):
        return word
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


@lru_cache(maxsize=_CACHED)
def frame(word: str) -> str:
    """The consonants of a word in order: what Arabic and Persian write down.

    Empty where fewer than two are left: "Li" and "Lo" must not meet.
    """
    if _DIGIT.search(word):
        return ""
    # Кварцит is kvartsit and kvarcit: z and s stand for one letter in several tables.
    bare = _UNHEARD.sub("", sound_key(word)).replace("z", "s")
    return bare if len(bare) >= _SHORTEST_FRAME else ""


@lru_cache(maxsize=_CACHED)
def stem(word: str) -> str:
    """What a Slavic adjective and the name it is made of share: "motovilikhinskiy" and "Motovilikha".

    Empty where fewer than five letters would be left, or where nothing is to be taken off.
    """
    bare = _ADJECTIVE.sub("", word) if len(word) > _LONGEST_ENDING else word
    bare = bare.rstrip("aeiouy")
    return bare if len(bare) >= _SHORTEST_STEM and bare != word else ""


def likeness(left: str, right: str) -> float:
    """How alike two words are, 0 to 1; 0 for what neither a spelling mistake nor a transliteration explains.
    Equal words are 1. A mistake in a word of up to four characters or in a number makes it another word, and
    so it does in an abbreviation: KMT is not Kemet, while a word with `WITHOUT_VOWELS` may be any of its
    consonants.
    """
    if left == right:
        return 1.0
    leaves_out = WITHOUT_VOWELS in left or WITHOUT_VOWELS in right
    left, right = spelled(left), spelled(right)
    if left == right:
        return 1.0
    if _DIGIT.search(left) or _DIGIT.search(right):
        return 0.0
    if not leaves_out and any(map(_SPELT_VOWELS.isdisjoint, (left, right))):
        return 0.0
    return max(_spelling(left, right), _sounding(left, right))


def spelled(word: str) -> str:
    """A word without the mark of a script that leaves out vowels."""
    return word.replace(WITHOUT_VOWELS, "")


def _spelling(left: str, right: str) -> float:
    shorter, longer = sorted((len(left), len(right)))
    if shorter >= _SHORTEST_PLURAL and longer - shorter == 1 and (left == f"{right}s" or right == f"{left}s"):
        return PLURAL
    if shorter < _SHORTEST_WITH_SLIP:
        return 0.0
    slips = slips_between(left, right)
    if slips is None:
        return 0.0
    worth = 1.0 - 1.3 * slips / longer
    # A spelling mistake is seldom in the first letter.
    return worth if left[0] == right[0] else worth - 0.12


@lru_cache(maxsize=_CACHED)
def slips_between(left: str, right: str) -> float | None:
    """How far two words differ in typing errors; None for words that differ in more than one or two.

    A wrong, a missing and an additional letter count 1. What fingers do counts less: two letters swapped, one
    typed twice. Two errors are allowed in words of ten letters, of swapped letters in words of seven.
    """
    longer = max(len(left), len(right))
    once_left, once_right = single_letters(left), single_letters(right)
    slips: int = OSA.distance(once_left, once_right, score_cutoff=_MOST_SLIPS)
    swapped = sorted(once_left) == sorted(once_right)
    allowed = 2 if longer >= _LONG_WORD or (swapped and longer >= _LONG_FOR_SWAPS) else 1
    if slips > allowed:
        return None
    doubled = OSA.distance(left, right) > slips
    return slips * (_SWAPPED if swapped else 1.0) + _DOUBLED * doubled


def single_letters(word: str) -> str:
    """A word with every letter that stands twice in a row written once."""
    return _REPEATED.sub(r"\1", word)


def _sounding(left: str, right: str) -> float:
    left_sound, right_sound = sound_key(left), sound_key(right)
    if left_sound == right_sound:
        return SAME_SOUND if len(left_sound) > 2 else 0.75
    if (stem(left) or left) == (stem(right) or right):
        return SAME_STEM
    bones = frame(left)
    if not bones or bones != frame(right):
        return 0.0
    if not (_spelt_out(left) and _spelt_out(right)):
        return SAME_FRAME if len(bones) >= _TELLING_FRAME else 0.7
    if len(bones) < _TELLING_FRAME:
        return 0.0
    left_sound, right_sound = left_sound.translate(_NEAR_LETTERS), right_sound.translate(_NEAR_LETTERS)
    if left_sound == right_sound:
        return NEAR_SOUND
    same: float = OSA.normalized_similarity(left_sound, right_sound)
    return 0.35 + 0.5 * same if same >= _LEAST_IN_VOWELS else 0.0


def _spelt_out(word: str) -> bool:
    """Whether a word writes its vowels."""
    return not _VOWELS.isdisjoint(word)
