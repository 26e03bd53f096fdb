"""Attachments: statements that a photo shows a record; made, withdrawn, never overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from provenance.core.errors import NotFound
from provenance.core.identity import natural_uid, new_uid, reference
from provenance.core.vocabulary.evidence import AttachmentBasis, View
from provenance.domain.audit import add_entry
from provenance.evidence.subjects import PHOTO_SUBJECTS, Subject, subject_of
from provenance.schema.evidence import PhotoSubject, PhotoView
from provenance.schema.row_values import Values, update_rows, with_values
from provenance.schema.rows import insert_row, insert_rows
from provenance.schema.session import Session, hold


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment to be made: the subject, the basis, the reason in words, the views shown.

    ``insists`` says that a person names this very photo, whatever was withdrawn before.
    """

    subject: Subject
    basis: AttachmentBasis
    reason: str
    views: Sequence[View] = field(default=())
    insists: bool = False


def attach(session: Session, photo: Any, wanted: Attachment, *, actor: str) -> bool:
    """Attaches a photo to a subject; returns whether that is new.

    A current attachment stays and only gets views that it lacks. A withdrawn one is made again only where a
    person insists, never by a label, a clock or a statement about a whole card.
    """
    subject = wanted.subject
    hold(session, "photo", photo.uid)
    made = session.execute(
        select(PhotoSubject)
        .where(PhotoSubject.photo_id == photo.id, PHOTO_SUBJECTS[subject.table] == subject.id)
        .order_by(PhotoSubject.id)
    ).all()
    current = next((row for row in made if row.withdrawn_at is None), None)
    if current is not None:
        return _add_views(session, current, photo, wanted.views, actor)
    if made and not wanted.insists:
        return False
    # The first attachment has the key of its content, so that two laptops with the same card agree.
    uid = natural_uid("photo_subject", photo.uid, subject.uid) if not made else new_uid()
    _insert(session, photo, wanted, uid, actor)
    add_entry(
        session,
        actor=actor,
        action="attach photo",
        table=PhotoSubject,
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


def _insert(session: Session, photo: Any, wanted: Attachment, uid: str, actor: str) -> None:
    row = PhotoSubject(
        uid=uid,
        photo_id=photo.id,
        attachment_basis=wanted.basis,
        reason=wanted.reason,
        attached_at=session.moment,
        attached_by=actor,
    )
    about = {PHOTO_SUBJECTS[wanted.subject.table]: wanted.subject.id}
    _insert_views(session, insert_row(session, with_values(row, about)), wanted.views)


def _add_views(session: Session, current: Any, photo: Any, views: Sequence[View], actor: str) -> bool:
    known = set(
        session.execute(select(PhotoView.view).where(PhotoView.photo_subject_id == current.id)).scalars()
    )
    missing = [wanted for wanted in dict.fromkeys(views) if wanted not in known]
    if not missing:
        return False
    _insert_views(session, current.id, missing)
    add_entry(
        session,
        actor=actor,
        action="add views",
        table=PhotoSubject,
        uid=current.uid,
        before={"views": sorted(known)},
        after={"photo": reference("photo", photo.uid), "views": sorted(known | set(missing))},
    )
    return True


def _insert_views(session: Session, number: int, views: Sequence[View]) -> None:
    insert_rows(session, [PhotoView(photo_subject_id=number, view=view) for view in dict.fromkeys(views)])


def detach(session: Session, photo: Any, subject: Subject, *, reason: str, actor: str) -> None:
    """Withdraws the attachment of a photo to a subject; it stays on record as withdrawn.

    Raises:
        NotFound: the photo is not attached to the subject.
    """
    hold(session, "photo", photo.uid)
    current = session.execute(
        select(PhotoSubject).where(
            PhotoSubject.photo_id == photo.id,
            PHOTO_SUBJECTS[subject.table] == subject.id,
            PhotoSubject.withdrawn_at.is_(None),
        )
    ).first()
    if current is None:
        raise NotFound(
            f"{reference('photo', photo.uid)} is not attached to {subject.ref}",
            hint=f"To see what is attached: provenance evidence list {subject.ref}",
        )
    withdrawn: Values = {
        PhotoSubject.withdrawn_at: session.moment,
        PhotoSubject.withdrawn_by: actor,
        PhotoSubject.withdrawn_reason: reason,
    }
    update_rows(session, PhotoSubject, withdrawn, PhotoSubject.id == current.id)
    add_entry(
        session,
        actor=actor,
        action="detach photo",
        table=PhotoSubject,
        uid=current.uid,
        before={
            "photo": reference("photo", photo.uid),
            "subject": subject.ref,
            "basis": current.attachment_basis,
        },
        after={"withdrawn": reason},
    )


def attachments_of(session: Session, photo_id: int) -> list[tuple[Any, Subject]]:
    """The current attachments of a photo with their subjects, in the order they were made."""
    rows = session.execute(
        select(PhotoSubject)
        .where(PhotoSubject.photo_id == photo_id, PhotoSubject.withdrawn_at.is_(None))
        .order_by(PhotoSubject.id)
    ).all()
    return [(row, subject_of(session, row, PHOTO_SUBJECTS)) for row in rows]
