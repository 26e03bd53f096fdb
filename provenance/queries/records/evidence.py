"""Records of evidence: photos and entries of custody, and both as lists of other records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from provenance.core.identity import reference
from provenance.domain.record_kinds import RecordKind
from provenance.queries.records.common import Built, Members, RecordBase, ref_of, row_of, span
from provenance.schema.evidence import CustodyEvent, Photo, PhotoSubject, PhotoView
from provenance.schema.session import Session

Key = InstrumentedAttribute[int | None]

_SHOWN: dict[RecordKind, Key] = {
    RecordKind.RECOVERY: PhotoSubject.recovery_id,
    RecordKind.UNIT: PhotoSubject.unit_id,
    RecordKind.COMPONENT: PhotoSubject.component_id,
}
_IN_CUSTODY: dict[RecordKind, Key] = {
    RecordKind.RECOVERY: CustodyEvent.recovery_id,
    RecordKind.UNIT: CustodyEvent.unit_id,
    RecordKind.COMPONENT: CustodyEvent.component_id,
}


@dataclass(frozen=True, slots=True)
class PhotoLine:
    """A photo or other file of a record; ``taken`` is partial ISO text or a local time."""

    ref: str
    file: str
    evidence_kind: str
    pages: int | None
    views: tuple[str, ...]
    taken: str | None
    state: str
    attachment_basis: str
    tlp: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class CustodyLine:
    """A current entry of a record's custody; a holder is None where it was not recorded."""

    ref: str
    at: str
    from_holder: str | None
    to_holder: str | None
    reason: str | None
    seal: str | None
    state: str | None
    tlp: str | None


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """A statement that a photo shows a record; ``current`` is false where it was withdrawn."""

    record: str
    views: tuple[str, ...]
    basis: str
    reason: str
    attached_by: str
    current: bool
    withdrawn_reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoRecord(RecordBase):
    """A photo or other file of evidence: what it is, what the camera recorded, what it shows or was once said
    to show.

    Positions are WGS 84 degrees by the camera.
    """

    kind: Literal["photo"] = "photo"
    evidence_kind: str
    pages: int | None
    duration_seconds: float | None
    sha256: str
    bytes: int
    format: str | None
    width: int | None
    height: int | None
    state: str
    state_reason: str | None
    taken: str | None
    taken_basis: str | None
    camera_time: datetime | None
    clock_offset_seconds: int | None
    camera_make: str | None
    camera_model: str | None
    camera_serial: str | None
    latitude: float | None
    longitude: float | None
    label_read: str | None
    tlp: str | None
    received_at: datetime
    received_by: str
    note: str | None
    shows: tuple[SubjectLine, ...]


def photo_record(session: Session, number: int) -> Built:
    """A photo with every statement of what it shows."""
    row = row_of(session, RecordKind.PHOTO, number)
    record = PhotoRecord(
        ref=reference(RecordKind.PHOTO, row.uid),
        title=row.file_name,
        evidence_kind=row.evidence_kind,
        pages=row.pages,
        duration_seconds=row.duration_seconds,
        sha256=row.sha256,
        bytes=row.byte_size,
        format=row.picture_format,
        width=row.width,
        height=row.height,
        state=row.picture_state,
        state_reason=row.state_reason,
        taken=_taken(row),
        taken_basis=row.taken_basis,
        camera_time=row.camera_time,
        clock_offset_seconds=row.clock_offset_seconds,
        camera_make=row.camera_make,
        camera_model=row.camera_model,
        camera_serial=row.camera_serial,
        latitude=row.position_latitude,
        longitude=row.position_longitude,
        label_read=row.label_read,
        tlp=row.tlp,
        received_at=row.taken_in_at,
        received_by=row.taken_in_by,
        note=row.note,
        shows=_subjects(session, number),
    )
    return Built(record)


def _taken(row: Any) -> str | None:
    if row.taken_basis == "stated" or row.taken_at is None:
        return span(row.taken_earliest, row.taken_latest)
    moment: str = row.taken_at.isoformat(sep=" ")
    return moment


def _subjects(session: Session, photo_id: int) -> tuple[SubjectLine, ...]:
    rows = session.execute(
        select(PhotoSubject).where(PhotoSubject.photo_id == photo_id).order_by(PhotoSubject.id)
    ).all()
    return tuple(
        SubjectLine(
            record=_subject_ref(session, row),
            views=_views(session, row.id),
            basis=row.attachment_basis,
            reason=row.reason,
            attached_by=row.attached_by,
            current=row.withdrawn_at is None,
            withdrawn_reason=row.withdrawn_reason,
        )
        for row in rows
    )


