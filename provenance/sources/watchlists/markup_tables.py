"""The rows of tables in web pages and in the XML of the Federal Register and of the eCFR.

These write the same tables as TABLE with TR, TH and TD, or as GPOTABLE with BOXHD, CHED, ROW and ENT. The
reader is the tolerant one of HTML: it unfolds no entities of a document's own and reaches for no other file.
"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from provenance.core.errors import BadInput
from provenance.sources.tables import Unfinished

_TABLES = ("table", "gpotable")
_ROWS = ("tr", "row", "boxhd")
_CELLS = ("td", "th", "ent", "ched")
_LINES = ("br", "p", "li", "div")
_VOID = frozenset(("br",))

Line = tuple[int, list[str]]
"""The line in which a row begins, and its cells; lines of a cell are those that the markup makes."""


def markup_tables(file: Path) -> Iterator[list[Line]]:
    """The tables of a document, in order, the outermost ones.

    Raises:
        Unfinished: a table has no end.
        BadInput: the document is not UTF-8.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"the document is not UTF-8: {error.reason}", file=file.name, line=1) from None
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if reader.is_open:
        raise Unfinished(
            "a table has no end: the document may be cut off",
            file=file.name,
            line=reader.getpos()[0],
            hint="A half-read file never becomes a version; get it again.",
        )
    yield from reader.tables


class _Reader(HTMLParser):
    """Collects the rows of tables."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[Line]] = []
        self._depth = 0
        self._cell: list[str] | None = None

    @property
    def is_open(self) -> bool:
        """Whether a table has begun and not ended."""
        return self._depth > 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        if tag in _TABLES:
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
        elif self._depth == 1 and tag in _ROWS:
            self._end_cell()
            self.tables[-1].append((self.getpos()[0], []))
        elif self._depth == 1 and tag in _CELLS and self.tables[-1]:
            self._end_cell()
            self._cell = []
        elif tag in _LINES and self._cell is not None:
            self._cell.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content: in XML a cell may be one."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag in _TABLES and self._depth:
            self._end_cell()
            self._depth -= 1
        elif self._depth == 1 and (tag in _ROWS or tag in _CELLS):
            self._end_cell()
        elif tag in _LINES and self._cell is not None:
            self._cell.append("\n")

    def handle_data(self, data: str) -> None:
        """Text: a line end of the document is a space."""
        if self._cell is not None:
            self._cell.append(" ".join(data.split("\n")))

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        lines = (" ".join(line.split()) for line in "".join(self._cell).split("\n"))
        self.tables[-1][-1][1].append("\n".join(line for line in lines if line))
        self._cell = None
