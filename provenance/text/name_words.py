"""The name of a party as words to compare: each with its kind, numbers as digits, legal forms left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from provenance.text.firm_names import packaged_forms, words_of
from provenance.text.folding import fold, script_of
from provenance.text.generic_words import packaged_words
from provenance.text.number_words import with_digits
from provenance.text.transliteration import WITHOUT_VOWELS

_CACHED = 1 << 17
BRACKETED = re.compile(r"\s*[(（\[]([^()（）\[\]]{2,})[)）\]]")
"""What stands in brackets behind a name."""

_WITHOUT_VOWELS = ("arabic", "hebrew")
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
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|y|i|ii|yi|oi|go|a|aya)")
_CAPITAL = "[A-ZА-ЯЁІЇЄҐ]"
_INITIAL = re.compile(
    rf"(?<!\w)(?P<initial>{_CAPITAL})(?:\.(?=\s*(?:{_CAPITAL}|$))|(?= {_CAPITAL}(?!\w)))"
    rf"|(?<=(?<!\w){_CAPITAL} )(?P<next>{_CAPITAL})(?!\w)"
)
_GENERAL = ("generic", "place", "form", "title", "common")
_SHORTEST_NEAR_WORD = 6
_LONG_NEAR_WORD = 8
_FIELDS = (30, 35, 40)
FIELD_ENDS = frozenset(size - spaces for size in _FIELDS for spaces in (0, 1))
"""The lengths of names that end where a field of 30, 35 or 40 characters does, a space at its end or not."""
_SHORTEST_FORM_WORD = 7
_SHORTEST_MISSPELT_FORM = 6
_LONG_FORM_WORD = 8
_FEWEST_INITIALS = 3
_SHORTEST_INITIAL_FORM = 5
_SHORTEST_BESIDE_FORM = 4
_GLUED = (
    "gmbh", "limited", "corp", "incorporated", "fgup", "ojsc", "cjsc", "pjsc", "ltd", "llc", "inc", "jsc",
    "ooo", "oao", "zao", "pao", "plc", "srl", "tov", "sarl", "ltda",
)  # fmt: skip
"""Legal forms that people write into a name without a space; few other words begin or end like them."""
_SMALL_WORDS = frozenset(
    {"and", "of", "the", "for", "und", "et", "de", "du", "y", "i", "и", "та", "по", "в", "з"}
)
_STATES = {
    ("united", "states", "of", "america"): "usa",
    ("united", "states"): "usa",
    ("u", "s", "a"): "usa",
    ("u", "s"): "usa",
    ("united", "kingdom"): "uk",
    ("u", "k"): "uk",
    ("united", "arab", "emirates"): "uae",
    ("u", "a", "e"): "uae",
    ("hong", "kong"): "hongkong",
    ("h", "k"): "hongkong",
}
_ALSO_SYLLABLES = frozenset({"da", "de", "du", "di", "le", "la"})
_PINYIN = re.compile(
    "(?:[bpmfdtnlgkhjqxzcsryw]|zh|ch|sh)?(?:a|ai|an|ang|ao|e|ei|en|eng|er|ia|ian|iang|iao|ie|in|ing|iong|iu"
    "|i|ong|ou|o|ua|uai|uan|uang|ue|ui|un|uo|u)"
)
_ZERO_FOR_O = re.compile(r"(?:(?<=[a-z])|^)0(?=[a-z]{2}[a-z]+$)")
_NUMBERED = re.compile(r"no(\d+)")
MOST_WORDS = 14
"""Words of a name that are compared; what follows them is left out."""


class Word(NamedTuple):
    """One word to compare: Latin small letters and digits, and its kind.

    The kind is ``own`` for what is the firm's own, ``number``, or what `generic_words` calls it; of a given
    name the text is one spelling for all languages.
    """

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class NameWords:
    """A name as words, and whether anything in it is the firm's own.

    ``initials`` are what people may abbreviate it to: the first letters of its words as they are written,
    without and with its legal form, small words left out. Three letters at least. ``spelt`` are its words as
    they are spelt, each with the number of the words that it is read as. ``aside`` counts the words at the
    end that stand in brackets. ``beginnings`` are the keys of what fields of 30, 35 and 40 characters would
    keep of a longer name, and ``cut_off`` that of a name which may be such a rest.
    """

    words: tuple[Word, ...]
    only_forms: bool
    initials: tuple[str, ...] = ()
    spelt: tuple[tuple[str, int], ...] = ()
    aside: int = 0
    beginnings: tuple[str, ...] = ()
    cut_off: str = ""


@lru_cache(maxsize=1 << 14)
def name_words(name: str) -> NameWords:
    """A name as words to compare, at most `MOST_WORDS`; legal forms at its ends are left out.

    A name of nothing but legal forms is marked so and keeps its words.
    """
    forms = packaged_forms()
    aside = _in_brackets(name)
    # What stands in brackets is no end of a name: "Obsidian Ltd (Austin)" ends in a legal form.
    written = words_of(BRACKETED.sub(" ", name) if aside else name)
    bare = [_form_word(word) for word in written]
    only_forms = bool(bare) and forms.is_only_forms(name)
    stripped = bare if only_forms else forms.strip(" ".join(bare)).split()
    stripped += aside
    initials = {fold(match["initial"] or match["next"]) for match in _INITIAL.finditer(name)}
    spelt = _joined_letters(_in_one_word(stripped))
    pieces = with_digits(spelt)
    read = [
        (Word(fold(piece), "own"),)
        if fold(piece) in initials or _is_syllable(pieces, place)
        else _set_aside(_read_word(piece), piece in aside)
        for place, piece in enumerate(pieces)
    ]
    words = [word for some in read for word in some]
    as_written = dict(zip(bare, written, strict=True))
    return NameWords(
        tuple(words[:MOST_WORDS]),
        only_forms or all(word.kind in ("form", "link") for word in words),
        _initials(stripped, bare),
        tuple((fold(as_written.get(text, text)), len(some)) for text, some in zip(spelt, read, strict=True))
        if len(spelt) == len(pieces)
        else (),
        _words_aside(pieces, read, aside) if len(words) <= MOST_WORDS else 0,
        tuple(fold(name[:size]) for size in _FIELDS if len(name) > size),
    )


def _words_aside(pieces: list[str], read: list[tuple[Word, ...]], aside: list[str]) -> int:
    """How many words at the end of a name stand in brackets."""
    if not aside or pieces[-len(aside) :] != aside:
        return 0
    return sum(map(len, read[-len(aside) :]))


def _in_brackets(name: str) -> list[str]:
    """The words in brackets, as "Austin" in "Obsidian (Austin) Ltd"; none where there are no others."""
    inside = [word for match in BRACKETED.finditer(name) for word in words_of(match[1])]
    return inside if words_of(BRACKETED.sub(" ", name)) else []


def _set_aside(words: tuple[Word, ...], is_aside: bool) -> tuple[Word, ...]:
    """Words in brackets as what they mostly are there, places; others as they are."""
    if not is_aside:
        return words
    return tuple(Word(word.text, "place") if word.kind == "own" else word for word in words)


def readings(name: str) -> list[NameWords]:
    """A name as words, and as it may be read besides.

    What stands in brackets may be a town or a branch, which weighs nothing then. If the name ends where a
    field of an old system does, the last word, if it is unknown, may be the beginning of one and weighs
    little.
    """
    words = name_words(name)
    found = [words]
    if words.aside and words.aside < len(words.words):
        found.append(replace(words, words=_without_weight(words.words, words.aside)))
    if len(name.strip()) in FIELD_ENDS:
        cut = replace(words, cut_off=fold(name))
        if len(words.words) > 1 and words.words[-1].kind == "own":
            cut = replace(cut, words=(*words.words[:-1], Word(words.words[-1].text, "title")))
        found.append(cut)
    return found


def _without_weight(words: tuple[Word, ...], aside: int) -> tuple[Word, ...]:
    """The words, the last of them as what does not tell one firm from another."""
    return (*words[:-aside], *(Word(word.text, "aside") for word in words[-aside:]))


@lru_cache(maxsize=_CACHED)
def near_known_word(text: str) -> str:
    """The concept of the general word that a word is but for one letter, or two of a long one; empty where it
    is near to none.

    Takes Latin small letters.
    """
    if len(text) < _SHORTEST_NEAR_WORD or not text.isalpha():
        return ""
    allowed = 1 if len(text) < _LONG_NEAR_WORD else 2
    near = process.extractOne(
        text, _general_words().get(text[0], ()), scorer=OSA.distance, processor=None, score_cutoff=allowed
    )
    if near is None or near[0] == text:
        return ""
    concept = packaged_words().words[str(near[0])].concept
    return concept[0] if len(concept) == 1 else ""


@cache
def _general_words() -> dict[str, tuple[str, ...]]:
    """The general words long enough to be known though misspelt, by their first letter."""
    found: dict[str, list[str]] = {}
    for word, meaning in sorted(packaged_words().words.items()):
        if len(word) >= _SHORTEST_NEAR_WORD and word.isalpha() and meaning.kind in _GENERAL:
            found.setdefault(word[0], []).append(word)
    return {letter: tuple(words) for letter, words in found.items()}


def _in_one_word(words: list[str]) -> list[str]:
    """Words with the names of some states written in one: "u s" and "united states" are "usa"."""
    found: list[str] = []
    at = 0
    while at < len(words):
        size = next((size for size in (4, 3, 2) if tuple(words[at : at + size]) in _STATES), 1)
        found.append(_STATES[tuple(words[at : at + size])] if size > 1 else words[at])
        at += size
    return found


def _is_syllable(pieces: list[str], place: int) -> bool:
    """Whether a word that means "of" elsewhere is a Chinese syllable here: Da Feng, Shenzhen Da Yuan."""
    if pieces[place] not in _ALSO_SYLLABLES:
        return False
    following = pieces[place + 1] if place + 1 < len(pieces) else ""
    return place == 0 or _PINYIN.fullmatch(following) is not None


@lru_cache(maxsize=_CACHED)
def _form_word(word: str) -> str:
    """A long word of a legal form that is misspelt in one letter, or two of many, spelt as it should be."""
    if len(word) < _SHORTEST_MISSPELT_FORM or not word.isalpha():
        return word
    known = _long_form_words()
    if word in known or packaged_words().meaning(fold(word)) is not None:
        return word
    allowed = 1 if len(word) < _LONG_FORM_WORD else 2
    near = process.extractOne(word, known, scorer=OSA.distance, processor=None, score_cutoff=allowed)
    return str(near[0]) if near and near[0][0] == word[0] else word


@cache
def _long_form_words() -> tuple[str, ...]:
    """The long words of legal forms, in small letters."""
    words = {word for form in packaged_forms().whole for word in form.split()}
    return tuple(sorted(word for word in words if len(word) >= _SHORTEST_FORM_WORD and word.isalpha()))


def _initials(stripped: list[str], bare: list[str]) -> tuple[str, ...]:
    """What a name may be abbreviated to, without and with its legal form; Latin small letters.

    A form adds its letter where it is written out (SMIC: Corporation), not where it is short (Co., S.A.).
    """
    kept = set(stripped)
    spelled_out = [word for word in bare if word in kept or len(word) >= _SHORTEST_INITIAL_FORM]
    found = {
        "".join(fold(word)[:1] for word in words if word not in _SMALL_WORDS)
        for words in (stripped, spelled_out)
    }
    return tuple(sorted(text for text in found if len(text) >= _FEWEST_INITIALS and text.isalpha()))


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
        return _meant(fold(word)) if known else (Word("al", "link"), *_consonants(fold(word[2:])))
    return _consonants(fold(word)) if script in _WITHOUT_VOWELS else _meant(fold(word))


def _consonants(text: str) -> tuple[Word, ...]:
    """The words of a text in a script that leaves out vowels: what is no known word is marked."""
    return tuple(
        Word(word.text + WITHOUT_VOWELS, word.kind) if word.kind == "own" else word for word in _meant(text)
    )


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


def without_glued_form(word: str) -> str:
    """The rest of a word that a legal form was written into: boschgmbh, jscargument; empty where none was.

    Takes Latin small letters.
    """
    if not (word.endswith(_GLUED) or word.startswith(_GLUED)):
        return ""
    for form in _GLUED:
        for rest in (word.removesuffix(form), word.removeprefix(form)):
            if rest != word and len(rest) >= _SHORTEST_BESIDE_FORM:
                return rest
    return ""
