"""What is in a recovery or unit: its units and components, line by line, with what is missing of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from provenance.core.identity import reference
from provenance.core.vocabulary import RecoveryDateKind, StatementStatus
from provenance.core.vocabulary.evidence import EvidenceKind, View
from provenance.domain.record_kinds import RecordKind
from provenance.queries.records.common import Members, span
from provenance.schema.assessments import RecoveryPosition
from provenance.schema.chunks import chunks
from provenance.schema.evidence import CustodyEvent, Photo, PhotoSubject, PhotoView
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import (
    Component,
    Identification,
    MakerAttribution,
    Recovery,
    RecoveryDate,
    RecoverySerial,
    Unit,
)
from provenance.schema.reference import Part, UnitType
from provenance.schema.session import Session

_IS_PHOTO = Photo.evidence_kind == EvidenceKind.PHOTO
_FOUND = (RecoveryDateKind.RECOVERED, RecoveryDateKind.CAPTURED)


@dataclass(frozen=True, slots=True)
class ComponentLine:
    """A component in a recovery or unit; ``marking`` is its description where no marking is published.

    ``maker`` and ``part`` are what stands, else what is tentative (``maker_tentative``, ``part_tentative``).
    ``made`` is partial ISO text, ``photos``, ``documents`` (other files of evidence) and ``custody`` count
    what is about this very item, ``missing`` is what its documentation lacks.
    """

    ref: str
    marking: str | None
    unit: str | None
    maker: str | None
    maker_tentative: bool
    part: str | None
    part_tentative: bool
    made: str | None
    date_code: str | None
    lot: str | None
    component_serial: str | None
    pieces: int | None
    photos: int
    documents: int
    custody: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in a recovery; ``components`` are those on it that stand."""

    ref: str
    label: str
    unit_type: str | None
    serial: str | None
    components: int
    photos: int
    custody: int


_Stated = Mapping[int, tuple[str, bool]]


def component_lines(session: Session, inside: Any) -> tuple[tuple[ComponentLine, ...], Members]:
    """The components in a recovery or unit without the withdrawn ones, unit by unit."""
    rows = session.execute(
        select(Component, Unit.label.label("unit"))
        .outerjoin(Unit, Unit.id == Component.unit_id)
        .where(inside, Component.withdrawn_at.is_(None))
        .order_by(Unit.id.is_(None), Unit.id, Component.id)
    ).all()
    numbers = [row.id for row in rows]
    makers, parts = _makers(session, numbers), _parts(session, numbers)
    photos = _files(session, PhotoSubject.component_id, numbers, _IS_PHOTO)
    documents = _files(session, PhotoSubject.component_id, numbers, ~_IS_PHOTO)
    custody = _handovers(session, CustodyEvent.component_id, numbers)
    marked = _marking_photos(session, numbers)
    lines = []
    for row in rows:
        maker, part = makers.get(row.id, (None, False)), parts.get(row.id, (None, False))
        shown = photos.get(row.id, 0)
        lines.append(
            ComponentLine(
                ref=reference(RecordKind.COMPONENT, row.uid),
                marking=row.marking or row.description,
                unit=row.unit,
                maker=maker[0],
                maker_tentative=maker[1],
                part=part[0],
                part_tentative=part[1],
                made=span(row.made_earliest, row.made_latest),
                date_code=row.date_code,
                lot=row.lot,
                component_serial=row.component_serial,
                pieces=row.pieces,
                photos=shown,
                documents=documents.get(row.id, 0),
                custody=custody.get(row.id, 0),
                missing=_missing_of_component(row, shown, row.id in marked),
            )
        )
    return tuple(lines), Members(RecordKind.COMPONENT, numbers)


def _missing_of_component(row: Any, photos: int, marking_photo: bool) -> tuple[str, ...]:
    lacks = (
        ("photo", not photos),
        ("photo of the marking", bool(photos) and not marking_photo),
        ("state of the marking", row.marking_state is None and not row.marking),
        ("unit", row.unit_id is None),
        ("pieces", row.pieces is None),
    )
    return tuple(what for what, is_missing in lacks if is_missing)


def missing_of_recovery(session: Session, number: int) -> tuple[str, ...]:
    """What the documentation of a recovery lacks: date, place, position, number, photo, custody."""
    row = session.execute(select(Recovery).where(Recovery.id == number)).one()
    dates = select(RecoveryDate.id).where(RecoveryDate.recovery_id == number, RecoveryDate.kind.in_(_FOUND))
    position = select(RecoveryPosition.id).where(
        RecoveryPosition.recovery_id == number, RecoveryPosition.superseded_by.is_(None)
    )
    serial = select(RecoverySerial.id).where(RecoverySerial.recovery_id == number)
    photo = (
        select(PhotoSubject.id)
        .join(Photo, Photo.id == PhotoSubject.photo_id)
        .where(PhotoSubject.recovery_id == number, PhotoSubject.withdrawn_at.is_(None), _IS_PHOTO)
    )
    custody = select(CustodyEvent.id).where(
        CustodyEvent.recovery_id == number, CustodyEvent.superseded_by.is_(None)
    )
    lacks = (
        ("date of recovery", dates),
        ("position", position),
        ("number", serial),
        ("photo", photo),
        ("custody", custody),
    )
    found = [what for what, there in lacks if session.execute(there.limit(1)).first() is None]
    return (*(["place"] if row.place is None else []), *found)


