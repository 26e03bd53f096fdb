"""The rows of data of a file, kept from a first reading for those that follow it.

A table is read once for what its columns are and once for its records. The second reading takes what the
first one found: no row is parted into cells twice, and a file that changes meanwhile is not read in two
states. What is kept goes to the disk beyond `_IN_MEMORY`, since a file may have millions of rows.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from tempfile import SpooledTemporaryFile

from provenance.sources.tables.marks import Mark, RawRow, plain_rows

_IN_MEMORY = 32 << 20
"""Bytes kept in memory: the text of most lists is less."""

_Places = list[tuple[int, int]]
"""Where in the file each block of rows begins, and how many bytes it has."""


class KeptRows:
    """What the first reading to be kept that came to the end of a file found; nothing until then."""

    def __init__(self) -> None:
        self._file: SpooledTemporaryFile[bytes] | None = None
        self._places: _Places = []

    def through(self, read: Callable[[], Iterable[list[RawRow]]], *, keep: bool) -> Iterator[list[RawRow]]:
        """The rows, many at a time: those kept, or else those that ``read`` gives, kept on demand.

        Whoever gets the rows may change their cells. Where there is no room to keep them, the next reading
        reads the file again.
        """
        if self._file is not None:
            yield from self._again(self._file)
            return
        if not keep:
            yield from read()
            return
        file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - outlives this reading
        places: _Places | None = []
        for block in read():
            if block and places is not None and not _append(file, places, block):
                places = None
            yield block
        if places is not None:
            self._file, self._places = file, places

    def _again(self, file: SpooledTemporaryFile[bytes]) -> Iterator[list[RawRow]]:
        for place, size in self._places:
            # Another reading may have moved on meanwhile.
            file.seek(place)
            lines, cells, marks = marshal.loads(file.read(size))
            if marks:
                named = [{place: Mark(mark) for place, mark in each.items()} for each in marks]
                yield list(map(RawRow, lines, cells, named, repeat(False)))
            else:
                yield plain_rows(list(zip(lines, cells, strict=True)))


def _append(file: SpooledTemporaryFile[bytes], places: _Places, block: list[RawRow]) -> bool:
    """Keeps rows of data, none of which is a heading; whether there was room for them."""
    lines, cells, found, _headings = zip(*block, strict=True)
    # Python's own format of plain values: nobody else reads it, and nothing is read as fast.
    marks = [{place: str(mark) for place, mark in each.items()} for each in found] if any(found) else None
    text = marshal.dumps((lines, cells, marks))
    try:
        file.seek(place := places[-1][0] + places[-1][1] if places else 0)
        file.write(text)
    except OSError:
        file.close()
        return False
    places.append((place, len(text)))
    return True
