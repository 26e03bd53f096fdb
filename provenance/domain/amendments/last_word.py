"""A person's last word on whether a component is identified, from the audit trail."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from provenance.core.vocabulary.field import IdentificationState
from provenance.domain.audit import seal
from provenance.schema.audit import AuditEntry
from provenance.schema.recoveries import Component
from provenance.schema.session import Session

_FIELD = "identification"
_STATED = ("maker", "mpn", "part")


def identification_word(session: Session, component_id: int) -> IdentificationState | None:
    """What was last said of a component's identification when it was logged, assessed or amended; None where
    nothing was said.
    """
    seal(session)
    uid = session.execute(select(Component.uid).where(Component.id == component_id)).scalar_one()
    entries = session.execute(
        select(AuditEntry.after).where(AuditEntry.record_uid == uid).order_by(AuditEntry.id.desc())
    ).scalars()
    for text in entries:
        said, word = _word(json.loads(text) if text else {})
        if said:
            return word
    return None


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
