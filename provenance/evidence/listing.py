"""Lists of photos: those of one record, and those that are not attached to any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import exists, func, or_, select

from provenance.core.identity import reference
from provenance.core.tlp import Handling, ceiling
from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.evidence import RequirementSubject
from provenance.evidence.clock import RecoveredOn, clock_questions
from provenance.evidence.photo_facts import PhotoFacts, photo_facts
from provenance.evidence.subjects import (
    FOUND_DATES,
    PHOTO_SUBJECTS,
    Subject,
    recovered_on,
    subject_key,
    subjects,
)
from provenance.queries.marked import may_show_recovery
from provenance.schema.evidence import Photo, PhotoSubject, PhotoView
from provenance.schema.recoveries import Component, Recovery, RecoveryDate, Unit
from provenance.schema.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedPhoto(PhotoFacts):
    """A photo that is attached to a record: which record, which views it shows, on what basis, and why."""

    shows: str
    shows_title: str
    views: tuple[str, ...]
    basis: str
    reason: str
    attached_by: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnattachedPhoto(PhotoFacts):
    """A photo that is not attached, with the recoveries of its day as leads."""

    label_read: str | None
    recovered_that_day: tuple[str, ...]
    questions: tuple[str, ...]


ListedPhoto = TypeVar("ListedPhoto", AttachedPhoto, UnattachedPhoto)


@dataclass(slots=True)
class PhotoList(Generic[ListedPhoto]):
    """Photos, one row each, and the figures of the list as a whole.

    ``too_strict`` photos were left out because of their mark. ``handling`` is None where there is no row.
    """

    rows: list[ListedPhoto] = field(default_factory=list)
    photos: int = 0
    out_of: int = 0
    withdrawn: int = 0
    too_strict: int = 0
    handling: Handling | None = None


def photos_of(session: Session, subject: Subject, highest: Tlp | None = None) -> PhotoList[AttachedPhoto]:
    """The photos of a record; for a recovery or unit also those of everything in it."""
    statements = session.execute(
        select(PhotoSubject).where(_within(subject)).order_by(PhotoSubject.photo_id, PhotoSubject.id)
    ).all()
    numbers = select(PhotoSubject.photo_id).where(_within(subject))
    photos = {row.id: row for row in session.execute(select(Photo).where(Photo.id.in_(numbers)))}
    everything = [row for row in statements if row.withdrawn_at is None]
    allowed = ceiling(highest)
    everywhere = subjects(session, [subject_key(row, PHOTO_SUBJECTS) for row in everything])
    # A photo with a mild mark would name a component with a strict one.
    shown = {key: each for key, each in everywhere.items() if allowed(each.tlp)}
    kept = [
        row
        for row in everything
        if subject_key(row, PHOTO_SUBJECTS) in shown and allowed(photos[row.photo_id].tlp)
    ]
    views = _views(session, subject)
    recovered = {each.recovery_id: recovered_on(session, each.recovery_id) for each in shown.values()}
    found: PhotoList[AttachedPhoto] = PhotoList(withdrawn=len(statements) - len(everything))
    found.too_strict = len({row.photo_id for row in everything} - {row.photo_id for row in kept})
    for row in kept:
        target = shown[subject_key(row, PHOTO_SUBJECTS)]
        seen = views.get(row.id, ())
        found.rows.append(_attached(row, photos[row.photo_id], target, seen, recovered[target.recovery_id]))
    marks = {row.sha256: row.tlp for row in found.rows}
    found.photos, found.out_of = len(marks), count_photos(session)
    named = {subject_key(row, PHOTO_SUBJECTS) for row in kept}
    found.handling = Handling.of([*marks.values(), *(shown[key].tlp for key in sorted(named))])
    return found


def _attached(
    row: Any, photo: Any, target: Subject, views: Sequence[str], recovered: RecoveredOn | None
) -> AttachedPhoto:
    return AttachedPhoto(
        **photo_facts(photo),
        shows=target.ref,
        shows_title=target.title,
        views=tuple(views),
        basis=row.attachment_basis,
        reason=row.reason,
        attached_by=row.attached_by,
        questions=tuple(clock_questions(photo, [recovered] if recovered else [])),
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
    own = PHOTO_SUBJECTS[subject.table] == subject.id
    if subject.table is RequirementSubject.COMPONENT:
        return own
    if subject.table is RequirementSubject.UNIT:
        inside = select(Component.id).where(Component.unit_id == subject.id)
        return or_(own, PhotoSubject.component_id.in_(inside))
    components = select(Component.id).where(Component.recovery_id == subject.id)
    units = select(Unit.id).where(Unit.recovery_id == subject.id)
    return or_(own, PhotoSubject.component_id.in_(components), PhotoSubject.unit_id.in_(units))


def count_photos(session: Session) -> int:
    """How many photos the database has."""
    count: int = session.execute(select(func.count()).select_from(Photo)).scalar_one()
    return count


def unattached_photos(session: Session, highest: Tlp | None = None) -> PhotoList[UnattachedPhoto]:
    """The photos that are not attached, each with the recoveries of its day as leads, nothing more."""
    attached = exists().where(PhotoSubject.photo_id == Photo.id, PhotoSubject.withdrawn_at.is_(None))
    everything = session.execute(select(Photo).where(~attached).order_by(Photo.id)).all()
    allowed = ceiling(highest)
    rows = [row for row in everything if allowed(row.tlp)]
    days = _recovered_on_one_day(session, highest)
    found: PhotoList[UnattachedPhoto] = PhotoList(photos=len(rows), out_of=count_photos(session))
    found.too_strict = len(everything) - len(rows)
    for row in rows:
        leads = days.get(row.taken_earliest, []) if row.taken_earliest == row.taken_latest else []
        found.rows.append(
            UnattachedPhoto(
                **photo_facts(row),
                label_read=row.label_read,
                recovered_that_day=tuple(leads),
                questions=tuple(clock_questions(row)),
            )
        )
    found.handling = Handling.of(row.tlp for row in rows)
    return found


def _recovered_on_one_day(session: Session, highest: Tlp | None) -> dict[Any, list[str]]:
    """References of recoveries by the single day on which they were recovered or captured."""
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
