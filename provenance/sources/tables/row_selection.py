"""Which rows below a header are rows of data: not blank ones, headings, footers or the header again.

What is left out is said, and a second table with other columns is refused: under the first one's header its
cells would mean something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter
from pathlib import Path

from provenance.core.errors import BadInput
from provenance.sources.tables.delimited import in_blocks
from provenance.sources.tables.header_search import one_line
from provenance.sources.tables.layout import LAYOUT, Layout
from provenance.sources.tables.marks import RawRow
from provenance.sources.tables.options import TableOptions
from provenance.sources.tables.short_rows import ShortRows

_FEWEST_HEADERS = 3
"""A row of so many known headers and nothing else is a header; a row of data may have one or two."""

_FEWEST_COLUMNS, _FEWEST_WORDS = 3, 6
_FOOTER = re.compile(
    r"\W*(?:note|notes|source|sources|total|end of|page|prepared by|compiled by|signed"
    r"|примітк|джерел|всього|разом|усього|примечани|источник|итого|всего|кінець|конец|注|备注|来源|合计|总计)",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\W*(?:(?:grand |sub-?)?total|всього|разом|усього|загалом|итого|всего|合计|总计|小计)"
    r"(?:\s+(?:pieces|pcs|qty|quantity|items|amount|value|sum|штук|шт|позицій|позиций|сума|сумма))?\W*",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"[-+]?[\d\s.,'’%]+")
_SENTENCE_ENDS = (".", "!", "。", ":")

_SHOWN = 5
_CELLS = attrgetter("cells")


class RowSelection:
    """One reading of the rows below a header."""

    def __init__(self, file: Path, layout: Layout, width: int, options: TableOptions) -> None:
        self._file = file
        self._layout = layout
        self._width = width
        self._options = options
        self._is_spreadsheet = layout.kind.is_spreadsheet
        self._line = layout.header.last_line
        self._headers = [_without_blanks(list(map(_folded, row))) for row in layout.header.rows]
        self._firsts = {_folded(row[0]) for row in layout.header.rows if row}
        self._firsts_with_digits = {first for first in self._firsts if _DIGIT.search(first)}
        self._after_blank = False
        self._held: list[RawRow] = []
        self._padded: list[int] = []
        self._repeated: list[int] = []
        self._headings: list[str] = []

    def blocks(self) -> Iterator[list[RawRow]]:
        """The rows of data, many at a time, each brought to the header's width where only blanks differ.

        Raises:
            BadInput: the file cannot be read to its end, or has a second table with other columns.
        """
        short: ShortRows | None = None
        if not (self._is_spreadsheet or self._options.strict):
            short = ShortRows(self._width, ended=self._has_line_end(), note=self._padded.append)
        for block in self._below_header():
            if short is None:
                yield from in_blocks(self._selected(block))
            elif not (short.waiting or self._after_blank or self._held) and self._is_plain(block):
                yield block
            else:
                yield from in_blocks(self._selected(chain.from_iterable(map(short.take, block))))
        if short is not None:
            yield from in_blocks(self._selected(short.rest()))
        self._report(self._held)

    def _is_plain(self, block: Sequence[RawRow]) -> bool:
        """Whether all rows are as nearly all rows of text: whole, and with a first cell of their own."""
        if set(map(len, map(_CELLS, block))) != {self._width}:
            return False
        firsts = {row.cells[0] for row in block}
        return "" not in firsts and not any(map(self._is_special, firsts))

    def _begins_header(self, cell: str) -> bool:
        """Whether a row with this first cell may be a header."""
        return _folded(cell) in self._firsts or self._options.knows_as_it_is(cell)

    def _is_special(self, cell: str) -> bool:
        """Whether a row with this first cell may be something else than data; quick where it has a digit, as
        nearly all keys and no known header and no word for a total."""
        if _DIGIT.search(cell):
            return bool(self._firsts_with_digits) and _folded(cell) in self._firsts_with_digits
        return self._begins_header(cell) or _TOTAL.fullmatch(cell) is not None

    def _selected(self, rows: Iterable[RawRow]) -> Iterator[RawRow]:
        """The rows of data among some of a file, which follow those before."""
        for row in rows:
            if not self._is_row(row):
                continue
            after_blank = self._after_blank or (self._is_spreadsheet and row.line > self._line + 1)
            self._after_blank, self._line = False, row.line
            if after_blank or self._begins_header(next(filter(None, row.cells), "")):
                self._refuse_other_header(row)
            if self._is_below_table(row.cells, after_blank):
                self._held.append(row)
                continue
            if self._held:
                # Something follows: these rows were no footers.
                yield from self._held
                self._held = []
            yield row

    def _below_header(self) -> Iterator[list[RawRow]]:
        last = self._layout.header.last_line
        for block in self._layout.blocks(self._file, strict=self._options.strict):
            below = block if block and block[0].line > last else [row for row in block if row.line > last]
            if below:
                yield below

    def _is_row(self, row: RawRow) -> bool:
        cells, width = row.cells, self._width
        if not any(cells) and not row.marks:
            self._after_blank = True
            return False
        while len(cells) > width and not cells[-1].strip() and len(cells) - 1 not in row.marks:
            del cells[-1]
        if self._is_spreadsheet and len(cells) < width:
            cells.extend([""] * (width - len(cells)))
        if row.heading:
            self._headings.append(_shown(row))
            return False
        if self._is_header(cells):
            self._repeated.append(row.line)
            return False
        return True

    def _is_header(self, cells: Sequence[str]) -> bool:
        """Whether a row is one of the header's, however it is spelled."""
        if not cells or _folded(cells[0]) not in self._firsts:
            return False
        return _without_blanks(list(map(_folded, cells))) in self._headers

    def _refuse_other_header(self, row: RawRow) -> None:
        texts = [text for cell in row.cells if (text := one_line(cell))]
        known = len(set(texts)) >= _FEWEST_HEADERS and all(map(self._options.knows, texts))
        if known or self._is_rearranged(texts):
            raise BadInput(
                f"a second table with other columns begins here: {', '.join(texts)}",
                file=self._file.name,
                line=row.line,
                hint="Put each table into a file or a sheet of its own.",
                code=LAYOUT,
            )

    def _is_rearranged(self, texts: Sequence[str]) -> bool:
        """Whether a row has the names of the header in another order, which may be two."""
        names = sorted(map(_folded, texts))
        return len(names) > 1 and any(names == sorted(filter(None, header)) for header in self._headers)

    def _is_below_table(self, cells: Sequence[str], after_blank: bool) -> bool:
        """Whether a row is no row of data if none follows it."""
        of_names = self._options.of_names
        if not of_names and is_total(cells):
            return True
        return (bool(self._held) or after_blank) and is_footer(cells, of_names=of_names)

    def _has_line_end(self) -> bool:
        with self._file.open("rb") as stream:
            stream.seek(max(0, self._file.stat().st_size - 2))
            return stream.read().rstrip(b"\0")[-1:] in (b"\n", b"\r")

    def _report(self, footers: Sequence[RawRow]) -> None:
        """Notes the rows that were left out or given cells."""
        for what, places in (
            ("The header is repeated and not read in rows", [str(line) for line in self._repeated]),
            ("Headings across the table are not read:", self._headings),
            ("Below the table, not read:", list(map(_shown, footers))),
            ("Cells missing at the end of a row count as empty in rows", list(map(str, self._padded))),
        ):
            if places:
                more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
                self._options.note(f"{what} {', '.join(places[:_SHOWN])}{more}")


