"""A table of a file: its header, its rows with their lines, and problems with its cells."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from provenance.core.errors import BadInput
from provenance.sources.tables.delimited import delimited_rows
from provenance.sources.tables.documents import document_rows
from provenance.sources.tables.file_kinds import FileKind, file_kind, refusal
from provenance.sources.tables.problems import CellProblems
from provenance.sources.tables.text import UTF_8, strict_lines, text_lines
from provenance.sources.tables.workbooks import ERROR_VALUES, filled, workbook_rows

Line = tuple[int, list[str]]
"""A row's line (of a workbook its row number) and its cells."""

_WORKBOOK_NAMES = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class TableOptions:
    """What a user or a format states about a table; None leaves it to the program.

    ``sheet`` is a workbook's sheet (None: the first), ``header_row`` the number of the header's row (None:
    the first row that is not empty), ``encoding`` that of text (None: UTF-8), ``kind`` the required kind of
    file. ``strict`` is for what publishers write: a null character is an error. ``problems`` takes up the
    cells that hold no value.
    """

    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    kind: FileKind | None = None
    strict: bool = False
    problems: CellProblems = field(default_factory=CellProblems, compare=False)


class TableRow(NamedTuple):
    """One row: the line where it begins, its cells by header, and how many cells it really has."""

    line: int
    cells: dict[str, str]
    width: int


@dataclass(slots=True)
class Table:
    """A table with its header read; its rows are read on demand.

    ``problems`` are those of its options; they fill up as rows are read.
    """

    file: Path
    options: TableOptions
    kind: FileKind
    header: list[str]
    header_line: int

    @property
    def problems(self) -> CellProblems:
        """The cells that hold no value."""
        return self.options.problems

    def require(self, columns: Sequence[str]) -> None:
        """Refuses a table that lacks a column.

        Raises:
            BadInput: names the missing columns and the existing ones.
        """
        missing = [name for name in columns if name not in self.header]
        if missing:
            raise BadInput(
                f"missing column {', '.join(missing)}; the header has {shown_header(self.header)}",
                file=self.file.name,
                line=self.header_line,
            )

    def lines(self) -> Iterator[Line]:
        """Every row below the header that is not empty, with as many cells as it has.

        Raises:
            BadInput: the file cannot be read to its end.
        """
        lines = _lines(self.file, self.options)
        next(_from_header(lines, self.header_line))
        return self._of_workbook(lines) if self.kind is FileKind.XLSX else filter(_has_content, lines)

    def rows(self) -> Iterator[TableRow]:
        """As `lines`, with the cells by header."""
        return (row_of(self.header, line, cells) for line, cells in self.lines())

    def _of_workbook(self, lines: Iterator[Line]) -> Iterator[Line]:
        # A workbook omits empty cells at the end of a row, and has error values.
        for line, cells in lines:
            if any(cells):
                if not ERROR_VALUES.isdisjoint(cells):
                    self._note_errors(line, cells)
                yield line, filled(cells, len(self.header))

    def _note_errors(self, line: int, cells: Sequence[str]) -> None:
        for name, cell in zip(self.header, cells, strict=False):
            if cell in ERROR_VALUES:
                self.problems.add(line, name, cell, f"{cell} is an error, not a value")


def open_table(file: Path, options: TableOptions | None = None, *, required: Sequence[str] = ()) -> Table:
    """The table of a file, its header read.

    Raises:
        BadInput: no such file, empty, of a kind or encoding that cannot be read, with a header that names a
            column twice or lacks a required one.
    """
    settled = options or TableOptions()
    lines = _lines(file, settled)
    try:
        line, header = next(_from_header(lines, settled.header_row), (1, []))
    finally:
        lines.close()
    names = [name.strip() for name in header]
    if not any(names):
        raise BadInput("the file is empty: a header line is needed", file=file.name, line=line)
    repeated = sorted({name for name in names if name and names.count(name) > 1})
    if repeated:
        raise BadInput(f"the header names {', '.join(repeated)} more than once", file=file.name, line=line)
    table = Table(file, settled, _checked_kind(file, settled.kind), names, line)
    table.require(required)
    return table


def read_header(file: Path, options: TableOptions | None = None) -> list[str]:
    """The header of a table file.

    Raises:
        BadInput: as `open_table`.
    """
    return open_table(file, options).header


def read_rows(file: Path, *, required: Sequence[str] = ()) -> Iterator[TableRow]:
    """Every row below the header; blank rows are skipped, short rows keep their true width.

    Raises:
        BadInput: as `open_table`, or the file cannot be read to its end.
    """
    yield from open_table(file, required=required).rows()


def row_of(header: Sequence[str], line: int, cells: Sequence[str]) -> TableRow:
    """A row with its cells by these names; cells beyond them are only counted."""
    return TableRow(line, dict(zip(header, cells, strict=False)), len(cells))


def shown_header(header: Sequence[str], most: int = 12) -> str:
    """A header as messages show it."""
    named = [name for name in header if name]
    return ", ".join(named[:most]) + (", …" if len(named) > most else "")


def _has_content(line: Line) -> bool:
    return any(line[1])


def _from_header(lines: Iterator[Line], row: int | None) -> Iterator[Line]:
    return (
        (line, cells)
        for line, cells in lines
        if (line == row if row is not None else any(cell.strip() for cell in cells))
    )


def _lines(file: Path, options: TableOptions) -> Generator[Line, None, None]:
    """All rows of a file, whatever they are."""
    kind = _checked_kind(file, options.kind)
    if kind is FileKind.XLSX:
        yield from workbook_rows(file, options.sheet)
    elif kind is FileKind.DOCX:
        yield from document_rows(file)
    else:
        encoding = options.encoding or UTF_8
        lines = strict_lines(file, encoding) if options.strict else text_lines(file, encoding)
        yield from delimited_rows(lines, file)


def _checked_kind(file: Path, wanted: FileKind | None) -> FileKind:
    """The kind of the file, if it can be read.

    Raises:
        BadInput: it is not of the required kind, or not what its name says.
    """
    kind = file_kind(file)
    if wanted is None and file.suffix.lower() in _WORKBOOK_NAMES:
        wanted = FileKind.XLSX
    readable = (wanted,) if wanted else (FileKind.TEXT, FileKind.XLSX)
    if kind not in readable:
        raise refusal(file, kind, wanted)
    return kind
