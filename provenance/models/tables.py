"""The Core tables behind the model classes, for statements that are built without the ORM."""

from sqlalchemy import Table

from provenance.models.base import metadata


def table(name: str) -> Table:
    """The table of that name; importing `provenance.models` has defined it."""
    return metadata.tables[name]
