"""What was logged by mistake is taken back: it stays on record and is counted nowhere."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, update

from provenance.core.errors import BadInput, NotFound
from provenance.core.vocabulary.field import FIELD_LOG
from provenance.domain.audit import add_entry
from provenance.domain.journal import Author
from provenance.domain.references import row_of_reference
from provenance.domain.statements import replace
from provenance.facts.splicing import refresh_rows
from provenance.schema.recoveries import Component
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.schema.tables import table


def withdraw(session: Session, author: Author, ref: str, reason: str) -> int:
    """Takes a logged component, or a recovery with all its components, back; says how many components.

    What was taken back already is left as it is.

    Raises:
        NotFound: there is nothing of that reference.
        BadInput: it was not logged here but comes from a publication.
    """
    referred = row_of_reference(session, ref)
    if referred is None or referred[0] not in ("component", "recovery"):
        raise NotFound(f"{ref} is no reference of a component or recovery")
    name, number = referred
    _refuse_published(session, name, number, ref)
    if name == "component":
        return int(withdraw_component(session, author, number, reason))
    members = session.execute(select(Component.id).where(Component.recovery_id == number)).scalars().all()
    for member in members:
        _refuse_published(session, "component", member, ref)
    taken = sum(withdraw_component(session, author, member, reason) for member in members)
    if _mark(session, author, "recovery", number, reason):
        refresh_rows(session, "recovery", [number])
    return taken


def withdraw_component(session: Session, author: Author, number: int, reason: str) -> bool:
    """Takes one component back with what was held of it; whether it stood until now."""
    if not _mark(session, author, "component", number, reason):
        return False
    for name in ("maker_attribution", "identification"):
        replace(session, name, number, None)
    refresh_rows(session, "component", [number])
    return True


def _mark(session: Session, author: Author, name: str, number: int, reason: str) -> bool:
    record = table(name)
    row: Any = session.execute(select(record.c.uid, record.c.withdrawn_at).where(record.c.id == number)).one()
    if row.withdrawn_at is not None:
        return False
    now = datetime.now(UTC)
    session.execute(update(record).where(record.c.id == number).values(withdrawn_at=now))
    add_entry(
        session,
        actor=author.actor,
        action="withdraw",
        table=name,
        uid=row.uid,
        before={"withdrawn_at": None},
        after={"withdrawn_at": now, "reason": reason},
    )
    return True


def _refuse_published(session: Session, name: str, number: int, ref: str) -> None:
    keys = session.execute(
        select(Source.key)
        .join(Citation, Citation.source_id == Source.id)
        .where(Citation.__table__.c[f"{name}_id"] == number)
    ).scalars()
    published = sorted(key for key in keys if not key.startswith(FIELD_LOG))
    if published:
        raise BadInput(
            f"{ref} is reported by {', '.join(published)} too, and only what is logged can be taken back",
            hint="Say what you hold of it instead: provenance log belief REF",
        )
