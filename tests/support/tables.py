"""The Core tables of the model classes, for statements without the ORM."""

from __future__ import annotations

from sqlalchemy import Table

from provenance.schema import everything
from provenance.schema.base import TableModel
from provenance.schema.everything import metadata

_MODELS: dict[str, type[TableModel]] = {
    model.__table__.name: model for model in vars(everything).values() if hasattr(model, "__table__")
}


def table(name: str) -> Table:
    """The table of that name; importing `provenance.schema` has defined it."""
    return metadata.tables[name]


def model(name: str) -> type[TableModel]:
    """The class of the table of that name."""
    return _MODELS[name]
