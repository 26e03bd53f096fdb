"""What a move means for the two recoveries: each of them keeps in its history what came and went."""

from __future__ import annotations

from provenance.core.identity import reference
from provenance.domain.amendments.amend import Amended
from provenance.domain.audit import add_entry
from provenance.domain.names import recovery_called
from provenance.domain.record_kinds import RecordKind
from provenance.domain.references import uid_of
from provenance.schema.session import Session

RELEASE, RECEIVE = "release", "receive"


def note_move(session: Session, actor: str, done: Amended, reason: str) -> None:
    """Notes a move in the trails of the recovery that a record was in and of the one that it is in now."""
    change = next((each for each in done.changes if each.field == "recovery"), None)
    if change is None or change.before is None or change.after is None:
        return
    moved = reference(done.record, done.uid)
    for action, here, there in (
        (RELEASE, change.before, change.after),
        (RECEIVE, change.after, change.before),
    ):
        add_entry(
            session,
            actor=actor,
            action=action,
            table=RecordKind.RECOVERY,
            uid=uid_of(session, RecordKind.RECOVERY, recovery_called(session, here)),
            after={"record": moved, "recovery": there, "reason": reason},
        )
