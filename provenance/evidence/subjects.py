"""What evidence hangs on: a recovery, a unit or a component."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from provenance.errors import NotFound, UsageError
from provenance.evidence.clock import RecoveredOn
from provenance.identity import REFERENCE_LETTERS, reference
from provenance.models.tables import table
from provenance.queries.handling import strictest
from provenance.queries.record import locate
from provenance.text.partial_dates import DateSpan
from provenance.vocab import RecoveryDateKind, Tlp
from provenance.vocab.evidence import RequirementSubject

SUBJECT_TABLES = tuple(RequirementSubject)
FOUND_DATES = (RecoveryDateKind.RECOVERED, RecoveryDateKind.CAPTURED)
"""Dates on which a thing came into examining hands; a picture of it is hardly older."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A record that evidence hangs on: its table and number, how it is called, the recovery it is in.

    ``tlp`` is the stricter of its own mark and its recovery's; no mark counts as AMBER.
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


def subject_named(session: Session, text: str, *, kind: str | None = None) -> Subject:
    """The recovery, unit or component of that reference or source's record key.

    Raises:
        NotFound: there is none of that name.
        UsageError: it is something on which no evidence hangs, or not of the ``kind`` asked for.
    """
    name, number = locate(session, text)
    if name not in SUBJECT_TABLES or (kind is not None and name != kind):
        wanted = kind or "recovery, unit or component"
        raise UsageError(
            f"{text} is a {name.replace('_', ' ')}, no {wanted}",
            hint="Find the right one: provenance find TEXT, provenance show REF",
        )
    return subject(session, name, number)


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
            chosen = record.c.id.in_(numbers[start : start + 500])
            found.update({(name, row.id): _subject(name, row) for row in _with_mark(session, name, chosen)})
    return found


def _with_mark(session: Session, name: str, chosen: ColumnElement[bool]) -> Sequence[Any]:
    """Records with their recovery's mark beside their own."""
    record, recovery = table(name), table("recovery").alias("its_recovery")
    its = record.c.id if name == "recovery" else record.c.recovery_id
    statement = select(record, recovery.c.tlp.label("recovery_tlp"))
    return session.execute(statement.join(recovery, recovery.c.id == its).where(chosen)).all()


def _subject(name: str, row: Any) -> Subject:
    if name == "component":
        title = " ".join((row.marking or row.description or "no marking published").split())
    else:
        title = row.label
    recovery_id = row.id if name == "recovery" else row.recovery_id
    own = getattr(row, "tlp", None) or row.recovery_tlp
    return Subject(name, row.id, row.uid, title, recovery_id, strictest([own, row.recovery_tlp]))


def subject_of(session: Session, row: Any) -> Subject:
    """The subject that a row of evidence points to."""
    for name in SUBJECT_TABLES:
        if (number := getattr(row, f"{name}_id")) is not None:
            return subject(session, name, number)
    raise AssertionError("evidence hangs on exactly one record")


def recovered_on(session: Session, recovery_id: int) -> RecoveredOn | None:
    """When a recovery was recovered or captured, all statements together; None where nobody says."""
    dated, recovery = table("recovery_date"), table("recovery")
    rows = session.execute(
        select(dated.c.earliest, dated.c.latest).where(
            dated.c.recovery_id == recovery_id, dated.c.kind.in_(FOUND_DATES)
        )
    ).all()
    if not rows:
        return None
    firsts, lasts = [row.earliest for row in rows], [row.latest for row in rows]
    span = DateSpan(min(firsts) if None not in firsts else None, max(lasts) if None not in lasts else None)
    uid = session.execute(select(recovery.c.uid).where(recovery.c.id == recovery_id)).scalar_one()
    return RecoveredOn(reference("recovery", uid), span)


def photo_named(session: Session, text: str) -> Any:
    """The row of a photo by its reference, or by the beginning (eight digits or more) of its SHA-256.

    Raises:
        NotFound: there is none, or several begin like that.
    """
    photo = table("photo")
    digits = text.strip().lower()
    if len(digits) >= 8 and set(digits) <= set("0123456789abcdef"):
        rows = session.execute(select(photo).where(photo.c.sha256.startswith(digits)).limit(2)).all()
        if len(rows) == 1:
            return rows[0]
    name, number = locate(session, text)
    if name != "photo":
        raise NotFound(
            f"{text} is no photo",
            hint=f"A photo's reference begins with {REFERENCE_LETTERS['photo']}: evidence list REF",
        )
    return session.execute(select(photo).where(photo.c.id == number)).one()
