"""Photos: logging files and whole memory cards, attaching, listing, verifying the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from provenance.core.basis import Basis
from provenance.core.errors import BadInput, UsageError
from provenance.core.identity import reference
from provenance.core.progress import FileProgress
from provenance.core.tlp import Handling, stricter_than
from provenance.core.vocabulary.evidence import AttachmentBasis, RequirementSubject
from provenance.evidence.attachments import Attachment, attach, detach
from provenance.evidence.card import files_of, labels_of, receive_card, stated_attachments
from provenance.evidence.intake import Intake, IntakeOutcome, IntakeTerms
from provenance.evidence.label_codes import reel_labels_in
from provenance.evidence.listing import ListedPhoto, PhotoList, count_photos, photos_of, unattached_photos
from provenance.evidence.outcomes import LoggedPhoto, logged_photos
from provenance.evidence.subjects import Subject, photo_named, standing_subject, subject_named
from provenance.evidence.verification import verify_store as verify
from provenance.queries.fingerprint import data_fingerprint
from provenance.schema.session import Session
from provenance.services.contracts.photos import (
    AttachmentChange,
    AttachmentRequest,
    AttachmentResult,
    CardLogged,
    CardRequest,
    DetachmentRequest,
    EvidenceLogged,
    EvidenceRequest,
    PhotoListRequest,
    PhotoRequest,
    PhotosListed,
    PhotosLogged,
    PhotoStatements,
    SkippedFile,
    StoreVerified,
    UnattachedListed,
)
from provenance.services.evidence_store import store_of
from provenance.services.workspace import Workspace
from provenance.text.partial_dates import DateSpan, format_span
from provenance.text.plurals import many

CAMERA_CAUTION = (
    "Time and position are what the camera recorded; a label identifies what lay beside it. Neither is proof."
)

_ONE_DAY = timedelta(days=1)
"""It is already tomorrow somewhere east of here."""


def _no_progress(_done: int, _whole: int) -> None:
    """Reports no progress."""


def log_photos(
    workspace: Workspace, request: PhotoRequest, on_progress: FileProgress = _no_progress
) -> PhotosLogged:
    """Logs photos: hashed, stored, read, attached; the same photo again changes nothing.

    Without a stated record, the labels in the file name or in the photo decide what it shows.

    Raises:
        BadInput: a file is missing, empty or not a photo, or the stated day is in the future.
        NotFound: a record does not exist.
        UsageError: no file is named, or a record is of another kind than stated.
        StoreFailure: the store cannot be written to.
    """
    if not request.files:
        raise UsageError("No photo is named.", hint="For a whole card: provenance log photos FOLDER")
    check_files(request.files)
    if not request.accept_future:
        refuse_future_day(workspace, request.statements.taken)
    store = store_of(workspace)
    with workspace.reading() as session:
        stated = _stated(session, request)
    attachments = stated_attachments(stated, request.views, workspace.actor)
    intake = Intake(workspace.job(), store, _terms(request.statements))
    outcomes: list[IntakeOutcome] = []
    for number, file in enumerate(request.files, start=1):
        outcomes.append(intake.receive(file, attachments))
        on_progress(number, len(request.files))
    questions = _attach_by_label(workspace, intake, outcomes, stated)
    with workspace.reading() as session:
        rows = logged_photos(session, outcomes, questions)
        return PhotosLogged(basis=_intake_basis(session, rows, 0), rows=rows)


def log_evidence(
    workspace: Workspace, request: EvidenceRequest, on_progress: FileProgress = _no_progress
) -> EvidenceLogged:
    """Logs files of evidence of any kind: hashed, stored unaltered, attached; the same file again changes
    nothing, but that a kind stated now holds.

    Raises:
        BadInput: a file is missing, empty, too large or of no known kind, or the stated day is in the future.
        NotFound: a record does not exist.
        UsageError: no file is named, or a record is of another kind than stated.
        StoreFailure: the store cannot be written to.
    """
    if not request.files:
        raise UsageError("No file is named.")
    check_files(request.files)
    _refuse_large(request)
    if not request.accept_future:
        refuse_future_day(workspace, request.statements.taken)
    store = store_of(workspace)
    with workspace.reading() as session:
        stated = _stated_of(session, request.recovery, request.unit, request.component)
    attachments = stated_attachments(stated, (), workspace.actor)
    terms = replace(_terms(request.statements), any_kind=True, kind=request.kind)
    intake = Intake(workspace.job(), store, terms)
    outcomes: list[IntakeOutcome] = []
    for number, file in enumerate(request.files, start=1):
        outcomes.append(intake.receive(file, attachments))
        on_progress(number, len(request.files))
    with workspace.reading() as session:
        rows = logged_photos(session, outcomes, {})
        return EvidenceLogged(basis=_intake_basis(session, rows, 0), rows=rows)


def _refuse_large(request: EvidenceRequest) -> None:
    for file in request.files:
        if (size := file.stat().st_size) > request.most_bytes:
            raise BadInput(
                f"has {size:,} bytes, more than the limit of {request.most_bytes:,}",
                file=str(file),
                code="too_large",
            )


def log_card(
    workspace: Workspace, request: CardRequest, on_progress: FileProgress = _no_progress
) -> CardLogged:
    """Logs every photo of a memory card and attaches what labels identify; the rest stays unattached.

    Raises:
        BadInput: the folder does not exist or cannot be read.
        NotFound: the recovery does not exist.
        StoreFailure: the store cannot be written to; what is logged stays.
    """
    store, files = store_of(workspace), files_of(request.folder)
    with workspace.reading() as session:
        belongs_to = _named(session, request.recovery, RequirementSubject.RECOVERY)
    database = workspace.job()
    card = receive_card(
        database,
        Intake(database, store, _terms(request.statements)),
        files,
        belongs_to=belongs_to,
        window=request.window,
        on_progress=on_progress,
    )
    with workspace.reading() as session:
        rows = logged_photos(session, card.outcomes, card.questions)
        skipped = tuple(SkippedFile(file=str(file), reason=reason) for file, reason in card.skipped)
        return CardLogged(basis=_intake_basis(session, rows, len(skipped)), rows=rows, skipped=skipped)


def check_files(files: Sequence[Path]) -> None:
    """Checks all files before the first is logged, so that a misspelt name leaves nothing half-done.

    Raises:
        BadInput: one does not exist, is empty or is a folder.
    """
    for file in files:
        if file.is_dir():
            raise BadInput("is a folder", file=str(file), hint="A whole folder: provenance log photos FOLDER")
        if not file.is_file():
            raise BadInput("there is no such file", file=str(file))
        if file.stat().st_size == 0:
            raise BadInput("the file is empty", file=str(file))


def is_future_day(workspace: Workspace, taken: DateSpan | None) -> bool:
    """Whether a stated day has not begun anywhere on earth."""
    return taken is not None and taken.earliest is not None and taken.earliest > workspace.today + _ONE_DAY


def refuse_future_day(workspace: Workspace, taken: DateSpan | None) -> None:
    """Refuses a stated day that is in the future.

    Raises:
        BadInput: it is.
    """
    if taken is not None and is_future_day(workspace, taken):
        raise BadInput(f"taken: {format_span(taken)} is in the future", code="future")


def _terms(statements: PhotoStatements) -> IntakeTerms:
    return IntakeTerms(
        clock_offset=statements.clock_offset,
        stated=statements.taken,
        tlp=statements.tlp,
        note=statements.note,
    )


def _named(session: Session, text: str | None, kind: RequirementSubject) -> Subject | None:
    return None if text is None else standing_subject(session, text, kind=kind)


def _stated(session: Session, request: PhotoRequest) -> list[Subject]:
    named = _stated_of(session, request.recovery, request.unit, request.component)
    return [*named, standing_subject(session, request.shows)] if request.shows else named


def _stated_of(
    session: Session, recovery: str | None, unit: str | None, component: str | None
) -> list[Subject]:
    named = [
        _named(session, recovery, RequirementSubject.RECOVERY),
        _named(session, unit, RequirementSubject.UNIT),
        _named(session, component, RequirementSubject.COMPONENT),
    ]
    return [each for each in named if each is not None]


def _attach_by_label(
    workspace: Workspace, intake: Intake, outcomes: Sequence[IntakeOutcome], stated: Sequence[Subject]
) -> dict[Path, list[str]]:
    """Attaches by label unless a record is stated; returns the questions that labels raise, by file."""
    questions: dict[Path, list[str]] = {}
    for done in outcomes:
        with workspace.reading() as session:
            found = labels_of(session, done, lambda file, text: questions.setdefault(file, []).append(text))
        if not stated:
            intake.attach(done, found)
        elif found and not {label.subject for label in found} & set(stated):
            named = ", ".join(label.subject.ref for label in found)
            questions.setdefault(done.file, []).append(f"its label says {named}")
    return questions


def _basis(session: Session, question: str, unit: str) -> Basis:
    return Basis(question=question, unit=unit, data=data_fingerprint(session))


def _intake_basis(session: Session, rows: Sequence[LoggedPhoto], skipped: int) -> Basis:
    basis = _basis(session, "which photos were logged", "files, by the SHA-256 of their content")
    new = sum(row.new for row in rows)
    attached = sum(bool(row.shows) for row in rows)
    basis.counted = {
        "new": new,
        "already_logged": len(rows) - new,
        "attached": attached,
        "unattached": len(rows) - attached,
        "skipped": skipped,
    }
    basis.out_of = {"files": len(rows) + skipped}
    basis.handling = Handling.of(row.tlp for row in rows)
    basis.cautions = [CAMERA_CAUTION] if rows else []
    basis.notes = [f"Photos in the database: {count_photos(session):,}."]
    return basis


def list_photos(workspace: Workspace, request: PhotoListRequest) -> PhotosListed:
    """The photos of a record and of everything in it, up to the workspace's clearance.

    Raises:
        NotFound: the record does not exist, or is marked more strictly than the clearance.
        UsageError: it is not a recovery, unit or component.
    """
    with workspace.reading() as session:
        about = subject_named(session, request.ref, highest=workspace.clearance)
        found = photos_of(session, about, workspace.clearance)
        basis = _list_basis(session, workspace, found, f"which photos show {about.name}")
        if found.withdrawn:
            basis.notes.append(
                f"Withdrawn attachments left out: {found.withdrawn:,}. See provenance show PHOTO."
            )
        return PhotosListed(basis=basis, rows=tuple(found.rows))


def list_unattached(workspace: Workspace) -> UnattachedListed:
    """The photos that are not attached to any record, up to the workspace's clearance."""
    with workspace.reading() as session:
        found = unattached_photos(session, workspace.clearance)
        basis = _list_basis(session, workspace, found, "which photos are not attached to a record")
        if any(row.recovered_that_day for row in found.rows):
            basis.cautions.append("A recovery of the same day is a lead; the day alone attaches nothing.")
        return UnattachedListed(basis=basis, rows=tuple(found.rows))


