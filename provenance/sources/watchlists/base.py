"""The interface of list formats, and how the cells of published lists are read.

A file that is cut off, wrongly encoded or has endless lines is refused with file and line: a half-read file
never becomes a version of its list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, Protocol

from provenance.core.errors import BadInput, UsageError
from provenance.core.vocabulary.watched import ListedNameKind
from provenance.sources.formats import FileFormat, ReadOptions
from provenance.sources.headers import Fields
from provenance.sources.kinds import SourceKind
from provenance.sources.recognition import open_as
from provenance.sources.records import SourceRecord
from provenance.sources.tables import FileKind, Table, Unfinished
from provenance.sources.watchlists.records import AddressText, IdentifierText, ListEntry, NameText
from provenance.text.countries import UnknownCountry, country_code
from provenance.text.registration_numbers import NumbersRead, RegistrationNumber
from provenance.text.unknown import says_unknown

END_MARK = "\x1a"

_GET_IT_AGAIN = "A half-read file never becomes a version; get it again."


class ListFormat(FileFormat[ListEntry], Protocol):
    """One list format: it yields entries, and refuses a file of which it cannot use a row."""

    @property
    def watchlist(self) -> str | None:
        """The key of the list that its files are versions of; None where the user names it."""
        ...

    @property
    def numbers_last(self) -> bool:
        """Whether the numbers of entries stay the same from version to version."""
        ...

    def list_of(self, file: Path) -> str | None:
        """The key of the list that a file is a version of, where that depends on the file."""
        ...

    def is_extract(self, file: Path) -> bool:
        """Whether a file only adds entries to a list, whatever the user says."""
        ...

    def read(self, file: Path, options: ReadOptions) -> Iterator[ListEntry]:
        """Every entry of the file, in order.

        Raises:
            BadInput: the file is cut off, broken or of another format; names file and line.
        """
        ...


class FixedFormat:
    """What the formats of published lists share: nobody maps their columns."""

    kind = SourceKind.WATCHLISTS
    name: str
    title: str
    watchlist: str | None = None
    numbers_last = True
    fields: ClassVar[Fields] = {}
    columns: tuple[str, ...] = ()
    source: SourceRecord | None = None

    def list_of(self, _file: Path) -> str | None:
        """The list that a file is a version of."""
        return self.watchlist

    def is_extract(self, _file: Path) -> bool:
        """Whether a file only adds entries to a list."""
        return False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line where it begins, and its cells by column; a missing column is empty."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "").strip()


def rows_of(
    file: Path, options: ReadOptions, asked_for: ListFormat, required: Sequence[str]
) -> Iterator[Row]:
    """Every row of a CSV file that a publisher writes; blank rows are skipped.

    Raises:
        BadInput: the file cannot be read; the header lacks a column; a record has another number of cells;
            the last line has no end.
    """
    strict = replace(options.table, strict=True, kind=FileKind.TEXT, guess_encoding=False)
    yield from whole_rows(open_as(file, strict, asked_for, required))
    check_last_line(file)


def refuse_layout(file: Path, options: ReadOptions) -> None:
    """Refuses a sheet, a header row or an encoding stated for a format that has none to choose.

    Raises:
        UsageError: one of them is stated.
    """
    table = options.table
    if (table.sheet, table.header_row, table.encoding) != (None, None, None):
        raise UsageError(f"The format of {file.name} has no sheet, header row or encoding to choose")


def whole_rows(table: Table) -> Iterator[Row]:
    """Every row of a table that is not empty.

    Raises:
        BadInput: a row has another number of cells than the header.
    """
    for line, cells in table.lines():
        if any(cell.strip() for cell in cells):
            check_width(table.file, line, len(cells), len(table.header))
            yield Row(line, dict(zip(table.header, cells, strict=True)))


def check_width(file: Path, line: int, width: int, wanted: int) -> None:
    """Refuses a record of another width than its header: it is cut off, or merged with the next one.

    Raises:
        BadInput: names the line.
    """
    if width != wanted:
        what = "is unfinished" if width < wanted else "has too many cells"
        broken = Unfinished if width < wanted else BadInput
        raise broken(
            f"the record {what}: {width} cells instead of {wanted}",
            file=file.name,
            line=line,
            hint=_GET_IT_AGAIN,
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
            "the last line has no end: the file may be cut off",
            file=file.name,
            line=line_count(file),
            hint=_GET_IT_AGAIN,
        )


def line_count(file: Path) -> int:
    """How many lines a file has, a last one without an end among them."""
    ends, last = 0, b"\n"
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            ends += block.count(b"\n")
            last = block[-1:]
    return ends + (last != b"\n")


def texts(cell: str) -> str | None:
    """The text of a cell on one line; None where it is empty."""
    return " ".join(cell.split()) or None


def named(primary: str, aliases: Sequence[str] = (), former: Sequence[str] = ()) -> tuple[NameText, ...]:
    """All names of an entry, those that share a cell separated; each name once.

    A word for the unknown ("N/A") is not an alias or a former name.
    """
    # All formats are loaded to recognise a file; the words of names only where names are read.
    from provenance.text.party_names import read_names

    groups: tuple[tuple[Sequence[str], ListedNameKind], ...] = (
        ([primary], ListedNameKind.PRIMARY),
        ([cell for cell in aliases if not says_unknown(cell)], ListedNameKind.ALIAS),
        ([cell for cell in former if not says_unknown(cell)], ListedNameKind.FORMER),
    )
    return once(
        NameText(name.name, kind if name.kind is ListedNameKind.PRIMARY else name.kind)
        for cells, kind in groups
        for cell in cells
        for name in read_names(cell)
    )


def once(names: Iterable[NameText]) -> tuple[NameText, ...]:
    """The names in their order, each spelling once, whatever its case and spaces."""
    found: dict[str, NameText] = {}
    for name in names:
        found.setdefault(" ".join(name.name.split()).casefold(), name)
    return tuple(found.values())


def address(text: str, country: str | None = None) -> AddressText | None:
    """An address; its country from its own last part where the list names none. None if unknown."""
    text = " ".join(text.split()).strip(" ,;")
    if says_unknown(text):
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


_TIME_OF_DAY = re.compile(r"(?<=^\d{4}-\d\d-\d\d)(?:T[\d:.]+)?(?:Z|[+-]\d\d:?\d\d)?$")
"""What XML may write after a day: the time and the zone."""


def day(text: str, *patterns: str) -> date | None:
    """A day written in one of these patterns (`datetime.strptime`); None where it is empty or not a date."""
    text = _TIME_OF_DAY.sub("", text.strip())
    for pattern in patterns:
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None


@dataclass(frozen=True, slots=True)
class StatedDays:
    """The days on which a listing begins and ends as the list states them, and what of it is no day."""

    first: date | None
    last: date | None
    review: tuple[str, ...]


def days_of(row: Row, first: str, last: str, patterns: Sequence[str]) -> StatedDays:
    """The days in two columns of a row; a text that is not a day is unknown, and put to review."""
    found = [day(row[column], *patterns) for column in (first, last)]
    review = tuple(
        f"{column} {row[column]!r} is not a date; the day is unknown"
        for column, one in zip((first, last), found, strict=True)
        if one is None and not says_unknown(row[column])
    )
    return StatedDays(found[0], found[1], review)


def identifier_texts(numbers: Iterable[RegistrationNumber]) -> tuple[IdentifierText, ...]:
    """Numbers as an entry states them, each once."""
    return tuple(dict.fromkeys(IdentifierText(one.as_written, one.scheme, one.place) for one in numbers))


def numbers_to_review(read: Iterable[NumbersRead]) -> tuple[str, ...]:
    """What stands where a list has numbers and was not taken as one, for review."""
    return tuple(
        f"{one.text!r} was not taken as a number: {one.why}"
        for part in read
        for one in part.unread
        if one.text
    )
