"""Whether a column holds a list's own keys of its records: earned, not believed because of its header.

A key is the same when the list is published again and belongs to one record. The number of a row is not, a
position on a circuit board (U1) comes again in the next wreck, and what several rows share is not a key.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
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


class KeySurvey:
    """Learns what a column is while the rows of its table are read; one that a user has ``chosen`` is the key
    whatever it holds.

    ``on_boards`` says that the rows are about things that sit on circuit boards, where U1 is a position.
    """

    def __init__(self, table: Table, header: str, *, chosen: bool = False, on_boards: bool = True) -> None:
        self._place = table.header.index(header)
        self._on_boards = on_boards
        self._sample: list[str] | None = None if chosen else []
        self._found = KeyColumn()
        self._chosen = chosen
        # Hashes, of which a list may have millions: as few bytes as possible.
        self._cells, self._rows = array("q"), array("q")

    @property
    def is_open(self) -> bool:
        """Whether more rows may change what is known."""
        return not (self._found.fault or self._chosen)

    def look(self, rows: Iterable[Sequence[str]]) -> None:
        """Looks at the next rows as they are in the file; they may be wider or narrower than the header."""
        if not self.is_open:
            return
        place = self._place
        some = [row for row in rows if place < len(row)]
        cells = [row[place].strip() for row in some]
        if self._sample is not None:
            self._sample += cells[: _SAMPLE - len(self._sample)]
            if len(self._sample) == _SAMPLE:
                self._judge_sample()
        self._cells.extend(hash(cell) for cell in cells if cell)
        self._rows.extend(hash(tuple(row)) for row, cell in zip(some, cells, strict=True) if cell)

    def verdict(self) -> KeyColumn:
        """What the column is, once its table has been read or nothing is open."""
        if self._sample is not None:
            self._judge_sample()
        if self.is_open and _conflicts(self._cells, self._rows) > _MOST_CONFLICTS * len(self._cells):
            self._found = KeyColumn("several different rows have the same one")
        return self._found

    def _judge_sample(self) -> None:
        stated = [cell for cell in self._sample or () if not says_no_number(cell)]
        self._sample = None
        if not stated:
            return
        if self._on_boards and most(map(is_designator, stated), len(stated)) and not _plain(stated):
            self._found = KeyColumn("it holds positions on a board", designators=True)
        elif most(map(_is_row_number, stated), len(stated)) or _counts(stated):
            self._found = KeyColumn("it numbers the rows of this list", numbers_rows=True)


def key_column(table: Table, header: str, *, chosen: bool = False, on_boards: bool = True) -> KeyColumn:
    """What a column is, by all of its cells; see `KeySurvey`.

    Raises:
        BadInput: the file cannot be read to its end.
    """
    survey = KeySurvey(table, header, chosen=chosen, on_boards=on_boards)
    quiet = replace(table, options=replace(table.options, problems=CellProblems(), notes=[]), uses={})
    for block in quiet.blocks(keep=True):
        survey.look([row for _line, row in block])
        if not survey.is_open:
            break
    return survey.verdict()


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


def _conflicts(cells: array[int], rows: array[int]) -> int:
    """How many rows share their cell with a row that says something else, of hashes of cells and rows."""
    distinct, counts = np.unique(np.frombuffer(cells, np.int64), return_counts=True)
    repeated = set(distinct[counts > 1].tolist())
    if not repeated:
        return 0
    said: dict[int, Counter[int]] = {}
    for cell_hash, row_hash in zip(cells, rows, strict=True):
        if cell_hash in repeated:
            said.setdefault(cell_hash, Counter())[row_hash] += 1
    return sum(sum(each.values()) for each in said.values() if len(each) > 1)
