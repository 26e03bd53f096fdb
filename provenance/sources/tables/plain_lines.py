"""Text files without columns: one item a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from provenance.sources.tables.encodings import UTF_8, encoding_of
from provenance.sources.tables.file_kinds import require_text
from provenance.sources.tables.text import text_lines


def plain_lines(file: Path, encoding: str | None = None) -> tuple[Iterator[str], tuple[str, ...]]:
    """The lines of a text file with their ends, and what a user should know of its encoding.

    Raises:
        BadInput: the file does not exist, is not text, or is not in the encoding that is stated.
    """
    require_text(file)
    if encoding is not None:
        return text_lines(file, encoding), ()
    found = encoding_of(file)
    notes = (f"Encoding: {found.guessed}",) if found and found.guessed else ()
    return text_lines(file, found.codec if found else UTF_8), notes
