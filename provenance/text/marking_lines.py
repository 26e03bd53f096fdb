"""The lines of a marking that is written on one line: the one rule for every way in."""

from __future__ import annotations

import re

_SIGNS = ("\n", "\r", "//", "|", "\\n")
_ENDS = re.compile(r"\s*(?:\r\n?|\n|\\n|(?<!:)//|\|)\s*")


def marking_lines(text: str) -> str:
    """The marking with its lines separated by newlines, without blank ones.

    A line ends at a line break, at ``//`` (but for that of a web address), at ``|``, or at a ``\\n`` that was
    written out.
    """
    if not any(sign in text for sign in _SIGNS):
        return text.strip()
    return "\n".join(filter(None, _ENDS.split(text.strip())))
