"""Words of English names as Cyrillic writes them by ear: iLogic is Айлоджик, Sky Drive is Скай Драйв.

Transliteration compares letters; here both spellings are reduced to one rough sound. Words are Latin small
letters and digits, as `provenance.text.folding.fold` makes them. Pure.
"""

from __future__ import annotations

import re
from functools import lru_cache

_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        # What English writes.
        (r"igh|ig(?=n$)", "i"),
        (r"a(?=[bcdfgklmnprstvz]e$)", "e"),
        (r"ow(?=e)", "au"),
        (r"(?<=[bcdfghjklmnprstvwxz])e$", ""),
        (r"tion", "shn"),
        (r"ph", "f"),
        (r"g(?=[eiy])", "j"),
        # What Cyrillic writes, transliterated.
        (r"dzh|dj", "j"),
        (r"shch|sch", "sh"),
        (r"[ae][yij]|ee|ea", "i"),
        # What both do.
        (r"c(?=[eiy])", "s"),
        (r"ck|c(?!h)|q", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"oo|ou", "u"),
        (r"th", "t"),
        (r"z", "s"),
        (r"[ey]", "i"),
        (r"(.)\1+", r"\1"),
    )
)
_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=1 << 16)
def heard_key(word: str) -> str:
    """How an English word sounds, roughly: as English spells it, or as a Russian or Ukrainian hears it.

    A word with digits is its own key.
    """
    if _DIGIT.search(word):
        return word
    for pattern, sound in _RULES:
        word = pattern.sub(sound, word)
    return word
