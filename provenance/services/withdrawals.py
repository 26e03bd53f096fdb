"""Withdrawals of what was logged by mistake."""

from __future__ import annotations

from provenance.domain.journal import author_of
from provenance.domain.withdrawals import withdraw
from provenance.services.contracts.assessments import (
    WithdrawalRequest,
    WithdrawalResult,
    WithdrawalRow,
)
from provenance.services.workspace import Workspace


def withdraw_record(workspace: Workspace, request: WithdrawalRequest) -> WithdrawalResult:
    """Withdraws a logged component, or a recovery with all its components: it stays on record, uncounted.

    Raises:
        NotFound: the record does not exist.
        BadInput: a publication reports it too.
    """
    with workspace.writing() as session:
        author = author_of(session, workspace.actor)
        done = withdraw(session, author, request.ref, request.reason)
    row = WithdrawalRow(
        ref=request.ref,
        kind=done.kind,
        is_new=done.is_new,
        components=done.components,
        reason=request.reason,
    )
    return WithdrawalResult(rows=(row,))
