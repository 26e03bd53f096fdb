"""Rows: their numbers, and the fastest way to write many of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Column, CursorResult, Dialect, Table, func, insert, select, text

from provenance.schema.base import TableModel
from provenance.schema.session import Session

_MOST_PARAMETERS = 999
"""What every SQLite takes in one statement."""

_PLAIN = {str, int, float, bytes, type(None)}
"""What drivers take as it is; a member of a vocabulary is a string, but one that they look at longer."""

Row = Mapping[str, Any]
Cells = Sequence[Any]


def core_table(table: type[TableModel] | Table) -> Table:
    """The table behind a model class."""
    return table if isinstance(table, Table) else table.__table__


def next_id(session: Session, table: type[TableModel] | Table) -> int:
    """The first free row number of a table, for a writer that numbers its own rows.

    Only inside `writing`, where writers take turns, and followed by `settle_ids` before it ends.
    """
    highest: int | None = session.execute(select(func.max(core_table(table).c.id))).scalar_one()
    return (highest or 0) + 1


def settle_ids(session: Session, tables: Sequence[type[TableModel] | Table]) -> None:
    """Moves PostgreSQL's counters past the rows that were numbered by hand."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in map(core_table, tables):
        session.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'),"
                f" (SELECT COALESCE(MAX(id), 1) FROM {table.name}))"
            )
        )


def insert_row(session: Session, table: type[TableModel] | Table, values: Row) -> int:
    """Writes one row and says its number."""
    # Values beside the statement, not in it: the same insert of other values need not be compiled again.
    result = cast("CursorResult[Any]", session.connection().execute(insert(core_table(table)), dict(values)))
    primary_key = result.inserted_primary_key
    assert primary_key is not None
    return int(primary_key[0])


def insert_rows(session: Session, table: type[TableModel] | Table, rows: Sequence[Row]) -> None:
    """Writes many rows, all with the same keys, on a faster road than a statement for each."""
    if rows:
        columns = list(rows[0])
        insert_cells(session, table, columns, list(zip(*map(itemgetter(*columns), rows), strict=True)))


def insert_cells(
    session: Session, table: type[TableModel] | Table, columns: Sequence[str], cells: Sequence[Cells]
) -> None:
    """Writes many rows, given column by column: their names, and the cells of each."""
    table, connection = core_table(table), session.connection()
    dialect = connection.dialect
    # A column unknown throughout is left out: it is NULL then anyway, and drivers are slow to bind NULL.
    known = {
        table.c[name]: column
        for name, column in zip(columns, cells, strict=True)
        if column.count(None) < len(column)
    }
    bound = [_bound(column, values, dialect) for column, values in known.items()]
    marks = [mark for mark, _values in bound]
    ready = list(zip(*(values for _mark, values in bound), strict=True))
    # SQLite is quickest with a row a statement, a server with few statements.
    together = 1 if dialect.name == "sqlite" else _MOST_PARAMETERS // len(known)
    whole = len(ready) // together * together
    for some, size in ((ready[:whole], together), (ready[whole:], 1)):
        if some:
            parts = (
                some
                if size == 1
                else [tuple(chain.from_iterable(some[at : at + size])) for at in range(0, len(some), size)]
            )
            connection.exec_driver_sql(_insertion(dialect, table, list(known), marks, size), parts)


def _insertion(
    dialect: Dialect, table: Table, columns: Sequence[Column[Any]], marks: Sequence[str], rows: int
) -> str:
    """An INSERT of some columns of several rows, with a mark for each value."""
    preparer = dialect.identifier_preparer
    names = ", ".join(map(preparer.format_column, columns))
    row = f"({', '.join(marks)})"
    return f"INSERT INTO {preparer.format_table(table)} ({names}) VALUES {', '.join([row] * rows)}"


def _bound(column: Column[Any], values: Cells, dialect: Dialect) -> tuple[str, Cells]:
    """A column's mark in a statement and its values as the driver takes them.

    Each distinct value is converted once.
    """
    convert = column.type.dialect_impl(dialect).bind_processor(dialect)
    kinds = set(map(type, values))
    if convert is not None or not kinds <= _PLAIN:
        ready = {value: value if value is None else (convert or str)(value) for value in set(values)}
        values = [ready[value] for value in values]
    if dialect.paramstyle != "qmark":
        return "%s", values
    if type(None) in kinds and not values.count(""):
        # Python's driver takes longer over a None than over the rest of a row.
        return "NULLIF(?, '')", ["" if value is None else value for value in values]
    return "?", values
