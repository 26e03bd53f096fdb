"""Text files without columns: one item a line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from provenance.sources.tables.encodings import UTF_8, encoding_of
from provenance.sources.tables.file_kinds import FileKind, begins_as_json, refusal, require_text
from provenance.sources.tables.text import text_lines

_LOOKED_AT = 3
"""Lines in which a JSON document shows that it is one."""


def plain_lines(file: Path, encoding: str | None = None) -> tuple[Iterator[str], tuple[str, ...]]:
    """The lines of a text file with their ends, and what a user should know of its encoding.

    Raises:
        BadInput: the file does not exist, is not text, or is not in the encoding that is stated.
    """
    require_text(file)
    if encoding is not None:
        return _no_json(file, text_lines(file, encoding)), ()
    found = encoding_of(file)
    notes = (f"Encoding: {found.guessed}",) if found and found.guessed else ()
    return _no_json(file, text_lines(file, found.codec if found else UTF_8)), notes


def _no_json(file: Path, lines: Iterator[str]) -> Iterator[str]:
    """The lines of a file whose first ones are not those of a JSON document.

    Raises:
        BadInput: they are.
    """
    first = list(islice(lines, _LOOKED_AT))
    if begins_as_json("".join(first)):
        raise refusal(file, FileKind.JSON)
    return chain(first, lines)
