"""The names of parties: several names in one cell separated, and each name as words to compare.

"Sinobright Import and Export Company; and any successor, sub-unit, or subsidiary thereof" is one name;
"Delta Ltd, a.k.a. Omega (DLT)" is three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from provenance.core.vocabulary.watched import ListedNameKind
from provenance.text.firm_names import packaged_forms, words_of
from provenance.text.folding import fold, script_of
from provenance.text.generic_words import packaged_words

_CACHED = 1 << 17

_TAIL = re.compile(
    r"[\s;,]*\b(?:and|or|including|together with)\s+(?:any|all|its|their)?\s*(?:of\s+(?:its|their)\s+)?"
    r"(?:successors?|sub-?\s?units?|subsidiar(?:y|ies)|affiliates?)\b[^;()]*?"
    r"(?:thereof|thereto|of (?:it|them)|$)\s*[.;,]*",
    re.IGNORECASE,
)
_KNOWN_AS = re.compile(
    r"[\s,;(]*(?:\b|(?<=[\s,;(]))(?:"
    r"(?P<former>f[./]?\s?k[./]?\s?a\.?(?=[\s:,'\"])|formerly(?:\s+known\s+as)?|previously(?:\s+known\s+as)?"
    r"|ранее|раніше)"
    r"|(?P<alias>a[./]?\s?k[./]?\s?a\.?(?=[\s:,'\"])|n[./]?k[./]?a\.?(?=[\s:,'\"])|also\s+known\s+as|now\s+known\s+as"
    r"|also\s+doing\s+business\s+as|doing\s+business\s+as|d[./]?b[./]?a\.?(?=[\s:,'\"])|trading\s+as"
    r"|operating\s+as|using\s+the\s+name|а\.?к\.?а\.?|также\s+известн\w+\s+как|також\s+відом\w+\s+як)"
    r")[\s:,]*",
    re.IGNORECASE,
)
_BETWEEN_PARTIES = re.compile(r"[;；\n\r|、]|\s/\s")
_BRACKETED = re.compile(r"\s*[(（\[]([^()（）\[\]]{2,})[)）\]]")
_ABBREVIATION = re.compile(r"[A-ZА-ЯЁІЇЄҐ0-9][A-Za-zА-Яа-яЁёІіЇїЄєҐґ0-9&.-]{1,11}(?: \d{1,4})?")
_UNPARTED = ("han", "hangul", "kana")
_RUNS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|[^\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_CHINESE_DIGITS = "〇一二三四五六七八九"
_CHINESE_ORDINAL = re.compile(f"第([{_CHINESE_DIGITS}]?十[{_CHINESE_DIGITS}]?|[{_CHINESE_DIGITS}]+)")
_HEARD = str.maketrans({"长": "常", "長": "常", "厦": "夏", "廈": "夏", "重": "虫", "乐": "月", "樂": "月"})
"""Characters with two readings, as in names of firms and towns (Changchun, Xiamen, Chongqing, Yueqing)."""

_KOREAN_NAME = 3
_KOREAN_FAMILIES = {
    "김": "kim", "이": "lee", "리": "ri", "박": "park", "최": "choi", "정": "jung", "강": "kang", "조": "cho",
    "윤": "yoon", "장": "jang", "임": "lim", "림": "rim", "오": "oh", "서": "seo", "신": "shin", "권": "kwon",
    "황": "hwang", "안": "ahn", "송": "song", "류": "ryu", "홍": "hong", "고": "ko", "문": "moon",
}  # fmt: skip
"""Family names that firms' names seldom begin with, as their bearers write them in Latin letters."""

_QUOTES = "\"'“”„«»‘’`"
_EDGES = " \t\r\n;,."
_LEADING_AND = re.compile(r"^(?:and|or|и|та|і)\s+(?=\S)", re.IGNORECASE)
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|y|i|ii|yi|oi|go|a|aya)")
_CAPITAL = "[A-ZА-ЯЁІЇЄҐ]"
_INITIAL = re.compile(
    rf"(?<!\w)(?P<initial>{_CAPITAL})(?:\.(?=\s*(?:{_CAPITAL}|$))|(?= {_CAPITAL}(?!\w)))"
    rf"|(?<=(?<!\w){_CAPITAL} )(?P<next>{_CAPITAL})(?!\w)"
)
_ZERO_FOR_O = re.compile(r"(?:(?<=[a-z])|^)0(?=[a-z]{2}[a-z]+$)")
_NUMBERED = re.compile(r"no(\d+)")

MOST_WORDS = 14
"""Words of a name that are compared; what follows them is left out."""


class ReadName(NamedTuple):
    """One name from a cell and how the cell presents it."""

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


