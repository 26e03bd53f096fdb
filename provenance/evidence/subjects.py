"""What evidence hangs on: a recovery, a unit or a component."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from provenance.core.errors import NotFound, UsageError
from provenance.core.identity import REFERENCE_LETTERS, reference
from provenance.core.tlp import ceiling, strictest
from provenance.core.vocabulary import RecoveryDateKind, Tlp
from provenance.core.vocabulary.evidence import RequirementSubject
from provenance.evidence.clock import RecoveredOn
from provenance.queries.marked_records import effective_marks
from provenance.queries.record import locate
from provenance.schema.evidence import Photo
from provenance.schema.recoveries import Recovery, RecoveryDate
from provenance.schema.session import Session
from provenance.schema.tables import table
from provenance.text.partial_dates import DateSpan

SUBJECT_TABLES = tuple(RequirementSubject)
FOUND_DATES = (RecoveryDateKind.RECOVERED, RecoveryDateKind.CAPTURED)
"""Dates on which a thing came into examining hands; a picture of it is hardly older."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A record that evidence hangs on: its table and number, how it is called, the recovery it is in.

    ``tlp`` is the strictest of its own mark, its recovery's and those of its sources; no mark is AMBER.
    """

    table: str
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
    def column(self) -> str:
        """The column that points to it in the tables of evidence."""
        return f"{self.table}_id"

    @property
    def name(self) -> str:
        """Title and reference, as an answer names it."""
        return f"{self.title} ({self.ref})"


def subject_named(
    session: Session, text: str, *, kind: str | None = None, highest: Tlp | None = None
) -> Subject:
    """The recovery, unit or component of that reference or source's record key.

    Raises:
        NotFound: there is none of that name, or it is marked more strictly than ``highest``.
        UsageError: it is something on which no evidence hangs, or not of the ``kind`` asked for.
    """
    name, number = locate(session, text)
    if name not in SUBJECT_TABLES or (kind is not None and name != kind):
        wanted = kind or "recovery, unit or component"
        raise UsageError(
            f"{text} is a {name.replace('_', ' ')}, no {wanted}",
            hint="Find the right one: provenance find TEXT, provenance show REF",
        )
    found = subject(session, name, number)
    if not ceiling(highest)(found.tlp):
        raise NotFound(
            f"{found.ref} may not be shown: it is to be handled as TLP:{found.tlp}",
            hint=f"--max-tlp {highest} leaves out what is stricter.",
        )
    return found


def subject(session: Session, name: str, number: int) -> Subject:
    """The subject in that row."""
    return subjects(session, [(name, number)])[name, number]


def subjects(session: Session, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Subject]:
    """Subjects by table and row number."""
    found: dict[tuple[str, int], Subject] = {}
    asked = set(wanted)
    for name in SUBJECT_TABLES:
        numbers = sorted(number for table_name, number in asked if table_name == name)
        record = table(name)
        for start in range(0, len(numbers), 500):
            chunk = numbers[start : start + 500]
            marks = effective_marks(session, name, chunk)
            rows = session.execute(select(record).where(record.c.id.in_(chunk)))
            found.update({(name, row.id): _subject(name, row, strictest(marks[row.id])) for row in rows})
    return found


def _subject(name: str, row: Any, tlp: Tlp) -> Subject:
    if name == "component":
        title = " ".join((row.marking or row.description or "no marking published").split())
    else:
        title = row.label
    recovery_id = row.id if name == "recovery" else row.recovery_id
    return Subject(name, row.id, row.uid, title, recovery_id, tlp)


def subject_of(session: Session, row: Any) -> Subject:
    """The subject that a row of evidence points to."""
    for name in SUBJECT_TABLES:
        if (number := getattr(row, f"{name}_id")) is not None:
            return subject(session, name, number)
    raise AssertionError("evidence hangs on exactly one record")


def recovered_on(session: Session, recovery_id: int) -> RecoveredOn | None:
    """When a recovery was recovered or captured, all statements together; None where nobody says."""
    rows = session.execute(
        select(RecoveryDate.earliest, RecoveryDate.latest).where(
            RecoveryDate.recovery_id == recovery_id, RecoveryDate.kind.in_(FOUND_DATES)
        )
    ).all()
    if not rows:
        return None
    firsts, lasts = [row.earliest for row in rows], [row.latest for row in rows]
    span = DateSpan(min(firsts) if None not in firsts else None, max(lasts) if None not in lasts else None)
    uid = session.execute(select(Recovery.uid).where(Recovery.id == recovery_id)).scalar_one()
    return RecoveredOn(reference("recovery", uid), span)


def photo_named(session: Session, text: str) -> Any:
    """The row of a photo by its reference, or by the beginning (eight digits or more) of its SHA-256.

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
            f"{text} is no photo",
            hint=f"A photo's reference begins with {REFERENCE_LETTERS['photo']}: evidence list REF",
        )
    return session.execute(select(Photo).where(Photo.id == number)).one()
