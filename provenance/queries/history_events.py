"""What was done with a record: the actions, and one event with its fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HistoryAction(StrEnum):
    """What was done with a record."""

    ENTERED = "entered"
    IMPORTED = "imported"
    COMPLETED = "completed"
    AMENDED = "amended"
    MOVED = "moved"
    RECEIVED = "received"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    ASSESSED = "assessed"
    CITED = "cited"
    SOURCE_CHANGED = "source_changed"
    PHOTO_ATTACHED = "photo_attached"
    PHOTO_VIEWS = "photo_views"
    PHOTO_DETACHED = "photo_detached"
    CUSTODY = "custody"
    LABEL_PRINTED = "label_printed"
    TRACED = "traced"
    STATED = "stated"
    UNDONE = "undone"
    SAME = "same"
    DIFFERENT = "different"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after; None is not known, or not stated before."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """One thing that was done with a record; ``at`` and ``actor`` are None where they were not recorded.

    ``about`` is the other record or the file that it involved; ``detail`` is said in words where fields do
    not say it (of an action that has no name here, the name in the audit trail).
    """

    action: HistoryAction
    at: datetime | None
    actor: str | None
    about: str | None = None
    detail: str | None = None
    reason: str | None = None
    fields: tuple[FieldChange, ...] = ()
