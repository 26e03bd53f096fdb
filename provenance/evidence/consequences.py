"""What a correction means for evidence: photos, custody and printed labels that a person should look at."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import func, select

from provenance.core.identity import reference
from provenance.core.vocabulary.evidence import RequirementSubject
from provenance.domain.audit import add_entry, seal
from provenance.domain.record_kinds import RecordKind
from provenance.evidence.subjects import CUSTODY_SUBJECTS, PHOTO_SUBJECTS, SUBJECT_TABLES, Subject, subject
from provenance.schema.audit import AuditEntry
from provenance.schema.evidence import CustodyEvent, Photo, PhotoSubject
from provenance.schema.session import Session
from provenance.text.plurals import many

PRINTED = "print label"
"""What the audit trail calls the printing of a label."""


def note_printed(session: Session, about: Subject, label: dict[str, str], *, actor: str) -> None:
    """Notes in the audit trail that a label was printed, and what it says."""
    add_entry(
        session,
        actor=actor,
        action=PRINTED,
        table=RecordKind(about.table.value),
        uid=about.uid,
        after=label,
    )


def outdated_label(session: Session, kind: RecordKind, number: int) -> list[str]:
    """Says that the label which was printed last names a record otherwise than it is named now."""
    if kind.value not in SUBJECT_TABLES:
        return []
    now = subject(session, RequirementSubject(kind), number)
    seal(session)
    row = session.execute(
        select(AuditEntry.at, AuditEntry.after)
        .where(AuditEntry.record_uid == now.uid, AuditEntry.action == PRINTED)
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).first()
    printed = json.loads(row.after) if row is not None and row.after else {}
    if row is None or (printed.get("title"), printed.get("tlp")) == (now.title, now.tlp):
        return []
    was = ", ".join(filter(None, (printed.get("title"), f"TLP:{printed.get('tlp')}")))
    return [
        f"the label of {now.ref}, printed on {row.at.date().isoformat()}, says {was}; the record is now"
        f" {now.title}, TLP:{now.tlp}. To print it again: provenance label {now.ref}"
    ]


def after_move(session: Session, kind: RecordKind, number: int, former_recovery: int) -> list[str]:
    """What a person should look at after a component or unit has moved out of a recovery."""
    about = subject(session, RequirementSubject(kind), number)
    former = subject(session, RequirementSubject.RECOVERY, former_recovery)
    return [*_photos_of_both(session, about, former), *_custody(session, about, former)]


def _photos_of_both(session: Session, about: Subject, former: Subject) -> list[str]:
    shown = _photos(session, about)
    both = shown & _photos(session, former)
    if not shown:
        return []
    follow = f"{many(len(shown), 'photo')} of {about.ref} {'follows' if len(shown) == 1 else 'follow'} it"
    if not both:
        return [follow]
    uids = session.execute(select(Photo.uid).where(Photo.id.in_(both)).order_by(Photo.id)).scalars()
    refs = [reference("photo", uid) for uid in uids]
    return [
        f"{follow}; {', '.join(refs)} also {'shows' if len(refs) == 1 else 'show'} {former.ref}. If not:"
        f" provenance evidence detach {refs[0]} {former.ref}"
    ]


def _photos(session: Session, about: Subject) -> set[int]:
    found = select(PhotoSubject.photo_id).where(
        PHOTO_SUBJECTS[about.table] == about.id, PhotoSubject.withdrawn_at.is_(None)
    )
    return set(session.execute(found).scalars())


def _custody(session: Session, about: Subject, former: Subject) -> list[str]:
    own = _entries(session, CUSTODY_SUBJECTS[about.table] == about.id)
    of_former = _entries(session, CustodyEvent.recovery_id == former.id)
    notes = [f"its {many(own, 'custody entry')} {'follows' if own == 1 else 'follow'} it"] if own else []
    if of_former:
        notes.append(
            f"{former.ref} has {many(of_former, 'custody entry')} of its own, which stay with it. If"
            f" {about.ref} was handed over with it: provenance log custody {about.ref}"
        )
    return notes


def _entries(session: Session, mine: Any) -> int:
    count: int = session.execute(
        select(func.count()).select_from(CustodyEvent).where(mine, CustodyEvent.superseded_by.is_(None))
    ).scalar_one()
    return count
