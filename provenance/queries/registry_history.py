"""What was stated about firms, weapons and types of units, and whether they are one: for their history."""

from __future__ import annotations

from provenance.core.vocabulary import SameVerdict
from provenance.domain.record_kinds import RecordKind
from provenance.domain.references import uid_of
from provenance.domain.registry.log import KINDS, RecordChange, changes_naming, changes_of
from provenance.domain.registry.words import label_of, told
from provenance.domain.same_statements import COMPARABLE, statements
from provenance.queries.comparable import compared
from provenance.queries.history_events import FieldChange, HistoryAction, HistoryEvent
from provenance.schema.session import Session


def registry_events(session: Session, kind: RecordKind, number: int) -> list[HistoryEvent]:
    """What people stated about a firm, weapon or type of unit and undid, in any order."""
    if kind not in KINDS:
        return []
    uid = uid_of(session, kind, number)
    events = []
    for place, change in enumerate(changes_of(session, [uid]), start=1):
        events += _events(session, change, f"{place}, {change.action}")
    for change in changes_naming(session, uid):
        events += _events(session, change, f"{change.action}, of {label_of(session, change)}")
    if kind in COMPARABLE:
        events += _decisions(session, kind, number)
    return events


def _events(session: Session, change: RecordChange, about: str) -> list[HistoryEvent]:
    fields = tuple(FieldChange(*row) for row in told(session, change))
    stated = HistoryEvent(
        HistoryAction.STATED,
        change.at,
        change.actor,
        about=about,
        reason=change.reason or None,
        fields=fields,
    )
    if change.undoing is None:
        return [stated]
    back = tuple(FieldChange(*row) for row in told(session, change, undone=True))
    undone = HistoryEvent(
        HistoryAction.UNDONE,
        change.undoing.at,
        change.undoing.by,
        about=about,
        reason=change.undoing.reason,
        fields=back,
    )
    return [stated, undone]


def _decisions(session: Session, kind: RecordKind, number: int) -> list[HistoryEvent]:
    mine = [each for each in statements(session, kind) if number in each.pair]
    others = compared(session, [(kind, each.other(number)) for each in mine])
    events = []
    for each, other in zip(mine, others, strict=True):
        same = each.verdict is SameVerdict.SAME
        action = HistoryAction.SAME if same else HistoryAction.DIFFERENT
        about = f"{other.title} ({other.ref})"
        events.append(HistoryEvent(action, each.decided_at, each.actor, about=about, reason=each.reason))
        if each.undone_at is not None:
            what = f"{'one' if same else 'two'} with {about}"
            events.append(
                HistoryEvent(
                    HistoryAction.UNDONE,
                    each.undone_at,
                    each.undone_by,
                    about=what,
                    reason=each.undone_reason,
                )
            )
    return events
