"""What the audit trail keeps of changes to firms, weapons and types of units, read back and folded.

What stands is the last word among the changes that were not undone; where none of them speaks of a
statement, it is what stood before anybody did. So undoing any changes, in any order, leaves what there
would be if they had never been made.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from provenance.domain.audit import add_entry, seal
from provenance.domain.record_kinds import RecordKind, tables
from provenance.domain.registry.forms import FORMS, Content, Form, Identity
from provenance.schema.audit import AuditEntry
from provenance.schema.row_values import by_name, from_names
from provenance.schema.session import Session

STATE, UNDO = "state about", "undo statement"
_OF = "of"
"""The key of a statement's form."""

KINDS = (RecordKind.ORGANIZATION, RecordKind.WEAPON_SYSTEM, RecordKind.UNIT_TYPE)
"""The kinds of records about which such changes are made."""


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of a change: its form and content."""

    form: Form
    content: Content

    @property
    def identity(self) -> Identity:
        """What makes it the same statement as another one about the record."""
        return self.form.identity_of(self.content)


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields of the record itself, before and after."""

    before: Mapping[Any, Any]
    after: Mapping[Any, Any]


NO_FIELDS = Fields({}, {})


@dataclass(frozen=True, slots=True)
class Undoing:
    """When, by whom and why a change was undone."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Merge:
    """That a record became a name of another: the other's uid, the kinds and uids of what was amended, and
    the change by which the other took its names, if it took any.
    """

    into: str
    moved: tuple[tuple[str, str], ...]
    names: str | None


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What somebody changed about one record: who, when, why, and on which source.

    ``action`` is what it is called in the trail (``add``, ``seat``, ``remove``…). ``row`` is the record
    itself where the change made or removed it.
    """

    uid: str
    action: str
    kind: RecordKind
    record_uid: str
    actor: str
    at: datetime
    reason: str
    source: str | None
    stated: tuple[Said, ...] = ()
    withdrawn: tuple[Said, ...] = ()
    fields: Fields = NO_FIELDS
    row: Content | None = None
    merge: Merge | None = None
    undoing: Undoing | None = None

    @property
    def undone(self) -> bool:
        """Whether somebody undid it."""
        return self.undoing is not None

    @property
    def both(self) -> tuple[Said, ...]:
        """What it states and what it withdraws."""
        return (*self.stated, *self.withdrawn)


def seal_change(session: Session, change: RecordChange) -> None:
    """Adds a change to the audit trail."""
    add_entry(
        session,
        actor=change.actor,
        action=STATE,
        table=change.kind,
        uid=change.record_uid,
        before={"statements": _told(change.withdrawn), "fields": by_name(dict(change.fields.before))},
        after={
            "change": change.uid,
            "what": change.action,
            "statements": _told(change.stated),
            "fields": by_name(dict(change.fields.after)),
            "row": None if change.row is None else by_name(change.row),
            "merge": None if change.merge is None else asdict(change.merge),
            "source": change.source,
            "reason": change.reason,
        },
    )


def seal_undo(session: Session, change: RecordChange, *, actor: str, reason: str) -> None:
    """Adds to the audit trail that a change is undone."""
    add_entry(
        session,
        actor=actor,
        action=UNDO,
        table=change.kind,
        uid=change.record_uid,
        before={"what": change.action},
        after={"change": change.uid, "reason": reason},
    )


def changes_of(session: Session, record_uids: Collection[str]) -> list[RecordChange]:
    """The changes about some records, in the order in which they were made."""
    return _read(session, AuditEntry.record_uid.in_(sorted(record_uids)))


def changes_naming(session: Session, uid: str) -> list[RecordChange]:
    """The changes of other records that name one with this uid: the firms that it owns."""
    names = AuditEntry.before.contains(uid) | AuditEntry.after.contains(uid)
    stated = AuditEntry.action == STATE
    found = session.execute(
        select(AuditEntry.record_uid).where(stated, names, AuditEntry.record_uid != uid).distinct()
    )
    changes = changes_of(session, list(found.scalars()))
    return [each for each in changes if any(uid in one.content.values() for one in each.both)]


def every_change(session: Session) -> list[RecordChange]:
    """All changes on record, in the order in which they were made."""
    return _read(session, AuditEntry.record_table.in_([kind.value for kind in KINDS]))


def _read(session: Session, condition: Any) -> list[RecordChange]:
    seal(session)
    rows = session.execute(
        select(AuditEntry)
        .where(AuditEntry.action.in_((STATE, UNDO)), condition)
        .order_by(AuditEntry.at, AuditEntry.id)
    ).all()
    found: dict[str, RecordChange] = {}
    undone: dict[str, Undoing] = {}
    for row in rows:
        before, after = json.loads(row.before or "{}"), json.loads(row.after or "{}")
        if row.action == UNDO:
            undone[after["change"]] = Undoing(row.at, row.actor, after["reason"])
        else:
            found[after["change"]] = _change(row, before, after)
    return [replace(change, undoing=undone.get(uid)) for uid, change in found.items()]


def _change(row: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> RecordChange:
    noun = tables()[RecordKind(row.record_table)]
    return RecordChange(
        uid=after["change"],
        action=after["what"],
        kind=RecordKind(row.record_table),
        record_uid=row.record_uid,
        actor=row.actor,
        at=row.at,
        reason=after.get("reason") or "",
        source=after.get("source"),
        stated=_said(after["statements"]),
        withdrawn=_said(before["statements"]),
        fields=Fields(from_names(noun, before["fields"]), from_names(noun, after["fields"])),
        merge=_merge(after.get("merge")),
        row=None if after["row"] is None else from_names(noun, after["row"]),
    )


def _merge(told: Mapping[str, Any] | None) -> Merge | None:
    if told is None:
        return None
    moved = tuple((kind, uid) for kind, uid in told["moved"])
    return Merge(told["into"], moved, told["names"])


def _told(statements: Iterable[Said]) -> list[dict[str, Any]]:
    return [{_OF: each.form.name, **by_name(each.content)} for each in statements]


def _said(told: Iterable[Mapping[str, Any]]) -> tuple[Said, ...]:
    return tuple(
        Said(FORMS[each[_OF]], from_names(FORMS[each[_OF]].table, each))
        for each in told
        if each[_OF] in FORMS
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What the changes about one record come to: of each statement that any of them touched, the content
    that stands (None: it does not), and of each field its value.
    """

    statements: Mapping[Identity, Said | None]
    fields: Mapping[Any, Any]


def standing(changes: Iterable[RecordChange]) -> Standing:
    """Folds the changes about one record, in the order in which they were made."""
    statements: dict[Identity, Said | None] = {}
    fields: dict[Any, Any] = {}
    for change in changes:
        # What stood before anybody spoke of it is in the first change that does, undone or not.
        for each in change.withdrawn:
            statements.setdefault(each.identity, each)
        for each in change.stated:
            statements.setdefault(each.identity, None)
        for column, value in change.fields.before.items():
            fields.setdefault(column, value)
    for change in changes:
        if change.undone:
            continue
        statements.update((each.identity, None) for each in change.withdrawn)
        statements.update((each.identity, each) for each in change.stated)
        fields.update(change.fields.after)
    return Standing(statements, fields)
