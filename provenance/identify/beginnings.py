"""With which characters a pattern can begin, read off the pattern, so that most rules need never be tried."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
"""The characters of a `fold_marking` key."""
_MOST_STARTS = 64
"""Beginnings of one pattern, about; one that has more is known by shorter ones."""
_LITERAL = re.compile(r"([A-Z0-9]+)(?![A-Z0-9?*{+|])[^|]*$")
_OPENING = re.compile(r"\((?:\?:)?")
_REPETITION = re.compile(r"([?*+])|\{(\d*)(,?)(\d*)\}")
_WIDTHLESS = frozenset({"$", "^", r"\b", r"\B", r"\A", r"\Z"})

_Starts = set[tuple[str, bool]]
"""Beginnings, each with whether what follows it in the pattern is known to follow it at once."""


def starts(pattern: str, length: int) -> frozenset[str]:
    """Beginnings of one to ``length`` characters, with one of which every match begins.

    Rather too many than one too few, and single characters where a pattern is not understood. Understands
    what marking rules are written in: letters, digits, classes, groups, choices, repetition. Raises re.error
    where a class in it is none.
    """
    if (literal := _LITERAL.match(pattern)) and literal.end(1) >= length:
        return frozenset({pattern[:length]})
    found = {start for start, _goes_on in _of_choices(pattern, length)}
    return frozenset(ALPHABET) if "" in found else frozenset(found)


def _of_choices(text: str, length: int) -> _Starts:
    return {each for choice in _choices(text) for each in _of_sequence(choice, length)}


def _of_sequence(text: str, length: int) -> _Starts:
    found: _Starts = set()
    waiting, position = {""}, 0
    while waiting and position < len(text):
        end = _element_end(text, position)
        element: Set[tuple[str, bool]] = _of_element(text[position:end], length)
        repetition = _REPETITION.match(text, end)
        position = repetition.end() if repetition else end
        least, exactly = _times(repetition)
        before = waiting
        for _ in range(max(least, 1)):
            element = _few(element, _MOST_STARTS // len(waiting)) if waiting else element
            if not element:
                return found | {(each, False) for each in (waiting if least else waiting | before)}
            longer = {((each + start)[:length], goes_on) for each in waiting for start, goes_on in element}
            waiting = {each for each, goes_on in longer if goes_on and len(each) < length}
            found |= {(each, False) for each, goes_on in longer if not goes_on or len(each) == length}
        if not exactly:
            found |= {(each, False) for each in waiting}
            waiting = set()
        waiting |= before if least == 0 else set()
    return found | {(each, True) for each in waiting}


def _few(element: Set[tuple[str, bool]], most: int) -> Set[tuple[str, bool]]:
    """The beginnings of an element, cut shorter where there are too many; none where all are one character.

    What follows a beginning that was cut follows it no longer at once.
    """
    length = max(map(len, (start for start, _goes_on in element)), default=0)
    while len(element) > most and length > 1:
        length -= 1
        element = {(start[:length], goes_on and len(start) <= length) for start, goes_on in element}
    return element if len(element) <= most else frozenset()


def _times(repetition: re.Match[str] | None) -> tuple[int, bool]:
    """How often an element stands at least, and whether never oftener (or than once, where it may lack)."""
    if repetition is None:
        return 1, True
    if sign := repetition[1]:
        return int(sign == "+"), sign == "?"
    least = int(repetition[2] or 0)
    return least, not repetition[3] or repetition[4] == str(max(least, 1))


@lru_cache(maxsize=4096)
def _of_element(element: str, length: int) -> frozenset[tuple[str, bool]]:
    if element in ALPHABET:
        return frozenset({(element, True)})
    if element in _WIDTHLESS:
        return frozenset({("", True)})
    if element == r"\d":
        return frozenset((digit, True) for digit in "0123456789")
    if element.startswith("("):
        if element.startswith("(?") and not element.startswith("(?:"):
            # What is looked ahead or behind for takes no room.
            return frozenset({("", True)})
        opening = _OPENING.match(element)
        return frozenset(_of_choices(element[opening.end() if opening else 1 : -1], length))
    if element.startswith("["):
        letters = re.compile(element)
        return frozenset((char, True) for char in ALPHABET if letters.match(char))
    return frozenset((char, True) for char in ALPHABET)


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
