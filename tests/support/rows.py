"""Rows for tests: every table's least row that the schema allows, told apart by a running number.

>>> rows = Rows(session)
>>> kh101 = rows.add("weapon_system", designation="Kh-101")
>>> rows.add("recovery", weapon_system_id=kh101)
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from itertools import count
from string import ascii_uppercase
from typing import Any

from sqlalchemy import CheckConstraint, Column, Table, insert
from sqlalchemy.types import TypeDecorator

from provenance.core.identity import natural_uid
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from tests.support.tables import model, table

_ALLOWED = re.compile(r"(?P<column>\w+) (?P<members>IN \(.*\)|= '[^']*'( OR (?P=column) = '[^']*')*)")

_NUMBERS = count(1)

_MORE: dict[str, tuple[str, ...]] = {
    "citation": ("component_id",),
    "same_as": ("left_organization_id", "right_organization_id"),
    "recovery_date": ("earliest",),
    "assessment": ("component_id",),
    "photo_subject": ("component_id",),
    "custody_event": ("component_id", "to_holder"),
}
"""Nullable columns that a table's CHECKs call for in the least row."""


def vocabulary_checks(target: Table) -> dict[str, list[str]]:
    """The members of each closed vocabulary that a table's CHECKs hold a column to."""
    found = {}
    for constraint in target.constraints:
        if isinstance(constraint, CheckConstraint) and str(constraint.name).endswith("_vocabulary"):
            match = _ALLOWED.fullmatch(str(constraint.sqltext))
            assert match, constraint.sqltext
            found[match["column"]] = re.findall(r"'([^']*)'", match["members"])
    return found


class Rows:
    """Makes rows in one session; what a row refers to is made with it where it is not given."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._number = 0

    def add(self, name: str, /, **values: Any) -> int:
        """The number of a new row that holds these values and the least of everything else."""
        return insert_row(self._session, model(name)(**self.least(name, **values)))

    def insert(self, name: str, /, **values: Any) -> None:
        """A new row of a table whose key is not a number."""
        self._session.execute(insert(table(name)).values(self.least(name, **values)))

    def least(self, name: str, /, **values: Any) -> dict[str, Any]:
        """A row's values, ready to be inserted."""
        target = table(name)
        self._number = next(_NUMBERS)
        vocabularies = vocabulary_checks(target)
        for column in target.columns:
            wanted = not column.nullable or column.name in _MORE.get(name, ())
            if column.name in values or not wanted or column.autoincrement is True or column.name == "id":
                continue
            if column.name in vocabularies:
                values[column.name] = vocabularies[column.name][0]
            else:
                values[column.name] = self._value(name, column)
        return values

    def _value(self, name: str, column: Column[Any]) -> Any:
        for key in column.foreign_keys:
            return self.add(key.column.table.name)
        if column.name == "uid":
            return natural_uid("test", name, str(self._number))
        stored = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
        kind = stored.python_type
        if kind is str:
            length = getattr(stored, "length", None)
            return f"{column.name} {self._number}" if length is None else self._short(length)
        values = {
            int: self._number,
            float: 1.0,
            bool: False,
            date: date(2024, 1, 1),
            datetime: datetime(2024, 1, 1, tzinfo=UTC),
            bytes: b"",
        }
        return values[kind]

    def _short(self, length: int) -> str:
        """A text of this length that is no country code and no customs code."""
        tens, ones = divmod(self._number, 10)
        return f"{ones}{ascii_uppercase[tens % 26]}".ljust(length, "X")
