"""When and by whom records were entered: from the audit trail and the imports."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select

from provenance.domain.record_kinds import RecordKind
from provenance.queries.marked import CITED
from provenance.schema.audit import AuditEntry, ImportRun
from provenance.schema.session import Session
from provenance.schema.sources import Citation, CitationVersion

_ENTRIES = ("open trace", "write request", "judge", "screen", "import watchlist", "add watchlist")
"""The actions that make a record, beside those that log one."""

_NOT_ENTRIES = ("log belief", "log citation")
"""Actions called "log" that say something of a record which is there."""


class Entered(NamedTuple):
    """When and by whom a record was entered."""

    at: datetime
    by: str


def entered_by_hand(session: Session) -> dict[str, Entered]:
    """By uid: who logged each record, and when."""
    rows = session.execute(
        select(AuditEntry.record_uid, AuditEntry.at, AuditEntry.actor)
        .where(
            or_(AuditEntry.action.like("log %"), AuditEntry.action.in_(_ENTRIES)),
            AuditEntry.action.not_in(_NOT_ENTRIES),
        )
        .order_by(AuditEntry.id.desc())
    )
    # The first entry of a record comes last, and stays.
    return {uid: Entered(at, actor) for uid, at, actor in rows}


def entered_by_import(session: Session, kind: RecordKind) -> dict[int, Entered]:
    """By row number: who imported each record, and when the import began that brought it.

    What a later issue of its list changed is not among them: its citation keeps the import that changed it.
    """
    if kind not in CITED:
        return {}
    key = CITED[kind]
    changed = select(CitationVersion.citation_id)
    rows = session.execute(
        select(key, func.min(Citation.import_run_id))
        .where(key.is_not(None), Citation.import_run_id.is_not(None), Citation.id.not_in(changed))
        .group_by(key)
    )
    runs = {row.id: Entered(row.started_at, row.actor) for row in session.execute(select(ImportRun))}
    return {number: runs[run] for number, run in rows}
