"""Rows of a template that were logged before: as they were, amended since, withdrawn, or changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.domain.amendments.log import amended_fields, amendments_of, withdrawal_words
from provenance.domain.amendments.standing import withdrawal_of
from provenance.domain.audit import seal
from provenance.domain.record_kinds import RecordKind, id_column, uid_column
from provenance.schema.audit import AuditEntry
from provenance.schema.session import Session

_EMPTY = "(empty)"


@dataclass(frozen=True, slots=True)
class LoggedRow:
    """A row that is on record: ``changes`` are the cells that say something new, blank where one is emptied.

    ``notes`` say in what the record stands otherwise than the row has it, because it was amended or
    withdrawn.
    """

    record: RecordKind
    number: int
    uid: str
    changes: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """The reference of the record."""
        return reference(self.record, self.uid)


def logged_row(session: Session, record: RecordKind, uid: str, cells: Mapping[str, str]) -> LoggedRow | None:
    """What a row says of the record that it was logged as; None where it was not logged.

    A cell that is as it was when it was logged says nothing new: an amendment of it stands.
    """
    number = session.execute(select(id_column(record)).where(uid_column(record) == uid)).scalar()
    if number is None:
        return None
    logged = _as_logged(session, uid)
    if logged is None:
        return LoggedRow(record, number, uid)
    now = dict(logged)
    for each in amendments_of(session, uid):
        now |= {name: text.strip() for name, text in each.typed.items()}
    ref = reference(record, uid)
    changes, notes = {}, []
    for name in dict.fromkeys((*logged, *cells)):
        was, is_now, says = logged.get(name, ""), now.get(name, ""), cells.get(name, "")
        if says not in (was, is_now):
            changes[name] = says
        elif says != is_now:
            notes.append(f"{ref}, {name}: {says or _EMPTY} here, amended to {is_now or _EMPTY}, which stands")
    return LoggedRow(record, number, uid, changes, (*notes, *_withdrawn(session, record, number)))


def standing_notes(session: Session, record: RecordKind, number: int) -> tuple[str, ...]:
    """Says of a record that comes in again that it was amended or withdrawn since it was logged."""
    uid = session.execute(select(uid_column(record)).where(id_column(record) == number)).scalar_one()
    amended = amended_fields(amendments_of(session, uid))
    notes = [f"{reference(record, uid)} was amended since: {', '.join(amended)}"] if amended else []
    return (*notes, *_withdrawn(session, record, number))


def _as_logged(session: Session, uid: str) -> dict[str, str] | None:
    """The cells of the entry that a record was logged with."""
    seal(session)
    text = session.execute(
        select(AuditEntry.after)
        .where(AuditEntry.record_uid == uid, AuditEntry.action.startswith("log "))
        .order_by(AuditEntry.id)
        .limit(1)
    ).scalar()
    entry: dict[str, str] | None = json.loads(text).get("entry") if text else None
    return None if entry is None else {name: cell.strip() for name, cell in entry.items()}


def _withdrawn(session: Session, record: RecordKind, number: int) -> list[str]:
    found = withdrawal_of(session, record, number)
    if found is None:
        return []
    words = withdrawal_words(session, found.uid)
    return [
        f"{found.ref} was withdrawn {words}".rstrip()
        + f"; it is not counted. If it counts after all: provenance restore {found.ref}"
    ]
