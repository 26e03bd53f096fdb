"""Corrections of what is on record: amended fields, and moves to another recovery."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from provenance.core.errors import UsageError
from provenance.core.identity import reference
from provenance.domain.amendments.amend import AMENDABLE, Amended, Terms, amend, settled_days
from provenance.domain.amendments.log import AMEND, MOVE
from provenance.domain.amendments.moves import note_move
from provenance.domain.journal import author_of
from provenance.domain.near_recoveries import near_recoveries
from provenance.domain.record_kinds import RecordKind
from provenance.evidence.consequences import after_move, outdated_labels
from provenance.fields.entries import Faults
from provenance.importing.marking_reader import MarkingDesk
from provenance.queries.record import locate
from provenance.schema.engines import reading_engine
from provenance.schema.session import Session
from provenance.services.contracts.amendments import (
    AmendRequest,
    AmendResult,
    AmendRow,
    MoveRequest,
    MoveResult,
)
from provenance.services.entries import refused
from provenance.services.transfer_amendments import amend_transfer, names_transfer
from provenance.services.workspace import Workspace

_MAY_BE_ANOTHER = frozenset(
    ("weapon", "unit_type", "serial", "tail", "chassis", "sample", "used", "captured", "recovered", "place")
)
"""Fields of a recovery by which it may turn out to be one that is on record."""


def amend_record(workspace: Workspace, request: AmendRequest) -> AmendResult:
    """Amends fields of a recovery, seizure, unit or component; its reference stays. A transfer is
    stated anew under another.

    Raises:
        UsageError: nothing or no reason is given, or the record has no such field or cannot be amended.
        NotFound: the record, or one that a field refers to, does not exist.
        BadInput: a field cannot be read, fields contradict each other, something is hardly true (codes
            ``future`` and ``odd``), or the record is withdrawn.
    """
    if not request.texts:
        raise UsageError("Nothing is given to amend.", code="fields")
    with workspace.reading() as session:
        of_transfer = names_transfer(session, request.ref)
    if of_transfer:
        return amend_transfer(workspace, request)
    done, notes = _Correction(workspace, request, AMEND).carry_out(request.texts)
    return AmendResult(**_told(done, notes, request.reason))


def move_record(workspace: Workspace, request: MoveRequest) -> MoveResult:
    """Moves a component, or a unit with the components on it, to the recovery that it was in.

    Raises:
        UsageError: it is neither, or no reason is given.
        NotFound: a record does not exist.
        BadInput: it would contradict the recovery's dates (code ``odd``), or one of them is withdrawn.
    """
    texts = {"recovery": request.to} | ({} if request.unit is None else {"unit": request.unit})
    terms = AmendRequest(ref=request.ref, texts=texts, reason=request.reason, accept_odd=request.accept_odd)
    done, notes = _Correction(workspace, terms, MOVE).carry_out(texts)
    return MoveResult(**_told(done, notes, request.reason))


class _Correction:
    """One correction in one transaction."""

    def __init__(self, workspace: Workspace, request: AmendRequest, action: str) -> None:
        self._workspace = workspace
        self._request = request
        self._action = action

    def carry_out(self, given: Mapping[str, str]) -> tuple[Amended, tuple[str, ...]]:
        """What was done, and what a person should look at."""
        request, workspace = self._request, self._workspace
        terms = Terms(request.reason, request.accept_future, request.accept_odd, action=self._action)
        try:
            with workspace.writing() as session:
                author = author_of(session, workspace.actor, request.new)
                target = located(session, request.ref, moves=self._action == MOVE)
                texts = settled_days(session, target, given, workspace.today)
                done = amend(session, author, target, texts, terms, reader=lambda: self._desk.reader(session))
                note_move(session, author.actor, done, request.reason)
                return done, (*done.notes, *_consequences(session, done))
        except Faults as faults:
            raise refused(faults) from None

    @cached_property
    def _desk(self) -> MarkingDesk:
        # Reading markings needs what identification has learned; most corrections do not.
        return MarkingDesk(reading_engine(self._workspace.database))


def located(session: Session, text: str, *, moves: bool = False) -> tuple[RecordKind, int]:
    """The record that is to be corrected.

    Raises:
        NotFound: there is none.
        UsageError: it is of a kind that cannot be amended or moved.
    """
    name, number = locate(session, text)
    kind = RecordKind(name)
    allowed = AMENDABLE[1:] if moves else AMENDABLE
    if kind not in allowed:
        what = " or ".join(filter(None, (", ".join(allowed[:-1]), allowed[-1])))
        raise UsageError(
            f"{text} is a {kind.replace('_', ' ')}; only a {what} can be {'moved' if moves else 'amended'}.",
            hint=_INSTEAD.get(kind, ""),
        )
    return kind, number


_INSTEAD = {
    RecordKind.TRANSFER: "Give its fields, without a form: provenance amend REF quantity=NUMBER",
    RecordKind.CUSTODY_EVENT: "To correct a custody entry: provenance log custody",
    RecordKind.PHOTO: "To attach a photo elsewhere: provenance evidence detach, provenance evidence attach",
    RecordKind.SOURCE: "To grade a source: provenance log belief KEY",
    RecordKind.RECOVERY: "To amend its place: provenance amend REF place=TEXT",
}


def _consequences(session: Session, done: Amended) -> tuple[str, ...]:
    if not done.changes:
        return ()
    notes = outdated_labels(session, done.record, done.number)
    moved = any(each.field == "recovery" for each in done.changes)
    if moved:
        notes += after_move(session, done.record, done.number, done.former.row.recovery_id)
    if done.record is RecordKind.RECOVERY and {each.field for each in done.changes} & _MAY_BE_ANOTHER:
        notes += [
            f"it may be the same as {each.others}: {each.agreed}"
            for each in near_recoveries(session, [done.number])
        ]
    return tuple(notes)


def _told(done: Amended, notes: tuple[str, ...], reason: str) -> dict[str, object]:
    ref = reference(done.record, done.uid)
    kind = str(done.former.kind)
    rows = tuple(
        AmendRow(ref=ref, kind=kind, field=each.field, before=each.before, after=each.after)
        for each in done.changes
    )
    return {
        "ref": ref,
        "kind": kind,
        "title": done.title,
        "reason": reason,
        "notes": notes,
        "rows": rows,
    }
