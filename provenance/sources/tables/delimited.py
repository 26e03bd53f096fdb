"""Rows of delimited text, each with the line where it begins."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from provenance.core.errors import BadInput
from provenance.sources.tables.text import Unfinished

DELIMITERS = (",", ";", "\t", "|")
LONGEST_CELL = 1 << 20
"""The most characters of a cell; a longer one means that a quote was never closed."""


def guess_delimiter(line: str) -> str:
    """The delimiter of a file: the most frequent one in its first line."""
    return max(DELIMITERS, key=line.count)


def delimited_rows(
    lines: Iterable[str], file: Path, delimiter: str | None = None
) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of every record; without a delimiter the first line decides.

    Raises:
        BadInput: a record is broken; `Unfinished` where the text ends inside a quote. Names file and line.
    """
    lines = iter(lines)
    if delimiter is None:
        first = next(lines, "")
        delimiter, lines = guess_delimiter(first), chain([first], lines)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        broken = Unfinished if "unexpected end" in str(error) else BadInput
        raise broken(
            f"the record that begins here is broken: {error}",
            file=file.name,
            line=line,
            hint="The file may be cut off, or a quote is never closed; get it again.",
        ) from None
