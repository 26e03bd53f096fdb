"""Subjects of evidence: the recovery, unit or component that a photo shows or that changes hands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from provenance.core.errors import NotFound, UsageError
from provenance.core.identity import REFERENCE_LETTERS, reference
from provenance.core.tlp import UNMARKED, ceiling, stricter_than, strictest
from provenance.core.vocabulary import RecoveryDateKind, Tlp
from provenance.core.vocabulary.evidence import RequirementSubject
from provenance.domain.amendments.standing import refuse_withdrawn
from provenance.domain.record_kinds import RecordKind
from provenance.evidence.clock import RecoveredOn
from provenance.queries.marked_records import effective_marks
from provenance.queries.record import locate
from provenance.schema.evidence import CustodyEvent, Photo, PhotoSubject
from provenance.schema.recoveries import Component, Recovery, RecoveryDate, Unit
from provenance.schema.row_values import value_in
from provenance.schema.session import Session
from provenance.text.partial_dates import DateSpan

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute

    SubjectColumns = Mapping[RequirementSubject, InstrumentedAttribute[int | None]]

SUBJECT_TABLES: Mapping[RequirementSubject, type[Recovery] | type[Unit] | type[Component]] = {
    RequirementSubject.RECOVERY: Recovery,
    RequirementSubject.UNIT: Unit,
    RequirementSubject.COMPONENT: Component,
}
PHOTO_SUBJECTS: SubjectColumns = {
    RequirementSubject.RECOVERY: PhotoSubject.recovery_id,
    RequirementSubject.UNIT: PhotoSubject.unit_id,
    RequirementSubject.COMPONENT: PhotoSubject.component_id,
}
"""The column of `PhotoSubject` that refers to a subject of each kind."""

CUSTODY_SUBJECTS: SubjectColumns = {
    RequirementSubject.RECOVERY: CustodyEvent.recovery_id,
    RequirementSubject.UNIT: CustodyEvent.unit_id,
    RequirementSubject.COMPONENT: CustodyEvent.component_id,
}
"""The column of `CustodyEvent` that refers to a subject of each kind."""

FOUND_DATES = (RecoveryDateKind.RECOVERED, RecoveryDateKind.CAPTURED)
"""Dates on which an item reached its examiners; a photo of it is hardly older."""

_MOST_NUMBERS = 500
"""Row numbers in one statement, well below what every SQLite takes (999)."""

SubjectKey = tuple[RequirementSubject, int]


@dataclass(frozen=True, slots=True)
class Subject:
    """A record that evidence is attached to: its kind and row number, its title, the recovery it is in.

    ``tlp`` is the strictest of its own mark, its recovery's and those of its sources; no mark is AMBER.
    """

    table: RequirementSubject
    id: int
    uid: str
    title: str
    recovery_id: int
    tlp: Tlp

    @property
    def ref(self) -> str:
        """The spoken reference."""
        return reference(self.table, self.uid)

    @property
    def name(self) -> str:
        """Title and reference."""
        return f"{self.title} ({self.ref})"


def subject_named(
    session: Session, text: str, *, kind: RequirementSubject | None = None, highest: Tlp | None = None
) -> Subject:
    """The recovery, unit or component of that reference or source's record key.

    Raises:
        NotFound: there is none, or it is marked more strictly than ``highest``.
        UsageError: it is another kind of record, or not of the ``kind`` asked for.
    """
    name, number = locate(session, text)
    if name not in SUBJECT_TABLES or (kind is not None and name != kind):
        wanted = kind or "recovery, unit or component"
        raise UsageError(
            f"{text} is a {name.replace('_', ' ')}, not a {wanted}",
            hint="To find the right one: provenance find TEXT, provenance show REF",
        )
    found = subject(session, RequirementSubject(name), number)
    if not ceiling(highest)(found.tlp):
        raise NotFound(
            f"{found.ref} may not be shown: it is TLP:{found.tlp or UNMARKED}, {stricter_than(highest)}"
        )
    return found


def standing_subject(
    session: Session, text: str, *, kind: RequirementSubject | None = None, highest: Tlp | None = None
) -> Subject:
    """`subject_named` for something new about it: a photo, a handover, a label.

    Raises:
        NotFound: there is none, or it is marked more strictly than ``highest``.
        UsageError: it is another kind of record, or not of the ``kind`` asked for.
        BadInput: it is withdrawn, or in something that is.
    """
    found = subject_named(session, text, kind=kind, highest=highest)
    refuse_withdrawn(session, RecordKind(found.table.value), found.id)
    return found


def subject(session: Session, kind: RequirementSubject, number: int) -> Subject:
    """The subject in that row."""
    return subjects(session, [(kind, number)])[kind, number]


def subjects(session: Session, wanted: Iterable[SubjectKey]) -> dict[SubjectKey, Subject]:
    """Subjects by kind and row number."""
    found: dict[SubjectKey, Subject] = {}
    asked = set(wanted)
    for kind, record in SUBJECT_TABLES.items():
        numbers = sorted(number for of_kind, number in asked if of_kind == kind)
        for start in range(0, len(numbers), _MOST_NUMBERS):
            chunk = numbers[start : start + _MOST_NUMBERS]
            marks = effective_marks(session, kind.value, chunk)
            for row in session.execute(select(record).where(record.id.in_(chunk))):
                found[kind, row.id] = _subject(kind, row, strictest(marks[row.id]))
    return found


def _subject(kind: RequirementSubject, row: Any, tlp: Tlp) -> Subject:
    if kind is RequirementSubject.COMPONENT:
        title = " ".join((row.marking or row.description or "no marking published").split())
    else:
        title = row.label
    recovery_id = row.id if kind is RequirementSubject.RECOVERY else row.recovery_id
    return Subject(kind, row.id, row.uid, title, recovery_id, tlp)


def subject_key(row: Any, columns: SubjectColumns) -> SubjectKey:
    """Kind and row number of what a row of evidence refers to, by the table's columns for subjects."""
    for kind, column in columns.items():
        if (number := value_in(row, column)) is not None:
            return kind, number
    raise AssertionError("evidence refers to exactly one record")


