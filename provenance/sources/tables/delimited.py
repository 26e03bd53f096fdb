"""Rows of delimited text, each with the line where it begins."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, repeat
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import TypeVar

from provenance.core.errors import BadInput
from provenance.sources.tables.text import Unfinished

ROWS_AT_ONCE = 1_000
"""Rows read at once: enough for whole columns to be looked at instead of cells, and little memory."""

_TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
"""A formula that is a text and nothing else: so Excel is made to keep the zeros of ="00123"."""

LONGEST_CELL = 1 << 20
"""The most characters of a cell; a longer one means that a quote was never closed."""


Item = TypeVar("Item")
Row = tuple[int, list[str]]
"""Line and cells of a record."""


def in_blocks(rows: Iterator[Item]) -> Iterator[list[Item]]:
    """Rows `ROWS_AT_ONCE` at a time; where they end in an error, those before come first."""
    while True:
        block: list[Item] = []
        try:
            # Whatever came before an error stays in the list.
            block.extend(islice(rows, ROWS_AT_ONCE))
        except BadInput:
            yield block
            raise
        if not block:
            return
        yield block


def delimited_rows(lines: Iterable[str], file: Path, delimiter: str = ",") -> Iterator[Row]:
    """Line and cells of every record.

    Raises:
        BadInput: a record is broken; `Unfinished` where the text ends inside a quote. Names file and line.
    """
    return chain.from_iterable(delimited_blocks(lines, file, delimiter))


def delimited_blocks(lines: Iterable[str], file: Path, delimiter: str = ",") -> Iterator[list[Row]]:
    """Line and cells of every record, `ROWS_AT_ONCE` at a time.

    Raises:
        BadInput: as `delimited_rows`, after the records before.
    """
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    # Each record is followed by the number of its last line; one begins where the one before it ended.
    records = zip(reader, map(_LINE, repeat(reader)), strict=False)
    line = 1
    while True:
        found: list[tuple[list[str], int]] = []
        try:
            # Whatever came before an error stays in the list.
            found.extend(islice(records, ROWS_AT_ONCE))
        except (BadInput, csv.Error) as error:
            block = _block(found, line)
            yield block
            if isinstance(error, BadInput):
                raise
            line = found[-1][1] + 1 if found else line
            broken = Unfinished if "unexpected end" in str(error) else BadInput
            raise broken(
                f"the record that begins here is broken: {error}",
                file=file.name,
                line=line,
                hint="The file may be cut off, or a quote is never closed; get it again.",
            ) from None
        yield _block(found, line)
        if len(found) < ROWS_AT_ONCE:
            return
        line = found[-1][1] + 1


_LINE = attrgetter("line_num")


def _block(found: Sequence[tuple[list[str], int]], line: int) -> list[Row]:
    """Records with the line where each begins, the first in this one."""
    begins = [line, *(last + 1 for _cells, last in found[:-1])]
    return _without_formulas(list(zip(begins, map(_CELLS, found), strict=False)))


_CELLS = itemgetter(0)


def _without_formulas(rows: list[Row]) -> list[Row]:
    """Rows with the texts of their cells that are a formula for a text; hardly a list has such cells."""
    if '="' not in "".join(chain.from_iterable(cells for _line, cells in rows)):
        return rows
    return [(line, _texts(cells)) for line, cells in rows]


def _texts(cells: list[str]) -> list[str]:
    """The cells with the text of those that are a formula for a text."""
    found = map(_TEXT_FORMULA.fullmatch, cells)
    return [text[1].replace('""', '"') if text else cell for cell, text in zip(cells, found, strict=True)]
