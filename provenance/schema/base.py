"""What every table shares: constraint names, vocabulary checks, time in UTC."""

from datetime import UTC, datetime
from enum import StrEnum
from inspect import get_annotations
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast, get_origin

import sqlalchemy
from pydantic import ConfigDict
from sqlalchemy import CheckConstraint, DateTime, Dialect, FromClause, Index, String, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel
from sqlmodel.main import FieldInfo, SQLModelMetaclass, get_column_from_field

SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

metadata = SQLModel.metadata

Model = TypeVar("Model", bound="TableModel")

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


class _TableMeta(SQLModelMetaclass):
    """Makes the table of a model, and leaves out the ORM's mapper and Pydantic's fields.

    Statements here are made of columns alone, no instance is ever tracked, and what a row holds was checked
    before; both took two thirds of the time in which a table's class is made, and every command makes some
    thirty.
    """

    def __new__(
        mcs, name: str, bases: tuple[type[Any], ...], namespace: dict[str, Any], **options: Any
    ) -> Any:
        """A class of tables as SQLModel makes it; of a table a plain class that keeps its columns aside.

        An instance must not find them: there they would pass for values. `__getattr__` finds a class's.
        """
        if not options.get("table"):
            return super().__new__(mcs, name, bases, namespace, **options)
        columns: dict[str, Any] = {}
        own = {key: value for key, value in namespace.items() if not isinstance(value, FieldInfo)}
        config = {**bases[0].model_config, "table": True}
        table = type.__new__(mcs, name, bases, {**own, "model_config": config, "__columns__": columns})
        for key, annotation in get_annotations(table).items():
            origin: Any = get_origin(annotation)
            if origin is ClassVar:
                continue
            field = namespace.get(key) or Field()
            field.annotation = annotation
            columns[key] = column = get_column_from_field(field)
            column.name = column.key = key
        return table

    def __init__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any) -> None:
        if not cls.model_config.get("table"):
            type.__init__(cls, name, bases, namespace)
            return
        held = namespace.get("__table_args__", ())
        rules, keywords = ((), held) if isinstance(held, dict) else (held, {})
        columns = cls.__dict__["__columns__"].values()
        table = sqlalchemy.Table(namespace["__tablename__"], SQLModel.metadata, *columns, *rules, **keywords)
        type.__setattr__(cls, "__table__", table)

    if not TYPE_CHECKING:

        def __call__(cls, **values: Any) -> "TableModel":
            """A row with these values, without the state that SQLModel keeps for records that are tracked.

            Raises:
                TypeError: the table does not have such a column.
            """
            if not values.keys() <= cls.__columns__.keys():
                unknown = ", ".join(sorted(values.keys() - cls.__columns__.keys()))
                raise TypeError(f"{cls.__name__} has no column {unknown}")
            row = object.__new__(cls)
            object.__setattr__(row, "__dict__", values)
            return row

        def __getattr__(cls, name: str) -> Any:
            """The column of that name."""
            column = type.__getattribute__(cls, "__dict__").get("__columns__", {}).get(name)
            return super().__getattr__(name) if column is None else column


class TableModel(SQLModel, metaclass=_TableMeta):
    """A table: its columns are reached as attributes that mypy knows, such as ``Component.made_earliest``.

    The class represents its table in statements (``select(Component)``, ``.join(Recovery, …)``). An instance
    is a row to be written, ``Unit(uid=…, recovery_id=…, label=…)``: mypy sees a column that the table does
    not have, and the lack of one that must be known. It holds what it was given and nothing else, which
    `values_of` reads.
    """

    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment]  # SQLModel's own dictionary has no key for it

    if TYPE_CHECKING:
        __table__: ClassVar[sqlalchemy.Table]

    else:

        def __getattr__(self, name: str) -> Any:
            """Nothing: what is asked for here was not given (Pydantic would look at the class again)."""
            raise AttributeError(f"this row of {type(self).__name__} was not given {name}")

        @classmethod
        def __clause_element__(cls) -> sqlalchemy.Table:
            """The table, where SQLAlchemy meets the class in a statement."""
            return cls.__table__


def values_of(row: TableModel) -> dict[str, Any]:
    """What a row that is to be written was given, by column."""
    return dict(vars(row))


class _Alias:
    """A table under another name: what `aliased` gives, with the columns as attributes."""

    def __init__(self, alias: FromClause) -> None:
        self._alias = alias

    def __clause_element__(self) -> FromClause:
        """The alias, where SQLAlchemy meets this in a statement."""
        return self._alias

    def __getattr__(self, name: str) -> Any:
        """The column of that name."""
        try:
            return self._alias.c[name]
        except KeyError:
            raise AttributeError(name) from None


def table_of(column: Any) -> FromClause:
    """The table, or the alias, that a column belongs to."""
    table: FromClause = column.table
    return table


def aliased(model: type[Model], name: str | None = None) -> type[Model]:
    """A table once more, under another name, for a statement that looks at it twice."""
    return cast("type[Model]", _Alias(model.__table__.alias(name)))


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
