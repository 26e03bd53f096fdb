"""What a marking shows, as names of features for the maker model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from provenance.identify.clues import RuleHit
from provenance.text.markings import Reading, TokenKind, shape_of

_PREFIX_LENGTHS = (1, 2, 3)
_LETTERS = re.compile("[A-Z]+")


def marking_features(reading: Reading, hits: Iterable[RuleHit]) -> frozenset[str]:
    """Names of everything a marking shows: words, outlines, beginnings, families, the style of its date."""
    return frozenset(_features(reading, hits))


def _features(reading: Reading, hits: Iterable[RuleHit]) -> Iterator[str]:
    words = reading.words
    for word in words:
        yield f"word:{word}"
    marks = reading.marks
    for mark in marks:
        yield f"shape:{shape_of(mark.key)}"
    if any(token.kind is TokenKind.HASH_DATE for token in reading.tokens):
        yield "date:#"
    for part in reading.parts:
        for length in _PREFIX_LENGTHS:
            if len(part.key) > length:
                yield f"begins:{part.key[:length]}"
        if letters := _LETTERS.match(part.key):
            yield f"letters:{letters.group()}"
    for hit in hits:
        yield f"rule:{hit.match.rule.key}"
    if not marks:
        yield "no-mark"
        yield f"words:{min(len(words), 4)}"
