"""Members of closed vocabularies, read from what people write."""

from __future__ import annotations

from enum import StrEnum
from typing import Any


def member(vocabulary: type[StrEnum], field: str, text: str | None) -> Any:
    """A member of a closed vocabulary, None where the cell says that it is not known."""
    if text is None or text.casefold() in ("unknown", "not assessed"):
        return None
    try:
        return vocabulary(text.casefold().replace(" ", "_").replace("-", "_"))
    except ValueError:
        raise ValueError(f"{field} {text!r} is not one of {', '.join(vocabulary)}") from None
