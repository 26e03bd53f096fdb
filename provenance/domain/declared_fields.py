"""Fields that are declared with their columns (`provenance.fields`), and what an entry states in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from provenance.domain.journal import Entry
from provenance.fields.specification import FieldSpec
from provenance.schema.base import TableModel
from provenance.schema.row_values import Values

Table = TypeVar("Table", bound=TableModel)


def declared_columns(
    fields: Iterable[FieldSpec[Table]], table: type[Table], but: Collection[str] = ()
) -> Mapping[str, Any]:
    """The columns of declared fields by the fields' names, but for fields that are kept otherwise."""
    return {field.name: field.column(table) for field in fields if field.column and field.name not in but}


def declared_values(entry: Entry, fields: Iterable[FieldSpec[Table]], table: type[Table]) -> Values:
    """What an entry states in the fields that have a column of the table."""
    return {column: entry[name] for name, column in declared_columns(fields, table).items()}
