"""Which rows refer to a row, by the foreign keys of all tables."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, exists, or_

from provenance.schema.base import TableModel, metadata


def referring(model: type[TableModel]) -> list[tuple[str, Any]]:
    """Every column that refers to a row of ``model``, with the name of its table, in one order."""
    target = model.__table__.c.id
    keys = ((table.name, key) for table in metadata.tables.values() for key in table.foreign_keys)
    found = [(name, key.parent) for name, key in keys if key.column is target]
    return sorted(found, key=lambda each: (each[0], each[1].name))


def is_referred_to(
    model: type[TableModel], *, beside: Collection[type[TableModel]] = ()
) -> ColumnElement[bool]:
    """The condition that a row of ``model``, in whose statement it stands, is referred to by any row.

    References from the tables in ``beside`` do not count.
    """
    target = model.__table__.c.id
    left_out = {noun.__table__.name for noun in beside}
    users = (table.alias() for table in metadata.tables.values() if table.name not in left_out)
    keys = ((user, key) for user in users for key in user.foreign_keys if key.column is target)
    return or_(*(exists().where(user.c[key.parent.key] == target) for user, key in keys))