def _subject_ref(session: Session, row: Any) -> str:
    """The reference of the one record that a row of evidence is attached to."""
    keys = (
        (RecordKind.RECOVERY, row.recovery_id),
        (RecordKind.UNIT, row.unit_id),
        (RecordKind.COMPONENT, row.component_id),
    )
    return next(ref for kind, number in keys if (ref := ref_of(session, kind, number)))


def _views(session: Session, statement_id: int) -> tuple[str, ...]:
    rows = session.execute(
        select(PhotoView.view).where(PhotoView.photo_subject_id == statement_id).order_by(PhotoView.view)
    ).scalars()
    return tuple(rows)


def evidence_members(session: Session, kind: RecordKind, number: int) -> dict[str, Members]:
    """The photos and entries of custody that `photo_lines` and `custody_lines` are about."""
    photos = select(PhotoSubject.photo_id).where(_SHOWN[kind] == number, PhotoSubject.withdrawn_at.is_(None))
    entries = select(CustodyEvent.id).where(_IN_CUSTODY[kind] == number, CustodyEvent.superseded_by.is_(None))
    return {
        "photos": Members(RecordKind.PHOTO, session.execute(photos).scalars().all()),
        "custody": Members(RecordKind.CUSTODY_EVENT, session.execute(entries).scalars().all()),
    }


def photo_lines(session: Session, kind: RecordKind, number: int) -> tuple[PhotoLine, ...]:
    """The photos of a recovery, unit or component."""
    rows = session.execute(
        select(PhotoSubject.id.label("statement_id"), PhotoSubject.attachment_basis, Photo)
        .join(Photo, Photo.id == PhotoSubject.photo_id)
        .where(_SHOWN[kind] == number, PhotoSubject.withdrawn_at.is_(None))
        .order_by(Photo.id)
    ).all()
    return tuple(
        PhotoLine(
            ref=reference(RecordKind.PHOTO, row.uid),
            file=row.file_name,
            evidence_kind=row.evidence_kind,
            pages=row.pages,
            views=_views(session, row.statement_id),
            taken=_taken(row),
            state=row.picture_state,
            attachment_basis=row.attachment_basis,
            tlp=row.tlp,
            sha256=row.sha256,
        )
        for row in rows
    )


def custody_lines(session: Session, kind: RecordKind, number: int) -> tuple[CustodyLine, ...]:
    """The current entries of a record's custody, in order of time."""
    rows = session.execute(
        select(CustodyEvent)
        .where(_IN_CUSTODY[kind] == number, CustodyEvent.superseded_by.is_(None))
        .order_by(CustodyEvent.at_earliest, CustodyEvent.at_latest, CustodyEvent.id)
    ).all()
    return tuple(
        CustodyLine(
            ref=reference(RecordKind.CUSTODY_EVENT, row.uid),
            at=row.at_as_written,
            from_holder=row.from_holder,
            to_holder=row.to_holder,
            reason=row.reason,
            seal=row.seal,
            state=row.state,
            tlp=row.tlp,
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyRecord(RecordBase):
    """One entry of custody; ``corrected_by`` is the entry that superseded it."""

    kind: Literal["custody_event"] = "custody_event"
    about: str
    at: str
    from_holder: str | None
    to_holder: str | None
    reason: str | None
    seal: str | None
    state: str | None
    tlp: str | None
    corrected_by: str | None
    recorded_at: datetime
    recorded_by: str
    note: str | None


def custody_record(session: Session, number: int) -> Built:
    """One entry of custody."""
    row = row_of(session, RecordKind.CUSTODY_EVENT, number)
    record = CustodyRecord(
        ref=reference(RecordKind.CUSTODY_EVENT, row.uid),
        title=None,
        about=_subject_ref(session, row),
        at=row.at_as_written,
        from_holder=row.from_holder,
        to_holder=row.to_holder,
        reason=row.reason,
        seal=row.seal,
        state=row.state,
        tlp=row.tlp,
        corrected_by=ref_of(session, RecordKind.CUSTODY_EVENT, row.superseded_by),
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        note=row.note,
    )
    return Built(record)
