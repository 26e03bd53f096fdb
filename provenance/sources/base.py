"""What every format of component lists offers, and how a row becomes a record or a rejection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import ValidationError

from provenance.sources.mapping import Fields
from provenance.sources.records import Rejected, SourceRecord
from provenance.sources.tables import TableRow

Record = TypeVar("Record")
Item = TypeVar("Item")
Yielded = TypeVar("Yielded", covariant=True)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a user settles about a file: the source it comes from and which header is which field."""

    source: SourceRecord | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)


class Format(Protocol[Yielded]):
    """One source format: it knows its files and yields records; it never touches the database."""

    name: str
    title: str

    @property
    def fields(self) -> Fields:
        """The fields that a user may map headers to; empty where the columns are settled."""
        ...

    @property
    def source(self) -> SourceRecord | None:
        """The publication that its files come from, where the format settles it."""
        ...

    def sniff(self, header: Sequence[str]) -> bool:
        """Whether a file with this header looks like this format."""
        ...

    def read(self, file: Path, options: ReadOptions) -> Iterator[Yielded | Rejected]:
        """Every row of the file, in order, as a record or as a rejection with its reason.

        Raises:
            BadInput: the file as a whole cannot be read.
        """
        ...


def raw_text(cells: Mapping[str, str]) -> str:
    """The row as it stood in the file: JSON with the cells that hold anything, in the file's order."""
    return raw_texts({name: (cell,) for name, cell in cells.items()})[0]


def raw_texts(columns: Mapping[str, Sequence[str]]) -> list[str]:
    """`raw_text` of many rows, given column by column."""
    spelled = []
    for name, cells in columns.items():
        label = f"{encode_basestring(name)}: "
        spelled.append([label + encode_basestring(cell) if cell else "" for cell in cells])
    return [f"{{{', '.join(filter(None, row))}}}" for row in zip(*spelled, strict=True)]


def rows_to_records(
    rows: Iterator[TableRow],
    width: int,
    convert: Callable[[TableRow], dict[str, Any]],
    check: Callable[[dict[str, Any]], Record],
) -> Iterator[Record | Rejected]:
    """Makes a record of each row: a format converts it, the record's own check has the last word.

    Both raise ValueError to reject one.
    """
    for row in rows:
        if fault := row_fault(row, width):
            yield Rejected(line=row.line, reason=fault, row=row.cells)
            continue
        try:
            yield check(convert(row))
        except ValidationError as error:
            yield Rejected(line=row.line, reason=_reason(error), row=row.cells)
        except ValueError as error:
            yield Rejected(line=row.line, reason=str(error), row=row.cells)


def row_fault(row: TableRow, width: int) -> str:
    """What is wrong with a row whatever its cells mean; empty where nothing is."""
    if row.width != width:
        fault = "breaks off" if row.width < width else "has cells beyond the header"
        return f"the line {fault}: {row.width} cells where the header has {width}"
    # PostgreSQL keeps no such character, and both databases are to hold the same.
    if "\0" not in "".join(row.cells.values()):
        return ""
    nulled = [name for name, cell in row.cells.items() if "\0" in cell]
    return f"{', '.join(nulled)}: a null character"


def _reason(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(str(step) for step in fault['loc'])}: {fault['msg']} (it is {fault['input']!r})"
        for fault in error.errors()[:3]
    )


def batches(records: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The records in lists of at most ``size``."""
    iterator = iter(records)
    while batch := list(islice(iterator, size)):
        yield batch
