"""Withdrawals of what was logged by mistake: it stays on record and is not counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from provenance.core.errors import BadInput, NotFound, UsageError
from provenance.core.vocabulary.field import FIELD_LOG
from provenance.domain.audit import add_entry
from provenance.domain.derivation import forget
from provenance.domain.journal import Author
from provenance.domain.references import row_of_reference
from provenance.domain.statements import replace
from provenance.schema.recoveries import Component, Identification, MakerAttribution, Recovery
from provenance.schema.row_values import by_name, table_name, update_rows
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source

Withdrawable = type[Component] | type[Recovery]

_CITED_BY = {Component: Citation.component_id, Recovery: Citation.recovery_id}
_NOUNS: dict[str, Withdrawable] = {table_name(noun): noun for noun in (Component, Recovery)}


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal did: the kind of record, whether it stood until now, and how many components of it
    (of a component itself) stood until now.
    """

    kind: str
    is_new: bool
    components: int


def withdraw(session: Session, author: Author, ref: str, reason: str) -> Withdrawn:
    """Withdraws a logged component, or a recovery with all its components. What was withdrawn already is left
    as it is.

    Raises:
        UsageError: the reason is blank.
        NotFound: there is nothing of that reference.
        BadInput: it was not logged here but comes from a publication.
    """
    if not reason.strip():
        raise UsageError("A withdrawal needs its reason.")
    referred = row_of_reference(session, ref)
    if referred is None or referred[0] not in _NOUNS:
        raise NotFound(f"{ref} is not the reference of a component or recovery")
    noun, number = _NOUNS[referred[0]], referred[1]
    _refuse_published(session, noun, number, ref)
    if noun is Component:
        is_new = withdraw_component(session, author, number, reason)
        return Withdrawn(referred[0], is_new, int(is_new))
    members = session.execute(select(Component.id).where(Component.recovery_id == number)).scalars().all()
    for member in members:
        _refuse_published(session, Component, member, ref)
    withdrawn = sum(withdraw_component(session, author, member, reason) for member in members)
    return Withdrawn(referred[0], _mark(session, author, Recovery, number, reason), withdrawn)


def withdraw_component(session: Session, author: Author, number: int, reason: str) -> bool:
    """Withdraws one component with what was stated and derived about it; whether it stood until now."""
    if not _mark(session, author, Component, number, reason):
        return False
    replace(session, MakerAttribution, number, None)
    replace(session, Identification, number, None)
    forget(session, [number])
    return True


def _mark(session: Session, author: Author, noun: Withdrawable, number: int, reason: str) -> bool:
    row: Any = session.execute(select(noun.uid, noun.withdrawn_at).where(noun.id == number)).one()
    if row.withdrawn_at is not None:
        return False
    update_rows(session, noun, {noun.withdrawn_at: session.moment}, noun.id == number)
    add_entry(
        session,
        actor=author.actor,
        action="withdraw",
        table=noun,
        uid=row.uid,
        before=by_name({noun.withdrawn_at: None}),
        after={**by_name({noun.withdrawn_at: session.moment}), "reason": reason},
    )
    return True


def _refuse_published(session: Session, noun: Withdrawable, number: int, ref: str) -> None:
    keys = session.execute(
        select(Source.key).join(Citation, Citation.source_id == Source.id).where(_CITED_BY[noun] == number)
    ).scalars()
    published = sorted(key for key in keys if not key.startswith(FIELD_LOG))
    if published:
        raise BadInput(
            f"{ref} is reported by {', '.join(published)} too; only what was logged here can be withdrawn",
            hint="Record what you think of it instead: provenance log belief REF",
        )
