"""The common base of formats that read any table of one kind, its headers mapped to fields."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from provenance.sources.column_styles import settle_styles
from provenance.sources.formats import FileSample, ReadOptions
from provenance.sources.headers import Fields, header_key, headers_of
from provenance.sources.kinds import SourceKind
from provenance.sources.mapping import guess_mapping
from provenance.sources.recognition import open_as, wrong_columns
from provenance.sources.records import SourceRecord
from provenance.sources.tables import Table, TableOptions
from provenance.sources.uses import uses_of
from provenance.text.column_styles import Style, Written


class MappedFormat(ABC):
    """A format that reads tables by their headers; a subclass says which columns it needs."""

    kind: SourceKind
    name: str
    title: str
    source: SourceRecord | None = None
    written: Mapping[str, Written] = MappingProxyType({})
    """The fields that can be written in two ways, with what their columns hold."""
    units: Mapping[str, str] = MappingProxyType({})
    """The fields of numbers, each with that of its unit."""

    @property
    def fields(self) -> Fields:
        """The fields that a user may map headers to."""
        return headers_of(self.kind)

    @abstractmethod
    def needs(self, fields: AbstractSet[str]) -> list[str]:
        """Which other fields are needed, in words; empty where these suffice."""

    def sniff(self, sample: FileSample) -> bool:
        """Whether enough of the headers are understood."""
        return not self.needs(set(guess_mapping(sample.header, self.fields).values()))

    def table_options(self, options: ReadOptions) -> TableOptions:
        """How the table is read."""
        return options.table

    def mapping(self, header: Sequence[str], options: ReadOptions) -> dict[str, str]:
        """Header to field: the user's mapping, or what the headers are understood to mean."""
        return dict(options.mapping) or guess_mapping(header, self.fields)

    def open(self, file: Path, options: ReadOptions) -> tuple[Table, dict[str, str]]:
        """The table of a file with its mapping.

        Raises:
            BadInput: the file cannot be read, or a column is missing.
            UsageError: the mapping names a header or a field that does not exist.
        """
        stated = self.table_options(options)
        known = stated.known | frozenset(map(header_key, options.mapping))
        table = open_as(file, replace(stated, known=known), self)
        mapping = self.mapping(table.header, options)
        if needs := self.needs(set(mapping.values())):
            understood = ", ".join(f"{name} as {field}" for name, field in mapping.items()) or "none"
            verb = "is" if len(needs) == 1 else "are"
            raise wrong_columns(
                table,
                self,
                f"columns are missing: {' and '.join(needs)} {verb} needed; understood: {understood}",
            )
        table.require(list(mapping))
        options.columns.settle(table.header, mapping)
        table.uses = uses_of(mapping)
        return table, mapping

    def styles(self, table: Table, mapping: Mapping[str, str], options: ReadOptions) -> dict[str, Style]:
        """How the columns of the fields in ``written`` are written, by field; all rows are read for it.

        Raises:
            BadInput: a cell has two readings, and nothing shows which is meant.
        """
        columns = {name: self.written[field] for name, field in mapping.items() if field in self.written}
        headers = {field: name for name, field in mapping.items()}
        units = {
            headers[field]: headers[unit]
            for field, unit in self.units.items()
            if {field, unit} <= headers.keys()
        }
        found = settle_styles(table, columns, options.style, units)
        return {mapping[name]: style for name, style in found.items()}
