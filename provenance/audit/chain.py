"""Adds links to this installation's chain, in the transaction of what they tell of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from provenance.db import insert_row
from provenance.models import AuditEntry, Installation

GENESIS = "0" * 64
"""What the first entry of a chain names as the hash of the one before."""


def installation_uid(session: Session) -> str:
    """The identity of this database."""
    uid: str = session.execute(select(Installation.__table__.c.uid)).scalar_one()  # type: ignore[attr-defined]  # SQLModel gives every table class its table
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
    entry = AuditEntry.__table__.c  # type: ignore[attr-defined]  # SQLModel gives every table class its table
    found: str | None = session.execute(select(entry.hash).order_by(entry.id.desc()).limit(1)).scalar()
    return found or GENESIS


def add_entry(
    session: Session, *, actor: str, action: str, table: str, uid: str, before: Any = None, after: Any = None
) -> AuditEntry:
    """Seals one change into the chain; ``before`` and ``after`` are anything that JSON can hold."""
    own = installation_uid(session)
    written = AuditEntry.__table__  # type: ignore[attr-defined]  # SQLModel gives every table class its table
    last = session.execute(
        select(written.c.sequence, written.c.hash)
        .where(written.c.installation_uid == own)
        .order_by(written.c.sequence.desc())
        .limit(1)
    ).first()
    entry = AuditEntry(
        installation_uid=own,
        sequence=last.sequence + 1 if last else 1,
        actor=actor,
        at=datetime.now(UTC),
        action=action,
        record_table=table,
        record_uid=uid,
        before=_sealed(before),
        after=_sealed(after),
        previous_hash=last.hash if last else GENESIS,
        hash="",
    )
    entry.hash = entry_hash(entry)
    entry.id = insert_row(session, written, entry.model_dump(exclude={"id"}))
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
