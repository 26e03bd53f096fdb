"""Assessments of a record made later: graded sources, doubted parts, confirmed identifications."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, select

from provenance.core.errors import BadInput, NotFound
from provenance.core.identity import reference
from provenance.core.vocabulary import SUSPECT_AUTHENTICITY, StatementStatus
from provenance.core.vocabulary.field import Aspect, IdentificationState
from provenance.domain.amendments.standing import refuse_withdrawn
from provenance.domain.assessments import ASSESSABLE, AspectAssessment, Assessable, aspects_of, assess
from provenance.domain.audit import add_entry
from provenance.domain.derivation import Reader
from provenance.domain.handles import row_called
from provenance.domain.journal import Author
from provenance.domain.names import Names
from provenance.domain.readings import Derivation
from provenance.domain.record_kinds import RecordKind
from provenance.domain.references import uid_of
from provenance.domain.statements import Finding, replace, state
from provenance.schema.recoveries import Component, Identification, MakerAttribution, Recovery
from provenance.schema.row_values import table_name
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source


@dataclass(frozen=True, slots=True)
class AssessmentEntry:
    """One author's assessment of one record: values by aspect (None: not assessed), maker and part.

    ``maker`` is an organization's name or reference, ``source`` the key of the source whose record is graded.
    """

    said_by: str
    basis: str
    aspects: dict[Aspect, Any] = field(default_factory=dict)
    counterfeit_kind: str | None = None
    identification: IdentificationState | None = None
    maker: str | None = None
    mpn: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class AspectChange:
    """One aspect before and after, in words."""

    aspect: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AssessmentRecorded:
    """What was written: of which record, what changed, and what could not be settled."""

    ref: str
    changes: tuple[AspectChange, ...]
    notes: tuple[str, ...]


def record_assessment(
    session: Session, author: Author, ref: str, entry: AssessmentEntry, *, reader: Reader
) -> AssessmentRecorded:
    """Writes assessments: every earlier one stays on record, superseded; one audit entry covers them all.

    What follows from a component's maker and part (date, category, customs code, readings) is derived again.
    A credibility belongs to a record of a source: of a component or recovery with several, ``source`` says
    which.

    Raises:
        NotFound: there is nothing of that reference.
        BadInput: such a record cannot be assessed like this, or was withdrawn.
    """
    noun, number, uid = _subject(session, ref)
    refuse_withdrawn(session, RecordKind(table_name(noun)), number)
    changes = [
        _assess(session, author, (noun, number), aspect, value, entry)
        for aspect, value in entry.aspects.items()
    ]
    names = Names(session, author)
    identified = entry.identification is not None or entry.maker or entry.mpn
    if identified:
        if noun is not Component:
            raise BadInput("only a component has a maker and a part")
        changes += _identify(session, author, number, entry, names)
    if identified or Aspect.MARKING_STATE in entry.aspects:
        # What was read from a marking goes with it where it turns out to be illegible.
        unidentified = entry.identification is IdentificationState.UNIDENTIFIED
        Derivation(session, reader).derive([number], identify=not unidentified)
    add_entry(
        session,
        actor=author.actor,
        action="log belief",
        table=noun,
        uid=uid,
        before={change.aspect: change.before for change in changes},
        after={change.aspect: change.after for change in changes}
        | {"said_by": entry.said_by, "basis": entry.basis},
    )
    return AssessmentRecorded(reference(table_name(noun), uid), tuple(changes), names.notes)


_NUMBERED = (RecordKind.COMPONENT, RecordKind.RECOVERY)


def _subject(session: Session, ref: str) -> tuple[Assessable, int, str]:
    # A source's key may look like a misspelt reference, so the keys come first.
    number = session.execute(select(Source.id).where(Source.key == ref)).scalar()
    referred = ("source", number) if number is not None else row_called(session, ref, _NUMBERED)
    if referred is None or referred[0] not in ASSESSABLE:
        raise NotFound(
            f"{ref} is not the reference of a component, recovery or source",
            hint="Find it: provenance find TEXT; a source can also be named by its key.",
        )
    return ASSESSABLE[referred[0]], referred[1], uid_of(session, *referred)


def _assess(
    session: Session,
    author: Author,
    subject: tuple[Assessable, int],
    aspect: Aspect,
    value: Any,
    entry: AssessmentEntry,
) -> AspectChange:
    noun, number = subject_assessed_of(session, subject, entry, aspect)
    if aspect not in aspects_of(noun):
        raise BadInput(
            f"{aspect} is not an aspect of a {table_name(noun)}; {', '.join(aspects_of(noun))} are"
        )
    if entry.counterfeit_kind and aspect is Aspect.AUTHENTICITY and value not in SUSPECT_AUTHENTICITY:
        raise BadInput(f"counterfeit_kind: authenticity must be one of {', '.join(SUSPECT_AUTHENTICITY)}")
    kind = entry.counterfeit_kind if aspect is Aspect.AUTHENTICITY else None
    assessment = AspectAssessment(aspect, value, kind, said_by=entry.said_by, basis=entry.basis)
    before = assess(session, author, noun, number, assessment)
    after = f"{value} ({kind})" if kind else value
    return AspectChange(str(aspect), _words(before), _words(after))


def subject_assessed(session: Session, ref: str) -> tuple[Assessable, int]:
    """The record that an assessment is about.

    Raises:
        NotFound: there is nothing of that reference.
    """
    noun, number, _uid = _subject(session, ref)
    return noun, number


def subject_assessed_of(
    session: Session, subject: tuple[Assessable, int], entry: AssessmentEntry, aspect: Aspect
) -> tuple[Assessable, int]:
    """What an aspect is assessed of: a credibility belongs to a record of a source.

    Raises:
        BadInput: several sources report the record, and none is named.
    """
    noun, number = subject
    if aspect is Aspect.CREDIBILITY and noun in _CITED_BY:
        return Citation, _citation(session, _CITED_BY[noun] == number, entry.source)
    return subject


def _words(value: Any) -> str:
    return "not assessed" if value is None else str(value)


_CITED_BY: dict[Assessable, Any] = {Component: Citation.component_id, Recovery: Citation.recovery_id}


def _citation(session: Session, cited: ColumnElement[bool], key: str | None) -> int:
    rows = session.execute(
        select(Citation.id, Source.key)
        .join(Source, Source.id == Citation.source_id)
        .where(cited)
        .order_by(Citation.id)
    ).all()
    mine = [row.id for row in rows if key in (None, row.key)]
    if len(mine) != 1:
        keys = ", ".join(dict.fromkeys(row.key for row in rows)) or "none"
        raise BadInput(
            f"credibility: of which record? Sources that report this: {keys}", code="several_sources"
        )
    number_: int = mine[0]
    return number_


def _identify(
    session: Session, author: Author, number: int, entry: AssessmentEntry, names: Names
) -> list[AspectChange]:
    if entry.identification is IdentificationState.UNIDENTIFIED:
        before = {
            "maker": replace(session, MakerAttribution, number, None),
            "part": replace(session, Identification, number, None),
        }
        return [AspectChange(what, old or "unidentified", "unidentified") for what, old in before.items()]
    if not (entry.maker or entry.mpn):
        raise BadInput("identification: as what? Give maker, mpn or candidate")
    confirmed = entry.identification is IdentificationState.CONFIRMED
    maker, record = names.maker(entry.maker)
    finding = Finding(
        maker=maker,
        maker_as_written=record.as_written if record else None,
        mpn=entry.mpn,
        status=StatementStatus.CONFIRMED if confirmed else StatementStatus.TENTATIVE,
        basis=entry.basis,
        said_by=entry.said_by,
    )
    before = state(session, author, number, finding)
    now = {"maker": finding.maker_as_written, "part": finding.mpn}
    return [
        AspectChange(what, old or "unidentified", f"{now[what]} ({finding.status})")
        for what, old in before.items()
    ]
