"""Assessments of a component, recovery or source, with author and basis."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import select

from provenance.core.errors import NotFound, UsageError
from provenance.core.vocabulary import Authenticity, MarkingState, Reliability, Tlp
from provenance.core.vocabulary.field import Aspect, CounterfeitKind, IdentificationState
from provenance.domain.assessment_entries import (
    AspectChange,
    AssessmentEntry,
    AssessmentRecorded,
    record_assessment,
)
from provenance.domain.handles import row_called
from provenance.domain.journal import author_of
from provenance.domain.record_kinds import RecordKind
from provenance.fields.values import credibility, one_of
from provenance.identify.store.knowledge import identifier
from provenance.importing.marking_reader import MarkingDesk, MarkingReader
from provenance.schema.engines import reading_engine
from provenance.schema.recoveries import Component
from provenance.services.contracts.assessments import (
    AssessmentRequest,
    AssessmentResult,
    AssessmentRow,
)
from provenance.services.workspace import Workspace
from provenance.text.unknown import says_unknown

Member = TypeVar("Member", bound=StrEnum)

_READERS: Mapping[Aspect, Callable[[str], Any]] = {
    Aspect.RELIABILITY: one_of(Reliability),
    Aspect.CREDIBILITY: credibility,
    Aspect.AUTHENTICITY: one_of(Authenticity),
    Aspect.MARKING_STATE: one_of(MarkingState),
    Aspect.TLP: one_of(Tlp),
}
_NONE = ("not assessed", "unidentified")
"""How an aspect without a value is named below."""


def log_assessment(workspace: Workspace, request: AssessmentRequest) -> AssessmentResult:
    """Logs an assessment; the earlier one stays on record, superseded.

    Raises:
        UsageError: nothing is assessed, a value cannot be read, the basis is missing, or the marking has no
            candidate of that number.
        NotFound: the record or the maker does not exist.
        BadInput: the record cannot be assessed like this.
    """
    entry = _entry(workspace, request)
    with workspace.writing() as session:
        author, reader = author_of(session, workspace.actor, request.new), MarkingReader(identifier(session))
        logged = record_assessment(session, author, request.ref, entry, reader=reader)
    return AssessmentResult(ref=logged.ref, notes=logged.notes, rows=told_changes(logged, entry))


def told_changes(logged: AssessmentRecorded, entry: AssessmentEntry) -> tuple[AssessmentRow, ...]:
    """What an assessment changed, aspect by aspect."""
    return tuple(_row(logged.ref, change, entry) for change in logged.changes)


def _entry(workspace: Workspace, request: AssessmentRequest) -> AssessmentEntry:
    if request.candidate is None:
        return assessment_entry(request, workspace.actor)
    maker, mpn = _candidate(workspace, request.ref, request.candidate)
    return assessment_entry(request.model_copy(update={"maker": maker, "mpn": mpn}), workspace.actor)


def assessment_entry(request: AssessmentRequest, actor: str) -> AssessmentEntry:
    """An assessment as typed, read.

    Raises:
        UsageError: nothing is assessed, a value cannot be read, or the basis is missing.
    """
    aspects = {aspect: _read(aspect, text, _READERS[aspect]) for aspect, text in request.aspects.items()}
    identification = _member("identification", IdentificationState, request.identification)
    identified = identification or request.maker or request.mpn or request.candidate
    if not aspects and not identified:
        raise UsageError("No assessment is given.", code="assessment")
    for name, text in (("maker", request.maker), ("part number", request.mpn), ("assessor", request.said_by)):
        if text is not None and says_unknown(text):
            raise UsageError(f"{name}: {text!r} means unknown, which is not an assessment.")
    if request.basis and request.basis.strip() and says_unknown(request.basis):
        raise UsageError(f"basis: {request.basis!r} does not say what the assessment rests on.")
    return AssessmentEntry(
        said_by=request.said_by or actor,
        basis=_basis(request.basis, aspects),
        aspects=aspects,
        counterfeit_kind=_member("counterfeit_kind", CounterfeitKind, request.counterfeit_kind),
        identification=identification,
        maker=request.maker,
        mpn=request.mpn,
        source=request.source,
    )


def _read(name: str, text: str, read: Callable[[str], Any]) -> Any:
    try:
        return read(text)
    except ValueError as error:
        raise UsageError(f"{name}: {error}") from None


def _member(name: str, vocabulary: type[Member], text: str | None) -> Member | None:
    if text is None:
        return None
    found: Member | None = _read(name, text, one_of(vocabulary))
    return found


def _basis(basis: str | None, aspects: Mapping[Aspect, Any]) -> str:
    """The basis; only a TLP mark, which assesses nothing, needs none."""
    if basis is not None and basis.strip():
        return basis.strip()
    if set(aspects) == {Aspect.TLP}:
        return "as marked"
    raise UsageError("The assessment needs a basis.", code="basis")


def _candidate(workspace: Workspace, ref: str, number: int) -> tuple[str, str | None]:
    """Maker and part number of a candidate for a component's marking."""
    with workspace.reading() as session:
        referred = row_called(session, ref, (RecordKind.COMPONENT,))
        if referred is None or referred[0] != "component":
            raise NotFound(f"{ref} is not the reference of a component")
        marking = session.execute(select(Component.marking).where(Component.id == referred[1])).scalar_one()
    desk = MarkingDesk(reading_engine(workspace.database))
    offered = desk.read(marking).offered if marking else ()
    if number > len(offered):
        raise UsageError(f"candidate {number}: the marking has {len(offered)}")
    chosen = offered[number - 1]
    return chosen.maker_ref, chosen.candidate.mpn or None


def _row(ref: str, change: AspectChange, entry: AssessmentEntry) -> AssessmentRow:
    return AssessmentRow(
        ref=ref,
        aspect=change.aspect,
        before=None if change.before in _NONE else change.before,
        after=None if change.after in _NONE else change.after,
        said_by=entry.said_by,
        basis=entry.basis,
    )
