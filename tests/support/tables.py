"""The Core tables of the model classes, for statements without the ORM."""

from __future__ import annotations

from sqlalchemy import Table

from provenance.schema.everything import metadata


def table(name: str) -> Table:
    """The table of that name; importing `provenance.schema` has defined it."""
    return metadata.tables[name]
