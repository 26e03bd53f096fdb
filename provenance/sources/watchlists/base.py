"""Rows out of list files, with guards: what is cut, mis-encoded or endless is refused with file and line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from provenance.core.errors import BadInput
from provenance.core.vocabulary.watched import ListedNameKind
from provenance.sources.watchlists.records import AddressText, ListEntry, NameText
from provenance.text.countries import UnknownCountry, country_code
from provenance.text.party_names import read_names

LONGEST_LINE = 2 << 20
"""Bytes of a line; a list's longest entries have some thousands."""

LONGEST_CELL = 1 << 20
END_MARK = "\x1a"

_FEWEST_DIGITS = 4
_MOST_PIECES = 4

_WINDOWS_SIGNS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""Signs of Windows-1252 that were carried into UTF-8 as control characters."""


@dataclass(frozen=True, slots=True)
class ListOptions:
    """What a user settles about a file: which header is which field.

    ``notes`` takes up what a reader has to tell of the file besides its entries.
    """

    mapping: Mapping[str, str]
    notes: list[str] = field(default_factory=list)


class Unfinished(BadInput):
    """The file ends before its last record does; what came before is whole."""


class ListFormat(Protocol):
    """One list format: it knows its files and yields entries."""

    name: str
    title: str
    watchlist: str | None
    """The key of the list that its files are versions of; None where the user names it."""

    def read(self, file: Path, options: ListOptions) -> Iterator[ListEntry]:
        """Every entry of the file, in order.

        Raises:
            BadInput: the file is cut, broken or of another format; names file and line.
        """
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line where it begins, and its cells by column; a column that is not there is empty."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "").strip()


def lines_of(file: Path) -> Iterator[str]:
    """The lines of a UTF-8 file without its byte order mark; a NUL, bad bytes or an endless line are refused.

    Raises:
        BadInput: names file and line.
    """
    if not file.is_file():
        raise BadInput("there is no such file", file=str(file))
    with file.open("rb") as stream:
        number = 0
        while raw := stream.readline(LONGEST_LINE + 1):
            number += 1
            if len(raw) > LONGEST_LINE:
                raise BadInput(
                    f"the line has more than {LONGEST_LINE:,} bytes: this is no list of this format",
                    file=file.name,
                    line=number,
                )
            yield _decoded(raw, file, number)


def _decoded(raw: bytes, file: Path, number: int) -> str:
    try:
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"not UTF-8 (byte {raw[error.start]:#04x})",
            file=file.name,
            line=number,
            hint="Save the file as UTF-8 and try again.",
        ) from None
    if "\0" in text:
        raise BadInput("a null character: the file is binary or damaged", file=file.name, line=number)
    return text.translate(_WINDOWS_SIGNS) if any("\x80" <= sign < "\xa0" for sign in text) else text


def cells_of(file: Path, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Every record of a CSV file with the line where it begins.

    Raises:
        BadInput: as `lines_of`; a quote is never closed; a cell has no end.
    """
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines_of(file), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        broken = Unfinished if "unexpected end" in str(error) else BadInput
        raise broken(
            f"the record that begins here is broken: {error}",
            file=file.name,
            line=line,
            hint="The file may be cut, or a quote is never closed; get it again. Nothing was imported.",
        ) from None


def rows_of(
    file: Path, *, required: Sequence[str], delimiter: str = ",", whole_lines: bool = True
) -> Iterator[Row]:
    """Every row of a CSV file with a header; blank rows are skipped.

    With ``whole_lines`` the last line must end, as in every file that a publisher writes.

    Raises:
        BadInput: as `cells_of`; the header lacks a column; a record has another number of cells.
    """
    records = cells_of(file, delimiter)
    _line, header = next(records, (1, []))
    header = [name.strip() for name in header]
    check_header(file, header, required)
    for line, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        check_width(file, line, len(cells), len(header))
        yield Row(line, dict(zip(header, cells, strict=True)))
    if whole_lines:
        check_last_line(file)


