"""What a marking shows: runs and shapes of its numbers, the words of its description, its families.

Runs are such as "^ADM" and "3202"; a family is the key of a marking rule. Learned witnesses look at
nothing else.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from provenance.text.markings import Reading, TokenKind

Shown = tuple[Sequence[str], ...]
"""What a marking shows: for each sort of thing, always in the same order, the things once each."""
HASH_DATE = "#"
"""Stands among the words for a date written with a number sign."""
_RUN_LENGTHS = (3, 4, 5)
_REMEMBERED = 1024
_SHAPES = {ord(each): "9" if each.isdigit() else "A" for each in string.digits + string.ascii_uppercase}


def number_runs(reading: Reading) -> tuple[str, ...]:
    """Runs of three to five characters inside a marking's numbers, with ^ and $ for their ends; once each.

    A number in Cyrillic has none: its transliteration is like Latin numbers by chance.
    """
    own = [_runs(part.key) for part in reading.parts if not part.joined_after and not part.is_cyrillic]
    return tuple(dict.fromkeys(chain.from_iterable(own)))


def wording_of(reading: Reading) -> tuple[str, ...]:
    """The words of a marking's description, once each, and whether a date is written with a number sign."""
    words = tuple(dict.fromkeys(reading.words))
    for token in reading.tokens:
        if token.kind is TokenKind.HASH_DATE:
            return (*words, HASH_DATE)
    return words


def number_shapes(reading: Reading) -> tuple[str, ...]:
    """The shapes of a marking's numbers, once each: 9 for a digit, A for a letter ("AAA9999AAAA")."""
    return tuple(dict.fromkeys([_shape(part.key) for part in reading.parts if not part.is_cyrillic]))


@lru_cache(maxsize=_REMEMBERED)
def _shape(key: str) -> str:
    return key.translate(_SHAPES)


@lru_cache(maxsize=_REMEMBERED)
def _runs(key: str) -> tuple[str, ...]:
    whole = f"^{key}$"
    length = len(whole)
    runs = [whole[start : start + size] for size in _RUN_LENGTHS for start in range(length - size + 1)]
    return (*runs, whole[:3])
