"""With which characters a pattern can begin, read off the pattern, so that most rules need never be tried."""

from __future__ import annotations

import re

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
"""The characters of a `fold_marking` key."""
_ANY = frozenset(ALPHABET)
_DIGITS = frozenset("0123456789")
_PLAIN_START = re.compile(r"[A-Z0-9](?![?*{|])[^|]*$")
_OPENING = re.compile(r"\((?:\?:)?")
_MAY_BE_ABSENT = re.compile(r"[?*]|\{0?,")
STARTS_LENGTH = 4
"""Characters of a key by which rules are looked up."""
_LITERAL = re.compile(rf"(?:[A-Z0-9](?![?*{{+])){{1,{STARTS_LENGTH}}}")


def literal_starts(pattern: str) -> frozenset[str]:
    """Beginnings of one to `STARTS_LENGTH` characters with one of which every match begins.

    As long as the pattern writes its characters out; where it does not, as `first_characters`. Raises
    re.error where a class in it is none.
    """
    found: set[str] = set()
    for choice in _choices(pattern):
        literal = _LITERAL.match(choice)
        found |= {literal.group()} if literal else first_characters(choice)
    return frozenset(found)


def first_characters(pattern: str) -> frozenset[str]:
    """Every character of a key with which a match can begin; rather too many than one too few.

    Understands what marking rules are written in: letters, digits, classes, groups, choices, repetition.
    """
    if _PLAIN_START.match(pattern):
        return frozenset(pattern[0])
    found: set[str] = set()
    for choice in _choices(pattern):
        found |= _first_of_sequence(choice)
    return frozenset(found)


def _first_of_sequence(text: str) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    position = 0
    while position < len(text):
        end = _element_end(text, position)
        found |= _first_of_element(text[position:end])
        repetition = _MAY_BE_ABSENT.match(text, end)
        if not repetition:
            return found
        closing = text.find("}", end)
        position = closing + 1 if text[end] == "{" and closing > 0 else end + 1
    return _ANY


def _first_of_element(element: str) -> frozenset[str]:
    if element == r"\d":
        return _DIGITS
    if element.startswith("(") and (element.startswith("(?:") or not element.startswith("(?")):
        opening = _OPENING.match(element)
        return first_characters(element[opening.end() if opening else 1 : -1])
    if element.startswith("["):
        letters = re.compile(element)
        return frozenset(char for char in ALPHABET if letters.match(char))
    return frozenset(element) if element in _ANY else _ANY


def _element_end(text: str, start: int) -> int:
    """Where the element that begins at ``start`` ends: a character, an escape, a class or a group."""
    if text[start] == "\\":
        return start + 2
    if text[start] == "[":
        closing = text.find("]", start + 2)
        return closing + 1 if closing > 0 else len(text)
    depth = 0
    for position in range(start, len(text)):
        depth += (text[position] == "(") - (text[position] == ")")
        if not depth:
            return position + 1
    return len(text)


def _choices(text: str) -> list[str]:
    """The pattern parted at every | that stands in no group and no class."""
    parts, start, position = [], 0, 0
    while position < len(text):
        if text[position] == "|":
            parts.append(text[start:position])
            start = position = position + 1
        else:
            position = _element_end(text, position)
    return [*parts, text[start:]]