def _list_basis(
    session: Session, workspace: Workspace, found: PhotoList[ListedPhoto], question: str
) -> Basis:
    basis = _basis(session, question, "photos, each content once")
    basis.counted, basis.out_of = {"photos": found.photos}, {"photos": found.out_of}
    basis.handling = found.handling
    if found.too_strict:
        basis.filters = {"max_tlp": str(workspace.clearance)}
        basis.cautions.append(
            f"Left out: {many(found.too_strict, 'photo')} {stricter_than(workspace.clearance)}."
        )
    if found.rows:
        basis.cautions.append(CAMERA_CAUTION)
    return basis


def attach_photo(workspace: Workspace, request: AttachmentRequest) -> AttachmentResult:
    """Attaches a photo to a record, with the views it shows.

    Raises:
        NotFound: the photo or the record does not exist.
        UsageError: the record is not a recovery, unit or component.
    """
    with workspace.writing() as session:
        photo, about = photo_named(session, request.photo), standing_subject(session, request.ref)
        reason = request.reason or f"stated by {workspace.actor}"
        wanted = Attachment(about, AttachmentBasis.STATED, reason, request.views, insists=True)
        changed = attach(session, photo, wanted, actor=workspace.actor)
        return AttachmentResult(rows=(_change(photo, about, changed=changed),))


