"""People's last words on whether components are identified, from the audit trail."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from provenance.core.vocabulary.field import IdentificationState
from provenance.domain.audit import seal
from provenance.domain.record_kinds import RecordKind
from provenance.schema.audit import AuditEntry
from provenance.schema.chunks import chunks
from provenance.schema.recoveries import Component
from provenance.schema.session import Session

_FIELD = "identification"
_STATED = ("maker", "mpn", "part")
_FEW = 5_000
"""Up to so many components are looked up one by one; of more, those that the trail calls unidentified are."""


def unidentified_among(session: Session, component_ids: Sequence[int]) -> set[int]:
    """Those of some components of which a person's last word is that they are not identified."""
    seal(session)
    said: dict[int, IdentificationState | None] = {}
    for number, text in _entries(session, component_ids):
        speaks, word = _word(json.loads(text) if text else {})
        if speaks:
            said[number] = word
    return {number for number, word in said.items() if word == IdentificationState.UNIDENTIFIED}


def _entries(session: Session, component_ids: Sequence[int]) -> Sequence[Any]:
    """What the trail says of components in which the word may be, in its order."""
    mine = (
        select(Component.id, AuditEntry.after)
        .join(AuditEntry, AuditEntry.record_uid == Component.uid)
        .where(AuditEntry.record_table == RecordKind.COMPONENT.value)
        .order_by(AuditEntry.id)
    )
    if len(component_ids) <= _FEW:
        numbers = [each for some in chunks(component_ids) for each in some]
        return session.execute(mine.where(Component.id.in_(numbers))).all()
    called = select(AuditEntry.record_uid).where(
        AuditEntry.record_table == RecordKind.COMPONENT.value,
        AuditEntry.after.contains(str(IdentificationState.UNIDENTIFIED)),
    )
    wanted = set(component_ids)
    found = session.execute(mine.where(AuditEntry.record_uid.in_(called))).all()
    return [row for row in found if row.id in wanted]


def _word(after: dict[str, Any]) -> tuple[bool, IdentificationState | None]:
    """Whether an entry says anything of it, and what: as typed in an entry, or as an assessment words it."""
    entry: dict[str, str] = after.get("entry") or {}
    if _FIELD in entry:
        word = entry[_FIELD].strip().casefold()
        return True, IdentificationState(word) if word in list(IdentificationState) else None
    if any(entry.get(name) for name in _STATED):
        return True, IdentificationState.TENTATIVE
    said = [after[name] for name in _STATED if isinstance(after.get(name), str)]
    if said and all(each == IdentificationState.UNIDENTIFIED for each in said):
        return True, IdentificationState.UNIDENTIFIED
    return bool(said), IdentificationState.TENTATIVE if said else None
