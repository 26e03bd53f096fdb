"""How a delimited text file separates its cells: by the delimiter that divides its rows most evenly."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", "|")
LINES_LOOKED_AT = 200
"""Lines by which the delimiter is chosen."""

_STATED = re.compile(r'\ufeff?"?sep=(.)"?\s*', re.IGNORECASE)
"""The line by which Excel is told the delimiter of a file."""

_SHARES = (0.5, 0.9)
"""Shares of rows of one width: fewer are no sign of a delimiter, more are a good one."""

Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Dialect:
    """A delimiter; ``stated`` if the file's first line says it, which is then no row."""

    delimiter: str
    stated: bool = False


COMMAS = Dialect(",")


def dialect_of(lines: Sequence[str], known: Known = lambda _text: False) -> Dialect:
    """The dialect of a file that begins with these lines.

    ``known`` says whether a text is a known header: where two delimiters divide the rows as evenly, the one
    counts that brings more of them to light.
    """
    if lines and (found := _STATED.fullmatch(lines[0])):
        return Dialect(found[1], stated=True)
    return Dialect(max(DELIMITERS, key=lambda delimiter: _merit(lines, delimiter, known)))


def _merit(lines: Sequence[str], delimiter: str, known: Known) -> tuple[float, ...]:
    """How well a delimiter divides the lines: its evenness, the known headers, the number of cells."""
    rows = [row for row in _rows(lines, delimiter) if any(cell.strip() for cell in row)]
    if not rows:
        return (0, 0, 0, 0)
    widths = Counter(map(len, rows))
    width, often = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]))
    headers = max(sum(1 for cell in set(row) if known(cell.strip())) for row in rows[:64])
    known_headers = headers if headers > 1 else 0
    if width < 2:
        # A header alone, or a list of one column, is divided by what its first line has most of.
        return (0, known_headers, 0, lines[0].count(delimiter) if len(rows) == 1 else 0)
    evenness = often / len(rows)
    return (sum(evenness >= share for share in _SHARES), known_headers, round(evenness, 1), width)


def _rows(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    # A cell that is too long, or a broken quote: the rows before it tell enough.
    with suppress(csv.Error):
        rows.extend(csv.reader(lines, delimiter=delimiter))
    return rows
