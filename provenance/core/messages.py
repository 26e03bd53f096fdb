"""Messages that are translated where they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def mark(message: str) -> str:
    """Marks a message for translation where it is defined (docs/translate.py collects them)."""
    return message


@dataclass(frozen=True, slots=True)
class Message:
    """A marked message and its values, which can be shown in any language; as a string it is in English."""

    text: str
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format(**self.values)
