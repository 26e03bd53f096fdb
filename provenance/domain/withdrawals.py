"""Withdrawals of what is on record by mistake, and restorations: it stays on record, and is not counted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from provenance.core.errors import BadInput, UsageError
from provenance.core.identity import reference
from provenance.core.vocabulary.field import FIELD_LOG
from provenance.domain.amendments.log import RESTORE, WITHDRAW, last_withdrawal
from provenance.domain.amendments.standing import withdrawal_of
from provenance.domain.audit import add_entry
from provenance.domain.derivation import by_source_or_person, forget
from provenance.domain.journal import Author
from provenance.domain.record_kinds import RecordKind
from provenance.domain.statements import replace
from provenance.schema.recoveries import Component, Identification, MakerAttribution, Recovery, Unit
from provenance.schema.row_values import by_name, table_name, update_rows
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.schema.transfers import Transfer

Withdrawable = type[Component] | type[Recovery] | type[Unit] | type[Transfer]

NOUNS: dict[RecordKind, Withdrawable] = {
    RecordKind.RECOVERY: Recovery,
    RecordKind.UNIT: Unit,
    RecordKind.COMPONENT: Component,
    RecordKind.TRANSFER: Transfer,
}
"""The kinds of records that can be withdrawn; a seizure is a recovery."""

_CITED_BY: dict[Withdrawable, Any] = {
    Component: Citation.component_id,
    Recovery: Citation.recovery_id,
    Transfer: Citation.transfer_id,
}
_IN: dict[Withdrawable, Any] = {Recovery: Component.recovery_id, Unit: Component.unit_id}
"""How the components are found that are withdrawn with something."""

LOGGED_KEY = "logged:"
"""How the record key of a transfer begins that a person logged."""

_STATED_AS = "stated now as"

_STATEMENTS = (MakerAttribution, Identification)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal or a restoration did: the kind of record, whether it was otherwise until now, and how
    many components changed with it (a component itself counts).
    """

    kind: str
    is_new: bool
    components: tuple[int, ...]


def withdraw(
    session: Session,
    author: Author,
    target: tuple[RecordKind, int],
    reason: str,
    *,
    although_reported: bool = False,
) -> Withdrawn:
    """Withdraws a component, a transfer, or a recovery or unit with all its components. What was withdrawn
    already is left as it is.

    Raises:
        UsageError: the reason is blank.
        BadInput: it was not only logged here: a publication reports it (code ``reported``), which only
            ``although_reported`` overrules.
    """
    _need(reason, "withdrawal")
    kind, number = target
    noun = NOUNS[kind]
    members = [number] if noun is Component else _members(session, noun, number)
    if not although_reported:
        for each, key in [(noun, number), *((Component, member) for member in members)]:
            _refuse_reported(session, each, key, _ref(session, kind, number))
    withdrawn = tuple(each for each in members if withdraw_component(session, author, each, reason))
    if noun is Component:
        return Withdrawn(kind, bool(withdrawn), withdrawn)
    return Withdrawn(kind, _mark(session, author, noun, number, reason), withdrawn)


def withdraw_component(session: Session, author: Author, number: int, reason: str) -> bool:
    """Withdraws one component with what was stated and derived about it; whether it stood until now."""
    standing = {table_name(noun): _standing(session, noun, number) for noun in _STATEMENTS}
    if not _mark(session, author, Component, number, reason, standing):
        return False
    for noun in _STATEMENTS:
        replace(session, noun, number, None)
    forget(session, [number])
    return True


def withdraw_for(session: Session, author: Author, uid: str, reason: str, successor: str) -> None:
    """Withdraws a transfer that was stated anew: ``successor`` is the uid of what stands instead of it."""
    number = session.execute(select(Transfer.id).where(Transfer.uid == uid)).scalar_one()
    _mark(session, author, Transfer, number, reason, more={_STATED_AS: successor})


def restore(session: Session, author: Author, target: tuple[RecordKind, int], reason: str) -> Withdrawn:
    """Restores what was withdrawn: a recovery or unit with the components that were withdrawn with it. What
    was stated about them stands again; what follows from that has to be derived again.

    Raises:
        UsageError: the reason is blank.
        BadInput: it is in something that is withdrawn, or its source withdrew it.
    """
    _need(reason, "restoration")
    kind, number = target
    noun = NOUNS[kind]
    _refuse_inside(session, kind, number)
    row: Any = session.execute(select(noun.uid, noun.withdrawn_at).where(noun.id == number)).one()
    if row.withdrawn_at is None:
        return Withdrawn(kind, False, ())
    if noun is Transfer:
        _refuse_of_source(session, row)
    restored = [number] if noun is Component else _withdrawn_with(session, noun, number, row.withdrawn_at)
    for each in restored:
        _restore_component(session, author, each, reason)
    if noun is not Component:
        _unmark(session, author, noun, number, reason)
    return Withdrawn(kind, True, tuple(restored))


def _need(reason: str, what: str) -> None:
    if not reason.strip():
        raise UsageError(f"A {what} needs its reason.")


def _ref(session: Session, kind: RecordKind, number: int) -> str:
    noun = NOUNS[kind]
    uid: str = session.execute(select(noun.uid).where(noun.id == number)).scalar_one()
    return reference(kind, uid)


