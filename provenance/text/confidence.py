"""Names given in confidence, removed from texts that others may read."""

from __future__ import annotations

import re
from collections.abc import Iterable

HIDDEN = "[named in confidence]"
"""Replaces a name given in confidence."""


def blank_names(text: str, names: Iterable[str]) -> str:
    """A text with some names replaced, longest first, whatever their case and the spaces between words."""
    for name in sorted(names, key=len, reverse=True):
        pattern = r"\s+".join(map(re.escape, name.split()))
        text = re.sub(pattern, HIDDEN, text, flags=re.IGNORECASE)
    return text
