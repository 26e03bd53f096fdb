"""Statements that a picture shows a record: made, withdrawn, never overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select, update

from provenance.core.errors import NotFound
from provenance.core.identity import natural_uid, new_uid, reference
from provenance.core.vocabulary.evidence import AttachmentBasis, View
from provenance.domain.audit import add_entry
from provenance.evidence.subjects import Subject, subject_of
from provenance.schema.evidence import PhotoSubject, PhotoView
from provenance.schema.rows import insert_row
from provenance.schema.session import Session


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture to be held to show a subject: on what basis, why in words, from which sides.

    ``insists`` says that a person names this very picture, whatever was withdrawn before.
    """

    subject: Subject
    basis: AttachmentBasis
    reason: str
    views: Sequence[View] = field(default=())
    insists: bool = False


def attach(session: Session, photo: Any, wanted: Attachment, *, actor: str) -> bool:
    """Says that a picture shows a subject; says whether that is news.

    What stands already stays, and only gets views that it lacks. What somebody has withdrawn is made anew
    only where a person insists, never by a label, a clock or a word about a whole card.
    """
    subject = wanted.subject
    said = session.execute(
        select(PhotoSubject)
        .where(PhotoSubject.photo_id == photo.id, PhotoSubject.__table__.c[subject.column] == subject.id)
        .order_by(PhotoSubject.id)
    ).all()
    standing = next((row for row in said if row.withdrawn_at is None), None)
    if standing is not None:
        return _add_views(session, standing, photo, wanted.views, actor)
    if said and not wanted.insists:
        return False
    # The first statement has the key of what it says, so that two laptops with the same card agree.
    uid = natural_uid("photo_subject", photo.uid, subject.uid) if not said else new_uid()
    number = insert_row(
        session,
        PhotoSubject,
        {
            "uid": uid,
            "photo_id": photo.id,
            subject.column: subject.id,
            "attachment_basis": wanted.basis,
            "reason": wanted.reason,
            "attached_at": datetime.now(UTC),
            "attached_by": actor,
        },
    )
    _insert_views(session, number, wanted.views)
    add_entry(
        session,
        actor=actor,
        action="attach photo",
        table="photo_subject",
        uid=uid,
        after={
            "photo": reference("photo", photo.uid),
            "subject": subject.ref,
            "basis": wanted.basis,
            "reason": wanted.reason,
            "views": list(wanted.views),
        },
    )
    return True


def _add_views(session: Session, standing: Any, photo: Any, views: Sequence[View], actor: str) -> bool:
    there = set(
        session.execute(select(PhotoView.view).where(PhotoView.photo_subject_id == standing.id)).scalars()
    )
    missing = [wanted for wanted in dict.fromkeys(views) if wanted not in there]
    if not missing:
        return False
    _insert_views(session, standing.id, missing)
    add_entry(
        session,
        actor=actor,
        action="add views",
        table="photo_subject",
        uid=standing.uid,
        before={"views": sorted(there)},
        after={"photo": reference("photo", photo.uid), "views": sorted(there | set(missing))},
    )
    return True


def _insert_views(session: Session, number: int, views: Sequence[View]) -> None:
    rows = [{"photo_subject_id": number, "view": view} for view in dict.fromkeys(views)]
    if rows:
        session.execute(insert(PhotoView), rows)


def detach(session: Session, photo: Any, subject: Subject, *, reason: str, actor: str) -> None:
    """Withdraws the statement that a picture shows a subject; it stays on record as withdrawn.

    Raises:
        NotFound: nothing of the kind stands.
    """
    standing = session.execute(
        select(PhotoSubject).where(
            PhotoSubject.photo_id == photo.id,
            PhotoSubject.__table__.c[subject.column] == subject.id,
            PhotoSubject.withdrawn_at.is_(None),
        )
    ).first()
    if standing is None:
        raise NotFound(
            f"{reference('photo', photo.uid)} is not attached to {subject.ref}",
            hint=f"See what is: provenance evidence list {subject.ref}",
        )
    session.execute(
        update(PhotoSubject)
        .where(PhotoSubject.id == standing.id)
        .values(withdrawn_at=datetime.now(UTC), withdrawn_by=actor, withdrawn_reason=reason)
    )
    add_entry(
        session,
        actor=actor,
        action="detach photo",
        table="photo_subject",
        uid=standing.uid,
        before={
            "photo": reference("photo", photo.uid),
            "subject": subject.ref,
            "basis": standing.attachment_basis,
        },
        after={"withdrawn": reason},
    )


def attachments_of(session: Session, photo_id: int) -> list[tuple[Any, Subject]]:
    """The standing statements of what a picture shows, in the order they were made."""
    rows = session.execute(
        select(PhotoSubject)
        .where(PhotoSubject.photo_id == photo_id, PhotoSubject.withdrawn_at.is_(None))
        .order_by(PhotoSubject.id)
    ).all()
    return [(row, subject_of(session, row)) for row in rows]
