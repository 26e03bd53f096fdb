"""A published list of which each party may have several rows, as a table, as XML, or as both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from provenance.core.errors import BadInput
from provenance.sources.formats import FileSample, ReadOptions
from provenance.sources.recognition import open_as, other_format_hint
from provenance.sources.tables import FileKind, file_kind
from provenance.sources.watchlists.base import FixedFormat, Row, check_last_line, refuse_layout, whole_rows
from provenance.sources.watchlists.party_layout import PartyLayout
from provenance.sources.watchlists.party_rows import parties_of
from provenance.sources.watchlists.records import ListEntry
from provenance.sources.watchlists.xml_records import XmlShape, root_of


@dataclass(frozen=True, slots=True)
class XmlList:
    """An XML list: where its records are, and what their rows say."""

    shape: XmlShape
    layout: PartyLayout


class PublishedList(FixedFormat):
    """A format that is declared by layouts: ``table`` for text and spreadsheets, ``xml`` for XML."""

    def __init__(
        self,
        name: str,
        title: str,
        *,
        watchlist: str | None,
        table: PartyLayout | None = None,
        xml: XmlList | None = None,
    ) -> None:
        self.name, self.title, self.watchlist = name, title, watchlist
        self.table, self.xml = table, xml
        self.columns = table.required if table else ()

    def sniff(self, sample: FileSample) -> bool:
        """Whether the columns, or the root of the XML, are this list's."""
        if sample.kind is FileKind.XML:
            return self.xml is not None and root_of(sample.text) == self.xml.shape.root
        return self.table is not None and set(self.table.required) <= set(sample.header)

    def read(self, file: Path, options: ReadOptions) -> Iterator[ListEntry]:
        """Every party in the order of its first row; see `ListFormat.read`."""
        if self.xml is not None and file_kind(file) is FileKind.XML:
            refuse_layout(file, options)
            rows, layout = self._xml_rows(file, self.xml), self.xml.layout
        elif self.table is not None:
            rows, layout = self._table_rows(file, options, self.table), self.table
        else:
            raise BadInput(
                f"a file of the format {self.name} is XML",
                file=file.name,
                line=1,
                hint=other_format_hint(file, self.name),
            )
        count = 0
        for entry in parties_of(file, rows, layout):
            count += 1
            yield entry
        if not count:
            raise BadInput("there is no entry in the file", file=file.name, line=1)

    def _table_rows(self, file: Path, options: ReadOptions, layout: PartyLayout) -> Iterator[Row]:
        strict = replace(options.table, strict=True, guess_encoding=False)
        table = open_as(file, strict, self, layout.required)
        yield from whole_rows(table)
        if table.kind is FileKind.TEXT:
            check_last_line(file)

    def _xml_rows(self, file: Path, xml: XmlList) -> Iterator[Row]:
        try:
            yield from xml.shape.read(file)
        except BadInput as error:
            hint = other_format_hint(file, self.name, settled_only=True)
            raise type(error)(
                error.reason, file=error.file, line=error.line, hint=hint or error.hint
            ) from None
