"""Assessments by the hundred: a table of them, and the worklist of what the program reads from markings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from provenance.core.errors import BadInput, NotFound, ProvenanceError, UsageError
from provenance.core.identity import reference
from provenance.core.vocabulary.field import Aspect, IdentificationState
from provenance.domain.assessment_entries import record_assessment
from provenance.domain.assessments_on_record import is_on_record
from provenance.domain.derivation import Reader
from provenance.domain.journal import Author, author_of
from provenance.domain.record_kinds import RecordKind
from provenance.domain.references import uid_of
from provenance.fields.values import one_of
from provenance.identify.store.knowledge import identifier
from provenance.importing.belief_rows import BeliefRow, ReadingVerdict, belief_rows, write_readings
from provenance.importing.marking_reader import MarkingReader
from provenance.queries.readings import ReadingGroup, reading_groups
from provenance.schema.session import Session
from provenance.services.assessments import assessment_entry, told_changes
from provenance.services.contracts.assessments import (
    AssessmentRequest,
    AssessmentRow,
    BeliefFileRequest,
    BeliefsLogged,
    ReadingsRequest,
    ReadingsWritten,
)
from provenance.services.workspace import Workspace

_ASPECTS = (
    Aspect.RELIABILITY,
    Aspect.CREDIBILITY,
    Aspect.AUTHENTICITY,
    Aspect.MARKING_STATE,
    Aspect.TLP,
)
_SHOWN = 20
_NEEDS_MAKER = "other: say what it is, in maker or mpn"


def write_reading_worklist(workspace: Workspace, request: ReadingsRequest) -> ReadingsWritten:
    """Writes what the program reads from markings, and nobody has confirmed or rejected, to an .xlsx file.

    Raises:
        UsageError: the name does not end in .xlsx.
        BadInput: the file exists, or cannot be written.
    """
    with workspace.reading() as session:
        groups = [
            group
            for group in reading_groups(session)
            if len(group.components) >= request.at_least and request.confidence in (None, group.confidence)
        ]
    chosen = groups[: request.limit] if request.limit else groups
    write_readings(request.file, chosen)
    return ReadingsWritten(
        file=str(request.file),
        groups=len(chosen),
        components=sum(len(group.components) for group in chosen),
        left_out=len(groups) - len(chosen),
    )


def log_belief_file(
    workspace: Workspace, request: BeliefFileRequest, on_progress: Callable[[int], None] = lambda rows: None
) -> BeliefsLogged:
    """Logs all assessments of a table or, where one cannot be used, none; the same again changes nothing.

    Raises:
        BadInput: the file cannot be read, or a line cannot be used; names each line with its reason.
    """
    options = request.layout.options()
    lines = list(belief_rows(request.file, options))
    with workspace.writing() as session:
        job = _Beliefs(session, author_of(session, workspace.actor, request.new), workspace.actor)
        faults: list[tuple[int, str]] = []
        for number, line in enumerate(lines, start=1):
            try:
                with session.begin_nested():
                    job.take(line)
            except (BadInput, NotFound, UsageError) as error:
                faults.append((line.line, _reason(error)))
            on_progress(number)
        if faults:
            raise _refused(request.file.name, faults, len(lines))
    return BeliefsLogged(
        file=request.file.name,
        read=len(lines),
        records=job.records,
        known=job.known,
        notes=(*options.notes, *job.notes),
        rows=tuple(job.rows),
    )


def _reason(error: ProvenanceError) -> str:
    near = error.near[:3] if isinstance(error, NotFound) else ()
    return f"{error.message} (near: {'; '.join(near)})" if near else error.message


def _refused(file: str, faults: list[tuple[int, str]], read: int) -> BadInput:
    (line, reason), *more = faults
    hints = [f"line {number}: {text}" for number, text in more[:_SHOWN]]
    hints.append(f"{len(faults):,} of {read:,} lines cannot be used. Nothing was logged.")
    return BadInput(reason, file=file, line=line, hint="\n".join(hints))


class _Beliefs:
    """The assessments of one table, in one transaction."""

    def __init__(self, session: Session, author: Author, actor: str) -> None:
        self._session = session
        self._author = author
        self._actor = actor
        self._reader: Reader = MarkingReader(identifier(session))
        self._groups: dict[str, ReadingGroup] | None = None
        self.records = 0
        self.known = 0
        self.notes: list[str] = []
        self.rows: list[AssessmentRow] = []

    def take(self, line: BeliefRow) -> None:
        """Logs what one line says."""
        for ref, request in self._of_group(line) if line.is_group else self._of_record(line):
            entry = assessment_entry(request, self._actor)
            if is_on_record(self._session, self._author, ref, entry):
                self.known += 1
                continue
            done = record_assessment(self._session, self._author, ref, entry, reader=self._reader)
            self.records += 1
            self.notes += [f"line {line.line}: {note}" for note in done.notes]
            self.rows += told_changes(done, entry)

    def _of_record(self, line: BeliefRow) -> Iterator[tuple[str, AssessmentRequest]]:
        if not line.about:
            raise BadInput("ref is required")
        yield line.about, _request(line.about, line.cells)

    def _of_group(self, line: BeliefRow) -> Iterator[tuple[str, AssessmentRequest]]:
        """An assessment of each component whose marking is still read as the worklist has it."""
        verdict = _verdict(line.cells)
        if self._groups is None:
            self._groups = {group.key: group for group in reading_groups(self._session)}
        group = self._groups.get(line.about)
        if group is None:
            self.notes.append(
                f"line {line.line}: nothing is read as {line.cells.get('read as part') or 'this'} any more"
                f" from {line.cells.get('marking', 'this marking')}; it was decided or amended since"
            )
            return
        cells = _decided(verdict, group, line.cells)
        for number in group.components:
            ref = reference(RecordKind.COMPONENT, uid_of(self._session, RecordKind.COMPONENT, number))
            yield ref, _request(ref, cells)


def _verdict(cells: Mapping[str, str]) -> ReadingVerdict:
    text = cells.get("verdict", "")
    if not text:
        raise BadInput(f"verdict is required: {', '.join(ReadingVerdict)}")
    try:
        found = one_of(ReadingVerdict)(text)
    except ValueError as error:
        raise BadInput(f"verdict: {error}") from None
    if found is None:
        raise BadInput(f"verdict: {text} is not one of {', '.join(ReadingVerdict)}")
    return found


def _decided(verdict: ReadingVerdict, group: ReadingGroup, cells: Mapping[str, str]) -> dict[str, str]:
    """What a verdict says of each component of a group, as the cells of an assessment."""
    said = {name: cells[name] for name in ("basis", "said_by") if name in cells}
    stated = {name: cells[name] for name in ("maker", "mpn") if name in cells}
    if verdict is ReadingVerdict.REJECT:
        if stated:
            raise BadInput("reject: a maker or part is given; for what it is instead the verdict is other")
        return said | {"identification": IdentificationState.UNIDENTIFIED}
    if verdict is ReadingVerdict.OTHER:
        if not stated:
            raise BadInput(_NEEDS_MAKER)
        return said | stated | {"identification": IdentificationState.CONFIRMED}
    if stated:
        raise BadInput("confirm: another maker or part is given; the verdict for that is other")
    read = {"maker": group.maker_ref or "", "mpn": group.part or ""}
    return (
        said
        | {name: text for name, text in read.items() if text}
        | {"identification": IdentificationState.CONFIRMED}
    )


def _request(ref: str, cells: Mapping[str, str]) -> AssessmentRequest:
    own = ("basis", "said_by", "counterfeit_kind", "identification", "maker", "mpn", "source")
    return AssessmentRequest(
        ref=ref,
        aspects={aspect: cells[aspect] for aspect in _ASPECTS if aspect in cells},
        **{name: cells[name] for name in own if name in cells},
    )
