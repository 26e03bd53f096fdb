"""Sentences of the program and their translations: whole ones, and those that values were put into.

The program makes its sentences in English, close to what they are about. They are translated where they are
shown, by a catalogue of the sentences in the code with ``{}`` for values: values are never translated, unless
they are sentences or counts themselves. What the catalogue does not have is shown in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

PLACE = "{}"
_NAMED_PLACE = re.compile(r"\{\w*\}")
_LEAST_LETTERS = 3
"""Letters of its own that a sentence with values has at least: one with fewer would fit anything."""

_GLUE_LETTERS = 5
"""So many letters or fewer are a word between two things ("{} and {}"): the things have to be sentences or
counts, because a name or a marking may have such a word."""

_COUNT = re.compile(r"(?P<count>\d[\d,]*) (?P<noun>[a-z].*)")
_ONE = "1 "
"""How the entry of a noun begins; its translation has three forms: for 1, for 2 to 4, for 5."""

_NUMBERED = re.compile(r"(?P<head>[^()]+?)(?P<rest> \([\d,]+\))")
_NAMED_RECORD = re.compile(r"(?P<kind>[A-Za-z ]+?)(?P<rest> [A-Z]-[0-9A-Z]{5}-[0-9A-Z]{5}\b.*)", re.DOTALL)
_SPLITS = ("\n", ". ", "; ", ": ")
_LETTER = re.compile(r"[^\W\d_]")
_LETTERS_OF_A_PHRASE = re.compile(r"\S \S")
_ENDS = ".:,; "


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with values: what it looks like, the longest stretch of its own words, its translation."""

    form: re.Pattern[str]
    stretch: str
    letters: int
    translated: str


def plural_form(count: int) -> int:
    """The form of a Ukrainian noun after a number: 0 after 1, 21…; 1 after 2 to 4, 22…; else 2."""
    if count % 10 == 1 and count % 100 != 11:
        return 0
    return 1 if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14 else 2


class Phrases:
    """The translations of one language, by the sentences of the code."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self._entries = {message: text for message, text in entries.items() if text}

    def said(self, text: str) -> str:
        """A text in this language; what the catalogue does not have stays as it is."""
        return self._found(text) or text

    def word(self, text: str) -> str:
        """A word of a vocabulary, such as a state or a view, by an entry of its own."""
        return self._entries.get(text) or self._entries.get(text.replace("_", " ")) or self.said(text)

    def _found(self, text: str, depth: int = 0) -> str | None:
        """The translation of a text, or of those of its parts that have one; None where there is none."""
        if not _LETTER.search(text) or depth > 6:
            return None
        return (
            self._whole(text)
            or self._titled(text)
            or self._counted(text)
            or self._with_values(text, depth)
            or self._in_parts(text, depth)
        )

    def _whole(self, text: str) -> str | None:
        if (found := self._entries.get(text)) is not None and "|" not in found:
            return found
        bare = text.strip()
        core = bare.rstrip(_ENDS)
        for each in (bare, core, core[:1].lower() + core[1:]):
            found = self._entries.get(each)
            if each and found is not None and not each.startswith(_ONE):
                raised = core[:1].isupper() and each[:1].islower()
                capital = found[:1].upper() + found[1:] if raised else found
                after = bare[len(core) :] if each != bare else ""
                return text.replace(bare, capital + after, 1)
        return None

    def _titled(self, text: str) -> str | None:
        """A heading with its number (``sources (3)``), or a kind of record before its reference."""
        if (numbered := _NUMBERED.fullmatch(text)) is not None:
            head = self._found(numbered["head"], 1)
            return f"{head}{numbered['rest']}" if head else None
        if (named := _NAMED_RECORD.fullmatch(text)) is not None:
            kind = self._entries.get(named["kind"].lower())
            return f"{kind}{named['rest']}" if kind else None
        return None

    def _counted(self, text: str) -> str | None:
        """A count and what is counted, in the form of the noun that goes with the number."""
        found = _COUNT.fullmatch(text.strip())
        if found is None:
            return None
        for noun in _singulars(found["noun"]):
            if (forms := self._entries.get(_ONE + noun)) is not None:
                form = forms.split("|")[plural_form(int(found["count"].replace(",", "")))]
                return text.replace(text.strip(), f"{found['count']} {form}")
        return None

    def _with_values(self, text: str, depth: int) -> str | None:
        for sentence in self._sentences:
            if sentence.stretch in text and (match := sentence.form.fullmatch(text)) is not None:
                values = [self._value(each, depth) for each in match.groups()]
                if sentence.letters <= _GLUE_LETTERS and values == list(match.groups()):
                    continue
                return _filled(sentence.translated, values)
        return None

    def _value(self, value: str, depth: int) -> str:
        """A value as it is shown: itself, unless it is a sentence or a count of the program."""
        bare = value.strip()
        if not _LETTERS_OF_A_PHRASE.search(bare):
            return value
        return value.replace(bare, self._found(bare, depth + 1) or bare, 1)

    def _in_parts(self, text: str, depth: int) -> str | None:
        for split in _SPLITS:
            parts = text.split(split)
            if len(parts) > 1:
                # A single word may be data: a marking, a name.
                found = [
                    self._found(part, depth + 1) if _LETTERS_OF_A_PHRASE.search(part) else None
                    for part in parts
                ]
                if any(found):
                    return split.join(new or old for new, old in zip(found, parts, strict=True))
        return None

    @cached_property
    def _sentences(self) -> list[_Sentence]:
        """The sentences with values, those with most words of their own first."""
        made = [
            sentence
            for message, text in self._entries.items()
            if _NAMED_PLACE.search(message)
            and (sentence := _sentence(message, text)).letters >= _LEAST_LETTERS
        ]
        return sorted(made, key=_most_own_words_first)


def _most_own_words_first(sentence: _Sentence) -> tuple[int, int, str]:
    pattern = sentence.form.pattern
    return -sentence.letters, -len(pattern), pattern


def _sentence(message: str, translated: str) -> _Sentence:
    pieces = _NAMED_PLACE.split(message)
    form = re.compile("(.*?)".join(map(re.escape, pieces)), re.DOTALL)
    letters = sum(len(_LETTER.findall(piece)) for piece in pieces)
    return _Sentence(form, max(pieces, key=len), letters, translated)


def _singulars(noun: str) -> Iterator[str]:
    """What a counted noun may be called where there is one of it."""
    yield noun
    if noun.endswith("ies"):
        yield f"{noun[:-3]}y"
    if noun.endswith("s"):
        yield noun[:-1]


def _filled(translated: str, values: list[str]) -> str:
    """A translation with its values: ``{}`` in order, or ``{0}``, ``{1}`` in any."""
    places = iter(range(len(values)))

    def value(place: re.Match[str]) -> str:
        number = place[0][1:-1]
        return values[int(number)] if number.isdecimal() else values[next(places)]

    return re.sub(r"\{\d*\}", value, translated)
