"""Tags of photos: which records several photos show, and which views of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from provenance.core.basis import Basis
from provenance.core.errors import BadInput, UsageError
from provenance.core.identity import reference
from provenance.core.tlp import Handling
from provenance.core.vocabulary.evidence import AttachmentBasis, RequirementSubject, View
from provenance.evidence.attachments import Attachment, attach, attachments_of
from provenance.evidence.label_codes import reel_labels_in
from provenance.evidence.photo_selection import photos_named
from provenance.evidence.subjects import Subject, standing_subject
from provenance.queries.fingerprint import data_fingerprint
from provenance.schema.evidence import PhotoView
from provenance.schema.session import Session
from provenance.services.contracts.photos import TaggedPhoto, TagRequest, TagResult
from provenance.services.workspace import Workspace


def tag_photos(workspace: Workspace, request: TagRequest) -> TagResult:
    """Tags photos alike, all of them or none, and shows what each of them shows now.

    Raises:
        NotFound: a photo or a record does not exist, or several photos have that file name.
        UsageError: no photo is named, or a record is not a recovery, unit or component.
        BadInput: a record is withdrawn, or views are stated of a photo that is not attached to any.
    """
    if not request.photos:
        raise UsageError("No photo is named.", hint="For example: provenance evidence tag IMG_0412..IMG_0420")
    named = {kind: text for kind, text in _named(request).items() if text is not None}
    changes = bool(named or request.views)
    with workspace.writing() if changes else workspace.reading() as session:
        photos = photos_named(session, request.photos)
        records = [standing_subject(session, text, kind=kind) for kind, text in named.items()]
        rows: list[TaggedPhoto] = []
        marks: list[str | None] = []
        for photo in photos:
            changed = _tag(session, photo, records, request, workspace.actor) if changes else set()
            rows += _tags(session, photo, changed)
            marks += [photo.tlp, *(subject.tlp for _row, subject in attachments_of(session, photo.id))]
        basis = Basis("which photos show what", "photos, each content once", data_fingerprint(session))
    basis.counted = {"photos": len(photos), "changed": len({row.photo for row in rows if row.changed})}
    basis.handling = Handling.of(marks)
    return TagResult(basis=basis, rows=tuple(rows))


def _named(request: TagRequest) -> dict[RequirementSubject, str | None]:
    return {
        RequirementSubject.RECOVERY: request.recovery,
        RequirementSubject.UNIT: request.unit,
        RequirementSubject.COMPONENT: request.component,
    }


def _tag(session: Session, photo: Any, records: list[Subject], request: TagRequest, actor: str) -> set[str]:
    """Tags one photo; the references of the records of which something is new."""
    about = records or [subject for _row, subject in attachments_of(session, photo.id)]
    if not about:
        raise BadInput(
            f"{reference('photo', photo.uid)} ({photo.file_name}) is not attached to a record, so its views"
            " are views of nothing; no photo was tagged",
            code="shows_nothing",
        )
    reason = request.reason or f"stated by {actor}"
    changed = set()
    for each in about:
        standing_subject(session, each.ref)
        wanted = Attachment(each, AttachmentBasis.STATED, reason, request.views, insists=True)
        if attach(session, photo, wanted, actor=actor):
            changed.add(each.ref)
    return changed


def _tags(session: Session, photo: Any, changed: set[str]) -> list[TaggedPhoto]:
    ref, labels = reference("photo", photo.uid), len(reel_labels_in(photo.label_read))
    rows = []
    for row, subject in attachments_of(session, photo.id):
        seen = set(
            session.execute(select(PhotoView.view).where(PhotoView.photo_subject_id == row.id)).scalars()
        )
        rows.append(
            TaggedPhoto(
                photo=ref,
                file=photo.file_name,
                record=subject.ref,
                title=subject.title,
                views=tuple(view for view in View if view in seen),
                reel_labels=labels,
                changed=subject.ref in changed,
            )
        )
    nothing = TaggedPhoto(
        photo=ref, file=photo.file_name, record=None, title=None, views=(), reel_labels=labels, changed=False
    )
    return rows or [nothing]
