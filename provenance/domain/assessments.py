"""What somebody holds of a record: one assessment an aspect stands, the earlier ones stay on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, update

from provenance.core.identity import new_uid
from provenance.core.vocabulary.field import Aspect
from provenance.domain.journal import Author
from provenance.schema.assessments import Assessment
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from provenance.schema.tables import table

ASPECTS_OF: dict[str, tuple[Aspect, ...]] = {
    "source": (Aspect.RELIABILITY, Aspect.TLP),
    "citation": (Aspect.CREDIBILITY, Aspect.TLP),
    "recovery": (Aspect.TLP,),
    "component": (Aspect.AUTHENTICITY, Aspect.MARKING_STATE, Aspect.TLP),
}
"""What can be assessed of which record; each is a column of that record, which holds what stands."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One assessment; ``value`` None takes the earlier one back to "not assessed"."""

    aspect: Aspect
    value: Any
    counterfeit_kind: str | None = None
    said_by: str = ""
    basis: str = ""


def assess(session: Session, author: Author, subject: str, number: int, judgement: Judgement) -> Any:
    """Writes an assessment, supersedes the one that stood, and says what the record held before."""
    assert judgement.aspect in ASPECTS_OF[subject]
    record, column = table(subject), str(judgement.aspect)
    before = session.execute(select(record.c[column]).where(record.c.id == number)).scalar_one()
    _supersede(session, author, subject, number, judgement)
    new: dict[str, Any] = {column: judgement.value}
    if judgement.aspect is Aspect.AUTHENTICITY:
        new["authenticity_basis"] = judgement.basis if judgement.value is not None else None
    session.execute(update(record).where(record.c.id == number).values(new))
    return before


def _supersede(session: Session, author: Author, subject: str, number: int, judgement: Judgement) -> None:
    mine = Assessment.__table__.c[f"{subject}_id"] == number, Assessment.aspect == judgement.aspect
    old: int | None = session.execute(
        select(Assessment.id).where(*mine, Assessment.superseded_by.is_(None))
    ).scalar()
    if old is not None:
        # At most one may stand at any moment: the old one steps back before the new one comes.
        session.execute(update(Assessment).where(Assessment.id == old).values(superseded_by=old))
    new = insert_row(
        session,
        Assessment,
        {
            "uid": new_uid(),
            f"{subject}_id": number,
            "aspect": judgement.aspect,
            "value": None if judgement.value is None else str(judgement.value),
            "counterfeit_kind": judgement.counterfeit_kind,
            "said_by": judgement.said_by,
            "basis": judgement.basis,
            "actor": author.actor,
            "said_at": datetime.now(UTC),
        },
    )
    if old is not None:
        session.execute(update(Assessment).where(Assessment.id == old).values(superseded_by=new))
