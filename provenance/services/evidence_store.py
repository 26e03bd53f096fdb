"""Which evidence store a workspace uses."""

from __future__ import annotations

from provenance.core.errors import UsageError
from provenance.evidence.store import Store
from provenance.schema.engines import sqlite_path
from provenance.services.workspace import Workspace


def store_of(workspace: Workspace) -> Store:
    """The workspace's own evidence store; defaults to the folder beside an SQLite file.

    Raises:
        UsageError: the database is on a server and the workspace names no store.
    """
    if workspace.store is not None:
        return Store(workspace.store)
    file = sqlite_path(workspace.database)
    if file is None:
        raise UsageError(
            "The folder of the evidence store is not set. A database on a server has none of its own.",
            hint="All users of one database share one evidence store.",
            code="store",
        )
    return Store(file.with_name(f"{file.name}.evidence"))
