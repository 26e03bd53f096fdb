"""Features of a marking: the families and makers named in it, and the terms that scorers learn from.

Terms are of four types: runs of characters such as "^ADM" and "3202", words of the description, families
(keys of marking rules), and shapes of numbers such as "AAA9999". Nothing here was learned.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from provenance.identify.clues import HitsByMaker, RuleHit, hits_by_maker, rule_hits
from provenance.identify.described import described_category
from provenance.identify.names import MakerNames, NameMatch
from provenance.identify.rules import TRACE_CATEGORIES, RuleBook
from provenance.text.markings import Reading, TokenKind

TERM_TYPES = ("runs", "words", "families", "shapes")
Terms = tuple[Sequence[str], ...]
"""The terms of a marking, once each, for each of `TERM_TYPES`."""
HASH_DATE = "#"
"""Represents, among the words, a date written with a number sign."""
_RUN_LENGTHS = (3, 4, 5)
_REMEMBERED = 1024
_LONGEST_TOP_CODE = 3
"""Marks of up to three characters are what SOT-23 and smaller packages carry instead of a part number."""
_SHAPES = {ord(each): "9" if each.isdigit() else "A" for each in string.digits + string.ascii_uppercase}


class MarkingFeatures(NamedTuple):
    """A marking with what rules and names find in it; ``words`` are those of its description."""

    reading: Reading
    hits: tuple[RuleHit, ...]
    hits_by_maker: HitsByMaker
    names: tuple[NameMatch, ...]
    families: tuple[str, ...]
    words: tuple[str, ...]
    described: str = ""
    """The category that its words name, see `described_category`."""

    @property
    def terms(self) -> Terms:
        """The terms of the marking by type."""
        return number_runs(self.reading), self.words, self.families, number_shapes(self.reading)


def read_features(reading: Reading, rules: RuleBook, names: MakerNames) -> MarkingFeatures:
    """What rules and names find in a reading.

    Where every mark is as short as the top code of a small package, none of them is taken for a date or lot
    trace, and no two for one number: those stand beside a part number, and nearly every code of three
    characters is some transistor's.
    """
    hits = rule_hits(reading, rules)
    if not _has_more_than_top_codes(reading):
        hits = tuple(
            hit for hit in hits if not _joins_codes(hit) and hit.match.rule.category not in TRACE_CATEGORIES
        )
    families = tuple(sorted({hit.match.rule.key for hit in hits}))
    named = names.found_in(reading.as_read)
    words, described = description_words(reading), described_category(reading.words)
    return MarkingFeatures(reading, hits, hits_by_maker(hits), named, families, words, described)


def _joins_codes(hit: RuleHit) -> bool:
    """Whether a stretch was joined from codes that are whole by themselves: "3BK 1AM", but not "LC 244 A"."""
    pieces = hit.part.text.split() if hit.part.joined_after else ()
    return any(not piece.isalpha() and not piece.isdigit() for piece in pieces)


def _has_more_than_top_codes(reading: Reading) -> bool:
    return any(len(mark.text) > _LONGEST_TOP_CODE for mark in reading.marks)


def number_runs(reading: Reading) -> tuple[str, ...]:
    """Runs of three to five characters inside a marking's numbers, with ^ and $ for their ends; once each.

    A number in Cyrillic has none: its transliteration resembles Latin numbers only by chance.
    """
    own = [_runs(part.key) for part in reading.parts if not part.joined_after and not part.is_cyrillic]
    return tuple(dict.fromkeys(chain.from_iterable(own)))


def description_words(reading: Reading) -> tuple[str, ...]:
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