def unit_lines(session: Session, recovery_id: int) -> tuple[tuple[UnitLine, ...], Members]:
    """The units in a recovery without the withdrawn ones, those without components too."""
    rows = session.execute(
        select(Unit, UnitType.designation)
        .outerjoin(UnitType, UnitType.id == Unit.unit_type_id)
        .where(Unit.recovery_id == recovery_id, Unit.withdrawn_at.is_(None))
        .order_by(Unit.id)
    ).all()
    numbers = [row.id for row in rows]
    standing = (Component.unit_id.in_(numbers), Component.withdrawn_at.is_(None))
    counted = session.execute(
        select(Component.unit_id, func.count()).where(*standing).group_by(Component.unit_id)
    )
    components = {row[0]: row[1] for row in counted}
    photos = _files(session, PhotoSubject.unit_id, numbers, _IS_PHOTO)
    custody = _handovers(session, CustodyEvent.unit_id, numbers)
    lines = tuple(
        UnitLine(
            ref=reference(RecordKind.UNIT, row.uid),
            label=row.label,
            unit_type=row.designation,
            serial=row.serial,
            components=components.get(row.id, 0),
            photos=photos.get(row.id, 0),
            custody=custody.get(row.id, 0),
        )
        for row in rows
    )
    return lines, Members(RecordKind.UNIT, numbers)


def _makers(session: Session, numbers: Sequence[int]) -> _Stated:
    noun = MakerAttribution
    statement = (
        select(noun.component_id, Organization.label, noun.status)
        .join(Organization, Organization.id == noun.organization_id)
        .where(noun.superseded_by.is_(None))
        .order_by(noun.status != StatementStatus.TENTATIVE, noun.id)
    )
    return _stated(session, statement, noun.component_id, numbers)


def _parts(session: Session, numbers: Sequence[int]) -> _Stated:
    noun = Identification
    statement = (
        select(noun.component_id, Part.mpn, noun.status)
        .join(Part, Part.id == noun.part_id)
        .where(noun.superseded_by.is_(None))
        .order_by(noun.status != StatementStatus.TENTATIVE, noun.id)
    )
    return _stated(session, statement, noun.component_id, numbers)


def _stated(session: Session, statement: Any, key: Any, numbers: Sequence[int]) -> _Stated:
    """The name that each component has by a statement, and whether it is tentative; the last one stands."""
    found: dict[int, tuple[str, bool]] = {}
    for some in chunks(numbers):
        for number, name, status in session.execute(statement.where(key.in_(some))):
            found[number] = (name, status == StatementStatus.TENTATIVE)
    return found


def _files(session: Session, key: Any, numbers: Sequence[int], of_kind: Any) -> dict[int, int]:
    statement = (
        select(key, func.count(PhotoSubject.photo_id.distinct()))
        .join(Photo, Photo.id == PhotoSubject.photo_id)
        .where(PhotoSubject.withdrawn_at.is_(None), of_kind)
    )
    return _counted(session, statement, key, numbers)


def _handovers(session: Session, key: Any, numbers: Sequence[int]) -> dict[int, int]:
    statement = select(key, func.count()).where(CustodyEvent.superseded_by.is_(None))
    return _counted(session, statement, key, numbers)


def _counted(session: Session, statement: Any, key: Any, numbers: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for some in chunks(numbers):
        rows: Iterable[Any] = session.execute(statement.where(key.in_(some)).group_by(key))
        found.update({row[0]: row[1] for row in rows})
    return found


def _marking_photos(session: Session, numbers: Sequence[int]) -> set[int]:
    """The components of which a photo shows the marking."""
    found: set[int] = set()
    for some in chunks(numbers):
        rows = session.execute(
            select(PhotoSubject.component_id)
            .join(PhotoView, PhotoView.photo_subject_id == PhotoSubject.id)
            .join(Photo, Photo.id == PhotoSubject.photo_id)
            .where(
                PhotoSubject.component_id.in_(some),
                PhotoSubject.withdrawn_at.is_(None),
                PhotoView.view == View.MARKING,
                _IS_PHOTO,
            )
        )
        found.update(number for number in rows.scalars() if number is not None)
    return found
