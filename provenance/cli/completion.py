"""What the shell offers at a half-typed word: names out of the database, where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import typer

from provenance.cli.context import Context

_OFFERED = 50


def _given(context: typer.Context) -> str | None:
    # While the shell completes a word, the options before the command are parsed but not yet acted on.
    given = context.find_root().params.get("db")
    return given if isinstance(given, str) else None


def _names(context: typer.Context, table_name: str, column: str, incomplete: str) -> list[str]:
    """Names whose key begins with what is typed; nothing where there is no database to ask."""
    from sqlalchemy import select

    from provenance.core.errors import ProvenanceError
    from provenance.schema.everything import metadata
    from provenance.text.folding import fold

    with suppress(ProvenanceError), Context(_given(context), None).reading() as session:
        named = metadata.tables[table_name]
        rows = session.execute(
            select(named.c[column])
            .where(named.c.folded.like(f"{fold(incomplete)}%"))
            .order_by(named.c[column])
            .limit(_OFFERED)
        ).scalars()
        return list(dict.fromkeys(rows))
    return []


def firms(context: typer.Context, incomplete: str) -> Iterator[str]:
    """Names of firms, today's and former."""
    yield from _names(context, "organization_name", "name", incomplete)


def weapons(context: typer.Context, incomplete: str) -> Iterator[str]:
    """Names of weapon systems, in any script."""
    yield from _names(context, "weapon_alias", "alias", incomplete)