def is_footer(cells: Sequence[str], *, of_names: bool = False) -> bool:
    """Whether a row is a note below a table: one cell, which is a sentence or begins as such notes do.

    In a list ``of_names`` only a sentence is one: Total and Source Photonics are firms.
    """
    texts = [cell for cell in cells if cell.strip()]
    if len(texts) != 1 or len(cells) < _FEWEST_COLUMNS:
        return False
    text = one_line(texts[0])
    sentence = text.endswith(_SENTENCE_ENDS) and len(text.split()) >= _FEWEST_WORDS
    return sentence or (not of_names and _FOOTER.match(text) is not None)


def is_total(cells: Sequence[str]) -> bool:
    """Whether a row sums up the rows above: a word for it, and besides nothing but numbers."""
    texts = [text for cell in cells if (text := one_line(cell))]
    words = [text for text in texts if not _NUMBER.fullmatch(text)]
    return len(words) == 1 < len(texts) and _TOTAL.fullmatch(words[0]) is not None


def _without_blanks(cells: Sequence[str]) -> list[str]:
    """The cells up to the last that is not blank: programs end rows with more or fewer of these."""
    count = len(cells)
    while count and not cells[count - 1].strip():
        count -= 1
    return list(cells[:count])


def _folded(cell: str) -> str:
    """A cell for comparison with a header, without case and what nobody sees."""
    return one_line(cell).casefold()


def _shown(row: RawRow) -> str:
    return f"{one_line(next(filter(None, row.cells), ''))[:60]} (row {row.line})"
