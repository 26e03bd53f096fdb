"""The names of parties: several names in one cell taken apart, and each name as words to compare.

"Sinobright Import and Export Company; and any successor, sub-unit, or subsidiary thereof" is one name;
"Delta Ltd, a.k.a. Omega (DLT)" is three.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from provenance.text.firm_names import packaged_forms, words_of
from provenance.text.folding import fold, script_of
from provenance.text.generic_words import packaged_words
from provenance.vocab.watched import ListedNameKind

_CACHED = 1 << 17

_TAIL = re.compile(
    r"[\s;,]*\b(?:and|or|including|together with)\s+(?:any|all|its|their)?\s*(?:of\s+(?:its|their)\s+)?"
    r"(?:successors?|sub-?\s?units?|subsidiar(?:y|ies)|affiliates?)\b[^;()]*?"
    r"(?:thereof|thereto|of (?:it|them)|$)\s*[.;,]*",
    re.IGNORECASE,
)
_KNOWN_AS = re.compile(
    r"[\s,;(]*(?:\b|(?<=[\s,;(]))(?:"
    r"(?P<former>f\.?\s?k\.?\s?a\.?(?=[\s:,'\"])|formerly(?:\s+known\s+as)?|previously(?:\s+known\s+as)?"
    r"|ранее|раніше)"
    r"|(?P<alias>a\.?\s?k\.?\s?a\.?(?=[\s:,'\"])|n\.?k\.?a\.?(?=[\s:,'\"])|also\s+known\s+as|now\s+known\s+as"
    r"|also\s+doing\s+business\s+as|doing\s+business\s+as|d[./]?b[./]?a\.?(?=[\s:,'\"])|trading\s+as"
    r"|operating\s+as|using\s+the\s+name|а\.?к\.?а\.?|также\s+известн\w+\s+как|також\s+відом\w+\s+як)"
    r")[\s:,]*",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s*[(（\[]([^()（）\[\]]{2,})[)）\]]")
_ABBREVIATION = re.compile(r"[A-ZА-ЯЁІЇЄҐ0-9][A-Za-zА-Яа-яЁёІіЇїЄєҐґ0-9&.-]{1,11}(?: \d{1,4})?")
_QUOTES = "\"'“”„«»‘’`"
_EDGES = " \t\r\n;,."
_LEADING_AND = re.compile(r"^(?:and|or|и|та|і)\s+(?=\S)", re.IGNORECASE)
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|y|i|ii|yi|oi|go|a|aya)")
_NUMBERED = re.compile(r"no(\d+)")

MOST_WORDS = 14
"""Words of a name that are compared; what stands behind them is left out."""


class ReadName(NamedTuple):
    """One name out of a cell and how the cell presents it."""

    name: str
    kind: ListedNameKind


class Word(NamedTuple):
    """One word to compare: Latin small letters and digits, and its kind.

    The kind is ``own`` for what is the firm's own, ``number``, or what `generic_words` calls it; of a given
    name the text is one spelling for all languages.
    """

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class NameWords:
    """A name as words, and whether anything in it is the firm's own."""

    words: tuple[Word, ...]
    only_forms: bool


def read_names(cell: str) -> list[ReadName]:
    """Every name in a cell, the first of them as the primary one; empty for a cell without a word."""
    found: list[ReadName] = []
    kind = ListedNameKind.PRIMARY
    rest = _TAIL.sub(" ", cell)
    while rest:
        match = _KNOWN_AS.search(rest)
        piece, rest, following = (
            (rest, "", kind) if match is None else (rest[: match.start()], rest[match.end() :], _kind(match))
        )
        found += _with_brackets(piece, kind)
        kind = following
    distinct: dict[str, ReadName] = {}
    for name in found:
        distinct.setdefault(" ".join(name.name.split()).casefold(), name)
    return list(distinct.values())


def _kind(match: re.Match[str]) -> ListedNameKind:
    return ListedNameKind.FORMER if match["former"] else ListedNameKind.ALIAS