def subject_of(session: Session, row: Any, columns: SubjectColumns) -> Subject:
    """The subject that a row of evidence refers to."""
    return subject(session, *subject_key(row, columns))


def recovered_on(session: Session, recovery_id: int) -> RecoveredOn | None:
    """When a recovery was recovered or captured, by all statements together; None where none says."""
    rows = session.execute(
        select(RecoveryDate.earliest, RecoveryDate.latest).where(
            RecoveryDate.recovery_id == recovery_id, RecoveryDate.kind.in_(FOUND_DATES)
        )
    ).all()
    if not rows:
        return None
    firsts, lasts = [row.earliest for row in rows], [row.latest for row in rows]
    known_firsts = [first for first in firsts if first is not None]
    known_lasts = [last for last in lasts if last is not None]
    span = DateSpan(
        min(known_firsts) if len(known_firsts) == len(firsts) else None,
        max(known_lasts) if len(known_lasts) == len(lasts) else None,
    )
    uid = session.execute(select(Recovery.uid).where(Recovery.id == recovery_id)).scalar_one()
    return RecoveredOn(reference("recovery", uid), span)


def photo_named(session: Session, text: str) -> Any:
    """The row of a photo by its reference, or by the first eight or more digits of its SHA-256.

    Raises:
        NotFound: there is none, or several begin like that.
    """
    digits = text.strip().lower()
    if len(digits) >= 8 and set(digits) <= set("0123456789abcdef"):
        rows = session.execute(select(Photo).where(Photo.sha256.startswith(digits)).limit(2)).all()
        if len(rows) == 1:
            return rows[0]
    name, number = locate(session, text)
    if name != "photo":
        raise NotFound(
            f"{text} is not a photo",
            hint=f"Its reference begins with {REFERENCE_LETTERS['photo']}: provenance evidence list REF",
        )
    return session.execute(select(Photo).where(Photo.id == number)).one()
