"""Lists of what is on record, noun by noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from provenance.core.errors import UsageError
from provenance.queries.lists.fetch import NOUNS, ListQuestion, fetch_list
from provenance.services.contracts.lists import AnyListed, ListRequest, ListResult

if TYPE_CHECKING:
    from provenance.services.workspace import Workspace


def list_records(workspace: Workspace, request: ListRequest) -> ListResult:
    """The records of one noun that fit, in order; what could not be judged is in the basis.

    Raises:
        UsageError: there is no such noun or field, or a field cannot be compared like this.
    """
    noun = NOUNS.get(request.noun.casefold().replace("_", "-").replace(" ", "-"))
    if noun is None:
        raise UsageError(f"{request.noun} cannot be listed; these can: {', '.join(NOUNS)}")
    question = ListQuestion(
        noun,
        where=request.where,
        sort=request.sort,
        limit=request.limit,
        entered_since=request.entered_since,
        entered_by=request.entered_by,
        withdrawn=request.withdrawn,
        clearance=workspace.clearance,
    )
    with workspace.reading() as session:
        found = fetch_list(session, question)
    rows = cast("tuple[AnyListed, ...]", found.rows)
    return ListResult(
        noun=noun.name,
        total=found.total,
        left_out=found.left_out,
        columns=tuple(noun.shown.split()),
        rows=rows,
        basis=found.basis,
    )


def fields_of(noun: str) -> tuple[str, ...]:
    """The fields of a noun, for a shell that completes them; none of an unknown noun."""
    found = NOUNS.get(noun)
    return tuple(found.fields) if found else ()
