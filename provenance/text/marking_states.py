"""The content of a cell for a marking: the marking itself, its state, or that it is not known."""

from __future__ import annotations

import re
from functools import lru_cache

from provenance.core.vocabulary import MarkingState
from provenance.text.unknown import says_unknown

_STATES = {
    "illegible": MarkingState.ILLEGIBLE,
    "unreadable": MarkingState.ILLEGIBLE,
    "нечитабельне": MarkingState.ILLEGIBLE,
    "нечитабельно": MarkingState.ILLEGIBLE,
    "нерозбірливо": MarkingState.ILLEGIBLE,
    "obliterated": MarkingState.OBLITERATED,
    "стерто": MarkingState.OBLITERATED,
    "сточено": MarkingState.OBLITERATED,
    "none": MarkingState.NONE,
    "no marking": MarkingState.NONE,
    "немає": MarkingState.NONE,
    "нема": MarkingState.NONE,
}
"""Words that replace a marking and state its condition."""

_LONGEST_WORD = 40
"""The longest word for a state or for the unknown; a longer text is a marking and need not be looked up."""

_DIGIT = re.compile(r"[0-9]")
_LINE_END = re.compile(r"\s*\r?\n\s*")

_WITHOUT = {
    MarkingState.ILLEGIBLE: "illegible marking",
    MarkingState.OBLITERATED: "obliterated marking",
    MarkingState.NONE: "no marking on it",
}

ReadMarking = tuple[str | None, MarkingState | None]


def read_marking_cell(text: str | None, *, mixed: bool = False) -> ReadMarking:
    """The marking, its lines separated by newlines, and what the cell says of its state.

    A marking that is there is PRESENT; a word such as "illegible" or "нечитабельне" is a state and no
    marking; "?", "-" or "unknown" are neither. A ``mixed`` text also has a description, so it says nothing
    about the marking's state unless it is such a word.
    """
    return _read(text, mixed) if text else (None, None)


def without_marking(state: str | None, *, unknown: str = "marking not recorded") -> str:
    """What stands in place of the marking of a component that has none on record, by its state."""
    return _WITHOUT.get(MarkingState(state), unknown) if state else unknown


def _read(text: str, mixed: bool) -> ReadMarking:
    if len(text) <= _LONGEST_WORD:
        state, unknown = _of_a_word(text)
        if state is not None or unknown:
            return None, state
    marking = _LINE_END.sub("\n", text) if "\n" in text else text
    return marking.strip(), None if mixed else MarkingState.PRESENT


@lru_cache(maxsize=65536)
def _of_a_word(text: str) -> tuple[MarkingState | None, bool]:
    """The state that a text stands for, and whether it says that the marking is not known."""
    if _DIGIT.search(text):
        # No word for a state or for the unknown has a digit, and most markings do.
        return None, False
    word = text.strip()
    state = _STATES.get(word.casefold())
    # A single letter or digit may be a marking; a single punctuation mark is not.
    unknown = (len(word) > 1 and says_unknown(word)) or word in "?-–—"
    return state, state is None and unknown
