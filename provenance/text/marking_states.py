"""The content of a cell for a marking: the marking itself, its state, or that it is not known."""

from __future__ import annotations

import re
from functools import lru_cache

from provenance.core.vocabulary import MarkingState
from provenance.text.marking_lines import marking_lines
from provenance.text.unknown import says_unknown

_ENDINGS = ("", "о", "а", "е", "і", "и", "ы", "ий", "ый", "ая", "ое", "ые")


def _endings(stems: str) -> tuple[str, ...]:
    """Each stem with the endings of Ukrainian and Russian participles and adjectives."""
    return tuple(stem + ending for stem in stems.split() for ending in _ENDINGS)


_WORDS = {
    MarkingState.ILLEGIBLE: (
        "illegible", "unreadable", "not legible", "not readable", "cannot be read", "unclear", "not clear",
        "marking illegible", "marking unreadable", "illegible marking",
        *_endings("нечитабельн нерозбірлив нечитаем неразборчив"),
        "не читається", "не розібрати", "маркування не читається", "маркування нечитабельне",
        "не читается", "не разобрать", "маркировка не читается", "маркировка нечитаема",
        "看不清", "模糊", "无法辨认", "不可读", "不清晰", "字迹不清",
    ),
    MarkingState.OBLITERATED: (
        "obliterated", "ground off", "sanded off", "filed off", "scratched off", "removed", "erased",
        "marking removed", "marking ground off", "lasered off", "polished off", "worn off", "rubbed off",
        *_endings(
            "стерт затерт сточен зашліфован зішліфован спилян знищен видален збит зрізан"
            " стёрт затёрт стачен сошлифован зашлифован спилен уничтожен удален удалён сбит срезан соскоблен"
        ),
        "маркування стерто", "маркування знищено", "маркування видалено",
        "маркировка стерта", "маркировка стёрта", "маркировка удалена", "маркировка уничтожена",
        "磨掉", "已磨掉", "打磨", "已打磨", "磨去", "刮掉", "磨损", "擦除",
    ),
    MarkingState.NONE: (
        "none", "no marking", "no markings", "unmarked", "not marked", "no mark", "no top mark", "blank",
        "without marking",
        "немає", "нема", "без маркування", "маркування відсутнє", "відсутнє", "немаркований",
        "нет", "без маркировки", "маркировки нет", "нет маркировки", "маркировка отсутствует", "отсутствует",
        "无", "無", "无标识", "无丝印", "无标记",
    ),
}  # fmt: skip
_STATES = {word: state for state, words in _WORDS.items() for word in words}
"""Words that replace a marking and state its condition."""

_LONGEST_WORD = 40
"""The longest word for a state or for the unknown; a longer text is a marking and need not be looked up."""

_DIGIT = re.compile(r"[0-9]")
_AROUND = " \t.!()[]<>*\"'«»"
"""Signs that may stand around a word for a state."""

_WITHOUT = {
    MarkingState.ILLEGIBLE: "illegible marking",
    MarkingState.OBLITERATED: "obliterated marking",
    MarkingState.NONE: "no marking on it",
}

ReadMarking = tuple[str | None, MarkingState | None]


def read_marking_cell(text: str | None, *, mixed: bool = False) -> ReadMarking:
    """The marking, its lines separated by newlines (`marking_lines`), and what the cell says of its state.

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
    marking = marking_lines(text)
    if not marking:
        return None, None
    return marking, None if mixed else MarkingState.PRESENT


@lru_cache(maxsize=65536)
def _of_a_word(text: str) -> tuple[MarkingState | None, bool]:
    """The state that a text stands for, and whether it says that the marking is not known."""
    if _DIGIT.search(text):
        # No word for a state or for the unknown has a digit, and most markings do.
        return None, False
    word = text.strip()
    state = _STATES.get(" ".join(word.casefold().strip(_AROUND).split()))
    # A single letter or digit may be a marking; a single punctuation mark is not.
    unknown = (len(word) > 1 and says_unknown(word)) or word in "?-–—"
    return state, state is None and unknown
