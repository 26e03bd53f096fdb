"""Text files that hold one item a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from provenance.sources.tables import plain_lines


@dataclass(frozen=True, slots=True)
class LineFile:
    """The lines of a file with their ends, and what to know of it, such as a guessed encoding."""

    lines: Iterator[str]
    notes: tuple[str, ...]


def lines_of(file: Path, encoding: str | None = None) -> LineFile:
    """The lines of a text file in its encoding, or in the one stated.

    Raises:
        BadInput: the file does not exist, is not text, or is not in that encoding.
    """
    lines, notes = plain_lines(file, encoding)
    return LineFile(lines, notes)
