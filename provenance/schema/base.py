"""What every table shares: constraint names, vocabulary checks, time in UTC."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

import sqlalchemy
from pydantic import ConfigDict
from sqlalchemy import CheckConstraint, DateTime, Dialect, Index, String, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

metadata = SQLModel.metadata

_WHERE = "where"
"""The key under which an index keeps its condition until the dialect gets it."""

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapped as Mapped
else:

    class Mapped:
        """What mypy sees: a column on the class, its value on a row.

        SQLModel reads the plain type, so at run time ``Mapped[str]`` is ``str``.
        """

        def __class_getitem__(cls, item: Any) -> Any:
            """The type itself."""
            return item


class TableModel(SQLModel):
    """A table: its columns are reached as attributes that mypy knows, such as ``Component.made_earliest``.

    Pydantic's part is built when the first instance is made: most commands only need columns.
    """

    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment]  # SQLModel's own dictionary has no key for it

    if TYPE_CHECKING:
        __table__: ClassVar[sqlalchemy.Table]


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no offset, so it is taken off on the way in and put back after.

    Raises:
        ValueError: a moment without an offset, which could mean anything.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Moves the moment to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its offset from UTC")
        return value.astimezone(UTC).replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Marks the moment as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def one_of(column: str, *vocabularies: type[StrEnum]) -> CheckConstraint:
    """A CHECK that holds a column to closed vocabularies (NULL, the unknown, passes)."""
    values = ", ".join(f"'{value}'" for vocabulary in vocabularies for value in vocabulary)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_vocabulary")


def one_of_each(column: str, *vocabularies: type[StrEnum]) -> CheckConstraint:
    """The same CHECK as `one_of`, for tables that imports fill.

    It is written as equalities: SQLite would rebuild a list for every row that it checks.
    """
    equal = " OR ".join(f"{column} = '{value}'" for vocabulary in vocabularies for value in vocabulary)
    return CheckConstraint(equal, name=f"{column}_vocabulary")


def in_order(earlier: str, later: str) -> CheckConstraint:
    """A CHECK that an interval does not end before it begins; an open side passes."""
    return CheckConstraint(f"{earlier} <= {later}", name=f"{earlier}_in_order")


def exactly_one_of(name: str, *groups: tuple[str, ...]) -> CheckConstraint:
    """A CHECK that one group of columns is filled, wholly, and the others are empty, wholly."""
    filled = " + ".join(
        f"CASE WHEN {' AND '.join(f'{column} IS NOT NULL' for column in group)} THEN 1 ELSE 0 END"
        for group in groups
    )
    touched = " + ".join(
        f"CASE WHEN {' OR '.join(f'{column} IS NOT NULL' for column in group)} THEN 1 ELSE 0 END"
        for group in groups
    )
    both = f"{filled} = 1" if filled == touched else f"{filled} = 1 AND {touched} = 1"
    return CheckConstraint(both, name=name)


def where_known(name: str, *columns: str, unique: bool = False) -> Index:
    """An index over the rows in which the first column is known, so that unknowns cost nothing."""
    return partial_index(name, *columns, unique=unique, where=f"{columns[0]} IS NOT NULL")


def one_current(name: str, *conditions: str, of: tuple[str, ...] = ("component_id",)) -> Index:
    """A unique index: at most one current statement about a record, among those that meet the conditions."""
    return partial_index(name, *of, unique=True, where=" AND ".join(("superseded_by IS NULL", *conditions)))


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over the rows that meet a condition; PostgreSQL learns of it by `complete_indices` alone."""
    condition = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=condition, info={_WHERE: condition})


def complete_indices() -> None:
    """Gives PostgreSQL the conditions of partial indices, for migrations.

    It loads that dialect, which is slow and which a program on SQLite does not need.
    """
    for table in metadata.tables.values():
        for index in table.indexes:
            if _WHERE in index.info:
                index.dialect_options["postgresql"]["where"] = index.info[_WHERE]


UID = String(36)
COUNTRY = String(2)
PART_KEY = String(24).with_variant(String(24, collation="C"), "postgresql")
