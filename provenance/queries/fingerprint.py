"""Names the state of the data that an answer was counted on."""

from __future__ import annotations

import hashlib

from sqlalchemy import func, select

from provenance.queries.facts.sheets import is_limited
from provenance.schema.audit import AuditEntry, ImportRun, Installation
from provenance.schema.derived import FactChange
from provenance.schema.session import Session


def data_fingerprint(session: Session) -> str:
    """Names the state of the data in twelve hexadecimal digits.

    It covers the reference data, the files imported in their order, how much was written through the
    program, and every change that any program made to what is counted: two installations that loaded the
    same lists in the same order have the same. What a role that row-level security limits counts on has
    another name.
    """
    parts = [str(row) for row in session.execute(select(Installation.seed_digest)).scalars()]
    parts += session.execute(select(ImportRun.file_sha256).order_by(ImportRun.id)).scalars()
    parts.append(f"audit_entry {session.execute(select(func.max(AuditEntry.id))).scalar() or 0}")
    changes = select(FactChange.sheet, func.sum(FactChange.changes)).group_by(FactChange.sheet)
    parts += [f"{name} {count}" for name, count in session.execute(changes.order_by(FactChange.sheet))]
    if is_limited(session):
        parts.append(f"as {session.connection().engine.url.username}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