def _members(session: Session, noun: Withdrawable, number: int) -> list[int]:
    if noun not in _IN:
        return []
    return list(session.execute(select(Component.id).where(_IN[noun] == number)).scalars())


def _standing(
    session: Session, noun: type[MakerAttribution] | type[Identification], number: int
) -> list[str]:
    """The statements of sources and people that stand, by uid."""
    found = select(noun.uid).where(
        noun.component_id == number, noun.superseded_by.is_(None), by_source_or_person(noun)
    )
    return list(session.execute(found.order_by(noun.id)).scalars())


def _mark(
    session: Session,
    author: Author,
    noun: Withdrawable,
    number: int,
    reason: str,
    standing: dict[str, list[str]] | None = None,
    more: Mapping[str, str] = MappingProxyType({}),
) -> bool:
    row: Any = session.execute(select(noun.uid, noun.withdrawn_at).where(noun.id == number)).one()
    if row.withdrawn_at is not None:
        return False
    update_rows(session, noun, {noun.withdrawn_at: session.moment}, noun.id == number)
    add_entry(
        session,
        actor=author.actor,
        action=WITHDRAW,
        table=noun,
        uid=row.uid,
        before={**by_name({noun.withdrawn_at: None}), **(standing or {})},
        after={**by_name({noun.withdrawn_at: session.moment}), "reason": reason, **more},
    )
    return True


def _unmark(session: Session, author: Author, noun: Withdrawable, number: int, reason: str) -> None:
    row: Any = session.execute(select(noun.uid, noun.withdrawn_at).where(noun.id == number)).one()
    update_rows(session, noun, {noun.withdrawn_at: None}, noun.id == number)
    add_entry(
        session,
        actor=author.actor,
        action=RESTORE,
        table=noun,
        uid=row.uid,
        before=by_name({noun.withdrawn_at: row.withdrawn_at}),
        after={**by_name({noun.withdrawn_at: None}), "reason": reason},
    )


def _withdrawn_with(session: Session, noun: Withdrawable, number: int, moment: Any) -> list[int]:
    """The components that were withdrawn in the same moment as what they are in."""
    if noun not in _IN:
        return []
    together = select(Component.id).where(_IN[noun] == number, Component.withdrawn_at == moment)
    return list(session.execute(together.order_by(Component.id)).scalars())


def _restore_component(session: Session, author: Author, number: int, reason: str) -> None:
    uid = session.execute(select(Component.uid).where(Component.id == number)).scalar_one()
    entry = last_withdrawal(session, uid)
    before = json.loads(entry.before) if entry is not None and entry.before else {}
    _unmark(session, author, Component, number, reason)
    for noun in _STATEMENTS:
        if _standing(session, noun, number):
            continue
        stood: Sequence[str] | None = before.get(table_name(noun))
        _let_stand(session, noun, _withdrawn_last(session, noun, number) if stood is None else stood)


def _withdrawn_last(
    session: Session, noun: type[MakerAttribution] | type[Identification], number: int
) -> list[str]:
    """The last statement that nothing has taken the place of, where the trail does not say what stood."""
    last = select(noun.uid).where(
        noun.component_id == number, noun.superseded_by == noun.id, by_source_or_person(noun)
    )
    return list(session.execute(last.order_by(noun.id.desc()).limit(1)).scalars())


def _let_stand(
    session: Session, noun: type[MakerAttribution] | type[Identification], uids: Sequence[str]
) -> None:
    if uids:
        update_rows(session, noun, {noun.superseded_by: None}, noun.uid.in_(list(uids)))


def _refuse_reported(session: Session, noun: Withdrawable, number: int, ref: str) -> None:
    if noun not in _CITED_BY:
        return
    rows = session.execute(
        select(Source.key, Citation.record_key)
        .join(Citation, Citation.source_id == Source.id)
        .where(_CITED_BY[noun] == number)
    ).all()
    published = sorted({row.key for row in rows if not _is_logged(row.key, row.record_key)})
    if published:
        raise BadInput(
            f"{ref} is reported by {', '.join(published)} too; only what was logged here can be withdrawn",
            hint="Record what you think of it instead: provenance log belief REF",
            code="reported",
        )


def _is_logged(source: str, record_key: str) -> bool:
    """Whether a person logged a record here: in a field log, or a transfer under its source."""
    return source.startswith(FIELD_LOG) or record_key.startswith(LOGGED_KEY)


def _refuse_inside(session: Session, kind: RecordKind, number: int) -> None:
    found = withdrawal_of(session, kind, number)
    if found is not None and (found.kind, found.number) != (kind, number):
        raise BadInput(
            f"{_ref(session, kind, number)} is in {found.ref}, which was withdrawn",
            hint=f"Restore that: provenance restore {found.ref}",
        )


def _refuse_of_source(session: Session, row: Any) -> None:
    """Refuses a transfer that its source states otherwise now, and one that was amended: both would count."""
    entry = last_withdrawal(session, row.uid)
    ref = reference(RecordKind.TRANSFER, row.uid)
    if entry is not None and (successor := json.loads(entry.after or "{}").get(_STATED_AS)):
        now = reference(RecordKind.TRANSFER, successor)
        hint = f"To amend it back: provenance amend {now}"
        raise BadInput(f"{ref} was amended and stands as {now}", hint=hint)
    if entry is None or entry.at != row.withdrawn_at:
        raise BadInput(f"{ref} was not withdrawn by anybody: its source no longer states it")
