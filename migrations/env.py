"""Runs migrations on the connection that the program hands over, or on a database named with -x db=…"""

from typing import Any

from alembic import context
from sqlalchemy import Connection
from sqlmodel.sql.sqltypes import AutoString

from provenance.schema import changes
from provenance.schema.base import UtcDateTime, complete_indices
from provenance.schema.everything import metadata


def render_item(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """Writes this project's own types as plain SQLAlchemy, so that scripts never import the models."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection) -> None:
    """Runs what was asked for within the connection's transaction, and puts the triggers back."""
    complete_indices()
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_item=render_item,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=False,
    )
    context.run_migrations()
    # A batch operation makes a table anew on SQLite, without its triggers.
    changes.install(connection)


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    run(handed_over)
else:
    from provenance.cli.settings import database_url
    from provenance.schema.engines import writing_engine

    with writing_engine(database_url(context.get_x_argument(as_dictionary=True).get("db"))).begin() as own:
        run(own)
