"""Rows of delimited text, each with the line where it begins."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from provenance.core.errors import BadInput
from provenance.sources.tables.text import Unfinished

_TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
"""A formula that is a text and nothing else: so Excel is made to keep the zeros of ="00123"."""

LONGEST_CELL = 1 << 20
"""The most characters of a cell; a longer one means that a quote was never closed."""


def delimited_rows(lines: Iterable[str], file: Path, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Line and cells of every record.

    Raises:
        BadInput: a record is broken; `Unfinished` where the text ends inside a quote. Names file and line.
    """
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, _texts(cells) if '="' in "".join(cells) else cells
            line = reader.line_num + 1
    except csv.Error as error:
        broken = Unfinished if "unexpected end" in str(error) else BadInput
        raise broken(
            f"the record that begins here is broken: {error}",
            file=file.name,
            line=line,
            hint="The file may be cut off, or a quote is never closed; get it again.",
        ) from None


def _texts(cells: list[str]) -> list[str]:
    """The cells with the text of those that are a formula for a text."""
    found = map(_TEXT_FORMULA.fullmatch, cells)
    return [text[1].replace('""', '"') if text else cell for cell, text in zip(cells, found, strict=True)]
