"""A table of a file: its header, its rows with their lines, and problems with its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from provenance.core.errors import BadInput
from provenance.sources.tables.file_kinds import FileKind
from provenance.sources.tables.kept_rows import KeptRows
from provenance.sources.tables.layout import Layout, layout_of
from provenance.sources.tables.options import TableOptions
from provenance.sources.tables.problems import CellProblems
from provenance.sources.tables.row_selection import RowSelection
from provenance.sources.tables.text_checks import Use
from provenance.sources.tables.vetting import Before, Line, Originals, Vetting


class TableRow(NamedTuple):
    """One row: the line where it begins, its cells by header, and how many cells it really has.

    ``written`` are the cells as in the file: those that hold no value are empty in ``cells``.
    """

    line: int
    cells: dict[str, str]
    width: int
    written: Mapping[str, str] = {}


@dataclass(slots=True)
class Table:
    """A table with its header read; its rows are read on demand, and may be read more than once.

    ``uses`` says what the values of its columns are for, by header: a column that it does not name is not
    looked at. None: every column may say anything. ``problems`` are those of its options; they fill up as
    rows are read.
    """

    file: Path
    options: TableOptions
    layout: Layout
    header: list[str]
    uses: Mapping[str, Use] | None = None
    _originals: Originals = field(default_factory=Originals)
    _kept: KeptRows = field(default_factory=KeptRows)

    @property
    def kind(self) -> FileKind:
        """The kind of the file."""
        return self.layout.kind

    @property
    def header_line(self) -> int:
        """The line in which the header begins."""
        return self.layout.header.line

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

        Cells that hold no value are empty, and noted as problems; see `originals`.

        Raises:
            BadInput: the file cannot be read to its end.
        """
        return chain.from_iterable(self.blocks())

    def blocks(self, before: Before | None = None, *, keep: bool = False) -> Iterator[list[Line]]:
        """As `lines`, many rows at a time but no more than whose `originals` are remembered.

        ``before`` is shown the rows of each block as they are in the file. What is to be read again is worth
        it to ``keep``: later readings then are of the same state, and quicker.
        """
        self._originals.clear()
        vetting = Vetting(self.header, self.options, self.uses, self._originals)
        selection = RowSelection(self.file, self.layout, len(self.header), self.options)
        return vetting.blocks(self._kept.through(selection.blocks, keep=keep), before)

    def rows(self) -> Iterator[TableRow]:
        """As `lines`, with the cells by header."""
        for line, cells in self.lines():
            row = row_of(self.header, line, cells)
            yield row._replace(written=self._originals.of_row(line, row.cells))

    def originals(
        self, lines: Sequence[int], columns: Mapping[str, Sequence[str]]
    ) -> Mapping[str, Sequence[str]]:
        """The columns of the rows in these lines as they are in the file, if the rows were read just now."""
        return self._originals.of_columns(lines, columns)


def open_table(file: Path, options: TableOptions | None = None, *, required: Sequence[str] = ()) -> Table:
    """The table of a file, its header read.

    Raises:
        BadInput: no such file, empty, of a kind or encoding that cannot be read, with a header that names a
            column twice or lacks a required one.
    """
    settled = options or TableOptions()
    layout = layout_of(file, settled)
    names = [name.strip() for name in layout.header.names]
    if settled.first_of_repeated:
        names = [f"{name} ({place})" if name in names[:place] else name for place, name in enumerate(names)]
    line = layout.header.line
    repeated = sorted({name for name in names if name and names.count(name) > 1})
    if repeated:
        raise BadInput(f"the header names {', '.join(repeated)} more than once", file=file.name, line=line)
    for note in layout.notes:
        settled.note(note)
    table = Table(file, settled, layout, names)
    table.require(required)
    return table


def header_names(file: Path, options: TableOptions) -> tuple[str, ...]:
    """The names in a table's header as they are, repeated ones too.

    Raises:
        BadInput: the file cannot be read, or has no header.
    """
    return layout_of(file, options).header.names


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
    named = dict(zip(header, cells, strict=False))
    return TableRow(line, named, len(cells), named)


def shown_header(header: Sequence[str], most: int = 12) -> str:
    """A header as messages show it."""
    named = [name for name in header if name]
    return ", ".join(named[:most]) + (", …" if len(named) > most else "")
