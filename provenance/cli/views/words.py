"""Counts, unknowns and texts in words."""

from __future__ import annotations

import re

from provenance.text.plurals import many as many

UNKNOWN = "–"
"""What stands in a cell whose value is unknown."""

_LINE_END = re.compile(r"[ \t]*(?:\r?\n[ \t]*)+")


def one_line(text: str) -> str:
    """A text of several lines, such as a marking, on one line: line ends become `` / ``."""
    return _LINE_END.sub(" / ", text.strip("\n")) if "\n" in text else text


def known(value: object) -> str:
    """A value as text, or the sign for the unknown."""
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)


def plain_name(name: str) -> str:
    """A name from a vocabulary or a key in words: ``guided_munition`` is ``guided munition``."""
    return name.replace("_", " ")
