"""OpenDocument spreadsheets (ODF 1.3, part 3, 9.1): their sheets, and all rows of a sheet as stored.

A cell says what it is and what is shown of it. Numbers are taken from what it is, but for the zeros before
them, which only the shown text has.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from provenance.sources.tables.marks import Mark, RawRow
from provenance.sources.tables.merged_cells import Range, filled_rows
from provenance.sources.tables.number_formats import GENERAL, number_text
from provenance.sources.tables.packages import Damaged, Package, elements, local, opened
from provenance.sources.tables.sheets import SheetName

CALLED = "OpenDocument spreadsheet"

_CONTENT = "content.xml"
_NOT_CELLS = frozenset(
    {
        "annotation", "frame", "custom-shape", "shapes", "g", "tracked-changes", "dde-link", "dde-links",
        "ruby-text",
    }
)  # fmt: skip
"""Elements with text or cells of their own that are not content of the sheet's cells."""

_CELLS = frozenset({"table-cell", "covered-table-cell"})


@contextmanager
def open_opendocument(file: Path) -> Iterator[OpenDocument]:
    """The spreadsheet in a file; see `Opener`."""
    with opened(file, CALLED) as package:
        yield OpenDocument(package)


class OpenDocument:
    """An open OpenDocument spreadsheet."""

    def __init__(self, package: Package) -> None:
        self._package = package
        styles = _HiddenStyles()
        package.scan(_CONTENT, styles)
        self.names = [
            SheetName(table.get("name", ""), hidden=table.get("style-name") in styles.hidden)
            for table in elements(package, _CONTENT, "table")
        ]
        if not self.names:
            raise Damaged("it has no tables")

    def rows(self, title: str) -> Generator[RawRow, None, None]:
        """Every stored row of a sheet, merged cells filled."""
        finder = SheetRows(title)
        for _block in self._package.scanned(_CONTENT, finder):
            finder.rows.clear()
        return filled_rows(self._stored(title), finder.ranges)

    def _stored(self, title: str) -> Iterator[RawRow]:
        reader = SheetRows(title)
        for _block in self._package.scanned(_CONTENT, reader):
            yield from reader.rows
            reader.rows.clear()


@dataclass(slots=True)
class _HiddenStyles:
    """Collects the names of the table styles that hide a sheet."""

    hidden: set[str] = field(default_factory=set)
    _name: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A style, or its properties."""
        named = {local(key): value for key, value in attributes.items()}
        if name == "style":
            self._name = named.get("name", "")
        elif name == "table-properties" and named.get("display") == "false":
            self.hidden.add(self._name)

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, text: str) -> None:
        """Nothing to do."""


@dataclass(slots=True)
class SheetRows:
    """Collects the rows and merged ranges of one sheet; ``rows`` is emptied by whoever reads them."""

    title: str
    rows: list[RawRow] = field(default_factory=list)
    ranges: list[Range] = field(default_factory=list)
    _inside: bool = False
    _skipped: int = 0
    _line: int = 0
    _repeats: int = 1
    _cells: list[str] = field(default_factory=list)
    _marks: dict[int, Mark] = field(default_factory=dict)
    _place: int = 0
    _cell: dict[str, str] | None = None
    _paragraphs: list[str] = field(default_factory=list)
    _open: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A sheet, a row, a cell or a part of one begins."""
        if name in _NOT_CELLS:
            self._skipped += 1
        if self._skipped:
            return
        if name == "table":
            self._inside = any(
                local(key) == "name" and value == self.title for key, value in attributes.items()
            )
        elif not self._inside:
            return
        elif name == "table-row":
            named = {local(key): value for key, value in attributes.items()}
            self._repeats = int(named.get("number-rows-repeated", 1))
            self._cells, self._marks, self._place = [], {}, 0
        elif name in _CELLS:
            self._cell = {local(key): value for key, value in attributes.items()}
            self._paragraphs = []
        elif self._cell is not None:
            self._start_text(name, attributes)

    def _start_text(self, name: str, attributes: dict[str, str]) -> None:
        if name == "p":
            self._paragraphs.append("")
            self._open = True
        elif name == "s" and self._open:
            count = next((value for key, value in attributes.items() if local(key) == "c"), "1")
            self._paragraphs[-1] += " " * int(count)
        elif name in ("tab", "line-break") and self._open:
            self._paragraphs[-1] += "\t" if name == "tab" else "\n"

    def text(self, text: str) -> None:
        """The text of a paragraph."""
        if self._open and not self._skipped:
            self._paragraphs[-1] += text

    def end(self, name: str) -> None:
        """A sheet, a row, a cell or a part of one ends."""
        if name in _NOT_CELLS:
            self._skipped -= 1
        if self._skipped or not self._inside:
            return
        if name == "p":
            self._open = False
        elif name in _CELLS:
            self._end_cell()
        elif name == "table-row":
            self._end_row()
        elif name == "table":
            self._inside = False

    def _end_cell(self) -> None:
        cell = self._cell or {}
        self._cell = None
        place, repeats = self._place, int(cell.get("number-columns-repeated", 1))
        self._place += repeats
        rows, columns = (int(cell.get(f"number-{one}-spanned", 1)) for one in ("rows", "columns"))
        if rows > 1 or columns > 1:
            top = self._line + 1
            self.ranges.append(Range(top, place, top + rows - 1, place + columns - 1))
        text, mark = cell_text(cell, "\n".join(self._paragraphs))
        if not (text or mark):
            return
        self._cells.extend([""] * (place - len(self._cells)))
        self._cells.extend([text] * repeats)
        if mark:
            self._marks.update(dict.fromkeys(range(place, place + repeats), mark))

    def _end_row(self) -> None:
        if self._cells:
            for _copy in range(self._repeats):
                self._line += 1
                self.rows.append(RawRow(self._line, list(self._cells), dict(self._marks)))
        else:
            self._line += self._repeats


def cell_text(cell: dict[str, str], shown: str) -> tuple[str, Mark | None]:
    """The text of a cell with these attributes that shows this text, and what is particular about it."""
    kind = cell.get("value-type", "")
    if kind == "error" or (cell.get("formula") and shown.startswith(("#", "Err:"))):
        return shown, Mark.ERROR
    if kind in ("float", "currency", "percentage") and "value" in cell:
        if kind == "percentage":
            return number_text(cell["value"], "0%")
        text, mark = number_text(cell["value"], GENERAL)
        digits = shown.replace("-", "").replace(" ", "")
        hidden = shown.startswith("0") and digits.isdecimal() and digits.lstrip("0") == text.lstrip("0")
        return (shown, mark) if hidden else (text, mark)
    if kind == "date":
        return cell.get("date-value", shown).removesuffix("T00:00:00").replace("T", " "), Mark.DATE
    if kind == "time":
        return shown, Mark.DATE
    if kind == "boolean":
        return cell.get("boolean-value", shown).upper(), None
    text = shown or cell.get("string-value", "")
    if not text and cell.get("formula") and not kind:
        return "", Mark.NO_VALUE
    return text, None
