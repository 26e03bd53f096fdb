"""What every format of component lists offers, and how a row becomes a record or a rejection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from provenance.formats.mapping import Fields
from provenance.formats.tables import TableRow
from provenance.records import Rejected, SourceRecord

Record = TypeVar("Record", bound=BaseModel)
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
    return raw_writer(list(cells))(cells)


def raw_writer(header: Sequence[str]) -> Callable[[Mapping[str, str]], str]:
    """`raw_text` for the rows of one file, all with the cells of this header in its order."""
    # Nameless columns of a header are one cell of a row.
    names = [f"{encode_basestring(name)}: " for name in dict.fromkeys(header)]

    def write(cells: Mapping[str, str]) -> str:
        pairs = zip(names, cells.values(), strict=True)
        return f"{{{', '.join([name + encode_basestring(cell) for name, cell in pairs if cell])}}}"

    return write


def rows_to_records(
    rows: Iterator[TableRow],
    width: int,
    convert: Callable[[TableRow], dict[str, Any]],
    record: type[Record],
) -> Iterator[Record | Rejected]:
    """Validates what a format makes of each row; ``convert`` raises ValueError to reject one."""
    for row in rows:
        if fault := row_fault(row, width):
            yield Rejected(line=row.line, reason=fault, row=row.cells)
            continue
        try:
            yield record.model_validate(convert(row))
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
