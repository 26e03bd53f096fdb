"""Assessments of a record: one per aspect is current, the earlier ones stay on record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from provenance.core.identity import new_uid
from provenance.core.vocabulary.field import Aspect
from provenance.domain.journal import Author
from provenance.schema.assessments import Assessment
from provenance.schema.recoveries import Component, Recovery
from provenance.schema.row_values import Values, table_name, update_rows, with_values
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source

Assessable = type[Source] | type[Citation] | type[Recovery] | type[Component]

_COLUMNS: dict[Assessable, dict[Aspect, Any]] = {
    Source: {Aspect.RELIABILITY: Source.reliability, Aspect.TLP: Source.tlp},
    Citation: {Aspect.CREDIBILITY: Citation.credibility, Aspect.TLP: Citation.tlp},
    Recovery: {Aspect.TLP: Recovery.tlp},
    Component: {
        Aspect.AUTHENTICITY: Component.authenticity,
        Aspect.MARKING_STATE: Component.marking_state,
        Aspect.TLP: Component.tlp,
    },
}
"""What can be assessed of which record, and the column that holds the current value."""

SUBJECTS: dict[Assessable, Any] = {
    Source: Assessment.source_id,
    Citation: Assessment.citation_id,
    Recovery: Assessment.recovery_id,
    Component: Assessment.component_id,
}
"""The key of an assessment, by the record that it is of."""

ASSESSABLE: dict[str, Assessable] = {table_name(noun): noun for noun in _COLUMNS}
"""The records that can be assessed, by the names of their tables."""


def aspects_of(noun: Assessable) -> tuple[Aspect, ...]:
    """What can be assessed of a record."""
    return tuple(_COLUMNS[noun])


@dataclass(frozen=True, slots=True)
class AspectAssessment:
    """One assessment; ``value`` None withdraws the earlier one: "not assessed"."""

    aspect: Aspect
    value: Any
    counterfeit_kind: str | None = None
    said_by: str = ""
    basis: str = ""


def assess(
    session: Session, author: Author, noun: Assessable, number: int, assessment: AspectAssessment
) -> Any:
    """Writes an assessment, supersedes the one that stood, and says what the record had before."""
    column = _COLUMNS[noun][assessment.aspect]
    before = session.execute(select(column).where(noun.id == number)).scalar_one()
    _supersede(session, author, noun, number, assessment)
    new: Values = {column: assessment.value}
    if assessment.aspect is Aspect.AUTHENTICITY:
        new[Component.authenticity_basis] = assessment.basis if assessment.value is not None else None
    update_rows(session, noun, new, noun.id == number)
    return before


def _supersede(
    session: Session, author: Author, noun: Assessable, number: int, assessment: AspectAssessment
) -> None:
    subject = SUBJECTS[noun]
    mine = subject == number, Assessment.aspect == assessment.aspect
    old: int | None = session.execute(
        select(Assessment.id).where(*mine, Assessment.superseded_by.is_(None))
    ).scalar()
    if old is not None:
        # At most one may be current at any moment: the old one is superseded before the new one is written.
        update_rows(session, Assessment, {Assessment.superseded_by: old}, Assessment.id == old)
    new = insert_row(
        session,
        with_values(
            Assessment(
                uid=new_uid(),
                aspect=assessment.aspect,
                value=None if assessment.value is None else str(assessment.value),
                counterfeit_kind=assessment.counterfeit_kind,
                said_by=assessment.said_by,
                basis=assessment.basis,
                actor=author.actor,
                said_at=session.moment,
            ),
            {subject: number},
        ),
    )
    if old is not None:
        update_rows(session, Assessment, {Assessment.superseded_by: new}, Assessment.id == old)
