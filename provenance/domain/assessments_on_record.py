"""Whether an assessment is on record already: the same values, by the same person, on the same basis."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from provenance.core.vocabulary.field import Aspect, IdentificationState
from provenance.domain.amendments.present import present
from provenance.domain.assessment_entries import AssessmentEntry, subject_assessed, subject_assessed_of
from provenance.domain.assessments import SUBJECTS, Assessable
from provenance.domain.journal import Author
from provenance.domain.names import Names
from provenance.domain.record_kinds import RecordKind
from provenance.schema.assessments import Assessment
from provenance.schema.recoveries import Component
from provenance.schema.session import Session


def is_on_record(session: Session, author: Author, ref: str, entry: AssessmentEntry) -> bool:
    """Whether a record has been assessed just so, and nothing has been said of it since.

    Raises:
        NotFound: there is no such record, or no such maker.
        BadInput: the record cannot be assessed like this.
    """
    subject = subject_assessed(session, ref)
    if not all(_is_assessed(session, subject, entry, aspect) for aspect in entry.aspects):
        return False
    noun, number = subject
    identified = entry.identification is not None or entry.maker or entry.mpn
    return not identified or (noun is Component and _is_identified(session, author, number, entry))


def _is_assessed(
    session: Session, subject: tuple[Assessable, int], entry: AssessmentEntry, aspect: Aspect
) -> bool:
    noun, number = subject_assessed_of(session, subject, entry, aspect)
    row: Any = session.execute(
        select(Assessment).where(
            SUBJECTS[noun] == number, Assessment.aspect == aspect, Assessment.superseded_by.is_(None)
        )
    ).first()
    if row is None:
        return False
    value = entry.aspects[aspect]
    kind = entry.counterfeit_kind if aspect is Aspect.AUTHENTICITY else None
    said = None if value is None else str(value), kind, entry.said_by, entry.basis
    return bool((row.value, row.counterfeit_kind, row.said_by, row.basis) == said)


def _is_identified(session: Session, author: Author, number: int, entry: AssessmentEntry) -> bool:
    now = present(session, RecordKind.COMPONENT, number).entry
    if entry.identification is IdentificationState.UNIDENTIFIED:
        return bool(now["identification"] == IdentificationState.UNIDENTIFIED)
    _number, maker = Names(session, author).maker(entry.maker)
    stated = {
        "maker": maker.as_written if maker else None,
        "mpn": entry.mpn,
        "identification": entry.identification or IdentificationState.TENTATIVE,
        "basis": entry.basis,
        "said_by": entry.said_by,
    }
    return all(now[name] == value for name, value in stated.items() if value is not None)