def _with_brackets(piece: str, kind: ListedNameKind) -> list[ReadName]:
    """A piece and the abbreviations and foreign spellings that stand in brackets behind it."""
    aside: list[str] = []

    def lift(match: re.Match[str]) -> str:
        inner = _trimmed(match[1], _EDGES)
        scripts = script_of(inner), script_of(piece.replace(match[0], ""))
        foreign = "none" not in scripts and scripts[0] != scripts[1] and len(inner) > 3
        if (
            foreign
            or _begins_with_form(inner)
            or (_ABBREVIATION.fullmatch(inner) and sum(map(str.isupper, inner)) >= 2 < len(inner))
        ):
            aside.append(inner)
            return " "
        return match[0]

    main = _BRACKETED.sub(lift, piece)
    if not main.strip(_EDGES + _QUOTES + "()"):
        main, aside = piece, []
    edges = _EDGES if "(" in main or "（" in main else _EDGES + ")）"
    cleaned = _trimmed(_LEADING_AND.sub("", _trimmed(main, edges)), _EDGES)
    names = [ReadName(cleaned, kind)] if any(map(str.isalnum, cleaned)) else []
    return names + [
        ReadName(inner, ListedNameKind.ALIAS if len(inner) > 5 else ListedNameKind.WEAK) for inner in aside
    ]


def _trimmed(text: str, edges: str) -> str:
    """A name without what stands around it; a quotation mark stays where another one stands inside."""
    trimmed = text.strip(edges)
    while any(mark in _QUOTES for mark in (trimmed[:1], trimmed[-1:]) if mark):
        bare = trimmed.removeprefix(trimmed[0]) if trimmed[0] in _QUOTES else trimmed
        bare = bare[:-1] if bare[-1:] and bare[-1] in _QUOTES else bare
        if any(mark in _QUOTES for mark in bare):
            break
        trimmed = bare.strip(edges)
    return trimmed


def _begins_with_form(inner: str) -> bool:
    """Whether what stands in brackets is the same name in short: "(АО «Техмаш»)"."""
    words = words_of(inner)
    return len(words) > 1 and words[0] in packaged_forms().whole


@lru_cache(maxsize=1 << 14)
def name_words(name: str) -> NameWords:
    """A name as words to compare, at most `MOST_WORDS`; legal forms at its ends are left out.

    A name of nothing but legal forms says so and keeps its words.
    """
    forms = packaged_forms()
    bare = words_of(name)
    only_forms = bool(bare) and forms.is_only_forms(name)
    stripped = bare if only_forms else forms.strip(" ".join(bare)).split()
    words = [word for piece in _joined_letters(stripped) for word in _read_word(piece)]
    return NameWords(
        tuple(words[:MOST_WORDS]), only_forms or all(word.kind in ("form", "link") for word in words)
    )


def _joined_letters(words: list[str]) -> list[str]:
    """Three and more letters in a row are one abbreviation: "i b m" is "ibm"; two may be initials."""
    joined: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if len(word) == 1 and word.isalpha() and word.isascii():
            run.append(word)
            continue
        joined += ["".join(run)] if len(run) > 2 else run
        run = []
        if word:
            joined.append(word)
    return joined


@lru_cache(maxsize=_CACHED)
def _read_word(word: str) -> tuple[Word, ...]:
    if word.isascii():
        return _meant(word)
    script = script_of(word)
    if script in ("han", "hangul", "kana"):
        parts: list[Word] = []
        for piece, meaning in packaged_words().part(word):
            if meaning is not None:
                parts += [Word(text, meaning.kind) for text in meaning.concept]
            else:
                parts += [Word(fold(piece), "own")] if fold(piece) else []
        return tuple(parts)
    if script == "arabic" and word.startswith("ال") and len(word) > 4:
        known = packaged_words().words.get(fold(word))
        return _meant(fold(word)) if known else (Word("al", "link"), *_meant(fold(word[2:])))
    return _meant(fold(word))


def _meant(text: str) -> tuple[Word, ...]:
    if not text:
        return ()
    if any(map(str.isdigit, text)):
        match = _ORDINAL.fullmatch(text) or _NUMBERED.fullmatch(text)
        return (Word(match[1].lstrip("0") or "0" if match else text.lstrip("0") or "0", "number"),)
    meaning = packaged_words().meaning(text)
    if meaning is not None:
        return tuple(Word(concept, meaning.kind) for concept in meaning.concept)
    if text in packaged_forms().whole and len(text) < 6:
        return (Word(text, "form"),)
    return (Word(text, "own"),)
