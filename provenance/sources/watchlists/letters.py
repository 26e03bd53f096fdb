"""A list that came with a letter: CSV, XLSX or the tables of a DOCX, its headers mapped.

Columns ``id, name, aliases, address, country, identifiers, since, until``, several values in a cell separated
by ``;``; other headers are understood in a few languages or mapped by the user. A cell that holds name,
aliases and address together is split, and what was read from it is shown for review.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from provenance.core.errors import BadInput
from provenance.fields import values
from provenance.sources.formats import FileSample, ReadOptions
from provenance.sources.headers import header_key
from provenance.sources.kinds import SourceKind
from provenance.sources.mapped_format import FieldCells, MappedFormat
from provenance.sources.mapping import fields_guessed, is_list_of_parties
from provenance.sources.number_cells import read_number_cells
from provenance.sources.record_keys import key_column
from provenance.sources.tables import FileKind, Table, TableOptions
from provenance.sources.tables.documents import PARAGRAPHS_HEADER
from provenance.sources.watchlists.base import (
    Row,
    address,
    country_or_none,
    identifier_texts,
    named,
    numbers_to_review,
    texts,
    whole_rows,
)
from provenance.sources.watchlists.cell_items import addresses_of, names_of
from provenance.sources.watchlists.letter_paragraphs import entries_of
from provenance.sources.watchlists.records import AddressText, ListEntry
from provenance.text.column_styles import IN_A_FILE, Style, Written
from provenance.text.partial_dates import DateSpan
from provenance.text.registration_numbers import read_numbers
from provenance.text.unknown import says_unknown

DAYS = ("since", "until")
"""The fields for the days on which a listing begins and ends."""

_SHOWN, _LONGEST_SHOWN = 6, 60


class Letter(MappedFormat):
    """A table in a file of one kind."""

    kind = SourceKind.WATCHLISTS
    written = MappingProxyType(dict.fromkeys(DAYS, Written.DATE))
    watchlist: str | None = None
    numbers_last = False

    def __init__(self, name: str, title: str, file_kind: FileKind) -> None:
        self.name = name
        self.title = title
        self._file_kind = file_kind

    def list_of(self, _file: Path) -> str | None:
        """None: the user names it."""
        return None

    def is_extract(self, _file: Path) -> bool:
        """No: the user says so if it is one."""
        return False

    def needs(self, fields: AbstractSet[str], stated: AbstractSet[str] = frozenset()) -> list[str]:
        """A name, or an address where the user says which column it is."""
        return [] if "name" in fields or "address" in stated else ["name"]

    def sniff(self, sample: FileSample) -> bool:
        """Whether a file of this kind has a column that is understood as the name, and another one."""
        return sample.kind is self._file_kind and is_list_of_parties(
            fields_guessed(sample.header, self.fields)
        )

    def table_options(self, options: ReadOptions) -> TableOptions:
        """Of this kind of file only, and strictly: a half-read letter is not a version."""
        return replace(options.table, kind=self._file_kind, strict=True, of_names=True)

    def read(self, file: Path, options: ReadOptions) -> Iterator[ListEntry]:
        """Every entry in order; see `ListFormat.read`."""
        table, mapping = self.open(file, options)
        if table.kind is FileKind.DOCX and table.header == PARAGRAPHS_HEADER:
            entries = self._paragraphs(file, table, options)
        else:
            entries = self._rows(file, table, mapping, options)
        count = 0
        for entry in entries:
            count += 1
            yield entry
        if not count:
            raise BadInput("there is no entry in the file", file=file.name, line=table.header_line)

    def _rows(
        self, file: Path, table: Table, mapping: dict[str, str], options: ReadOptions
    ) -> Iterator[ListEntry]:
        self._leave_row_numbers(table, mapping, options)
        styles = self.styles(table, mapping, options)
        cells = FieldCells(mapping, self.fields)
        for row in whole_rows(table):
            yield _entry(file, row, cells, styles)

    def _paragraphs(self, file: Path, table: Table, options: ReadOptions) -> Iterator[ListEntry]:
        """The entries of a letter without a table; what is none is said."""
        left_out: list[tuple[int, str]] = []
        column = table.header[0]
        cells = FieldCells({column: "name"}, self.fields)
        for paragraph in entries_of(whole_rows(table), column, left_out):
            entry = _entry(file, Row(paragraph.line, {column: paragraph.text}), cells, {}, mixed=True)
            yield _in_country(entry, paragraph.country)
        if left_out:
            shown = "; ".join(f"{text.strip()[:_LONGEST_SHOWN]!r}" for _line, text in left_out[:_SHOWN])
            more = f" and {len(left_out) - _SHOWN:,} more" if len(left_out) > _SHOWN else ""
            options.table.note(f"Paragraphs that are no entries: {len(left_out):,} ({shown}{more})")

    def _leave_row_numbers(self, table: Table, mapping: dict[str, str], options: ReadOptions) -> None:
        """Takes a column out of the mapping that numbers the rows: the next letter numbers them again.

        A column that is called an id, or that the user calls so, is one whatever it holds.
        """
        surest = set(map(header_key, self.fields["id"].ranks[0]))
        headers = [name for name, field in mapping.items() if field == "id"]
        stated = {*options.mapping, *options.saved_mapping}
        for header in headers:
            if header in stated or header_key(header) in surest:
                continue
            if key_column(table, header, on_boards=False).numbers_rows:
                options.table.note(
                    f"{header} numbers the rows of this file. Its entries are known by their names."
                )
                del mapping[header]
                options.columns.settle(table.header, mapping)


def _split_cells(fields: Mapping[str, str], **found: Sequence[str]) -> Iterator[str]:
    """What was read from the cells of these fields that hold several values, for review."""
    for field, read in found.items():
        if len(read) > 1:
            yield f"{' / '.join(fields[field].splitlines())!r} was read as {' | '.join(read)}"


def _in_country(entry: ListEntry, country: str | None) -> ListEntry:
    """The entry, its addresses that name no country in the one of the heading above it."""
    places = tuple(AddressText(place.text, place.country or country) for place in entry.addresses)
    if not places and country:
        places = (AddressText("", country),)
    return replace(entry, addresses=places)


def _days(
    fields: Mapping[str, str], styles: Mapping[str, Style], review: list[str]
) -> tuple[date | None, date | None]:
    """The days on which a listing begins and ends; what is not a day goes to review."""
    found: dict[str, DateSpan | None] = {}
    for field in DAYS:
        try:
            found[field] = values.days.styled(fields.get(field, ""), styles.get(field, IN_A_FILE))
        except ValueError as error:
            review.append(f"{field} {fields[field]!r}: {error}; the day is unknown")
    first, last = found.get("since"), found.get("until")
    return first.earliest if first else None, last.latest if last else None


def _entry(
    file: Path, row: Row, cells: FieldCells, styles: Mapping[str, Style], *, mixed: bool = False
) -> ListEntry:
    """The entry of a row; ``mixed`` says that its name's cell holds more than names."""
    # All formats are loaded to recognise a file; the words of names only where names are read.
    from provenance.sources.watchlists.combined_cells import is_combined, split_cell, summary_of

    fields = cells.of(row.cells)
    review: list[str] = []
    name, addresses = fields.get("name", ""), addresses_of(fields.get("address", ""))
    aliases, numbers = names_of(fields.get("aliases", "")), list[str]()
    review += _split_cells(fields, aliases=aliases, address=addresses)
    header, has_address = "; ".join(cells.columns.get("name", ())), bool(fields.get("address"))
    if name and (mixed or is_combined(name, header=header, has_address=has_address)):
        split = split_cell(name)
        if [one for found in split.values() for one in found] != [name]:
            review.append(f"{' / '.join(name.split(chr(10)))!r} was read as {summary_of(split)}")
        name, aliases = split["name"][0], [*split["name"][1:], *split["aliases"], *aliases]
        addresses, numbers = [*split["address"], *addresses], [*split["identifiers"], *numbers]
    country = country_or_none(fields.get("country", ""))
    if country is None and not says_unknown(fields.get("country", "")):
        review.append(f"{fields['country']!r} is not a known country; the country is unknown")
    places = tuple(place for text in addresses if (place := address(text, country)))
    if not places and country:
        places = (AddressText("", country),)
    read = [read_numbers(text, assumed_place=country) for text in numbers]
    read += read_number_cells(cells, row.cells, country)
    review += numbers_to_review(read)
    names = named(name, aliases)
    if not names and not addresses:
        raise BadInput("an entry without name and address", file=file.name, line=row.line)
    if not names and cells.columns.get("name"):
        beside = "no name beside it: it is listed by itself, or belongs to the row above"
        review.append(f"{addresses[0]!r} has {beside}")
    own = fields.get("id") or None
    since, until = _days(fields, styles, review)
    return ListEntry(
        line=row.line,
        identity=own,
        own_id=own,
        names=names,
        addresses=places,
        identifiers=identifier_texts(number for part in read for number in part.numbers),
        stated_from=since,
        stated_to=until,
        remarks=texts(fields.get("remarks", "")),
        review=tuple(review),
    )
