"""Rows out of CSV and XLSX files, each with its line; nothing is guessed about what they mean."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TextIO

from provenance.core.errors import BadInput

_DELIMITERS = (",", ";", "\t", "|")


class TableRow(NamedTuple):
    """One row: the line where it begins (the header's is 1), its cells, and how many cells it really has."""

    line: int
    cells: dict[str, str]
    width: int


def read_header(file: Path) -> list[str]:
    """The header of a table file.

    Raises:
        BadInput: no such file, empty, of the wrong encoding, or with a header that repeats a name.
    """
    rows = _raw_rows(file)
    try:
        _line, header = next(rows, (0, []))
    finally:
        rows.close()
    names = [name.strip() for name in header]
    if not any(names):
        raise BadInput("the file is empty: a header line is needed", file=file.name, line=1)
    repeated = sorted({name for name in names if name and names.count(name) > 1})
    if repeated:
        raise BadInput(f"the header names {', '.join(repeated)} more than once", file=file.name, line=1)
    return names


def read_rows(file: Path, *, required: Sequence[str] = ()) -> Iterator[TableRow]:
    """Every row after the header; blank rows are skipped, short rows come with their true width.

    Raises:
        BadInput: as `read_header`, a required column is missing, or the file breaks off inside a quote.
    """
    header = read_header(file)
    for line, cells in read_cells(file, header, required=required):
        yield named(header, line, cells)


def named(header: Sequence[str], line: int, cells: Sequence[str]) -> TableRow:
    """A row whose cells stand under these names; what is beyond them is only counted."""
    return TableRow(line, dict(zip(header, cells, strict=False)), len(cells))


def read_cells(
    file: Path, header: Sequence[str], *, required: Sequence[str] = ()
) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each row of `read_rows`, as many cells as the row has; ``header`` is the file's.

    Raises:
        BadInput: as `read_rows`.
    """
    missing = [name for name in required if name not in header]
    if missing:
        raise BadInput(
            f"missing column {', '.join(missing)}; the header has {', '.join(header)}", file=file.name, line=1
        )
    rows = _raw_rows(file)
    next(rows)
    for line, cells in rows:
        if any(cells):
            yield line, cells


def _raw_rows(file: Path) -> Generator[tuple[int, list[str]], None, None]:
    if not file.is_file():
        raise BadInput("there is no such file", file=str(file))
    return _xlsx_rows(file) if file.suffix.lower() in (".xlsx", ".xlsm") else _csv_rows(file)


def _csv_rows(file: Path) -> Generator[tuple[int, list[str]], None, None]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        line = 1
        try:
            reader = csv.reader(stream, delimiter=_delimiter(stream), strict=True)
            for cells in reader:
                yield line, cells
                line = reader.line_num + 1
        except UnicodeDecodeError as error:
            raise BadInput(
                f"not UTF-8 (byte {error.object[error.start]:#04x})",
                file=file.name,
                line=_line_of_byte(file, error),
                hint="Save the file as UTF-8 and try again.",
            ) from None
        except csv.Error as error:
            raise BadInput(f"the line is broken: {error}", file=file.name, line=line) from None


def _delimiter(stream: TextIO) -> str:
    first = stream.readline()
    stream.seek(0)
    return max(_DELIMITERS, key=first.count)


def _line_of_byte(file: Path, error: UnicodeDecodeError) -> int:
    # The decoder reads in blocks, so the position in its block says nothing about the line.
    for number, line in enumerate(file.open("rb"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return number
    return 1


def _xlsx_rows(file: Path) -> Generator[tuple[int, list[str]], None, None]:
    from zipfile import BadZipFile

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError):
        raise BadInput("this is no XLSX workbook", file=file.name) from None
    try:
        for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            yield number, [_cell_text(cell) for cell in row]
    finally:
        book.close()


def _cell_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
