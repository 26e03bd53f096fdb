"""Shell completion: names from the database, where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import typer

from provenance.cli.context import Context

if TYPE_CHECKING:
    from provenance.services.records import Completed


def _given(context: typer.Context) -> str | None:
    # While the shell completes a word, the options before the command are parsed but not yet acted on.
    given = context.find_root().params.get("db")
    return given if isinstance(given, str) else None


def _names(context: typer.Context, kind: Completed, incomplete: str) -> Iterator[str]:
    """Names that begin as typed; none where there is no database."""
    from provenance.core.errors import ProvenanceError
    from provenance.services.records import names_beginning

    with suppress(ProvenanceError):
        yield from names_beginning(Context(_given(context), None).workspace(), kind, incomplete)


def firms(context: typer.Context, incomplete: str) -> Iterator[str]:
    """Names of firms, current and former."""
    yield from _names(context, "firm", incomplete)


def weapons(context: typer.Context, incomplete: str) -> Iterator[str]:
    """Names of weapon systems, in any script."""
    yield from _names(context, "weapon", incomplete)


def unit_types(context: typer.Context, incomplete: str) -> Iterator[str]:
    """Names of types of units, in any script."""
    yield from _names(context, "unit_type", incomplete)


def sources(context: typer.Context, incomplete: str) -> Iterator[str]:
    """Keys of sources."""
    yield from _names(context, "source", incomplete)


def recoveries(context: typer.Context, incomplete: str) -> Iterator[str]:
    """References of recoveries, the newest first."""
    yield from _names(context, "recovery", incomplete)


def items(context: typer.Context, incomplete: str) -> Iterator[str]:
    """References of recoveries, units and components, the newest first."""
    yield from _names(context, "item", incomplete)
