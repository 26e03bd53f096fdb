"""Checklists: what the documentation of a kind of record must show, and what is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import Select, and_, or_, select

from provenance.core.identity import reference
from provenance.core.tlp import Handling, ceiling
from provenance.core.vocabulary import SerialKind, Tlp
from provenance.core.vocabulary.evidence import Need, RecordFact, RequirementSubject, View
from provenance.evidence.subjects import CUSTODY_SUBJECTS, FOUND_DATES, PHOTO_SUBJECTS, Subject
from provenance.schema.evidence import CustodyEvent, EvidenceRequirement, Photo, PhotoSubject, PhotoView
from provenance.schema.recoveries import Component, Recovery, RecoveryDate, RecoverySerial, Unit
from provenance.schema.session import Session
from provenance.schema.sources import Source

_AIRFRAME = (SerialKind.SERIAL, SerialKind.TAIL, SerialKind.CHASSIS)
_VIEWS = frozenset(View)
_Fact = Callable[[Session, Subject], list[str]]
_OF_THE_HOST = (View.UNIT, View.HOST_BOARD, View.IN_PLACE)


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """One requirement: what it asks for, how strongly, whether it is met and by what.

    ``source`` is where the requirement comes from, ``verification`` how far that was checked.
    """

    asks: str
    item: str
    need: Need
    met: bool
    by: tuple[str, ...]
    source: str
    verification: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Checklist:
    """The requirements of one record; ``category`` is None where only the general list could be applied.

    ``left_out`` says how many photos and custody entries were left out because of their mark.
    """

    subject: Subject
    category: str | None
    category_has_its_own: bool
    items: tuple[CheckedItem, ...]
    photos: int
    photos_without_view: int
    handling: Handling | None
    left_out: Mapping[str, int]

    @property
    def missing(self) -> int:
        """How many required items are missing."""
        return sum(item.need is Need.REQUIRED and not item.met for item in self.items)


@dataclass(slots=True)
class _Clearance:
    """Which records may be shown, the marks of those that were, and how many were left out."""

    may_show: Callable[[str | None], bool]
    marks: list[str | None]
    left_out: Counter[str] = field(default_factory=Counter)

    def kept(self, kind: str, rows: Iterable[Any]) -> list[Any]:
        """The rows, one per record, that may be shown."""
        found = list(rows)
        allowed = [row for row in found if self.may_show(row.tlp)]
        self.marks += [row.tlp for row in allowed]
        self.left_out[kind] += len(found) - len(allowed)
        return allowed


def fetch_checklist(session: Session, subject: Subject, highest: Tlp | None = None) -> Checklist:
    """What is required for this kind of record, and what is there that is marked at most ``highest``."""
    clearance = _Clearance(ceiling(highest), [subject.tlp])
    facts: dict[RecordFact, _Fact] = {**_FACTS, RecordFact.CUSTODY: partial(_custody, clearance)}
    category = _category(session, subject)
    rows = _requirements(session, subject.table, category)
    shown, photos, without_view = _shown(session, subject, clearance)
    items = []
    for row in rows:
        is_view = row.item in _VIEWS
        by = shown.get(row.item, ()) if is_view else facts[RecordFact(row.item)](session, subject)
        items.append(
            CheckedItem(
                asks=row.wording,
                item=row.item,
                need=Need(row.need),
                met=bool(by),
                by=tuple(by),
                source=row.source,
                verification=row.verification,
                note=row.note,
            )
        )
    special = any(row.category is not None for row in rows)
    handling, left_out = Handling.of(clearance.marks), +clearance.left_out
    return Checklist(subject, category, special, tuple(items), photos, without_view, handling, left_out)


def _category(session: Session, subject: Subject) -> str | None:
    if subject.table is not RequirementSubject.COMPONENT:
        return None
    found: str | None = session.execute(
        select(Component.category).where(Component.id == subject.id)
    ).scalar_one()
    return found


def _requirements(session: Session, kind: str, category: str | None) -> list[Any]:
    """The general list and that of the category; where both ask for an item, the stronger requirement."""
    rows = session.execute(
        select(EvidenceRequirement, Source.publisher, Source.key.label("source"))
        .join(Source, Source.id == EvidenceRequirement.source_id)
        .where(
            EvidenceRequirement.subject == kind,
            or_(EvidenceRequirement.category.is_(None), EvidenceRequirement.category == category),
        )
        .order_by(EvidenceRequirement.place)
    ).all()
    kept: dict[str, Any] = {}
    for row in rows:
        known = kept.get(row.item)
        if known is None or (known.need != Need.REQUIRED and row.need == Need.REQUIRED):
            kept[row.item] = row
    return sorted(kept.values(), key=lambda row: (row.need != Need.REQUIRED, row.place))


def _shown(
    session: Session, subject: Subject, clearance: _Clearance
) -> tuple[dict[str, list[str]], int, int]:
    """References of photos by view; how many photos there are, and how many have no view."""
    attachments = session.execute(
        select(Photo.uid, Photo.tlp, PhotoView.view, PhotoSubject.unit_id)
        .join(PhotoSubject, PhotoSubject.photo_id == Photo.id)
        .outerjoin(PhotoView, PhotoView.photo_subject_id == PhotoSubject.id)
        .where(PhotoSubject.withdrawn_at.is_(None), _about(session, subject))
        .order_by(Photo.id, PhotoView.view)
    ).all()
    photos = {row.uid: row for row in attachments}
    kept = {row.uid for row in clearance.kept("photos", photos.values())}
    rows = [row for row in attachments if row.uid in kept]
    shown: dict[str, list[str]] = {}
    own: dict[str, bool] = {}
    for row in rows:
        ref = reference("photo", row.uid)
        of_host = row.unit_id is not None and subject.table is RequirementSubject.COMPONENT
        if of_host:
            views = {View.UNIT, *({row.view} & set(_OF_THE_HOST))}
        else:
            views = {row.view} - {None}
            own[ref] = own.get(ref, False) or row.view is not None
        for name in sorted(views):
            if ref not in shown.setdefault(name, []):
                shown[name].append(ref)
    return shown, len(own), sum(not has_view for has_view in own.values())


def _about(session: Session, subject: Subject) -> Any:
    """The attachments of a subject; for a component also those of its unit."""
    own = PHOTO_SUBJECTS[subject.table] == subject.id
    if subject.table is not RequirementSubject.COMPONENT:
        return own
    unit = select(Component.unit_id).where(Component.id == subject.id).scalar_subquery()
    return or_(own, and_(PhotoSubject.unit_id.is_not(None), PhotoSubject.unit_id == unit))


def _texts(session: Session, statement: Select[Any]) -> list[str]:
    """The known values of one column, as text."""
    return [str(value) for value in session.execute(statement).scalars() if value not in (None, "")]


def _recovery_dates(session: Session, subject: Subject) -> list[str]:
    of_it = RecoveryDate.recovery_id == subject.recovery_id
    statement = select(RecoveryDate.as_written).where(of_it, RecoveryDate.kind.in_(FOUND_DATES))
    return _texts(session, statement.order_by(RecoveryDate.id))


def _place(session: Session, subject: Subject) -> list[str]:
    return _texts(session, select(Recovery.place).where(Recovery.id == subject.recovery_id))


def _airframe_serials(session: Session, subject: Subject) -> list[str]:
    of_it = RecoverySerial.recovery_id == subject.recovery_id
    statement = select(RecoverySerial.value).where(of_it, RecoverySerial.kind.in_(_AIRFRAME))
    return _texts(session, statement.order_by(RecoverySerial.id))


def _host_unit(session: Session, subject: Subject) -> list[str]:
    statement = select(Unit.label).join(Component, Component.unit_id == Unit.id)
    return _texts(session, statement.where(Component.id == subject.id))


def _marking_state(session: Session, subject: Subject) -> list[str]:
    return _texts(session, select(Component.marking_state).where(Component.id == subject.id))


def _custody(clearance: _Clearance, session: Session, subject: Subject) -> list[str]:
    about = CUSTODY_SUBJECTS[subject.table] == subject.id
    entries = session.execute(
        select(CustodyEvent.tlp).where(
            CustodyEvent.superseded_by.is_(None), or_(about, CustodyEvent.recovery_id == subject.recovery_id)
        )
    )
    count = len(clearance.kept("custody_entries", entries))
    return [f"{count} {'entry' if count == 1 else 'entries'}"] if count else []


_FACTS: dict[RecordFact, _Fact] = {
    RecordFact.RECOVERY_DATE: _recovery_dates,
    RecordFact.PLACE: _place,
    RecordFact.AIRFRAME_SERIAL: _airframe_serials,
    RecordFact.HOST_UNIT: _host_unit,
    RecordFact.MARKING_STATE: _marking_state,
}
