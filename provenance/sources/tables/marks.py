"""What a reader saw of a cell besides its text: by it a table decides whether the text is a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import partial
from itertools import repeat
from typing import NamedTuple


class Mark(StrEnum):
    """What is particular about a cell; the value says it in words."""

    ERROR = "an error, not a value"
    NO_VALUE = "a formula without a stored value; open the file in a spreadsheet program and save it again"
    DATE = "a date, perhaps made of the text by a spreadsheet"
    FRACTION = "a number with decimals, perhaps made of the text by a spreadsheet"
    LONG = "a number of more than 15 digits, of which a spreadsheet keeps only 15"
    MERGED = "one cell merged over several rows"


class RawRow(NamedTuple):
    """A row as its file has it: its number or line, its cells, and marks by the cell's place from 0.

    ``heading`` says that its only content is one cell merged over several columns.
    """

    line: int
    cells: list[str]
    marks: Mapping[int, Mark] = {}
    heading: bool = False


_NO_MARKS: Mapping[int, Mark] = {}


def plain_rows(rows: Sequence[tuple[int, list[str]]]) -> list[RawRow]:
    """Lines and cells as rows of text, which has no marks; quick, since a file may have millions."""
    lines, cells = zip(*rows, strict=True) if rows else ((), ())
    return list(map(_RAW_ROW, zip(lines, cells, repeat(_NO_MARKS), repeat(False), strict=False)))


_RAW_ROW = partial(tuple.__new__, RawRow)
