"""Pictures as answers list them: those of one record, and those that hang on none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import exists, func, or_, select

from provenance.core.identity import reference
from provenance.core.tlp import Handling, ceiling
from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.evidence import RequirementSubject
from provenance.evidence.clock import clock_questions, format_clock_offset
from provenance.evidence.subjects import FOUND_DATES, Subject, recovered_on, subjects
from provenance.queries.marked import may_show_recovery
from provenance.schema.evidence import Photo, PhotoSubject, PhotoView
from provenance.schema.recoveries import Component, Recovery, RecoveryDate, Unit
from provenance.schema.session import Session
from provenance.text.partial_dates import DateSpan, format_span

Row = dict[str, Any]


@dataclass(slots=True)
class PhotoList:
    """Pictures, one row each, and what is to be known about the list as a whole.

    ``too_strict`` pictures were left out for their mark. ``handling`` is None where nothing went in.
    """

    rows: list[Row] = field(default_factory=list)
    photos: int = 0
    out_of: int = 0
    withdrawn: int = 0
    too_strict: int = 0
    handling: Handling | None = None


def photo_facts(photo: Any) -> Row:
    """What a list tells of a picture, by stable keys; what is not known is None."""
    return {
        "photo": reference("photo", photo.uid),
        "file": photo.file_name,
        "sha256": photo.sha256,
        "bytes": photo.byte_size,
        "format": photo.picture_format,
        "state": photo.picture_state,
        "state_reason": photo.state_reason,
        "taken": taken_text(photo),
        "taken_basis": photo.taken_basis,
        "camera_time": photo.camera_time.isoformat(sep=" ") if photo.camera_time else None,
        "clock_offset": (
            format_clock_offset(photo.clock_offset_seconds)
            if photo.clock_offset_seconds is not None
            else None
        ),
        "camera": " ".join(part for part in (photo.camera_make, photo.camera_model) if part) or None,
        "position": position_text(photo),
        "tlp": photo.tlp,
    }


def taken_text(photo: Any) -> str | None:
    """When a picture was taken, to the second where the clock is what is believed; None where unknown."""
    if photo.taken_basis is None:
        return None
    if photo.taken_basis == "stated":
        return format_span(DateSpan(photo.taken_earliest, photo.taken_latest))
    moment: str = photo.taken_at.isoformat(sep=" ")
    return moment


def position_text(photo: Any) -> str | None:
    """Where the camera says it was: latitude and longitude in degrees (WGS 84)."""
    if photo.position_latitude is None:
        return None
    return f"{photo.position_latitude:.6f}, {photo.position_longitude:.6f}"


def photos_of(session: Session, subject: Subject, highest: Tlp | None = None) -> PhotoList:
    """The pictures of a record; of a recovery or unit with those of everything in it."""
    statements = session.execute(
        select(PhotoSubject).where(_within(subject)).order_by(PhotoSubject.photo_id, PhotoSubject.id)
    ).all()
    numbers = select(PhotoSubject.photo_id).where(_within(subject))
    photos = {row.id: row for row in session.execute(select(Photo).where(Photo.id.in_(numbers)))}
    everything = [row for row in statements if row.withdrawn_at is None]
    allowed = ceiling(highest)
    everywhere = subjects(session, [_subject_key(row) for row in everything])
    # A mild picture of a strict chip would name the chip.
    shown = {key: each for key, each in everywhere.items() if allowed(each.tlp)}
    standing = [row for row in everything if _subject_key(row) in shown and allowed(photos[row.photo_id].tlp)]
    views = _views(session, subject)
    recovered = {each.recovery_id: recovered_on(session, each.recovery_id) for each in shown.values()}
    found = PhotoList(withdrawn=len(statements) - len(everything))
    found.too_strict = len({row.photo_id for row in everything} - {row.photo_id for row in standing})
    for row in standing:
        target, picture = shown[_subject_key(row)], photos[row.photo_id]
        fact = recovered[target.recovery_id]
        found.rows.append(
            {
                **photo_facts(picture),
                "shows": target.ref,
                "shows_title": target.title,
                "views": views.get(row.id, []),
                "basis": row.attachment_basis,
                "reason": row.reason,
                "attached_by": row.attached_by,
                "questions": clock_questions(picture._asdict(), [fact] if fact else []),
            }
        )
    pictures = {row["sha256"]: row["tlp"] for row in found.rows}
    found.photos, found.out_of = len(pictures), count_photos(session)
    named = {_subject_key(row) for row in standing}
    found.handling = Handling.of([*pictures.values(), *(shown[key].tlp for key in sorted(named))])
    return found


def _subject_key(row: Any) -> tuple[str, int]:
    return next(
        (name.value, number)
        for name in RequirementSubject
        if (number := getattr(row, f"{name}_id")) is not None
    )


def _views(session: Session, subject: Subject) -> dict[int, list[str]]:
    rows = session.execute(
        select(PhotoView)
        .join(PhotoSubject, PhotoSubject.id == PhotoView.photo_subject_id)
        .where(_within(subject))
        .order_by(PhotoView.photo_subject_id, PhotoView.view)
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.photo_subject_id, []).append(row.view)
    return found


def _within(subject: Subject) -> Any:
    own = PhotoSubject.__table__.c[subject.column] == subject.id
    if subject.table == RequirementSubject.COMPONENT:
        return own
    inside = Component.__table__.c[subject.column] == subject.id
    conditions = [own, PhotoSubject.component_id.in_(select(Component.id).where(inside))]
    if subject.table == RequirementSubject.RECOVERY:
        conditions.append(PhotoSubject.unit_id.in_(select(Unit.id).where(Unit.recovery_id == subject.id)))
    return or_(*conditions)


def count_photos(session: Session) -> int:
    """How many pictures the database knows."""
    count: int = session.execute(select(func.count()).select_from(Photo)).scalar_one()
    return count


def unattached_photos(session: Session, highest: Tlp | None = None) -> PhotoList:
    """The pictures that hang on no record, each with the recoveries of its day as leads, nothing more."""
    hangs = exists().where(PhotoSubject.photo_id == Photo.id, PhotoSubject.withdrawn_at.is_(None))
    everything = session.execute(select(Photo).where(~hangs).order_by(Photo.id)).all()
    allowed = ceiling(highest)
    rows = [row for row in everything if allowed(row.tlp)]
    days = _recovered_on_one_day(session, highest)
    found = PhotoList(photos=len(rows), out_of=count_photos(session))
    found.too_strict = len(everything) - len(rows)
    for row in rows:
        leads = days.get(row.taken_earliest, []) if row.taken_earliest == row.taken_latest else []
        found.rows.append(
            {
                **photo_facts(row),
                "label_read": row.label_read,
                "recovered_that_day": leads,
                "questions": clock_questions(row._asdict()),
            }
        )
    found.handling = Handling.of(row.tlp for row in rows)
    return found


def _recovered_on_one_day(session: Session, highest: Tlp | None) -> dict[Any, list[str]]:
    """References of recoveries by the one day on which they are said to be recovered or captured."""
    statement = (
        select(RecoveryDate.earliest, Recovery.uid)
        .join(Recovery, Recovery.id == RecoveryDate.recovery_id)
        .where(RecoveryDate.kind.in_(FOUND_DATES), RecoveryDate.earliest == RecoveryDate.latest)
        .where(Recovery.withdrawn_at.is_(None))
        .order_by(Recovery.id)
    )
    if (shown := may_show_recovery(highest)) is not None:
        statement = statement.where(shown)
    rows = session.execute(statement)
    found: dict[Any, list[str]] = {}
    for row in rows:
        ref = reference("recovery", row.uid)
        if ref not in found.setdefault(row.earliest, []):
            found[row.earliest].append(ref)
    return found
