"""The cells of one sheet of an XLSX workbook (ECMA-376, 18.3.1), row by row as its XML is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from provenance.sources.tables.marks import Mark, RawRow
from provenance.sources.tables.number_formats import GENERAL, number_text

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""A character as `_x000D_`, which strings of workbooks may hold (ECMA-376, 22.9.2.19)."""

_WIDEST = 16_384
"""Columns of a sheet."""


def plain_string(text: str) -> str:
    """A workbook's string with its escapes resolved and its line ends as line feeds."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


@lru_cache(maxsize=1 << 15)
def column_of(reference: str) -> int:
    """The place of a column, from 0, of letters such as ``AB``; -1 where they name none."""
    place = 0
    for letter in reference:
        place = place * 26 + ord(letter) - 64
    return place - 1 if place <= _WIDEST else -1


@dataclass(frozen=True, slots=True)
class Book:
    """What the cells of all sheets of a workbook refer to: its strings and its styles' number formats."""

    strings: Sequence[str] = ()
    formats: Sequence[str] = ()
    from_1904: bool = False


@dataclass(slots=True)
class SheetCells:
    """Collects the rows of a sheet; ``rows`` is emptied by whoever reads them."""

    book: Book
    rows: list[RawRow] = field(default_factory=list)
    _line: int = 0
    _cells: list[str] = field(default_factory=list)
    _marks: dict[int, Mark] = field(default_factory=dict)
    _place: int = -1
    _kind: str = "n"
    _style: int = 0
    _formula: bool = False
    _valued: bool = False
    _pieces: list[str] = field(default_factory=list)
    _open: bool = False
    _phonetic: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A row, a cell or a part of one begins."""
        if name == "c":
            reference = attributes.get("r")
            self._place = column_of(reference.rstrip("0123456789")) if reference else self._place + 1
            self._kind = attributes.get("t", "n")
            self._style = int(attributes.get("s", 0))
            self._formula = self._valued = False
            self._pieces = []
        elif name == "v" or (name == "t" and not self._phonetic):
            self._open = True
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._line = int(attributes.get("r", self._line + 1))
            self._cells, self._marks, self._place = [], {}, -1
        elif name == "rPh":
            self._phonetic = True

    def text(self, text: str) -> None:
        """The text of a value."""
        if self._open:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        """A value, a cell or a row ends."""
        if name == "v" or name == "t":
            self._open = False
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self.rows.append(RawRow(self._line, self._cells, self._marks))
        elif name == "rPh":
            self._phonetic = False

    def _end_cell(self) -> None:
        text, mark = self._value("".join(self._pieces))
        if self._place < 0 or not (text or mark):
            return
        cells = self._cells
        if self._place >= len(cells):
            cells.extend([""] * (self._place - len(cells) + 1))
        cells[self._place] = text
        if mark:
            self._marks[self._place] = mark

    def _value(self, stored: str) -> tuple[str, Mark | None]:
        """The text of a cell's stored value, and what is particular about it."""
        kind = self._kind
        if kind == "s":
            return (self.book.strings[int(stored)], None) if stored else ("", None)
        if kind in ("str", "inlineStr"):
            return plain_string(stored), None
        if not stored.strip():
            return "", Mark.NO_VALUE if self._formula else None
        if kind == "e":
            return stored, Mark.ERROR
        if kind == "b":
            return ("TRUE" if stored.strip() in ("1", "true") else "FALSE"), None
        if kind == "d":
            return stored.replace("T00:00:00", "").removesuffix("Z"), Mark.DATE
        return self._number(stored.strip())

    def _number(self, stored: str) -> tuple[str, Mark | None]:
        formats = self.book.formats
        code = formats[self._style] if self._style < len(formats) else GENERAL
        # Most numbers are short whole ones without a format of their own.
        if code == GENERAL and len(stored) < 15 and stored.isdecimal():
            return (stored.lstrip("0") or "0"), None
        return number_text(stored, code, from_1904=self.book.from_1904)


@dataclass(slots=True)
class SharedStrings:
    """Collects the strings that cells of a workbook share (ECMA-376, 18.4.8); rich text is joined."""

    strings: list[str] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _open: bool = False
    _phonetic: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A string or a piece of one begins."""
        if name == "si":
            self._pieces = []
        elif name == "t":
            self._open = not self._phonetic
        elif name == "rPh":
            self._phonetic = True

    def text(self, text: str) -> None:
        """The text of a piece."""
        if self._open:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        """A string or a piece of one ends."""
        if name == "t":
            self._open = False
        elif name == "si":
            self.strings.append(plain_string("".join(self._pieces)))
        elif name == "rPh":
            self._phonetic = False


@dataclass(slots=True)
class NumberFormats:
    """Collects the number format of every cell style (ECMA-376, 18.8.10 and 18.8.31); fills do not matter."""

    codes: dict[int, str]
    formats: list[str] = field(default_factory=list)
    _styles: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A format or a style begins."""
        if name == "numFmt" and "numFmtId" in attributes:
            self.codes[int(attributes["numFmtId"])] = attributes.get("formatCode", GENERAL)
        elif name == "cellXfs":
            self._styles = True
        elif name == "xf" and self._styles:
            self.formats.append(self.codes.get(int(attributes.get("numFmtId", 0)), GENERAL))

    def text(self, text: str) -> None:
        """Nothing to do."""

    def end(self, name: str) -> None:
        """The styles end."""
        if name == "cellXfs":
            self._styles = False
