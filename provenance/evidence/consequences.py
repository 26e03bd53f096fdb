"""What a correction means for evidence: photos, custody and printed labels that a person should look at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from provenance.core.identity import reference
from provenance.core.vocabulary.evidence import RequirementSubject
from provenance.domain.audit import add_entry, seal
from provenance.domain.record_kinds import RecordKind
from provenance.evidence.label_texts import labels_of, with_contents
from provenance.evidence.labels import Label
from provenance.evidence.subjects import CUSTODY_SUBJECTS, PHOTO_SUBJECTS, SUBJECT_TABLES, Subject, subject
from provenance.schema.audit import AuditEntry
from provenance.schema.evidence import CustodyEvent, Photo, PhotoSubject
from provenance.schema.session import Session
from provenance.text.plurals import many

PRINTED = "print label"
"""What the audit trail calls the printing of a label."""

_MOST_UIDS = 500
"""Records in one statement, well below what every SQLite takes (999)."""


def note_printed(session: Session, about: Subject, label: Label, file: str, *, actor: str) -> None:
    """Notes in the audit trail that a label was printed to a file, and what it says."""
    add_entry(
        session,
        actor=actor,
        action=PRINTED,
        table=RecordKind(about.table.value),
        uid=about.uid,
        after={"title": about.title, "tlp": str(about.tlp), "file": file, "context": list(label.context)},
    )


def outdated_labels(session: Session, kind: RecordKind, number: int) -> list[str]:
    """Says which labels that were printed last name a record, or what is in it, otherwise than it is now."""
    if kind.value not in SUBJECT_TABLES:
        return []
    about = subject(session, RequirementSubject(kind), number)
    everything = with_contents(session, [about])
    printed = _printed(session, [each.uid for each in everything])
    texts = labels_of(session, [each for each in everything if each.uid in printed])
    outdated = [
        each
        for each in everything
        if each.uid in printed and _differs(printed[each.uid], each, texts[each.table, each.id])
    ]
    own = texts.get((about.table, about.id))
    notes = [_outdated(printed[about.uid], about, own)] if own and about in outdated else []
    if inside := [each for each in outdated if each != about]:
        refs = " ".join(each.ref for each in inside)
        notes.append(
            f"the labels of {many(len(inside), 'item')} in it name its weapon, unit or number otherwise than"
            f" it is named now. To print them again: provenance label {refs}"
        )
    return notes


def _printed(session: Session, uids: Sequence[str]) -> dict[str, Any]:
    """The last printing of each record that has a label: when, and what it said."""
    seal(session)
    found: dict[str, Any] = {}
    for start in range(0, len(uids), _MOST_UIDS):
        chunk = uids[start : start + _MOST_UIDS]
        rows = session.execute(
            select(AuditEntry.record_uid, AuditEntry.at, AuditEntry.after)
            .where(AuditEntry.record_uid.in_(chunk), AuditEntry.action == PRINTED)
            .order_by(AuditEntry.id)
        )
        found |= {row.record_uid: row for row in rows}
    return found


def _differs(printing: Any, about: Subject, label: Label) -> bool:
    """Whether a label says something else than it would now; one that was printed before labels named weapon
    and unit is compared by what it says.
    """
    said = json.loads(printing.after or "{}")
    now = {"title": about.title, "tlp": str(about.tlp), "context": list(label.context)}
    return any(name in said and said[name] != text for name, text in now.items())


def _outdated(printing: Any, now: Subject, label: Label) -> str:
    said = json.loads(printing.after or "{}")
    context = said.get("context", ())
    was = ", ".join(filter(None, (said.get("title"), *context, f"TLP:{said.get('tlp')}")))
    is_now = ", ".join((now.title, *(label.context if context else ()), f"TLP:{now.tlp}"))
    return (
        f"the label of {now.ref}, printed on {printing.at.date().isoformat()}, says {was}; the record is now"
        f" {is_now}. To print it again: provenance label {now.ref}"
    )


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
