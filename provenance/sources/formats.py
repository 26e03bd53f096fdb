"""The interface of a format, and how a row becomes a record or a rejection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import ValidationError

from provenance.sources.column_styles import StatedStyle
from provenance.sources.headers import Fields
from provenance.sources.kinds import SourceKind
from provenance.sources.records import Rejected, SourceRecord
from provenance.sources.sieve import OddCell
from provenance.sources.tables import CellProblems, FileKind, Table, TableOptions, TableRow
from provenance.text.validation import faults_in_words

Record = TypeVar("Record")
Item = TypeVar("Item")
Yielded = TypeVar("Yielded", covariant=True)


@dataclass(slots=True)
class ColumnAccount:
    """Which field each column of a file was read as, and the columns that stay in the raw text only.

    Empty where the columns of a format are fixed. ``row_numbers`` is the column that numbers the rows, whose
    cells say nothing of what the rows are about; ``keys`` says how records are known again where no column is
    their key.
    """

    read: dict[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    row_numbers: str | None = None
    keys: str | None = None

    @property
    def telling_rows_apart(self) -> frozenset[str]:
        """The columns that number the rows or hold their keys."""
        keys = (name for name, field in self.read.items() if field == "key")
        return frozenset(filter(None, (self.row_numbers, *keys)))

    def settle(self, header: Sequence[str], mapping: Mapping[str, str]) -> None:
        """Notes a mapping from headers to fields."""
        self.read = dict(mapping)
        self.unread = tuple(name for name in header if name and name not in mapping)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a user settles about a file: the source it comes from, its table, and which header is which field.

    ``mapping`` states fields of this file's headers, ``saved_mapping`` those of files like it, whose headers
    need not all be there; other headers are read as what they are understood to mean. ``style`` says how
    dates and numbers are written where the columns do not show it. ``today`` is the day of reading: it
    settles the century of a date code of two digits. ``columns`` takes up how the columns were read.
    """

    today: date
    source: SourceRecord | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    saved_mapping: Mapping[str, str] = field(default_factory=dict)
    table: TableOptions = field(default_factory=TableOptions)
    style: StatedStyle = field(default_factory=StatedStyle)
    columns: ColumnAccount = field(default_factory=ColumnAccount, compare=False)

    @property
    def cells(self) -> CellProblems:
        """The cells that were not read as a value of their column; fills up as the file is read."""
        return self.table.problems

    @property
    def notes(self) -> list[str]:
        """What a user should know of the file besides its records."""
        return self.table.notes


@dataclass(frozen=True, slots=True)
class FileSample:
    """The beginning of a file, by which its format is recognised.

    ``header`` holds the cells of its first row, ``text`` the first characters of a text file, as they are.
    """

    kind: FileKind
    header: tuple[str, ...]
    text: str = ""


class Format(Protocol[Yielded]):
    """A source of records of one kind; it does not use the database."""

    name: str
    title: str

    @property
    def fields(self) -> Fields:
        """The fields that a user may map headers to; empty where the columns are fixed."""
        ...

    @property
    def source(self) -> SourceRecord | None:
        """The publication that its files come from, if the format determines it."""
        ...

    def read(self, file: Path, options: ReadOptions) -> Iterator[Yielded | Rejected]:
        """Every row of the file, in order, as a record or as a rejection with its reason.

        Raises:
            BadInput: the file as a whole cannot be read.
        """
        ...


class Recognised(Protocol):
    """The part of a format that recognises its own files."""

    kind: SourceKind
    name: str

    @property
    def fields(self) -> Fields:
        """As in `Format`."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the format fixes, by which the header of its files is found; else empty."""
        ...

    def sniff(self, sample: FileSample) -> bool:
        """Whether a file that begins like this is of this format."""
        ...


class FileFormat(Format[Yielded], Recognised, Protocol[Yielded]):
    """A format of files that people hand in: it is listed, and recognises its own files."""


def raw_text(cells: Mapping[str, str]) -> str:
    """The row as in the file: JSON with the cells that are not empty, in the file's order."""
    return raw_texts({name: (cell,) for name, cell in cells.items()})[0]


