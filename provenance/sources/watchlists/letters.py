"""A list that came with a letter: CSV, XLSX or the tables of a DOCX, its headers mapped.

Columns ``id, name, aliases, address, country, identifiers``, several values in a cell separated by ``;``;
other headers are understood in a few languages or mapped by the user. A cell that holds name, aliases and
address together is split, and what was read from it is shown for review.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path

from provenance.core.errors import BadInput
from provenance.sources.formats import FileSample, ReadOptions
from provenance.sources.headers import header_key
from provenance.sources.kinds import SourceKind
from provenance.sources.mapped_format import FieldCells, MappedFormat
from provenance.sources.mapping import fields_guessed, is_list_of_parties
from provenance.sources.number_cells import read_number_cells
from provenance.sources.record_keys import key_column
from provenance.sources.tables import FileKind, Table, TableOptions
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
from provenance.sources.watchlists.combined_cells import is_combined, split_cell, summary_of
from provenance.sources.watchlists.records import AddressText, ListEntry
from provenance.text.registration_numbers import read_numbers
from provenance.text.unknown import says_unknown


class Letter(MappedFormat):
    """A table in a file of one kind."""

    kind = SourceKind.WATCHLISTS
    watchlist: str | None = None

    def __init__(self, name: str, title: str, file_kind: FileKind) -> None:
        self.name = name
        self.title = title
        self._file_kind = file_kind

    def list_of(self, _file: Path) -> str | None:
        """None: the user names it."""
        return None

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
        return replace(options.table, kind=self._file_kind, strict=True)

    def read(self, file: Path, options: ReadOptions) -> Iterator[ListEntry]:
        """Every entry in order; see `ListFormat.read`."""
        table, mapping = self.open(file, options)
        self._leave_row_numbers(table, mapping, options)
        count, cells = 0, FieldCells(mapping, self.fields)
        for row in whole_rows(table):
            count += 1
            yield _entry(file, row, cells)
        if not count:
            raise BadInput("there is no entry in the file", file=file.name, line=table.header_line)

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
    for field, values in found.items():
        if len(values) > 1:
            yield f"{' / '.join(fields[field].splitlines())!r} was read as {' | '.join(values)}"


def _entry(file: Path, row: Row, cells: FieldCells) -> ListEntry:
    fields = cells.of(row.cells)
    review: list[str] = []
    name, addresses = fields.get("name", ""), addresses_of(fields.get("address", ""))
    aliases, numbers = names_of(fields.get("aliases", "")), list[str]()
    review += _split_cells(fields, aliases=aliases, address=addresses)
    if name and is_combined(
        name, header="; ".join(cells.columns["name"]), has_address=bool(fields.get("address"))
    ):
        split = split_cell(name)
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
    own = fields.get("id") or None
    return ListEntry(
        line=row.line,
        identity=own,
        own_id=own,
        names=names,
        addresses=places,
        identifiers=identifier_texts(number for part in read for number in part.numbers),
        remarks=texts(fields.get("remarks", "")),
        review=tuple(review),
    )
