"""Several names in one cell separated.

"Sinobright Import and Export Company; and any successor, sub-unit, or subsidiary thereof" is one name;
"Delta Ltd, a.k.a. Omega (DLT)" is three.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from provenance.core.vocabulary.watched import ListedNameKind
from provenance.text.firm_names import packaged_forms, words_of
from provenance.text.folding import script_of
from provenance.text.name_words import BRACKETED, name_words

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
_ABBREVIATION = re.compile(r"[A-ZА-ЯЁІЇЄҐ0-9][A-Za-zА-Яа-яЁёІіЇїЄєҐґ0-9&.-]{1,11}(?: \d{1,4})?")
_QUOTES = "\"'“”„«»‘’`"
_EDGES = " \t\r\n;,."
_LEADING_AND = re.compile(r"^(?:and|or|и|та|і)\s+(?=\S)", re.IGNORECASE)


class ReadName(NamedTuple):
    """One name from a cell and how the cell presents it."""

    name: str
    kind: ListedNameKind


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

    main = BRACKETED.sub(lift, piece)
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