def several_names(cell: str) -> tuple[str, ...]:
    """The names of a cell that lists parties on lines, between semicolons, bars or spaced slashes.

    Empty where it has one name at most: a legal form on a line of its own is part of the name above.
    """
    if not _BETWEEN_PARTIES.search(cell):
        return ()
    pieces = dict.fromkeys(" ".join(piece.split()) for piece in _BETWEEN_PARTIES.split(cell))
    named = tuple(piece for piece in pieces if (words := name_words(piece)).words and not words.only_forms)
    return named if len(named) > 1 else ()


def plainly_several(cell: str) -> tuple[str, ...]:
    """The firms of a cell if each has a legal form; empty where that is not so, or there is only one."""
    names = several_names(cell)
    return names if all(map(_has_form, names)) else ()


def _has_form(name: str) -> bool:
    words = " ".join(words_of(name))
    return packaged_forms().strip(words) != words.removeprefix("the ")


def parted_at_successors(cell: str) -> tuple[str, str]:
    """The text before and after "and any successor, sub-unit, or subsidiary thereof"."""
    match = _TAIL.search(cell)
    return (cell[: match.start()], cell[match.end() :]) if match else (cell, "")


def _kind(match: re.Match[str]) -> ListedNameKind:
    return ListedNameKind.FORMER if match["former"] else ListedNameKind.ALIAS


def _with_brackets(piece: str, kind: ListedNameKind) -> list[ReadName]:
    """A piece and the abbreviations and foreign spellings in brackets after it."""
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
    """A name without what surrounds it; a quotation mark stays where there is another one inside."""
    trimmed = text.strip(edges)
    while any(mark in _QUOTES for mark in (trimmed[:1], trimmed[-1:]) if mark):
        bare = trimmed.removeprefix(trimmed[0]) if trimmed[0] in _QUOTES else trimmed
        bare = bare[:-1] if bare[-1:] and bare[-1] in _QUOTES else bare
        if any(mark in _QUOTES for mark in bare):
            break
        trimmed = bare.strip(edges)
    return trimmed


def _begins_with_form(inner: str) -> bool:
    """Whether the text in brackets is the same name in short: "(АО «Техмаш»)"."""
    words = words_of(inner)
    return len(words) > 1 and words[0] in packaged_forms().whole


@lru_cache(maxsize=1 << 14)
def name_words(name: str) -> NameWords:
    """A name as words to compare, at most `MOST_WORDS`; legal forms at its ends are left out.

    A name of nothing but legal forms is marked so and keeps its words.
    """
    forms = packaged_forms()
    bare = words_of(name)
    only_forms = bool(bare) and forms.is_only_forms(name)
    stripped = bare if only_forms else forms.strip(" ".join(bare)).split()
    initials = {fold(match["initial"] or match["next"]) for match in _INITIAL.finditer(name)}
    words = [
        word
        for piece in _joined_letters(stripped)
        for word in ([Word(fold(piece), "own")] if fold(piece) in initials else _read_word(piece))
    ]
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
    if script in _UNPARTED:
        return tuple(_parted(word))
    if script == "mixed" and len(runs := _RUNS.findall(word)) > 1:
        return tuple(part for run in runs for part in _read_word(run))
    if script == "arabic" and word.startswith("ال") and len(word) > 4:
        known = packaged_words().words.get(fold(word))
        return _meant(fold(word)) if known else (Word("al", "link"), *_meant(fold(word[2:])))
    return _meant(fold(word))


def _parted(word: str) -> Iterator[Word]:
    """The words of a text without spaces between them."""
    word = _CHINESE_ORDINAL.sub(_ordinal, word)
    for run in re.findall(r"\d+|\D+", word):
        if run.isdigit():
            yield Word(run.lstrip("0") or "0", "number")
            continue
        for piece, meaning in packaged_words().part(run):
            if meaning is not None:
                yield from (Word(text, meaning.kind) for text in meaning.concept)
            elif script_of(piece) == "hangul" and len(piece) == _KOREAN_NAME and piece[0] in _KOREAN_FAMILIES:
                yield from (Word(_KOREAN_FAMILIES[piece[0]], "own"), Word(fold(piece[1:]), "own"))
            elif text := fold(piece.translate(_HEARD)):
                yield Word(text, "own")


def _ordinal(match: re.Match[str]) -> str:
    """第十三 as 13, up to 99."""
    tens, ten, units = match[1].partition("十")
    if not ten:
        return "".join(str(_CHINESE_DIGITS.index(digit)) for digit in tens)
    values = [_CHINESE_DIGITS.index(part) if part else None for part in (tens, units)]
    return str((1 if values[0] is None else values[0]) * 10 + (values[1] or 0))


def _meant(text: str) -> tuple[Word, ...]:
    # A typing error: "0bsidian". A number at the end of a word stays one.
    text = _ZERO_FOR_O.sub("o", text)
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
    return (Word(text.replace("ع", "a"), "own"),)
