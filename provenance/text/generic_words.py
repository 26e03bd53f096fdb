"""Generic words, which do not identify a firm: trades, places, legal forms, in many languages.

Each word leads to a concept, so that 科技, технологии and "tech" are one word; Trading, Electronics and
CORP are known for what they are. The table is ``seed/generic_word.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from provenance.core.seed import seed_rows
from provenance.text.folding import fold, script_of
from provenance.text.transliteration import sound_key

_SHORTEST_BY_SOUND = 6
_SHORTEST_STEM = 3
_LONG_STEM = 6
_ADJECTIVE = (
    "(?:n|sk|ov|ev|ovsk|ensk|yan|aln|ichesk|etichesk|lsk|atsk|ysk|isk|ivn)?"
    "(?:yy|yi|iy|ii|yj|ij|oy|oi|oj|ey|ei|aya|aia|aja|oe|oye|oie|ye|yye|ie|iye|ykh|ikh|ogo|ego|omu|yu)"
)
_NOUN = (
    "a|u|e|y|i|o|ya|ia|ja|yu|iy|ei|ov|ev|iv|om|em|am|yam|akh|yakh|ami|lya|li|iya|iyi"
    "|al|ala|aly|alov|estv[oa]?|s|no"
)
_ENDING = re.compile(f"(?:{_ADJECTIVE}|{_NOUN}|(?:n|sk|ov|ev)[oiy])?")
_ENDING_OF_SHORTEST = re.compile(f"(?:{_ADJECTIVE}|ya|iya|ov|skiy?|nyi?|no|ovo)?")
_UNSPACED = ("han", "hangul", "kana")


class Meaning(NamedTuple):
    """What a word means, and its kind: generic, place, form, link or title."""

    concept: tuple[str, ...]
    kind: str


@dataclass(slots=True)
class GenericWords:
    """The table compiled for lookup: whole words, stems, and words of scripts without spaces."""

    words: dict[str, Meaning] = field(default_factory=dict)
    sounds: dict[str, Meaning] = field(default_factory=dict)
    stems: dict[str, Meaning] = field(default_factory=dict)
    unspaced: dict[str, Meaning] = field(default_factory=dict)
    longest: int = 1

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, str]]) -> GenericWords:
        """The table from rows with the columns ``word``, ``key``, ``sound``, ``concept`` and ``kind``.

        A word that ends in ``*`` represents every word that begins like it. Key and sound are those of
        `derived_keys`, stored in the table because making them takes longer than reading it.
        """
        table = cls()
        for row in rows:
            meaning = Meaning(tuple(row["concept"].split()), row["kind"])
            table._add(row["word"], row["key"], row["sound"], meaning)
        for meaning in [*table.words.values(), *table.stems.values(), *table.unspaced.values()]:
            if len(meaning.concept) == 1:
                table.words.setdefault(meaning.concept[0], meaning)
        table.longest = max(map(len, table.unspaced), default=1)
        return table

    def _add(self, word: str, key: str, sound: str, meaning: Meaning) -> None:
        if not key:
            self.unspaced.setdefault(word, meaning)
        elif word.endswith("*") and len(key) >= _SHORTEST_STEM:
            self.stems.setdefault(key, meaning)
        else:
            self.words.setdefault(key, meaning)
            if sound:
                self.sounds.setdefault(sound, meaning)

    def meaning(self, word: str) -> Meaning | None:
        """What a word means; None for one that is not in the table.

        Takes Latin small letters, as `fold` makes them.
        """
        if found := self.words.get(word):
            return found
        if found := self.stemmed(word):
            return found
        return self.sounds.get(sound_key(word)) if len(word) >= _SHORTEST_BY_SOUND else None

    def stemmed(self, word: str) -> Meaning | None:
        """What a word means by its stem and an ending; None where it has no known stem."""
        for size in range(len(word), _SHORTEST_STEM - 1, -1):
            if (found := self.stems.get(word[:size])) and _is_ending(word[size:], size):
                return found
        return None

    def part(self, text: str) -> Iterator[tuple[str, Meaning | None]]:
        """A text without spaces as its known words, longest first, and what is between them."""
        start = at = 0
        while at < len(text):
            for size in range(min(self.longest, len(text) - at), 0, -1):
                known = self.unspaced.get(text[at : at + size])
                if known is not None and (size > 1 or at + size == len(text)):
                    if at > start:
                        yield text[start:at], None
                    yield text[at : at + size], known
                    at = start = at + size
                    break
            else:
                at += 1
        if at > start:
            yield text[start:], None


def _is_ending(rest: str, size: int) -> bool:
    """Whether the rest of a word after a stem of that size is an ending and not another word.

    Novator and Gazprom are names, though "nov" and "gaz" are stems; a long stem may be followed by more.
    """
    if size >= _LONG_STEM:
        return len(rest) <= size
    ending = _ENDING_OF_SHORTEST if size == _SHORTEST_STEM else _ENDING
    return ending.fullmatch(rest) is not None


def derived_keys(word: str) -> tuple[str, str]:
    """The key and the sound of a word of the table; both empty in a script without spaces."""
    if script_of(word) in _UNSPACED:
        return "", ""
    key = fold(word.removesuffix("*"))
    if word.endswith("*") and len(key) >= _SHORTEST_STEM:
        return key, ""
    return key, sound_key(key) if len(key) >= _SHORTEST_BY_SOUND else ""


@cache
def packaged_words() -> GenericWords:
    """The words that come with the program, read once."""
    return GenericWords.of(seed_rows("generic_word.csv"))


_SHORTEST_COMPOUND = 8
_SHORTEST_PIECE = 4
_PIECE_KINDS = ("generic", "place")


@lru_cache(maxsize=1 << 16)
def compound(word: str) -> str:
    """A word that is several written in one, with the known ones as concepts; empty where it is not one.
    "radiotekh" and "radiotech" are "radiotechnology", as the words "Radio Tech" are; "uralvagonzavod" is
    "uralvagonplant". Takes Latin small letters.
    """
    if len(word) < _SHORTEST_COMPOUND or any(map(str.isdigit, word)):
        return ""
    table = packaged_words()
    head, rest = _known_start(table, word)
    rest, tail = _known_end(table, rest)
    return f"{head}{rest}{tail}" if head or tail else ""


def _known_start(table: GenericWords, word: str) -> tuple[str, str]:
    """The concept of the longest known word that a word begins with, and what is left."""
    for size in range(len(word) - _SHORTEST_PIECE, _SHORTEST_PIECE - 1, -1):
        meaning = table.words.get(word[:size])
        if meaning and meaning.kind in _PIECE_KINDS:
            return "".join(meaning.concept), word[size:]
    return "", word


def _known_end(table: GenericWords, word: str) -> tuple[str, str]:
    """What is left of a word that ends in a known one, and the concept of the longest such."""
    for start in (0, *range(_SHORTEST_PIECE, len(word) - _SHORTEST_PIECE + 1)):
        meaning = table.words.get(word[start:]) or table.stemmed(word[start:])
        if meaning and meaning.kind in _PIECE_KINDS:
            return word[:start], "".join(meaning.concept)
    return word, ""
