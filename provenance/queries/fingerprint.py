"""Names the state of the data that an answer was counted on."""

from __future__ import annotations

import hashlib

from sqlalchemy import func, select

from provenance.schema.audit import AuditEntry, ImportRun, Installation
from provenance.schema.recoveries import Component
from provenance.schema.session import Session
from provenance.schema.sources import SameAs


def data_fingerprint(session: Session) -> str:
    """Names the state of the data in twelve hexadecimal digits.

    It covers the reference data, the imported files in order, and how much was written since: two
    installations that loaded the same lists in the same order have the same fingerprint.
    """
    parts = [str(row) for row in session.execute(select(Installation.seed_digest)).scalars()]
    parts += session.execute(select(ImportRun.file_sha256).order_by(ImportRun.id)).scalars()
    written = {"audit_entry": AuditEntry.id, "component": Component.id, "same_as": SameAs.id}
    highest = session.execute(
        select(*(select(func.max(number)).scalar_subquery() for number in written.values()))
    ).one()
    parts += [f"{name} {number or 0}" for name, number in zip(written, highest, strict=True)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
