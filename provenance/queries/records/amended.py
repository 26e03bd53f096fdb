"""What of a record was amended: each field that says something else than when it was first recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from provenance.domain.amendments.log import amended_fields, amendments_of
from provenance.schema.session import Session


@dataclass(frozen=True, slots=True)
class AmendedLine:
    """An amended field: what was first recorded, what is now (None: not known), and the last correction."""

    field: str
    first: str | None
    now: str | None
    amended_by: str
    amended_on: date
    reason: str


def amended_lines(session: Session, uid: str) -> tuple[AmendedLine, ...]:
    """The amended fields of a record; one that was changed back is not among them."""
    return tuple(
        AmendedLine(name, field.first, field.now, field.last.actor, field.last.at.date(), field.last.reason)
        for name, field in amended_fields(amendments_of(session, uid)).items()
    )
