"""Several values in one cell: names, aliases and addresses separated as people separate them.

Lines, semicolons, vertical bars, bullets and enumerations ("(i) … (ii) …", "1) … 2) …") always separate. A
slash, a comma or "and" is part of many names, and separates only where what stands on either side is a name
by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from provenance.sources.watchlists.base import country_or_none
from provenance.text.addresses import read_address
from provenance.text.name_words import name_words

_SEPARATORS = ";；|｜\n\r•‣▪●◦∙◆■►➢✓"
_JAPANESE_BULLET = re.compile(r"(?:^|(?<=\s))・")
"""Only before an item: within a name it separates the words of a foreign one."""

_OPENING, _CLOSING = "(（[［", ")）]］"
_LINE_START = re.compile(r"\s*(?:[*]\s*|[-–—]\s*(?=\S)|(?:\d{1,2}|[a-z])[.]\s+)")
"""What stands before an item on a line of its own, besides bullets and enumerations."""

_MARKED = re.compile(r"\s*(?:[•‣▪●◦∙◆■►➢✓*]|[-–—]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]\s)", re.IGNORECASE)
"""The beginning of a line that is an item of a list."""

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_MARKER = re.compile(r"(?:^|(?<=[\s;,.]))\(?(?P<mark>[ivx]{1,5}|[a-z]|\d{1,2})\)\s+", re.IGNORECASE)
_AND_FIRST = re.compile(r"^(?:and|и|та|і|y|et|und|ve)\s+(?=\S)", re.IGNORECASE)
BETWEEN_NAMES = re.compile(r"\s+(?:and|и|та|&)\s+", re.IGNORECASE)
"""A word that stands between two names, or within one."""

_ABBREVIATION = re.compile(r"[A-ZА-ЯІЇЄҐ0-9&]{2,8}")
_SPACES = re.compile(r"[ \t]+")
_EDGES = " \t\r\n,;"
_FIRMS = ("generic", "form")
"""Kinds of words that firms have in their names, and persons have not."""

_FEWEST_WORDS = 2
"""Words of a name that a comma or a slash may separate from another: one word may be a town or a surname."""


def parts(cell: str, separator: str = ";") -> list[str]:
    """The parts of a cell without the spaces around them; empty ones are left out."""
    return [part.strip() for part in cell.split(separator) if part.strip()]


def items(cell: str) -> list[str]:
    """The items of a cell that lines, semicolons, bullets, bars or an enumeration separate, without these."""
    cell = _with_wrapped_lines(_JAPANESE_BULLET.sub("•", cell))
    found = (_bare(item) for piece in _enumerated(cell) for item in _separated(piece))
    return [item for item in found if item]


def _with_wrapped_lines(cell: str) -> str:
    """The cell with the lines that go on with a marked one above them joined to it."""
    lines = [line for line in cell.splitlines() if line.strip()]
    if len(lines) < _FEWEST_WORDS or not _MARKED.match(lines[0]):
        return cell
    joined = lines[:1]
    for line in lines[1:]:
        if _MARKED.match(line):
            joined.append(line)
        else:
            joined[-1] += f" {line.strip()}"
    return "\n".join(joined)


def names_of(cell: str) -> list[str]:
    """The names of a cell: its items, and those that a slash, a comma or "and" separates."""
    return [name for item in items(cell) for name in _names_in(item)]


def addresses_of(cell: str) -> list[str]:
    """The addresses of a cell: its items, but lines of one address stay together.

    Lines are addresses of their own where each has a bullet, ends in a country, or names a street and a town.
    """
    found: list[str] = []
    for piece in _enumerated(_JAPANESE_BULLET.sub("•", cell)):
        for part in _separated(piece, _SEPARATORS.replace("\n", "").replace("\r", "")):
            lines = [line.strip() for line in part.splitlines() if line.strip()]
            if len(lines) > 1 and (all(map(_LINE_START.match, lines)) or all(map(_stands_alone, lines))):
                found += map(_bare, lines)
            else:
                found.append(_AND_FIRST.sub("", part.strip(_EDGES)))
    return [address for address in found if address]


def _stands_alone(line: str) -> bool:
    """Whether a line is a whole address: it ends in a country, or has a street with a number and a town."""
    head, comma, last = line.rpartition(",")
    if country_or_none(last if comma else line) is not None:
        return True
    read = read_address(line)
    named = {word.text for word in read.words.words if word.kind == "own"}
    return bool(comma) and bool(head.strip()) and read.locates and len(named) >= _FEWEST_WORDS


def _bare(item: str) -> str:
    """An item without what stands before it: "and", a dash, a number."""
    item = _AND_FIRST.sub("", item.strip(_EDGES))
    start = _LINE_START.match(item)
    return _SPACES.sub(" ", item[start.end() if start else 0 :].strip(_EDGES))


def _enumerated(cell: str) -> Iterator[str]:
    """The pieces of an enumeration; the whole cell where there is none.

    Its marks follow each other from the first, which may be missing before the first item.
    """
    found = [match for match in _MARKER.finditer(cell) if not _closes(cell, match)]
    marks = [match["mark"].casefold() for match in found]
    places = _places(marks)
    starts_late = bool(found) and bool(cell[: found[0].start()].strip()) and places[:1] == [1]
    in_order = bool(places) and all(after == before + 1 for before, after in pairwise(places))
    if not in_order or not (places[0] == 0 or starts_late):
        yield cell
        return
    yield cell[: found[0].start()]
    for match, following in zip(found, [*found[1:], None], strict=True):
        yield cell[match.end() : following.start() if following else len(cell)]


def _closes(cell: str, mark: re.Match[str]) -> bool:
    """Whether the bracket after a mark closes one that was opened before it."""
    before = cell[: mark.start()]
    return "(" not in mark[0] and before.count("(") > before.count(")")


def _places(marks: Sequence[str]) -> list[int]:
    """The places of marks in the one series that has them all: 1 2 3, i ii iii, or a b c."""
    if not marks:
        return []
    if all(mark.isdigit() for mark in marks):
        return [int(mark) - 1 for mark in marks]
    if all(mark in _ROMAN for mark in marks):
        return [_ROMAN.index(mark) for mark in marks]
    if all(len(mark) == 1 for mark in marks):
        return [ord(mark) - ord("a") for mark in marks]
    return []


def _separated(text: str, separators: str = _SEPARATORS) -> Iterator[str]:
    """The pieces between separators; a list in brackets is separated too, and follows what it explains."""
    outer: list[str] = []
    inner: list[list[str]] = []
    stack: list[int] = []
    current = ""
    pieces: list[str] = []
    for place, char in enumerate(text):
        if char in _OPENING and any(closing in text[place + 1 :] for closing in _CLOSING):
            stack.append(place)
        if char in _CLOSING and stack:
            opened = stack.pop()
            body = text[opened + 1 : place]
            if not stack and ";" in body:
                current = current[: len(current) - (place - opened)]
                inner.append(parts(body))
                continue
        if char in separators and not stack:
            pieces.append(current)
            pieces += [item for group in inner for item in group]
            current, inner = "", []
            continue
        current += char
    outer = [*pieces, current, *(item for group in inner for item in group)]
    yield from (piece for piece in outer if piece.strip())


def _names_in(item: str) -> list[str]:
    """An item, or the names that it is made of.

    Where the pieces need not be firms ("Bin Laden, Usama Muhammed"), the whole is kept as a name too.
    """
    for pieces in (_at_and(item), re.split(r"\s+/\s+", item), _at_commas(item)):
        if len(pieces) > 1 and (all(map(_is_long, pieces)) or all(map(_ABBREVIATION.fullmatch, pieces))):
            found = [name for piece in pieces for name in _names_in(_AND_FIRST.sub("", piece))]
            return found if all(map(_is_firm, pieces)) else [*found, item]
    return [item]


def _is_long(piece: str) -> bool:
    return len(piece.split()) >= _FEWEST_WORDS


def _is_firm(piece: str) -> bool:
    """Whether a name has a legal form or a word of the trade."""
    words = name_words(piece).words
    return len(words) < len(piece.split()) or any(word.kind in _FIRMS for word in words)


def joined_forms(text: str) -> list[str]:
    """The pieces of a text between commas, a legal form with the name before it: "Zeta Co., Ltd."."""
    pieces: list[str] = []
    for piece in text.split(","):
        if pieces and (not piece.strip() or name_words(piece).only_forms):
            pieces[-1] += f",{piece}"
        else:
            pieces.append(piece)
    return [piece.strip() for piece in pieces if piece.strip()] or [text.strip()]


def _at_commas(item: str) -> list[str]:
    """The pieces between commas, a legal form with the name before it; one where a piece is a place."""
    pieces = joined_forms(item)
    is_place = any(any(map(str.isdigit, piece)) or country_or_none(piece) for piece in pieces[1:])
    return [item] if is_place else pieces


def _at_and(item: str) -> list[str]:
    """Two names around "and" where both have a legal form in the same place."""
    for match in BETWEEN_NAMES.finditer(item):
        left, right = item[: match.start()].strip(_EDGES), item[match.end() :].strip(_EDGES)
        if any(_is_form(left, place) and _is_form(right, place) for place in (-1, 0)):
            return [left, right]
    return [item]


def ends_in_form(name: str) -> bool:
    """Whether a name of several words ends in a legal form."""
    return _is_form(name, -1)


def _is_form(name: str, place: int) -> bool:
    """Whether the first or the last word of a name of several words is a legal form."""
    words = name.split()
    return len(words) >= _FEWEST_WORDS and name_words(words[place]).only_forms
