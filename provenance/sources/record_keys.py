"""Whether a column holds a list's own keys of its records: earned, not believed because of its header.

A key is the same when the list is published again and belongs to one record. The number of a row is not, a
position on a circuit board (U1) comes again in the next wreck, and what several rows share is not a key.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

import numpy as np

from provenance.sources.tables import CellProblems, Table
from provenance.text.serial_numbers import is_designator, is_ordinal
from provenance.text.unknown import says_no_number

_SAMPLE = 1_000
"""How many cells show what a column holds."""

_MOST_CONFLICTS = 0.1
"""A column whose cells belong to several different rows more often than this does not hold keys; where it is
rarer, the list has faults, and these rows are refused."""

_FILLED = re.compile(r"[^\W\d_]+0")

_FEWEST_DIGITS = 4
"""A number of fewer digits is one of a list, not of a register."""


class KeyColumn(NamedTuple):
    """What a column that a header calls a key turns out to be; ``fault`` is empty where it is one."""

    fault: str = ""
    numbers_rows: bool = False
    designators: bool = False


def key_column(table: Table, header: str, *, chosen: bool = False, on_boards: bool = True) -> KeyColumn:
    """What a column is, by all of its cells; one that a user has ``chosen`` is the key whatever it holds.

    ``on_boards`` says that the rows are about things that sit on circuit boards, where U1 is a position.

    Raises:
        BadInput: the file cannot be read to its end.
    """
    place = table.header.index(header)
    quiet = replace(table, options=replace(table.options, problems=CellProblems(), notes=[]), uses={})
    if not chosen:
        cells = (row[place].strip() for _line, row in quiet.lines() if place < len(row))
        stated = [cell for cell in islice(cells, _SAMPLE) if not says_no_number(cell)]
        if on_boards and stated and most(map(is_designator, stated), len(stated)) and not _plain(stated):
            return KeyColumn("it holds positions on a board", designators=True)
        if stated and (most(map(_is_row_number, stated), len(stated)) or _counts(stated)):
            return KeyColumn("it numbers the rows of this list", numbers_rows=True)
    conflicts, keyed = _conflicts(quiet, place)
    if not chosen and conflicts > _MOST_CONFLICTS * keyed:
        return KeyColumn("several different rows have the same one")
    return KeyColumn()


def most(verdicts: Iterable[bool], count: int) -> bool:
    """Whether more than half of some verdicts are true."""
    return sum(verdicts) * 2 > count


def _plain(cells: Sequence[str]) -> bool:
    """Whether cells are a list's own numbers after one prefix, filled up with zeros ("C0001")."""
    return len({len(cell) for cell in cells}) == 1 and any(_FILLED.match(cell) for cell in cells)


def _is_row_number(cell: str) -> bool:
    return is_ordinal(cell) and sum(map(str.isdigit, cell)) < _FEWEST_DIGITS


def _counts(cells: Sequence[str]) -> bool:
    """Whether cells are numbers that follow each other, with gaps of one at most on average."""
    if not all(cell.isdigit() and len(cell) < 10 for cell in cells):
        return False
    numbers = set(map(int, cells))
    return max(numbers) - min(numbers) < 2 * len(numbers)


def _conflicts(table: Table, place: int) -> tuple[int, int]:
    """How many rows share their cell with a row that says something else, and how many have a cell."""
    cells, rows = [], []
    for _line, row in table.lines():
        if place < len(row) and (cell := row[place].strip()):
            cells.append(hash(cell))
            rows.append(hash(tuple(row)))
    keys = np.array(cells, np.int64)
    distinct, counts = np.unique(keys, return_counts=True)
    repeated = set(distinct[counts > 1].tolist())
    if not repeated:
        return 0, len(cells)
    said: dict[int, Counter[int]] = {}
    for cell_hash, row_hash in zip(cells, rows, strict=True):
        if cell_hash in repeated:
            said.setdefault(cell_hash, Counter())[row_hash] += 1
    return sum(sum(each.values()) for each in said.values() if len(each) > 1), len(cells)
