"""Adds links to this installation's chain, in the transaction of what they tell of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC
from typing import Any

from sqlalchemy import select

from provenance.schema.audit import AuditEntry, Installation
from provenance.schema.rows import insert_row
from provenance.schema.session import Session

GENESIS = "0" * 64
"""What the first entry of a chain names as the hash of the one before."""


def installation_uid(session: Session) -> str:
    """The identity of this database."""
    uid: str = session.execute(select(Installation.uid)).scalar_one()
    return uid


def entry_hash(entry: AuditEntry) -> str:
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


def last_hash(session: Session) -> str:
    """The hash of the entry that was written last; every write leaves another."""
    newest = select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)
    return session.execute(newest).scalar() or GENESIS


def entries(session: Session) -> list[AuditEntry]:
    """Every entry that is stored, in the order in which this database wrote or received them."""
    rows = session.execute(select(AuditEntry.__table__).order_by(AuditEntry.id))
    return [AuditEntry(**row._mapping) for row in rows]


def add_entry(
    session: Session, *, actor: str, action: str, table: str, uid: str, before: Any = None, after: Any = None
) -> AuditEntry:
    """Seals one change into the chain; ``before`` and ``after`` are anything that JSON can hold."""
    own = installation_uid(session)
    last = session.execute(
        select(AuditEntry.sequence, AuditEntry.hash)
        .where(AuditEntry.installation_uid == own)
        .order_by(AuditEntry.sequence.desc())
        .limit(1)
    ).first()
    entry = AuditEntry(
        installation_uid=own,
        sequence=last.sequence + 1 if last else 1,
        actor=actor,
        at=session.moment,
        action=action,
        record_table=table,
        record_uid=uid,
        before=_sealed(before),
        after=_sealed(after),
        previous_hash=last.hash if last else GENESIS,
        hash="",
    )
    entry.hash = entry_hash(entry)
    entry.id = insert_row(session, AuditEntry.__table__, entry.model_dump(exclude={"id"}))
    return entry


def _sealed(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def rows_digest(texts: Iterable[str]) -> str:
    """One digest for the rows of a batch, in their order."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode())
        digest.update(b"\n")
    return digest.hexdigest()
