"""Words that say nothing about which firm is meant: trades, places, legal forms, in many languages.

Each word leads to a concept, so that 科技, технологии and "tech" are one word; Trading, Electronics and
CORP are known for what they are. The table is ``seed/generic_word.csv``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from provenance.text.firm_names import legal_forms_path
from provenance.text.folding import fold, script_of
from provenance.text.transliteration import sound_key

_SHORTEST_BY_SOUND = 6
_SHORTEST_STEM = 3
_UNPARTED = ("han", "hangul", "kana")


class Meaning(NamedTuple):
    """What a word stands for, and of which kind it is: generic, place, form, link or title."""

    concept: tuple[str, ...]
    kind: str


@dataclass(slots=True)
class GenericWords:
    """The table compiled for lookup: whole words, stems, and words of scripts that leave no blanks."""

    words: dict[str, Meaning] = field(default_factory=dict)
    sounds: dict[str, Meaning] = field(default_factory=dict)
    stems: dict[str, Meaning] = field(default_factory=dict)
    unparted: dict[str, Meaning] = field(default_factory=dict)
    longest: int = 1

    @classmethod
    def load(cls, path: Path) -> GenericWords:
        """Reads a CSV table (UTF-8) with the columns ``word``, ``key``, ``sound``, ``concept`` and ``kind``.

        A word that ends in ``*`` stands for every word that begins like it. Key and sound are those of
        `derived_keys`, kept in the table because making them takes longer than reading it.
        """
        table = cls()
        with path.open(encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream)
            columns = next(rows)
            places = [columns.index(name) for name in ("word", "key", "sound", "concept", "kind")]
            for row in rows:
                word, key, sound, concept, kind = (row[place] for place in places)
                table._add(word, key, sound, Meaning(tuple(concept.split()), kind))
        for meaning in [*table.words.values(), *table.stems.values(), *table.unparted.values()]:
            if len(meaning.concept) == 1:
                table.words.setdefault(meaning.concept[0], meaning)
        table.longest = max(map(len, table.unparted), default=1)
        return table

    def _add(self, word: str, key: str, sound: str, meaning: Meaning) -> None:
        if not key:
            self.unparted.setdefault(word, meaning)
        elif word.endswith("*") and len(key) >= _SHORTEST_STEM:
            self.stems.setdefault(key, meaning)
        else:
            self.words.setdefault(key, meaning)
            if sound:
                self.sounds.setdefault(sound, meaning)

    def meaning(self, word: str) -> Meaning | None:
        """What a word stands for; None for one of which the table knows nothing.

        Takes Latin small letters, as `fold` makes them.
        """
        if found := self.words.get(word):
            return found
        for size in range(len(word), _SHORTEST_STEM - 1, -1):
            stem = word[:size]
            # A short stem covers an ending, not another word: "gaz" is in "gazovyy", not in "gazeta…".
            if (found := self.stems.get(stem)) and len(word) - size <= max(4, size):
                return found
        return self.sounds.get(sound_key(word)) if len(word) >= _SHORTEST_BY_SOUND else None

    def part(self, text: str) -> Iterator[tuple[str, Meaning | None]]:
        """A text without blanks as its known words, longest first, and what lies between them."""
        start = at = 0
        while at < len(text):
            for size in range(min(self.longest, len(text) - at), 0, -1):
                known = self.unparted.get(text[at : at + size])
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


def derived_keys(word: str) -> tuple[str, str]:
    """The key and the sound of a word of the table; both empty in a script that leaves no blanks."""
    if script_of(word) in _UNPARTED:
        return "", ""
    key = fold(word.removesuffix("*"))
    if word.endswith("*") and len(key) >= _SHORTEST_STEM:
        return key, ""
    return key, sound_key(key) if len(key) >= _SHORTEST_BY_SOUND else ""


@cache
def packaged_words() -> GenericWords:
    """The words that travel with the program, read once."""
    return GenericWords.load(legal_forms_path().with_name("generic_word.csv"))
