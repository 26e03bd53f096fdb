"""A published list of which each party may have several rows, as a table, as XML, or as both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from provenance.core.errors import BadInput
from provenance.sources.formats import FileSample, ReadOptions
from provenance.sources.headers import header_keys
from provenance.sources.recognition import called_what_it_is, open_as, sample_of, wrong_columns
from provenance.sources.tables import FileKind, file_kind
from provenance.sources.watchlists.base import (
    FixedFormat,
    ListFormat,
    Row,
    check_last_line,
    refuse_layout,
    whole_rows,
)
from provenance.sources.watchlists.column_names import layout_columns
from provenance.sources.watchlists.party_layout import PartyLayout
from provenance.sources.watchlists.party_rows import parties_of
from provenance.sources.watchlists.records import ListEntry
from provenance.sources.watchlists.xml_records import XmlShape


@dataclass(frozen=True, slots=True)
class XmlList:
    """An XML list: where its records are, and what their rows say."""

    shape: XmlShape
    layout: PartyLayout

    def read(self, file: Path, options: ReadOptions, asked_for: ListFormat) -> Iterator[ListEntry]:
        """Every party in the order of its record.

        Raises:
            BadInput: the XML is broken, cut off or another one's; says which format it looks like.
        """
        refuse_layout(file, options)
        yield from whole_list(file, parties_of(file, self._rows(file, asked_for), self.layout))

    def _rows(self, file: Path, asked_for: ListFormat) -> Iterator[Row]:
        try:
            yield from self.shape.read(file)
        except BadInput as error:
            raise called_what_it_is(error, file, asked_for) from None


class PublishedList(FixedFormat):
    """A format that is declared by layouts: ``tables``, one for each edition, and ``xml``."""

    def __init__(
        self,
        name: str,
        title: str,
        *,
        watchlist: str | None,
        tables: Sequence[PartyLayout] = (),
        xml: XmlList | None = None,
    ) -> None:
        self.name, self.title, self.watchlist = name, title, watchlist
        self.tables, self.xml = tuple(tables), xml
        self.columns = tuple(dict.fromkeys(column for one in tables for column in one.required))

    def sniff(self, sample: FileSample) -> bool:
        """Whether the columns, or the root of the XML, are this list's."""
        if sample.kind is FileKind.XML:
            return self.xml is not None and self.xml.shape.recognises(sample.text)
        return any(not _missing(sample.header, one) for one in self.tables)

    def read(self, file: Path, options: ReadOptions) -> Iterator[ListEntry]:
        """Every party in the order of its first row; see `ListFormat.read`."""
        if self.xml is not None and file_kind(file) is FileKind.XML:
            yield from self.xml.read(file, options, self)
        elif self.tables:
            layout = self._layout_of(file)
            rows = self._table_rows(file, options, layout)
            yield from whole_list(file, parties_of(file, rows, layout))
        else:
            raise called_what_it_is(BadInput("this list is XML", file=file.name, line=1), file, self)

    def _layout_of(self, file: Path) -> PartyLayout:
        """The edition of which a file has the most columns."""
        header = sample_of(file).header
        return min(self.tables, key=lambda one: len(_missing(header, one)) / len(one.required))

    def _table_rows(self, file: Path, options: ReadOptions, layout: PartyLayout) -> Iterator[Row]:
        strict = replace(options.table, strict=True, guess_encoding=False, first_of_repeated=True)
        table = open_as(file, replace(strict, known=header_keys(layout.columns)), self)
        if missing := _missing(table.header, layout):
            raise wrong_columns(table, self, f"missing column {', '.join(missing)}")
        names = layout_columns(table.header, layout.columns)
        renamed = {name: column for column, name in names.items() if column != name}
        for row in whole_rows(table):
            if renamed:
                yield Row(row.line, {renamed.get(name, name): cell for name, cell in row.cells.items()})
            else:
                yield row
        if table.kind is FileKind.TEXT:
            check_last_line(file)


def _missing(header: Sequence[str], layout: PartyLayout) -> list[str]:
    """The required columns of a layout that a header lacks."""
    found = layout_columns(header, layout.required)
    return [column for column in layout.required if column not in found]


def whole_list(file: Path, entries: Iterable[ListEntry]) -> Iterator[ListEntry]:
    """The entries of a list that has at least one.

    Raises:
        BadInput: there is none.
    """
    empty = True
    for entry in entries:
        empty = False
        yield entry
    if empty:
        raise BadInput("there is no entry in the file", file=file.name, line=1)
