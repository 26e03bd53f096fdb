"""What the audit trail keeps of amendments, withdrawals and restorations, read back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from provenance.domain.audit import add_entry, seal
from provenance.domain.record_kinds import RecordKind
from provenance.schema.audit import AuditEntry
from provenance.schema.chunks import text_chunks
from provenance.schema.session import Session

AMEND, MOVE, WITHDRAW, RESTORE = "amend", "move", "withdraw", "restore"
_CORRECTIONS = (AMEND, MOVE)
_FIELDS, _ENTRY, _SOURCES, _REASON = "fields", "entry", "sources", "reason"

Texts = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Amendment:
    """One correction of a record: who made it, when and why, and its fields before and after.

    ``typed`` are the fields as the person typed them; ``sources`` says, by field, which source had stated
    the former values, where that is not the person's own log.
    """

    uid: str
    at: datetime
    actor: str
    reason: str
    before: Texts
    after: Texts
    typed: Mapping[str, str]
    sources: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class AmendedField:
    """A field whose value is another than the one that was first recorded: both, and the last correction."""

    first: str | None
    now: str | None
    last: Amendment


def seal_amendment(
    session: Session,
    *,
    actor: str,
    action: str,
    record: tuple[RecordKind, str],
    changes: tuple[Texts, Texts],
    typed: Mapping[str, str],
    reason: str,
    sources: Mapping[str, Mapping[str, str]],
) -> None:
    """Adds a correction to the audit trail; ``changes`` are the changed fields before and after."""
    before, after = changes
    add_entry(
        session,
        actor=actor,
        action=action,
        table=record[0],
        uid=record[1],
        before={_FIELDS: dict(before)} | ({_SOURCES: sources} if sources else {}),
        after={_FIELDS: dict(after), _ENTRY: dict(typed), _REASON: reason},
    )


def amendments_of(session: Session, uid: str) -> list[Amendment]:
    """The corrections of a record, in their order."""
    return list(_read(session, [uid]))


def amended_fields(amendments: Iterable[Amendment]) -> dict[str, AmendedField]:
    """The fields of one record that corrections have changed; one that was changed back is not among them."""
    found: dict[str, AmendedField] = {}
    for each in amendments:
        for name, now in each.after.items():
            first = found[name].first if name in found else each.before.get(name)
            found[name] = AmendedField(first, now, each)
    return {name: field for name, field in found.items() if field.first != field.now}


def amended_records(session: Session, kinds: Collection[RecordKind]) -> dict[str, dict[str, AmendedField]]:
    """Every corrected record of some kinds by its uid, with its amended fields."""
    by_uid: dict[str, list[Amendment]] = {}
    for each in _read(session, None, kinds):
        by_uid.setdefault(each.uid, []).append(each)
    found = {uid: amended_fields(amendments) for uid, amendments in by_uid.items()}
    return {uid: fields for uid, fields in found.items() if fields}


def last_withdrawal(session: Session, uid: str) -> Any | None:
    """The audit entry of a record's last withdrawal by a person: actor, at, before, after; None without."""
    seal(session)
    return session.execute(
        select(AuditEntry)
        .where(AuditEntry.record_uid == uid, AuditEntry.action == WITHDRAW)
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).first()


def withdrawal_words(session: Session, uid: str) -> str:
    """Who withdrew a record, when and why; empty where the trail does not say."""
    entry = last_withdrawal(session, uid)
    if entry is None:
        return ""
    reason = (json.loads(entry.after) if entry.after else {}).get(_REASON)
    return f"by {entry.actor} on {entry.at.date().isoformat()}" + (f": {reason}" if reason else "")


def _read(
    session: Session, uids: Collection[str] | None, kinds: Collection[RecordKind] = ()
) -> Iterator[Amendment]:
    # What this transaction has written itself is part of the trail.
    seal(session)
    chosen = select(
        AuditEntry.record_uid, AuditEntry.at, AuditEntry.actor, AuditEntry.before, AuditEntry.after
    ).where(AuditEntry.action.in_(_CORRECTIONS))
    parts = (
        [chosen.where(AuditEntry.record_table.in_([kind.value for kind in kinds]))]
        if uids is None
        else [chosen.where(AuditEntry.record_uid.in_(some)) for some in text_chunks(list(uids))]
    )
    for part in parts:
        for row in session.execute(part.order_by(AuditEntry.id)):
            before, after = json.loads(row.before or "{}"), json.loads(row.after or "{}")
            yield Amendment(
                uid=row.record_uid,
                at=row.at,
                actor=row.actor,
                reason=after.get(_REASON, ""),
                before=before.get(_FIELDS, {}),
                after=after.get(_FIELDS, {}),
                typed=after.get(_ENTRY, {}),
                sources=before.get(_SOURCES, {}),
            )
