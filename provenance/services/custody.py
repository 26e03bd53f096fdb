"""Custody: logging handovers, showing who has had an item."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from provenance.core.basis import Basis
from provenance.core.errors import BadInput, UsageError
from provenance.core.identity import reference
from provenance.core.tlp import Handling, ceiling, stricter_than
from provenance.core.vocabulary.evidence import RequirementSubject
from provenance.evidence.custody import (
    Handover,
    Link,
    LinkKind,
    Moment,
    chain,
    corrected_entries,
    current_entries,
)
from provenance.evidence.custody import log_custody as write_custody
from provenance.evidence.subjects import Subject, standing_subject, subject, subject_named
from provenance.queries.fingerprint import data_fingerprint
from provenance.queries.record import locate
from provenance.schema.evidence import CustodyEvent
from provenance.schema.session import Session
from provenance.services.contracts.custody import (
    CustodyRequest,
    CustodyResult,
    CustodyRow,
    HandoverRequest,
)
from provenance.services.workspace import Workspace
from provenance.text.plurals import many


def log_handover(workspace: Workspace, request: HandoverRequest) -> CustodyResult:
    """Logs one handover and shows the custody log so far.

    Raises:
        NotFound: the record does not exist.
        UsageError: neither holder is known, or the entry to correct is not a current entry of the record.
        BadInput: the moment is in the future.
    """
    if not request.accept_future and is_future(workspace, request.at):
        raise BadInput(f"{request.at.as_written} is in the future", code="future")
    entry = Handover(
        request.at,
        request.from_holder,
        request.to_holder,
        reason=request.reason,
        seal=request.seal,
        state=request.state,
        tlp=request.tlp,
        note=request.note,
    )
    with workspace.writing() as session:
        about = standing_subject(session, request.ref)
        corrected = _entry_named(session, request.corrects) if request.corrects else None
        uid = write_custody(session, about, entry, actor=workspace.actor, corrects=corrected)
        return _custody(session, about, workspace, logged=reference("custody_event", uid))


def show_custody(workspace: Workspace, request: CustodyRequest) -> CustodyResult:
    """The custody log of a record in order, with a row for each gap, overlap and question.

    Raises:
        NotFound: the record does not exist, or is marked more strictly than the workspace's clearance.
        UsageError: it is not a recovery, unit or component.
    """
    with workspace.reading() as session:
        about = subject_named(session, request.ref, highest=workspace.clearance)
        return _custody(session, about, workspace)


def is_future(workspace: Workspace, moment: Moment) -> bool:
    """Whether a moment is still to come."""
    return moment.earliest > workspace.clock()


def _entry_named(session: Session, text: str) -> Any:
    name, number = locate(session, text)
    if name != "custody_event":
        raise UsageError(f"{text} is not a custody entry: their references begin with K", code="corrects")
    return session.execute(select(CustodyEvent).where(CustodyEvent.id == number)).one()


def _custody(
    session: Session, about: Subject, workspace: Workspace, *, logged: str | None = None
) -> CustodyResult:
    everything = chain(current_entries(session, about), corrected_entries(session, about))
    allowed = ceiling(workspace.clearance)
    links = [link for link in everything if allowed(link.tlp)]
    basis = _basis(session, about, links)
    if {LinkKind.GAP, LinkKind.OVERLAP} & {link.kind for link in links}:
        basis.cautions.append(
            "Names are compared as written, ignoring case: two spellings of one name show as a gap."
        )
    if len(links) < len(everything):
        basis.filters = {"max_tlp": str(workspace.clearance)}
        hidden = len(everything) - len(links)
        basis.cautions.append(f"Left out: {many(hidden, 'row')} {stricter_than(workspace.clearance)}.")
    if not everything:
        basis.unknown.append("No entry: who has had it is unknown.")
    if (of_recovery := _entries_of_recovery(session, about)) > 0:
        basis.cautions.append(f"Entries in the custody log of its recovery: {of_recovery:,}.")
    return CustodyResult(
        basis=basis,
        subject=about.title,
        subject_ref=about.ref,
        logged=logged,
        rows=tuple(_row(link) for link in links),
    )


def _basis(session: Session, about: Subject, links: list[Link]) -> Basis:
    kinds = [link.kind for link in links]
    marks = [link.tlp for link in links if link.kind is LinkKind.ENTRY]
    return Basis(
        question=f"who has had {about.name}",
        unit="current entries",
        data=data_fingerprint(session),
        counted={
            "entries": kinds.count(LinkKind.ENTRY),
            "gaps": kinds.count(LinkKind.GAP),
            "overlaps": kinds.count(LinkKind.OVERLAP),
            "questions": kinds.count(LinkKind.QUESTION),
        },
        handling=Handling.of([*marks, about.tlp]),
    )


def _entries_of_recovery(session: Session, about: Subject) -> int:
    if about.table is RequirementSubject.RECOVERY:
        return 0
    recovery = subject(session, RequirementSubject.RECOVERY, about.recovery_id)
    return len(current_entries(session, recovery))


def _row(link: Link) -> CustodyRow:
    return CustodyRow(
        kind=link.kind,
        at=link.at,
        ref=link.ref,
        from_holder=link.from_holder,
        to_holder=link.to_holder,
        reason=link.reason,
        seal=link.seal,
        state=link.state,
        tlp=link.tlp,
        finding=link.finding,
        note=link.note,
        recorded_by=link.recorded_by,
        corrects=link.corrects,
        between=link.between,
    )
