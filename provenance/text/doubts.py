"""Names and numbers that their own source doubts: "TI?", "probably Analog Devices", "Kh-101 (?)"; pure."""

from __future__ import annotations

import re
from functools import lru_cache

_SIGNS = re.compile(r"^\s*(?:\?|[~≈]\s*\w)|\?\s*\)?\s*$|\(\s*\?+\s*\)")
_WORDS = (
    "probably|possibly|perhaps|maybe|presumably|supposedly|likely|apparently|allegedly|presumed|suspected"
    "|ймовірно|імовірно|можливо|мабуть|напевно|начебто|схоже|припустимо"
    "|вероятно|возможно|предположительно|видимо|похоже|наверное|якобы"
)
_IN_WORDS = re.compile(
    rf"^\s*\(?(?:{_WORDS})\b|[\s,(]+(?:{_WORDS})\s*\)?\s*$|可能|疑似|或许|大概", re.IGNORECASE
)
_MARKS = re.compile(r"[?~≈]|[^\W\d_]{4}|[可疑或大]")
"""One of these is in every doubt."""


@lru_cache(maxsize=65536)
def is_doubted(text: str) -> bool:
    """Whether a text says of itself that it may be wrong: by a question mark at an end, or a word.

    A question mark inside ("AD76?6") stands for a character that cannot be read, and one alone for a whole
    name that is not known.
    """
    if _MARKS.search(text) is None or not any(map(str.isalnum, text)):
        return False
    return _SIGNS.search(text) is not None or _IN_WORDS.search(text) is not None
