"""Rows: their numbers, and the fastest way to write many of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Column, Connection, CursorResult, Dialect, Table, func, insert, select, text

from provenance.schema.base import TableModel, values_of
from provenance.schema.changes import counted_together
from provenance.schema.row_values import own_column
from provenance.schema.session import Session

_MOST_PARAMETERS = 999
"""The most parameters of one statement that every SQLite accepts."""

_MOST_AHEAD = 256
"""The most numbers that are taken from a sequence in advance."""

_PLAIN = {str, int, float, bytes, type(None)}
"""Types that drivers take as they are; a vocabulary's member is a string too, but slower to bind."""

Cells = Sequence[Any]


class RowNumbers:
    """Numbers for new rows of one table, for a writer that numbers its own rows in one transaction.

    On PostgreSQL they come from the table's sequence, so that no other writer gets them; on SQLite, where
    there is one writer at a time, they follow the highest present.
    """

    def __init__(self, session: Session, table: type[TableModel]) -> None:
        self._session = session
        self._table = table.__table__
        # Asked once: a list numbers tens of thousands of rows one by one.
        self._by_sequence = session.connection().dialect.name != "sqlite"
        self._ahead: deque[int] = deque()
        self._reserve = 1
        self._following: int | None = None

    def one(self) -> int:
        """The next number; a server is asked for more and more at a time."""
        if not self._by_sequence:
            return self.take(1)[0]
        if not self._ahead:
            self._ahead.extend(self.take(self._reserve))
            self._reserve = min(2 * self._reserve, _MOST_AHEAD)
        return self._ahead.popleft()

    def take(self, count: int) -> Sequence[int]:
        """This many numbers, ascending; mostly without a gap."""
        if count == 0:
            return ()
        if self._by_sequence:
            return self._from_sequence(count)
        if self._following is None:
            highest = self._session.execute(select(func.max(self._table.c.id))).scalar_one()
            self._following = (highest or 0) + 1
        first = self._following
        self._following += count
        return range(first, first + count)

    def _from_sequence(self, count: int) -> Sequence[int]:
        numbers = self._session.execute(
            text(
                "SELECT nextval(sequence) FROM pg_get_serial_sequence(:name, 'id') AS sequence,"
                " generate_series(1, :count)"
            ),
            {"name": self._table.name, "count": count},
        ).scalars()
        found: list[int] = sorted(numbers)
        whole = range(found[0], found[-1] + 1)
        return whole if len(whole) == len(found) else found


def insert_row(session: Session, row: TableModel) -> int:
    """Writes one row and returns its row number."""
    # Values beside the statement, not in it: the same insert of other values need not be compiled again.
    result = cast("CursorResult[Any]", session.connection().execute(insert(type(row)), values_of(row)))
    primary_key = result.inserted_primary_key
    assert primary_key is not None
    return int(primary_key[0])


def insert_rows(session: Session, rows: Sequence[TableModel]) -> None:
    """Writes many rows of one table, all with the same columns, faster than one statement for each."""
    if rows:
        names = list(vars(rows[0]))
        read = itemgetter(*names) if len(names) > 1 else lambda values: tuple(values.values())
        table = type(rows[0])
        columns = [table.__table__.c[name] for name in names]
        cells = zip(*map(read, map(vars, rows)), strict=True)
        insert_columns(session, table, dict(zip(columns, cells, strict=True)))


def insert_columns(session: Session, table: type[TableModel], columns: Mapping[Any, Cells]) -> None:
    """Writes many rows, given column by column: a cell a row.

    Raises:
        TypeError: the table does not have one of the columns.
    """
    connection, target = session.connection(), table.__table__
    dialect = connection.dialect
    # A column unknown throughout is left out: it is NULL then anyway, and drivers are slow to bind NULL.
    known = {
        own_column(table, column): _converted(column, cells, dialect)
        for column, cells in columns.items()
        if cells.count(None) < len(cells)
    }
    bound = [_bound(values, dialect) for values in known.values()]
    ready = list(zip(*(values for _mark, values in bound), strict=True))
    with counted_together(connection, target.name, {column.name: values for column, values in known.items()}):
        _insert_ready(connection, target, list(known), [mark for mark, _values in bound], ready)


def _insert_ready(
    connection: Connection,
    table: Table,
    columns: Sequence[Column[Any]],
    marks: Sequence[str],
    ready: list[tuple[Any, ...]],
) -> None:
    """Writes rows whose values are as the driver takes them."""
    dialect = connection.dialect
    # SQLite is fastest with one row per statement, a server with few statements.
    together = 1 if dialect.name == "sqlite" else _MOST_PARAMETERS // len(columns)
    whole = len(ready) // together * together
    for some, size in ((ready[:whole], together), (ready[whole:], 1)):
        if some:
            parts = (
                some
                if size == 1
                else [tuple(chain.from_iterable(some[at : at + size])) for at in range(0, len(some), size)]
            )
            connection.exec_driver_sql(_insertion(dialect, table, columns, marks, size), parts)


def _insertion(
    dialect: Dialect, table: Table, columns: Sequence[Column[Any]], marks: Sequence[str], rows: int
) -> str:
    """An INSERT of some columns of several rows, with a mark for each value."""
    preparer = dialect.identifier_preparer
    names = ", ".join(map(preparer.format_column, columns))
    row = f"({', '.join(marks)})"
    return f"INSERT INTO {preparer.format_table(table)} ({names}) VALUES {', '.join([row] * rows)}"


def _converted(column: Column[Any], values: Cells, dialect: Dialect) -> Cells:
    """A column's values as the driver takes them; each distinct value is converted once."""
    convert = column.type.dialect_impl(dialect).bind_processor(dialect)
    if convert is not None or not set(map(type, values)) <= _PLAIN:
        ready = {value: value if value is None else (convert or str)(value) for value in set(values)}
        return [ready[value] for value in values]
    return values


def _bound(values: Cells, dialect: Dialect) -> tuple[str, Cells]:
    """The mark of a column in a statement, and what stands for its values there."""
    if dialect.paramstyle != "qmark":
        return "%s", values
    if None in values and not values.count(""):
        # Python's driver takes longer over a None than over the rest of a row.
        return "NULLIF(?, '')", ["" if value is None else value for value in values]
    return "?", values
