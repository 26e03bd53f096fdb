"""Messages that are translated where they are shown."""

from __future__ import annotations


def mark(message: str) -> str:
    """Marks a message for translation where it is defined (docs/translate.py collects them)."""
    return message