def check_header(file: Path, header: Sequence[str], required: Sequence[str]) -> None:
    """Refuses a header that lacks a column.

    Raises:
        BadInput: names what is missing.
    """
    if not any(header):
        raise BadInput("the file is empty: a header line is needed", file=file.name, line=1)
    missing = [name for name in required if name not in header]
    if missing:
        shown = ", ".join(header[:12]) + (", …" if len(header) > 12 else "")
        raise BadInput(
            f"missing column {', '.join(missing)}; the header has {shown}",
            file=file.name,
            line=1,
            hint="Is it another format? See `provenance watchlist formats`.",
        )


def check_width(file: Path, line: int, width: int, wanted: int) -> None:
    """Refuses a record that is not as wide as its file: it is cut, or runs into the next.

    Raises:
        BadInput: names the line.
    """
    if width != wanted:
        what = "is unfinished" if width < wanted else "has too many cells"
        broken = Unfinished if width < wanted else BadInput
        raise broken(
            f"the record {what}: {width} cells where {wanted} belong",
            file=file.name,
            line=line,
            hint="A half-read file never becomes a version; get it again.",
        )


def check_last_line(file: Path) -> None:
    """Refuses a file whose last line breaks off in the middle of a cell.

    Raises:
        BadInput: names the last line.
    """
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - 1))
        last = stream.read()
    if last not in (b"\n", b"\r", b'"', b"\x1a"):
        raise Unfinished(
            "the last line has no end: the file may be cut",
            file=file.name,
            line=line_count(file),
            hint="A half-read file never becomes a version; get it again.",
        )


def line_count(file: Path) -> int:
    """How many lines a file has, a last one without an end among them."""
    ends, last = 0, b"\n"
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            ends += block.count(b"\n")
            last = block[-1:]
    return ends + (last != b"\n")


def parts(cell: str, separator: str = ";") -> list[str]:
    """The parts of a cell, blanks off; empty ones are left out."""
    return [part.strip() for part in cell.split(separator) if part.strip()]


def texts(cell: str) -> str | None:
    """A cell on one line; None where it is empty."""
    return " ".join(cell.split()) or None


def named(primary: str, aliases: Sequence[str] = (), former: Sequence[str] = ()) -> tuple[NameText, ...]:
    """All names of an entry, those in one cell taken apart; a name stands once."""
    groups: tuple[tuple[Sequence[str], ListedNameKind], ...] = (
        ([primary], ListedNameKind.PRIMARY),
        (aliases, ListedNameKind.ALIAS),
        (former, ListedNameKind.FORMER),
    )
    return once(
        NameText(name.name, kind if place == 0 else name.kind)
        for cells, kind in groups
        for cell in cells
        for place, name in enumerate(read_names(cell))
    )


def once(names: Iterable[NameText]) -> tuple[NameText, ...]:
    """The names in their order, each spelling once, whatever its case and blanks."""
    found: dict[str, NameText] = {}
    for name in names:
        found.setdefault(" ".join(name.name.split()).casefold(), name)
    return tuple(found.values())


def address(text: str, country: str | None = None) -> AddressText | None:
    """An address; its country from its own last part where the list names none. None where it is empty."""
    text = " ".join(text.split()).strip(" ,;")
    if not text:
        return None
    return AddressText(text, country or country_or_none(text.rsplit(",", 1)[-1]))


@lru_cache(maxsize=1 << 14)
def country_or_none(text: str) -> str | None:
    """A country's code; None where the text names none."""
    if any(map(str.isdigit, text)):
        return None
    try:
        return country_code(text.strip(" .")) if text.strip(" .") else None
    except UnknownCountry:
        return None


def day(text: str, *patterns: str) -> date | None:
    """A day written in one of these patterns (`datetime.strptime`); None where it is empty or none."""
    for pattern in patterns:
        try:
            return datetime.strptime(text.strip(), pattern).date()
        except ValueError:
            continue
    return None


_NOT_IN_NUMBERS = re.compile(r"[^0-9A-Z]")


def number_key(value: str) -> str:
    """A registration number to compare: capital letters and digits only."""
    return _NOT_IN_NUMBERS.sub("", value.upper())


def is_number(value: str) -> bool:
    """Whether a text can be a registration number: four digits and more, not a sentence."""
    return sum(map(str.isdigit, value)) >= _FEWEST_DIGITS and len(value.split()) <= _MOST_PIECES
