"""Lines of fast mode: `unit | marking | pieces | note`; a tab or semicolon also separates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from provenance.fields.values import marking_state

SEPARATORS = ("\t", "|", ";")
DITTO = ('"', "''", "〃", "″", "”", "«")
_CELLS = 4
_COMMENT = re.compile(r"#(\s|$)")
_UNDO = ("undo", "скасувати", "відмінити", "назад")
_END = ("quit", "exit", "end", "q", "вихід", "кінець")
_HELP = ("help", "?", "допомога")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as an entry's cells; ``unit`` is already what a ditto mark stands for."""

    cells: dict[str, str]
    unit: str


def is_blank(text: str) -> bool:
    """Whether a line is blank or a comment (``# `` and more)."""
    stripped = text.strip()
    return not stripped or _COMMENT.match(stripped) is not None


def command(text: str) -> str:
    """The command in a line: ``undo``, ``end`` or ``help``; empty for a component."""
    word = text.strip().casefold()
    for name, words in (("undo", _UNDO), ("end", _END), ("help", _HELP)):
        if word in words:
            return name
    return ""


def read_line(text: str, unit_before: str = "") -> Line:
    """Splits a line into unit, marking, pieces and note; a line without separators is a marking.

    A ditto mark for the unit is the unit of the line before. A marking may be one of the words
    illegible, obliterated, none (нечитабельне, стерто, немає).
    """
    separator = next((sign for sign in SEPARATORS if sign in text), None)
    cells = [cell.strip() for cell in text.strip("\r\n").split(separator, _CELLS - 1)] if separator else []
    if not cells:
        cells = ["", text.strip()]
    unit, marking, pieces, note = (*cells, "", "", "")[:_CELLS]
    if unit in DITTO:
        unit = unit_before
    state = marking_state(marking)
    named = {
        "unit": unit,
        "marking": "" if state else marking,
        "marking_state": str(state) if state else "",
        "pieces": pieces,
        "note": note,
    }
    return Line({name: cell for name, cell in named.items() if cell}, unit)
