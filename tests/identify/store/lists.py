"""Lists of parts as users have them, for tests that import them."""

from __future__ import annotations

from pathlib import Path

SHOP = ("--source", "shop", "--publisher", "A distributor", "--title", "Its catalogue")
"""Words that name the source of a list."""


def write_parts(file: Path, header: str, rows: tuple[str, ...]) -> str:
    """Writes a list of parts, line by line, and says where it is."""
    file.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return str(file)
