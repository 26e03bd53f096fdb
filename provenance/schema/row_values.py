"""What rows hold, by column: an attribute of a table, which mypy knows, and not the name of one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, select, update

from provenance.schema.base import Mapped, TableModel
from provenance.schema.session import Session

Model = TypeVar("Model", bound=TableModel)

Values = dict[Mapped[Any], Any]
"""What a row holds in some of its columns: ``{Unit.serial: "417", Unit.note: None}``."""

NOTHING: Mapping[Any, Any] = MappingProxyType({})
"""No values."""

Columns = dict[Mapped[Any], Sequence[Any]]
"""What rows hold in some of their columns, a cell a row."""


def row_of(table: type[Model], values: Values) -> Model:
    """A row with these values, to be written.

    Raises:
        TypeError: the table does not have one of the columns.
    """
    return table(**{own_column(table, column).key: value for column, value in values.items()})


def select_rows(table: type[TableModel]) -> Select[Any]:
    """A statement for whole rows of a table."""
    return select(table.__table__)


def update_rows(
    session: Session, table: type[TableModel], values: Values, *conditions: ColumnElement[bool]
) -> None:
    """Changes the rows of a table that meet all conditions; all of them where there are none.

    A value may be an expression, such as another column.

    Raises:
        TypeError: the table does not have one of the columns.
    """
    own = {own_column(table, column): value for column, value in values.items()}
    session.execute(update(table).where(*conditions).values(own))


def update_each(session: Session, table: type[TableModel], values: Mapping[int, Values]) -> None:
    """Changes rows by their row numbers, each to its own values of the same columns, in one statement.

    Raises:
        TypeError: the table does not have one of the columns.
    """
    if not values:
        return
    first = next(iter(values.values()))
    marks: Values = {own_column(table, column): bindparam(f"new_{name_of(column)}") for column in first}
    statement = update(table).where(row_number(table) == bindparam("of_row")).values(marks)
    cells = [
        {"of_row": number, **{f"new_{name_of(column)}": value for column, value in row.items()}}
        for number, row in values.items()
    ]
    # The session would take these for rows that it tracks.
    session.connection().execute(statement, cells)


def value_in(row: Any, column: Any) -> Any:
    """What a row holds in a column: one that was read under its own name, or is to be written.

    Raises:
        AttributeError: it was not read, or the row was not given it.
    """
    return getattr(row, column.key)


def name_of(column: Any) -> str:
    """The column's name, for the audit trail and messages."""
    name: str = column.key
    return name


def set_value(row: TableModel, column: Any, value: Any) -> None:
    """Gives a row that is to be written a value.

    Raises:
        TypeError: its table does not have the column.
    """
    vars(row)[own_column(type(row), column).key] = value


def with_values(row: Model, values: Mapping[Any, Any]) -> Model:
    """A row that is to be written, with more values.

    Raises:
        TypeError: its table does not have one of the columns.
    """
    for column, value in values.items():
        set_value(row, column, value)
    return row


def given(row: TableModel) -> Values:
    """What a row that is to be written was given."""
    columns: Any = type(row).__table__.c
    return {columns[name]: value for name, value in vars(row).items()}


def columns_of(table: type[TableModel]) -> list[Any]:
    """Every column of a table, in their order."""
    return list(table.__table__.c)


def from_names(table: type[TableModel], named: Mapping[str, Any]) -> Values:
    """What `by_name` gave, by column again; what the table no longer has is left out."""
    columns: Any = table.__table__.c
    return {columns[name]: value for name, value in named.items() if name in columns}


def holds_a_day(column: Any) -> bool:
    """Whether a column holds days."""
    return bool(column.type.python_type is date)


def table_name(table: type[TableModel]) -> str:
    """The table's name, which its kind of record has in the audit trail, in references and in messages."""
    name: str = table.__table__.name
    return name


def row_number(table: type[TableModel]) -> Any:
    """The column of a table's row numbers, which every table has."""
    return table.__table__.c.id


def values_in(row: Any, columns: Iterable[Any]) -> Values:
    """What a row holds in some columns."""
    return {column: value_in(row, column) for column in columns}


def changes(before: Any, values: Values) -> Values:
    """Those of some values that a row does not hold yet."""
    return {column: value for column, value in values.items() if value_in(before, column) != value}


def by_name(values: Values) -> dict[str, Any]:
    """The values by the columns' names, as the audit trail keeps them."""
    return {name_of(column): value for column, value in values.items()}


def cells_of(columns: Columns, row: int) -> Values:
    """What one row holds, of the columns of many."""
    return {column: cells[row] for column, cells in columns.items()}


def without(values: Values, columns: Collection[Any]) -> Values:
    """The values but for those of some columns."""
    return {column: value for column, value in values.items() if column not in columns}


def own_column(table: type[TableModel], column: Any) -> Any:
    """The column, if it is one of the table.

    Raises:
        TypeError: it is not.
    """
    if getattr(column, "table", None) is not table.__table__:
        raise TypeError(f"{table.__name__} has no column {column}")
    return column
