"""Korean names in Latin letters: how hangul is pronounced, and what its many romanizations share.

현대 is Hyeondae by the Revised Romanization of 2000, Hyŏndae by McCune and Reischauer, and Hyundai to the
firm itself. Syllables are taken apart by their code points (Unicode, chapter 3.12), finals change before the
next initial as standard pronunciation has it (압록강 is Amnokgang), and spellings are compared by classes of
sounds that the systems write differently: g and k, d and t, b and p, j and ch, r and l; o, u, eo and eu; ae,
e and ai.
"""

from __future__ import annotations

import re
from functools import lru_cache

KOREAN = "~"
"""What marks a word out of hangul: another romanization of it may have other letters throughout."""

_FIRST, _LAST = 0xAC00, 0xD7A3
_INITIALS = (
    "g",
    "kk",
    "n",
    "d",
    "tt",
    "r",
    "m",
    "b",
    "pp",
    "s",
    "ss",
    "",
    "j",
    "jj",
    "ch",
    "k",
    "t",
    "p",
    "h",
)
_VOWELS = (
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu",
    "eu", "ui", "i",
)  # fmt: skip
_FINALS = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t",
    "ng", "t", "t", "k", "t", "p", "t",
)  # fmt: skip
_LINKED = {"k": "g", "t": "d", "p": "b", "l": "r"}
"""Finals before a vowel are spoken with it, softer."""

_NASAL = {"k": "ng", "t": "n", "p": "m"}
"""Finals before n and m."""

_SOUNDS = (
    (re.compile(r"wh"), "h"),
    (re.compile(r"(?:y|w)?(?:ae|ai|ay|ei|e(?![ou]))"), "E"),
    (re.compile(r"(?:y|w)?(?:eo|eu|oo|ou|ow|o|u)(?:h(?![aeiou]))?"), "O"),
    (re.compile(r"(?:y|w)?a(?:h(?![aeiou]))?"), "A"),
    (re.compile(r"ee|i|y"), "I"),
    (re.compile(r"tch|ch|j|ts|z"), "c"),
    (re.compile(r"sh"), "s"),
    (re.compile(r"[gkq]"), "k"),
    (re.compile(r"[dt]"), "t"),
    (re.compile(r"[bpv]"), "p"),
    (re.compile(r"[rl]"), "l"),
    (re.compile(r"w"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
_SHORTEST = 3


@lru_cache(maxsize=1 << 14)
def romanized(text: str) -> str:
    """Hangul in Latin small letters, as it is pronounced by the Revised Romanization; other letters stay."""
    syllables = [_parts(char) for char in text]
    written: list[str] = []
    for place, (char, parts) in enumerate(zip(text, syllables, strict=True)):
        if parts is None:
            written.append(char)
            continue
        before = syllables[place - 1] if place else None
        after = syllables[place + 1] if place + 1 < len(syllables) else None
        written += [_initial(parts[0], before), parts[1], _final(parts[2], after)]
    return "".join(written)


@lru_cache(maxsize=1 << 16)
def korean_key(word: str) -> str:
    """What the romanizations of a word share: "hyundai" and "hyeondae" have one key.

    Takes Latin small letters; empty where too little is left to compare.
    """
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word if len(word) >= _SHORTEST else ""


def _parts(char: str) -> tuple[str, str, str] | None:
    """Initial, vowel and final of a syllable; None for what is none."""
    code = ord(char)
    if not _FIRST <= code <= _LAST:
        return None
    initial, rest = divmod(code - _FIRST, len(_VOWELS) * len(_FINALS))
    vowel, final = divmod(rest, len(_FINALS))
    return _INITIALS[initial], _VOWELS[vowel], _FINALS[final]


def _initial(initial: str, before: tuple[str, str, str] | None) -> str:
    if initial != "r" or before is None or not before[2]:
        return initial
    return "l" if before[2] in ("l", "n") else "n"


def _final(final: str, after: tuple[str, str, str] | None) -> str:
    if after is None or not final:
        return final
    if not after[0]:
        return _LINKED.get(final, final)
    if after[0] in ("n", "m"):
        return _NASAL.get(final, "l" if final == "l" else final)
    if after[0] == "r":
        return "l" if final in ("l", "n") else _NASAL.get(final, final)
    return final
