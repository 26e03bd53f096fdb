"""Single records: one record with everything that supports it, and search by any name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from provenance.core.basis import NO_CLEARANCE
from provenance.core.errors import NotFound, Withheld
from provenance.core.tlp import stricter_than, strictest
from provenance.queries.names import near_names
from provenance.queries.record import fetch_record
from provenance.queries.search import fetch_hits
from provenance.queries.suggestions import fetch_suggestions
from provenance.services.contracts.records import (
    AnyRecord,
    FindRequest,
    FindResult,
    ShowRequest,
    ShowResult,
)
from provenance.text.plurals import many

if TYPE_CHECKING:
    from provenance.services.workspace import Workspace

Completed = Literal["firm", "weapon", "unit_type", "recovery", "item", "source"]
"""What a shell can complete: a name, or the reference of something that was logged."""


def show(workspace: Workspace, request: ShowRequest) -> ShowResult:
    """One record with everything that supports it.

    Raises:
        NotFound: nothing has that reference, record key or name.
        Ambiguous: several records have it.
        Withheld: the record is marked more strictly than the clearance.
    """
    with workspace.reading() as session:
        record = fetch_record(session, request.text, clearance=workspace.clearance)
    return ShowResult(rows=(cast("AnyRecord", record),))


def find(workspace: Workspace, request: FindRequest) -> FindResult:
    """Records that contain a text in any of their names.

    Raises:
        UsageError: the text has no letter and no digit.
        NotFound: no record contains it; similar names are offered.
        Withheld: only records that are marked more strictly than the clearance contain it.
    """
    clearance = workspace.clearance
    with workspace.reading() as session:
        groups = fetch_hits(session, request.text, limit=request.limit, clearance=clearance)
        if not any(group.total for group in groups):
            if hidden := sum(group.left_out for group in groups):
                raise Withheld(
                    f"Nothing that may be shown contains {request.text}; left out:"
                    f" {many(hidden, 'record')} {stricter_than(clearance)}"
                )
            near = near_names(session, request.text, clearance=clearance)
            raise NotFound(f"Nothing contains {request.text}", hint=NO_CLEARANCE, near=near)
    marks = [group.tlp for group in groups if group.tlp is not None]
    return FindResult(
        totals={group.kind: group.total for group in groups},
        tlp=strictest(marks) if marks else None,
        left_out_by_tlp={group.kind: group.left_out for group in groups if group.left_out},
        rows=tuple(hit for group in groups for hit in group.hits),
    )


def names_beginning(workspace: Workspace, kind: Completed, begun: str) -> tuple[str, ...]:
    """Names or references that begin as typed, for a shell that completes a word."""
    with workspace.reading() as session:
        return tuple(each.text for each in fetch_suggestions(session, kind, begun))
