"""Withdrawals of what is on record by mistake, and restorations."""

from __future__ import annotations

from provenance.core.errors import UsageError
from provenance.domain.journal import author_of
from provenance.domain.readings import Derivation
from provenance.domain.record_kinds import RecordKind
from provenance.domain.withdrawals import NOUNS, restore, withdraw
from provenance.importing.marking_reader import MarkingDesk
from provenance.queries.record import locate
from provenance.schema.engines import reading_engine
from provenance.schema.session import Session
from provenance.services.contracts.amendments import (
    RestorationRequest,
    RestorationResult,
    RestorationRow,
)
from provenance.services.contracts.assessments import (
    WithdrawalRequest,
    WithdrawalResult,
    WithdrawalRow,
)
from provenance.services.workspace import Workspace

_INSTEAD = {
    RecordKind.PHOTO: "To detach a photo: provenance evidence detach PHOTO REF",
    RecordKind.CUSTODY_EVENT: "To correct a custody entry: provenance log custody",
}


def withdraw_record(workspace: Workspace, request: WithdrawalRequest) -> WithdrawalResult:
    """Withdraws a component, a transfer, or a recovery or unit with its components: it stays on record,
    uncounted.

    Raises:
        NotFound: the record does not exist.
        UsageError: it is of another kind.
        BadInput: a publication reports it too.
    """
    with workspace.writing() as session:
        author = author_of(session, workspace.actor)
        target = _located(session, request.ref)
        done = withdraw(session, author, target, request.reason, although_reported=request.although_reported)
    row = WithdrawalRow(
        ref=request.ref,
        kind=done.kind,
        is_new=done.is_new,
        components=len(done.components),
        reason=request.reason,
    )
    return WithdrawalResult(rows=(row,))


def restore_record(workspace: Workspace, request: RestorationRequest) -> RestorationResult:
    """Restores what was withdrawn; it counts again, with what had been stated about it.

    Raises:
        NotFound: the record does not exist.
        UsageError: it is of a kind that is never withdrawn.
        BadInput: it is in something that is withdrawn, or its source no longer states it.
    """
    with workspace.writing() as session:
        author = author_of(session, workspace.actor)
        target = _located(session, request.ref)
        done = restore(session, author, target, request.reason)
        _derive(workspace, session, done.components)
    row = RestorationRow(
        ref=request.ref,
        kind=done.kind,
        is_new=done.is_new,
        components=len(done.components),
        reason=request.reason,
    )
    return RestorationResult(rows=(row,))


def _located(session: Session, text: str) -> tuple[RecordKind, int]:
    name, number = locate(session, text)
    kind = RecordKind(name)
    if kind not in NOUNS:
        *most, last = (noun.replace("_", " ") for noun in NOUNS)
        raise UsageError(
            f"{text} is a {kind.replace('_', ' ')}; only a {', '.join(most)} or {last} can be withdrawn.",
            hint=_INSTEAD.get(kind, ""),
        )
    return kind, number


def _derive(workspace: Workspace, session: Session, components: tuple[int, ...]) -> None:
    """Derives again what follows about components that count again."""
    if not components:
        return
    reader = MarkingDesk(reading_engine(workspace.database)).reader(session)
    Derivation(session, reader).derive(components)
