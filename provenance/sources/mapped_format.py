"""The common base of formats that read any table of one kind, its headers mapped to fields."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path

from provenance.sources.formats import FileSample, ReadOptions
from provenance.sources.headers import Fields, header_key, headers_of
from provenance.sources.kinds import SourceKind
from provenance.sources.mapping import guess_mapping
from provenance.sources.recognition import open_as, wrong_columns
from provenance.sources.record_keys import key_column
from provenance.sources.records import SourceRecord
from provenance.sources.tables import Table, TableOptions
from provenance.sources.uses import uses_of

OWN_KEYS = "Its records are known by what does not change."
"""What takes the place of a list's own keys; each kind of import has its rule."""


class MappedFormat(ABC):
    """A format that reads tables by their headers; a subclass says which columns it needs."""

    kind: SourceKind
    name: str
    title: str
    source: SourceRecord | None = None

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

    def open_keyed(self, file: Path, options: ReadOptions) -> tuple[Table, dict[str, str]]:
        """As `open`; a column that a header calls the key and that holds none is not read as one.

        Raises:
            BadInput: as `open`.
        """
        table, mapping = self.open(file, options)
        header = next((name for name, field in mapping.items() if field == "key"), None)
        if header is None:
            options.notes.append(f"The list has no column of keys. {OWN_KEYS}")
            return table, mapping
        found = key_column(table, header, chosen=header in options.chosen)
        if not found.fault:
            return table, mapping
        options.notes.append(f"{header} is not read as the key of a record: {found.fault}. {OWN_KEYS}")
        del mapping[header]
        if found.designators and "designator" in self.fields and "designator" not in mapping.values():
            mapping[header] = "designator"
        options.columns.settle(table.header, mapping)
        options.columns.row_numbers = header if found.numbers_rows else None
        return table, mapping