def detach_photo(workspace: Workspace, request: DetachmentRequest) -> AttachmentResult:
    """Detaches a photo from a record; the withdrawn attachment stays on record.

    Raises:
        NotFound: the photo is not attached to the record, or one of them does not exist.
        UsageError: the record is not a recovery, unit or component.
    """
    with workspace.writing() as session:
        photo, about = photo_named(session, request.photo), subject_named(session, request.ref)
        detach(session, photo, about, reason=request.reason, actor=workspace.actor)
        return AttachmentResult(rows=(_change(photo, about, changed=True),))


def _change(photo: Any, about: Subject, *, changed: bool) -> AttachmentChange:
    return AttachmentChange(
        photo=reference("photo", photo.uid),
        file=photo.file_name,
        record=about.ref,
        title=about.title,
        changed=changed,
        reel_labels=len(reel_labels_in(photo.label_read)),
    )


def verify_store(workspace: Workspace, on_progress: FileProgress = _no_progress) -> StoreVerified:
    """Hashes every file of the evidence store again and lists those that are missing or damaged.

    Raises:
        UsageError: the workspace has no evidence store.
    """
    store = store_of(workspace)
    with workspace.reading() as session:
        found = verify(session, store, on_progress)
        basis = _basis(session, "whether the evidence store is complete and unaltered", "files, hashed again")
    damaged = {(each.shelf, each.sha256) for each in found.damaged}
    basis.counted = {"whole_files": found.files - len(damaged)}
    basis.out_of = {"files": found.files, "photos": found.photos}
    basis.filters = {"store": store.folder.name}
    if found.unknown:
        basis.cautions.append(
            f"Files that no photo refers to, left by an interrupted command: {len(found.unknown):,}."
            " Logging their photos again records them."
        )
    return StoreVerified(basis=basis, rows=tuple(found.damaged), unknown_files=tuple(found.unknown))
