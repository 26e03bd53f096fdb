"""A list that came with a letter: CSV, XLSX or the tables of a DOCX, its headers mapped.

Columns ``id, name, aliases, address, country, identifiers``, several values in a cell separated by ``;``;
other headers are understood in a few languages or mapped by the user. A cell that holds name, aliases and
address together is split, and what was read out of it is shown for review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from provenance.core.errors import BadInput
from provenance.sources.formats import FileSample, ReadOptions
from provenance.sources.headers import Fields, headers_of
from provenance.sources.kinds import SourceKind
from provenance.sources.mapping import guess_mapping, settle_mapping
from provenance.sources.recognition import open_as, wrong_columns
from provenance.sources.records import SourceRecord
from provenance.sources.tables import FileKind
from provenance.sources.watchlists.base import (
    Row,
    address,
    country_or_none,
    is_number,
    named,
    parts,
    texts,
    whole_rows,
)
from provenance.sources.watchlists.combined_cells import is_combined, split_cell, summary_of
from provenance.sources.watchlists.records import AddressText, IdentifierText, ListEntry

_IDENTIFIER = re.compile(r"(?:(?P<scheme>[^\W\d]{2,12})\s*[:№#]?\s*)?(?P<value>[0-9A-Z][0-9A-Z./ -]{3,})")


class Letter:
    """A table out of a file of one kind."""

    kind = SourceKind.WATCHLISTS
    watchlist: str | None = None
    source: SourceRecord | None = None

    def __init__(self, name: str, title: str, file_kind: FileKind) -> None:
        self.name = name
        self.title = title
        self._file_kind = file_kind

    @property
    def fields(self) -> Fields:
        """The fields that a user may map headers to."""
        return headers_of(self.kind)

    def sniff(self, sample: FileSample) -> bool:
        """Whether a file of this kind has a column that is understood as the name, and another one."""
        found = guess_mapping(sample.header, self.fields).values()
        return sample.kind is self._file_kind and "name" in found and len(found) > 1

    def read(self, file: Path, options: ReadOptions) -> Iterator[ListEntry]:
        """Every entry in order; see `ListFormat.read`."""
        table = open_as(file, replace(options.table, kind=self._file_kind, strict=True), self)
        mapping = settle_mapping(table.header, {}, options.mapping, self.fields)
        if "name" not in mapping.values() and "address" not in mapping.values():
            raise wrong_columns(table, self, "no column is understood as the name")
        count = 0
        for row in whole_rows(table):
            count += 1
            yield _entry(file, row, mapping)
        if not count:
            raise BadInput("there is no entry in the file", file=file.name, line=table.header_line)
        options.notes.extend(map(str, table.problems))


def _entry(file: Path, row: Row, mapping: Mapping[str, str]) -> ListEntry:
    fields = {meant: row[name] for name, meant in mapping.items()}
    review: list[str] = []
    name, addresses = fields.get("name", ""), parts(fields.get("address", ""))
    aliases, numbers = parts(fields.get("aliases", "")), parts(fields.get("identifiers", ""))
    if name and is_combined(
        name, header=_header_of(mapping, "name"), has_address=bool(fields.get("address"))
    ):
        split = split_cell(name)
        review.append(f"{' / '.join(name.split(chr(10)))!r} was read as {summary_of(split)}")
        name, aliases = split["name"][0], [*split["name"][1:], *split["aliases"], *aliases]
        addresses, numbers = [*split["address"], *addresses], [*split["identifiers"], *numbers]
    country = country_or_none(fields.get("country", ""))
    if fields.get("country") and country is None:
        review.append(f"{fields['country']!r} is not a known country; the country is unknown")
    places = tuple(place for text in addresses if (place := address(text, country)))
    if not places and country:
        places = (AddressText("", country),)
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
        identifiers=tuple(found for text in numbers if (found := _identifier(text))),
        remarks=texts(fields.get("remarks", "")),
        review=tuple(review),
    )


def _header_of(mapping: Mapping[str, str], field: str) -> str:
    return next((name for name, meant in mapping.items() if meant == field), "")


def _identifier(text: str) -> IdentifierText | None:
    match = _IDENTIFIER.search(text.upper())
    if match is None or not is_number(match["value"]):
        return None
    scheme = {"ИНН": "INN", "ОГРН": "OGRN"}.get(match["scheme"] or "", match["scheme"])
    return IdentifierText(match["value"].strip(), scheme)