def raw_texts(columns: Mapping[str, Sequence[str]]) -> list[str]:
    """`raw_text` of many rows, given column by column."""
    spelled = []
    for name, cells in columns.items():
        label = f"{encode_basestring(name)}: "
        spelled.append([label + encode_basestring(cell) if cell else "" for cell in cells])
    return [f"{{{', '.join(filter(None, row))}}}" for row in zip(*spelled, strict=True)]


def rows_to_records(
    table: Table,
    convert: Callable[[TableRow], dict[str, Any]],
    check: Callable[[dict[str, Any]], Record],
    columns: Mapping[str, Sequence[str]],
) -> Iterator[Record | Rejected]:
    """Makes a record of each row: a format converts it, and the record's own check decides.

    Both raise ValueError to reject one, and `OddCell` where a field is no value: the cells of its ``columns``
    are noted, and the row is read without them.
    """
    for row in noted_if_none(table.rows(), table):
        if fault := row_fault(row, len(table.header)):
            yield Rejected(line=row.line, reason=fault, row=dict(row.written))
        else:
            found = _without_odd_cells(row, convert, check, columns, table.problems)
            yield with_cells(found, table.problems) if isinstance(found, Rejected) else found


def _without_odd_cells(
    row: TableRow,
    convert: Callable[[TableRow], dict[str, Any]],
    check: Callable[[dict[str, Any]], Record],
    columns: Mapping[str, Sequence[str]],
    problems: CellProblems,
) -> Record | Rejected:
    while True:
        try:
            return check(convert(row))
        except OddCell as odd:
            emptied = [name for name in columns.get(odd.field, ()) if row.cells[name].strip()]
            if not emptied:
                return Rejected(line=row.line, reason=str(odd), row=dict(row.written))
            for name in emptied:
                problems.add(row.line, name, row.written[name], str(odd))
            row = row._replace(cells={**row.cells, **dict.fromkeys(emptied, "")})
        except ValidationError as error:
            return Rejected(line=row.line, reason=faults_in_words(error.errors()), row=dict(row.written))
        except ValueError as error:
            return Rejected(line=row.line, reason=str(error), row=dict(row.written))


def noted_if_none(records: Iterator[Item], table: Table) -> Iterator[Item]:
    """The records of a table; that it has none is noted."""
    first = next(records, None)
    if first is None:
        table.options.note(f"There is no row below the header in row {table.header_line}")
        return
    yield first
    yield from records


def with_cells(refused: Rejected, problems: CellProblems) -> Rejected:
    """The refusal of a row as in the file, with the reasons of its cells that hold no value."""
    withheld = problems.of_line(refused.line)
    reason = "; ".join([refused.reason, *(f"{each.column}: {each.problem}" for each in withheld)])
    row = {**refused.row, **{each.column: each.text for each in withheld}}
    return refused.model_copy(update={"reason": reason, "row": row})


def record_of(
    row: TableRow,
    width: int,
    convert: Callable[[TableRow], dict[str, Any]],
    check: Callable[[dict[str, Any]], Record],
) -> Record | Rejected:
    """The record of a row below a header of that width, or its rejection."""
    if fault := row_fault(row, width):
        return Rejected(line=row.line, reason=fault, row=dict(row.written))
    try:
        return check(convert(row))
    except ValidationError as error:
        return Rejected(line=row.line, reason=faults_in_words(error.errors()), row=dict(row.written))
    except ValueError as error:
        return Rejected(line=row.line, reason=str(error), row=dict(row.written))


def row_fault(row: TableRow, width: int) -> str:
    """What is wrong with a row whatever its cells mean; empty where nothing is."""
    if row.width != width:
        fault = "breaks off" if row.width < width else "has cells beyond the header"
        cells = "1 cell" if row.width == 1 else f"{row.width} cells"
        return f"the line {fault}: {cells} where the header has {width}"
    # PostgreSQL cannot store this character, and both databases should store the same.
    if "\0" not in "".join(row.cells.values()):
        return ""
    nulled = [name for name, cell in row.cells.items() if "\0" in cell]
    return f"{', '.join(nulled)}: a null character"


def batches(records: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The records in lists of at most ``size``."""
    iterator = iter(records)
    while batch := list(islice(iterator, size)):
        yield batch
