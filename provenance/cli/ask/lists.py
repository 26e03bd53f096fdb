"""`provenance list`."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer

from provenance.cli.context import Clearance, Display
from provenance.cli.values import day


class ListedNoun(StrEnum):
    """What can be listed."""

    RECOVERIES = "recoveries"
    UNITS = "units"
    COMPONENTS = "components"
    FIRMS = "firms"
    WEAPONS = "weapons"
    UNIT_TYPES = "unit-types"
    PARTS = "parts"
    TRANSFERS = "transfers"
    DOCUMENTS = "documents"
    TRACES = "traces"
    LETTERS = "letters"
    PHOTOS = "photos"
    CUSTODY = "custody"
    SOURCES = "sources"
    IMPORTS = "imports"


def _fields(context: typer.Context, incomplete: str) -> Iterator[str]:
    """The fields of the noun that is being listed."""
    from provenance.services.lists import fields_of

    noun = context.params.get("noun")
    if isinstance(noun, ListedNoun):
        yield from (name for name in fields_of(noun) if name.startswith(incomplete))


def list_records(
    context: typer.Context,
    noun: Annotated[ListedNoun, typer.Argument(help="What to list.")],
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            help="Only where a field is so: maker=Texas, made>=2022, lot=? (unknown), category!=memory;"
            " repeatable, all must hold.",
            autocompletion=_fields,
        ),
    ] = None,
    sort: Annotated[
        str | None,
        typer.Option(
            "--sort",
            help="Fields to sort by, separated by commas; a minus reverses one: -components,label.",
            autocompletion=_fields,
        ),
    ] = None,
    entered_since: Annotated[
        str | None, typer.Option("--entered-since", help="Entered into this database since: 2024-05-01.")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", help="Entered by this person, by the name in the audit trail.")
    ] = None,
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="Show withdrawn ones too.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Maximum rows (0 = all).")] = 50,
    *,
    clearance: Clearance,
    display: Display,
) -> None:
    """List what is on record of one noun, filtered by its fields.

    Example: provenance list components --where maker=Texas --where "made>=2022" --sort made
    """
    from provenance.cli.views.lists import list_sections
    from provenance.services import lists
    from provenance.services.contracts.lists import ListRequest

    request = ListRequest(
        noun=noun,
        where=tuple(where or ()),
        sort=sort,
        limit=limit,
        entered_since=day("--entered-since", entered_since, first=True),
        entered_by=by,
        withdrawn=withdrawn,
    )
    workspace = clearance.workspace(context)
    display.show(lists.list_records(workspace, request), list_sections)
