"""A record's life: what was done with it, by whom, when and why, from the audit trail and the imports."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from provenance.core.tlp import ceiling
from provenance.core.vocabulary import Tlp
from provenance.domain.record_kinds import RecordKind
from provenance.domain.registry.log import STATE, UNDO
from provenance.queries.history_events import FieldChange as FieldChange
from provenance.queries.history_events import HistoryAction as HistoryAction
from provenance.queries.history_events import HistoryEvent as HistoryEvent
from provenance.queries.marked import CITED
from provenance.queries.records.common import row_of
from provenance.queries.registry_history import registry_events
from provenance.schema.audit import AuditEntry, ImportRun
from provenance.schema.chunks import text_chunks
from provenance.schema.evidence import CustodyEvent, Photo, PhotoSubject
from provenance.schema.session import Session
from provenance.schema.sources import Citation, CitationVersion, Source
from provenance.schema.traces import Trace


@dataclass(frozen=True, slots=True)
class History:
    """The events of a record, the newest last, and how many may not be shown."""

    events: tuple[HistoryEvent, ...]
    left_out: int


_Content = Mapping[str, Any]
_Told = Callable[[HistoryEvent, _Content, _Content], HistoryEvent]

_PHOTO_KEYS: dict[RecordKind, Any] = {
    RecordKind.RECOVERY: PhotoSubject.recovery_id,
    RecordKind.UNIT: PhotoSubject.unit_id,
    RecordKind.COMPONENT: PhotoSubject.component_id,
}
_CUSTODY_KEYS: dict[RecordKind, Any] = {
    RecordKind.RECOVERY: CustodyEvent.recovery_id,
    RecordKind.UNIT: CustodyEvent.unit_id,
    RecordKind.COMPONENT: CustodyEvent.component_id,
}


def fetch_history(session: Session, kind: RecordKind, number: int, clearance: Tlp | None) -> History:
    """Everything that was done with a record and with the evidence about it, the newest last."""
    uid = row_of(session, kind, number).uid
    allowed = ceiling(clearance)
    of_others = [
        *_marked(session, _PHOTO_KEYS.get(kind), number, _photos),
        *_marked(session, _CUSTODY_KEYS.get(kind), number, _custody),
    ]
    shown = [other for other, mark in of_others if allowed(mark)]
    if kind is RecordKind.COMPONENT:
        shown += session.execute(select(Trace.uid).where(Trace.component_id == number)).scalars()
    # What is stated about a record is told by itself, in words.
    entries = [row for row in _entries(session, [uid, *shown]) if row.action not in (STATE, UNDO)]
    hidden = len(_entries(session, [other for other, mark in of_others if not allowed(mark)]))
    events = [
        *_imports(session, kind, number),
        *map(_event, entries),
        *registry_events(session, kind, number),
    ]
    return History(tuple(sorted(events, key=_moment)), hidden)


def _moment(event: HistoryEvent) -> datetime:
    # What has no moment came first: the trail knows when everything else was done.
    return event.at or datetime.min.replace(tzinfo=UTC)


def _marked(
    session: Session, key: Any, number: int, found: Callable[[Session, Any], Iterable[Any]]
) -> list[tuple[str, str | None]]:
    return [] if key is None else [(row[0], row[1]) for row in found(session, key == number)]


def _photos(session: Session, mine: Any) -> Iterable[Any]:
    statement = select(PhotoSubject.uid, Photo.tlp).join(Photo, Photo.id == PhotoSubject.photo_id)
    return session.execute(statement.where(mine).order_by(PhotoSubject.id)).all()


def _custody(session: Session, mine: Any) -> Iterable[Any]:
    return session.execute(
        select(CustodyEvent.uid, CustodyEvent.tlp).where(mine).order_by(CustodyEvent.id)
    ).all()


def _entries(session: Session, uids: list[str]) -> list[Any]:
    found: list[Any] = []
    for some in text_chunks(uids):
        found += session.execute(
            select(AuditEntry).where(AuditEntry.record_uid.in_(some)).order_by(AuditEntry.id)
        ).all()
    return sorted(found, key=lambda row: row.id)


def _imports(session: Session, kind: RecordKind, number: int) -> list[HistoryEvent]:
    """How a record came in from lists; what a later issue of a list changed is in the trail."""
    if kind not in CITED:
        return []
    rows = session.execute(
        select(Citation.id, Source.key, ImportRun.started_at, ImportRun.actor, ImportRun.file_name)
        .join(Source, Source.id == Citation.source_id)
        .join(ImportRun, ImportRun.id == Citation.import_run_id)
        .where(CITED[kind] == number)
        .order_by(Citation.id)
    ).all()
    events = []
    for row in rows:
        changed = session.execute(
            select(CitationVersion.id).where(CitationVersion.citation_id == row.id).limit(1)
        ).first()
        if changed is None:
            events.append(
                HistoryEvent(
                    HistoryAction.IMPORTED, row.started_at, row.actor, about=row.file_name, detail=row.key
                )
            )
        else:
            # The citation keeps the import that changed it last, not the one that brought it.
            events.append(HistoryEvent(HistoryAction.IMPORTED, None, None, detail=row.key))
    return events


def _event(row: Any) -> HistoryEvent:
    before = json.loads(row.before) if row.before else {}
    after = json.loads(row.after) if row.after else {}
    action = _ACTIONS.get(row.action)
    if action is None:
        told = HistoryAction.ENTERED if row.action.startswith("log ") else HistoryAction.OTHER
        plain = HistoryEvent(told, row.at, row.actor, detail=row.action)
        return _entered(plain, before, after) if told is HistoryAction.ENTERED else plain
    event = HistoryEvent(action[0], row.at, row.actor, reason=after.get("reason"))
    return action[1](event, before, after)


def _entered(event: HistoryEvent, before: _Content, after: _Content) -> HistoryEvent:
    entry = after.get("entry") or {}
    fields = tuple(FieldChange(name, None, str(text)) for name, text in entry.items())
    return replace(event, detail=None, fields=fields)


def _amended(event: HistoryEvent, before: _Content, after: _Content) -> HistoryEvent:
    former, now = before.get("fields") or {}, after.get("fields") or {}
    return replace(
        event, fields=tuple(FieldChange(name, former.get(name), text) for name, text in now.items())
    )


def _assessed(event: HistoryEvent, before: _Content, after: _Content) -> HistoryEvent:
    about = {name: text for name, text in after.items() if name not in ("said_by", "basis")}
    fields = tuple(FieldChange(name, before.get(name), str(text)) for name, text in about.items())
    return replace(event, fields=fields, detail=after.get("said_by"), reason=after.get("basis"))


def _source_changed(event: HistoryEvent, before: _Content, after: _Content) -> HistoryEvent:
    fields = tuple(
        FieldChange(name, _text(before.get(name)), _text(text))
        for name, text in after.items()
        if name not in ("raw", "reason")
    )
    return replace(event, fields=fields)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _cited(event: HistoryEvent, before: _Content, after: _Content) -> HistoryEvent:
    entry = after.get("entry") or {}
    named = ", ".join(filter(None, (entry.get("source"), entry.get("record") or entry.get("address"))))
    return replace(event, about=named or None)


def _photo(event: HistoryEvent, before: _Content, after: _Content) -> HistoryEvent:
    views = after.get("views") or ()
    return replace(
        event,
        about=after.get("photo") or before.get("photo"),
        detail=", ".join(views) or None,
        reason=after.get("reason") or after.get("withdrawn"),
    )


def _handed_over(event: HistoryEvent, before: _Content, after: _Content) -> HistoryEvent:
    ends = f"{after.get('from_holder') or '?'} → {after.get('to_holder') or '?'}"
    when = after.get("at_as_written")
    corrected = before.get("corrected")
    return replace(event, about=corrected, detail=f"{ends}, {when}" if when else ends)


def _labelled(event: HistoryEvent, before: _Content, after: _Content) -> HistoryEvent:
    return replace(event, about=after.get("file"), detail=after.get("title"))


def _joined(event: HistoryEvent, before: _Content, after: _Content) -> HistoryEvent:
    return replace(event, about=after.get("record"), detail=after.get("recovery"))


def _plain(event: HistoryEvent, before: _Content, after: _Content) -> HistoryEvent:
    return event


_ACTIONS: Mapping[str, tuple[HistoryAction, _Told]] = {
    "amend": (HistoryAction.AMENDED, _amended),
    "move": (HistoryAction.MOVED, _amended),
    "receive": (HistoryAction.RECEIVED, _joined),
    "release": (HistoryAction.RELEASED, _joined),
    "withdraw": (HistoryAction.WITHDRAWN, _plain),
    "restore": (HistoryAction.RESTORED, _plain),
    "complete unit": (HistoryAction.COMPLETED, _entered),
    "log belief": (HistoryAction.ASSESSED, _assessed),
    "log citation": (HistoryAction.CITED, _cited),
    "source changed": (HistoryAction.SOURCE_CHANGED, _source_changed),
    "attach photo": (HistoryAction.PHOTO_ATTACHED, _photo),
    "add views": (HistoryAction.PHOTO_VIEWS, _photo),
    "detach photo": (HistoryAction.PHOTO_DETACHED, _photo),
    "log custody": (HistoryAction.CUSTODY, _handed_over),
    "print label": (HistoryAction.LABEL_PRINTED, _labelled),
    "open trace": (HistoryAction.TRACED, _plain),
    "close trace": (HistoryAction.TRACED, _plain),
}
"""What the actions of the audit trail are called here, and how each is told."""
