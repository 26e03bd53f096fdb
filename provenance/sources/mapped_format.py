"""The common base of formats that read any table of one kind, its headers mapped to fields."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from provenance.core.errors import BadInput
from provenance.sources.column_styles import StyleSurvey
from provenance.sources.formats import FileSample, ReadOptions
from provenance.sources.headers import Fields, header_keys, headers_of
from provenance.sources.kinds import SourceKind
from provenance.sources.mapping import (
    TwoColumns,
    columns_of,
    fields_guessed,
    joined,
    resembling,
    settle_mapping,
)
from provenance.sources.recognition import open_as, refuse_fixed_format, wrong_columns
from provenance.sources.record_keys import KeyColumn, KeySurvey
from provenance.sources.records import SourceRecord
from provenance.sources.survey import look_through
from provenance.sources.tables import Table, TableOptions
from provenance.sources.uses import uses_of
from provenance.text.column_styles import Style, Written

OWN_KEYS = "Its records are known by what does not change."
"""What takes the place of a list's own keys; each kind of import has its rule."""

TWO_COLUMNS = "two_columns"
"""The code of the error that leaving out a column resolves."""


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

    @property
    def columns(self) -> tuple[str, ...]:
        """None: headers are mapped."""
        return ()

    @abstractmethod
    def needs(self, fields: AbstractSet[str], stated: AbstractSet[str] = frozenset()) -> list[str]:
        """Which other fields are needed, in words; empty where these suffice.

        ``stated`` are those that the user mapped: a column that alone may be too little by its header will do
        if the user says so.
        """

    def sniff(self, sample: FileSample) -> bool:
        """Whether enough of the headers are understood."""
        return not self.needs(fields_guessed(sample.header, self.fields))

    def table_options(self, options: ReadOptions) -> TableOptions:
        """How the table is read."""
        return options.table

    def mapping(self, header: Sequence[str], options: ReadOptions) -> dict[str, str]:
        """Header to field: what the user states, and what the other headers are understood to mean.

        Raises:
            TwoColumns: two columns mean one field.
            UsageError: the user names a header or a field that does not exist.
        """
        return settle_mapping(header, options.saved_mapping, options.mapping, self.fields)

    def open(self, file: Path, options: ReadOptions) -> tuple[Table, dict[str, str]]:
        """The table of a file with its mapping, which the options' account of columns takes up.

        Raises:
            BadInput: the file cannot be read, a column is missing, or two columns mean one field.
            UsageError: the mapping names a header or a field that does not exist.
        """
        stated = self.table_options(options)
        known = stated.known | header_keys((*options.mapping, *options.saved_mapping))
        table = open_as(file, replace(stated, known=known), self)
        try:
            mapping = self.mapping(table.header, options)
        except TwoColumns as error:
            raise BadInput(str(error), file=file.name, line=table.header_line, code=TWO_COLUMNS) from None
        if not options.mapping:
            refuse_fixed_format(table, self)
        said = {*options.mapping.values(), *options.saved_mapping.values()}
        if needs := self.needs(set(mapping.values()), said):
            raise self._lacking(table, mapping, needs)
        options.columns.settle(table.header, mapping)
        table.uses = uses_of(mapping)
        self._note_resembling(table, mapping, options)
        return table, mapping

    def open_surveyed(
        self, file: Path, options: ReadOptions
    ) -> tuple[Table, dict[str, str], dict[str, Style]]:
        """As `open`, with the styles of `styles`; all rows are read for it, once.

        A column that a header calls the key and that holds none is not read as one. What a user says is the
        key is taken as one, whatever it looks like.

        Raises:
            BadInput: as `open` and `styles`.
        """
        table, mapping = self.open(file, options)
        styles = self._style_survey(table, mapping, options)
        header = next((name for name, field in mapping.items() if field == "key"), None)
        if header is None:
            options.columns.keys = f"The list has no column of keys. {OWN_KEYS}"
            look_through(table, styles)
            return table, mapping, self._by_field(mapping, styles)
        chosen = header in {*options.mapping, *options.saved_mapping}
        keys = KeySurvey(table, header, chosen=chosen, on_boards="designator" in self.fields)
        look_through(table, styles, keys)
        self._settle_key(table, mapping, options, header, keys.verdict())
        return table, mapping, self._by_field(mapping, styles)

    def _settle_key(
        self, table: Table, mapping: dict[str, str], options: ReadOptions, header: str, found: KeyColumn
    ) -> None:
        """Takes a column out of the mapping that is called the key and is none."""
        if not found.fault:
            return
        options.columns.keys = f"{header} is not read as the key of a record: {found.fault}. {OWN_KEYS}"
        del mapping[header]
        if found.designators and "designator" not in mapping.values():
            mapping[header] = "designator"
        options.columns.settle(table.header, mapping)
        table.uses = uses_of(mapping)
        options.columns.row_numbers = header if found.numbers_rows else None

    def styles(self, table: Table, mapping: Mapping[str, str], options: ReadOptions) -> dict[str, Style]:
        """How the columns of the fields in ``written`` are written, by field; all rows are read for it.

        Raises:
            BadInput: a cell has two readings, and nothing shows which is meant.
        """
        survey = self._style_survey(table, mapping, options)
        look_through(table, survey)
        return self._by_field(mapping, survey)

    def _style_survey(self, table: Table, mapping: Mapping[str, str], options: ReadOptions) -> StyleSurvey:
        columns = {name: self.written[field] for name, field in mapping.items() if field in self.written}
        headers = {field: name for name, field in mapping.items()}
        units = {
            headers[field]: headers[unit]
            for field, unit in self.units.items()
            if {field, unit} <= headers.keys()
        }
        return StyleSurvey(table, columns, options.style, units)

    def _by_field(self, mapping: Mapping[str, str], survey: StyleSurvey) -> dict[str, Style]:
        return {mapping[name]: style for name, style in survey.settle().items()}

    def _lacking(self, table: Table, mapping: Mapping[str, str], needs: Sequence[str]) -> BadInput:
        understood = ", ".join(f"{name} as {field}" for name, field in mapping.items()) or "none"
        near = resembling(table.header, mapping, self.fields)
        looks = "".join(f"; {name} looks like {field}" for name, field in near.items())
        verb = "is" if len(needs) == 1 else "are"
        reason = f"columns are missing: {' and '.join(needs)} {verb} needed; understood: {understood}{looks}"
        return wrong_columns(table, self, reason)

    def _note_resembling(self, table: Table, mapping: Mapping[str, str], options: ReadOptions) -> None:
        unread = [name for name in table.header if name and name not in mapping]
        ignored = {*options.mapping, *options.saved_mapping}
        if all(name in ignored for name in unread):
            return
        for name, field in resembling(table.header, mapping, self.fields).items():
            if name not in ignored:
                options.table.note(f"The column {name} was not read, but looks like {field}")


class FieldCells:
    """The cells of a row by field, the texts of several columns joined, stripped; empty ones are left out."""

    def __init__(self, mapping: Mapping[str, str], fields: Fields) -> None:
        self.columns = columns_of(mapping)
        self._between = {field: fields[field].joined for field in self.columns}

    def of(self, cells: Mapping[str, str]) -> dict[str, str]:
        """The cells of a row."""
        found = {
            field: self.joined(field, [cells.get(name, "").strip() for name in names])
            for field, names in self.columns.items()
        }
        return {field: text for field, text in found.items() if text}

    def joined(self, field: str, texts: Sequence[str]) -> str:
        """The texts of the columns of a field."""
        return texts[0] if len(texts) == 1 else joined(texts, self._between[field])
