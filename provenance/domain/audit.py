"""Adds links to this installation's chain, in the transaction of what they record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import SessionTransaction

from provenance.domain.record_kinds import RecordKind
from provenance.schema.audit import AuditEntry, Installation
from provenance.schema.base import TableModel
from provenance.schema.row_values import select_rows, table_name
from provenance.schema.rows import insert_row
from provenance.schema.session import Session, hold

GENESIS = "0" * 64
"""The previous hash of the first entry of a chain."""


@dataclass(slots=True)
class Entry:
    """One entry of the chain; `provenance.schema.audit.AuditEntry` describes its fields."""

    installation_uid: str
    sequence: int
    actor: str
    at: datetime
    action: str
    record_table: str
    record_uid: str
    before: str | None
    after: str | None
    previous_hash: str
    hash: str
    id: int | None = None


def installation_uid(session: Session) -> str:
    """The identity of this database."""
    uid: str = session.execute(select(Installation.uid)).scalar_one()
    return uid


def entry_hash(entry: Entry) -> str:
    """SHA-256 over the entry's fields as canonical JSON, the hash of the entry before among them."""
    fields = [
        entry.installation_uid,
        entry.sequence,
        entry.actor,
        entry.at.astimezone(UTC).isoformat(),
        entry.action,
        entry.record_table,
        entry.record_uid,
        entry.before,
        entry.after,
        entry.previous_hash,
    ]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def seal(session: Session) -> None:
    """Seals what was noted so far, for a reader of the chain before the transaction ends."""
    session.at_end(_Chain)()


def last_hash(session: Session) -> str:
    """The hash of the entry that was written last; every write changes it."""
    seal(session)
    newest = select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)
    return session.execute(newest).scalar() or GENESIS


def entries(session: Session) -> list[Entry]:
    """Every entry that is stored, in the order in which this database wrote or received them."""
    seal(session)
    rows = session.execute(select_rows(AuditEntry).order_by(AuditEntry.id))
    return list(map(_entry, rows))


def _entry(row: Any) -> Entry:
    return Entry(
        installation_uid=row.installation_uid,
        sequence=row.sequence,
        actor=row.actor,
        at=row.at,
        action=row.action,
        record_table=row.record_table,
        record_uid=row.record_uid,
        before=row.before,
        after=row.after,
        previous_hash=row.previous_hash,
        hash=row.hash,
        id=row.id,
    )


def chain_faults(session: Session) -> list[str]:
    """Where a chain is broken: an entry that was changed, is missing, or does not follow the one before."""
    ends: dict[str, tuple[int, str]] = {}
    faults = []
    ordered = select_rows(AuditEntry).order_by(AuditEntry.installation_uid, AuditEntry.sequence)
    for row in session.execute(ordered):
        entry = _entry(row)
        sequence, before = ends.get(entry.installation_uid, (0, GENESIS))
        name = f"entry {entry.sequence} of installation {entry.installation_uid}"
        if entry.sequence != sequence + 1:
            faults.append(f"{name} does not follow entry {sequence}")
        elif entry.previous_hash != before:
            faults.append(f"{name} does not contain the hash of the entry before it")
        if entry.hash != entry_hash(entry):
            faults.append(f"{name} was changed after it was sealed")
        ends[entry.installation_uid] = entry.sequence, entry.hash
    return faults


def add_entry(
    session: Session,
    *,
    actor: str,
    action: str,
    table: type[TableModel] | RecordKind,
    uid: str,
    before: Any = None,
    after: Any = None,
) -> None:
    """Notes one change for the chain; ``before`` and ``after`` are anything that JSON can hold.

    ``table`` is the table of the record that changed, or the kind of record that it holds.

    The entry is sealed into the chain at the end of the transaction: the chain's end is all that writers
    who have nothing else in common share, and they should not wait for each other's work.
    """
    session.at_end(_Chain).note(
        actor=actor,
        at=session.moment,
        action=action,
        record_table=table.value if isinstance(table, RecordKind) else table_name(table),
        record_uid=uid,
        before=_sealed(before),
        after=_sealed(after),
    )


class _Chain:
    """The entries of a transaction that are sealed at its end."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._waiting: list[tuple[SessionTransaction | None, dict[str, Any]]] = []
        event.listen(session, "after_soft_rollback", self._forget)

    def note(self, **entry: Any) -> None:
        """Appends an entry."""
        self._waiting.append((self._session.get_nested_transaction(), entry))

    def _forget(self, _session: Any, undone: SessionTransaction) -> None:
        """Drops the entries of what was rolled back: a savepoint, or everything."""
        self._waiting = [each for each in self._waiting if not _is_within(each[0], undone)]

    def __call__(self) -> None:
        """Seals the entries into the installation's chain, in the order in which they were noted."""
        if not self._waiting:
            return
        session, own = self._session, installation_uid(self._session)
        hold(session, "audit chain", own)
        last = session.execute(
            select(AuditEntry.sequence, AuditEntry.hash)
            .where(AuditEntry.installation_uid == own)
            .order_by(AuditEntry.sequence.desc())
            .limit(1)
        ).first()
        sequence, previous = (last.sequence, last.hash) if last else (0, GENESIS)
        for number, (_savepoint, noted) in enumerate(self._waiting, start=sequence + 1):
            entry = Entry(installation_uid=own, sequence=number, **noted, previous_hash=previous, hash="")
            entry.hash = previous = entry_hash(entry)
            insert_row(session, _row(entry))
        self._waiting.clear()


def _row(entry: Entry) -> AuditEntry:
    return AuditEntry(
        installation_uid=entry.installation_uid,
        sequence=entry.sequence,
        actor=entry.actor,
        at=entry.at,
        action=entry.action,
        record_table=entry.record_table,
        record_uid=entry.record_uid,
        before=entry.before,
        after=entry.after,
        previous_hash=entry.previous_hash,
        hash=entry.hash,
    )


def _is_within(savepoint: SessionTransaction | None, undone: SessionTransaction) -> bool:
    if undone.parent is None:
        return True
    while savepoint is not None and savepoint is not undone:
        savepoint = savepoint.parent
    return savepoint is not None


def _sealed(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def rows_digest(texts: Iterable[str]) -> str:
    """One digest for the rows of a batch, in their order."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode())
        digest.update(b"\n")
    return digest.hexdigest()
