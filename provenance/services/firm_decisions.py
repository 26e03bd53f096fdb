"""Firms that are one, firms that are none, and changes that are undone."""

from __future__ import annotations

from provenance.core.errors import BadInput, NotFound
from provenance.domain.registry.usage import uses_of
from provenance.domain.registry.writer import Outcome, Writer, undo_change
from provenance.queries.comparable import comparable
from provenance.queries.moved_figures import count_firms, moved_figures
from provenance.queries.names import organization_labels, organization_named
from provenance.schema.session import Session
from provenance.services.contracts.count_filters import CountFilters
from provenance.services.contracts.firms import (
    FirmChangeResult,
    MergeFirmsRequest,
    RemoveFirmRequest,
    StatedTerms,
    UndoFirmRequest,
)
from provenance.services.contracts.sameness import SameOutcome, SameRequest
from provenance.services.firm_changes import ALL, FIRM, NO_BASIS, Changing
from provenance.services.registry import (
    change_numbered,
    uid_meant,
    used,
)
from provenance.services.sameness import decide
from provenance.services.selection import selection_of
from provenance.services.workspace import Workspace


def merge_firms(workspace: Workspace, request: MergeFirmsRequest) -> FirmChangeResult:
    """Records that two records are one firm, or undoes that; nothing is copied or repointed.

    Raises:
        UsageError: it is one record, or the reason is missing.
        BadInput: it contradicts what stands and is not confirmed, or firms would own each other in a circle.
        NotFound: no such firm, or nothing to undo.
    """
    with workspace.writing() as session:
        # By the very records: once they are one, a name stands for the one that both count as.
        pair = _one_firm(session, request.left), _one_firm(session, request.right)
        asked = SameRequest(
            left=request.left,
            right=request.right,
            reason=request.reason,
            undo=request.undo,
            confirmed=request.confirmed,
        )
        selection = selection_of(session, workspace, CountFilters())
        before = count_firms(session, selection, ALL, session.today)
        done = decide(session, FIRM, pair, asked, actor=workspace.actor)
        moved = moved_figures(session, before, count_firms(session, selection, ALL, session.today))
        labels = organization_labels(session, pair)
        (left, left_ref), (right, right_ref) = labels[pair[0]], labels[pair[1]]
        outcome = done[0][0]
        said = {
            SameOutcome.RECORDED: "one firm, counted as one",
            SameOutcome.KNOWN: "recorded as one firm already",
            SameOutcome.UNDONE: "two records again",
        }[outcome]
        return FirmChangeResult(
            firm=left,
            firm_ref=left_ref,
            action="undo merge" if request.undo else "merge",
            change=None,
            reason=done[0][1].reason,
            notes=(f"{left} ({left_ref}) and {right} ({right_ref}) are {said}",),
            counted_on=ALL,
            moved=moved,
        )


def _one_firm(session: Session, text: str) -> int:
    kind, number = comparable(session, text)
    if kind is not FIRM:
        raise NotFound(f"{text} is not a firm")
    return number


def remove_firm(workspace: Workspace, request: RemoveFirmRequest) -> FirmChangeResult:
    """Removes a firm that nothing uses, with what is stated about it; undoing brings it back.

    Raises:
        NotFound: no such firm.
        BadInput: something uses it; says what.
        UsageError: the reason is empty.
    """

    def state(writer: Writer) -> Outcome:
        uses = uses_of(writer.session, FIRM, [writer.number]).get(writer.number, ())
        if uses:
            raise BadInput(
                f"{request.firm} is used: {used(uses)}", hint="Only what nothing uses can be removed."
            )
        return writer.remove()

    return Changing(workspace, NO_BASIS).carry_out(
        request.firm, StatedTerms(reason=request.reason), state, needs_source=False
    )


def undo_firm_change(workspace: Workspace, request: UndoFirmRequest) -> FirmChangeResult:
    """Undoes a change of a firm: what stands then is as if it had never been made.

    Raises:
        NotFound: no such firm, or no such change.
        BadInput: it was undone before, or firms would own each other in a circle.
        UsageError: the reason is empty.
    """
    with workspace.writing() as session:
        uid = uid_meant(session, FIRM, request.firm, organization_named)
        chosen = change_numbered(session, uid, request.number)

        def undo() -> Outcome:
            return Outcome(
                undo_change(session, FIRM, uid, chosen, actor=workspace.actor, reason=request.reason)
            )

        result = Changing(workspace, ALL).told(session, uid, undo, undone=True)
        return result.model_copy(update={"reason": " ".join(request.reason.split())})
