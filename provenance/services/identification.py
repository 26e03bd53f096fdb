"""What markings are: candidates for maker and part, dates and lots, from what this database knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from provenance.core.progress import Progress
from provenance.domain.ownership import Genealogy, load_genealogy
from provenance.identify.answers import Answer, Candidate, MarkingQuery
from provenance.identify.store.knowledge import identifier, learned_from
from provenance.queries.names import organization_labels
from provenance.schema.session import Session
from provenance.services.contracts.identification import (
    IdentifiedCandidate,
    IdentifiedDate,
    IdentifiedMarking,
    IdentifyRequest,
    IdentifyResult,
    KnowledgeState,
)
from provenance.services.workspace import Workspace
from provenance.text.date_codes import DateBounds
from provenance.text.marking_lines import marking_lines


def identify(
    workspace: Workspace, request: IdentifyRequest, on_progress: Progress = lambda markings: None
) -> IdentifyResult:
    """What each marking says; ``on_progress`` is called with how many are answered.

    Raises:
        NoDatabase: there is none, or it has to be upgraded first.
    """
    rows = []
    with workspace.reading() as session:
        for row in identified(session, request.markings, request.made_by):
            rows.append(row)
            on_progress(len(rows))
        learned, marked = learned_from(session)
    state = KnowledgeState(learned or 0, marked, learned is not None)
    return IdentifyResult(knowledge=state, rows=tuple(rows))


def identified(
    session: Session, markings: Iterable[str], made_by: date | None = None
) -> Iterator[IdentifiedMarking]:
    """What each marking says, in order; ``made_by`` is a day by which the parts were made."""
    genealogy = load_genealogy(session, today=session.today)
    labels: dict[int, tuple[str, str]] = {}
    bounds = DateBounds(latest=made_by)
    queries = (MarkingQuery(marking_lines(marking), bounds) for marking in markings)
    for marking, answer in zip(markings, identifier(session).identify_all(queries), strict=True):
        if missing := {int(each.maker) for each in answer.candidates} - labels.keys():
            labels |= organization_labels(session, missing)
        yield _row(marking, answer, labels, genealogy)


def _row(
    marking: str, answer: Answer, labels: dict[int, tuple[str, str]], genealogy: Genealogy
) -> IdentifiedMarking:
    return IdentifiedMarking(
        marking=marking,
        candidates=tuple(_candidate(each, labels, genealogy) for each in answer.candidates),
        dates=tuple(
            IdentifiedDate(each.span.earliest, each.span.latest, each.reading, each.reason)
            for each in answer.dates
        ),
        lot=answer.lot or None,
        lines=answer.lines,
        as_read=answer.as_read or None,
    )


def _candidate(
    found: Candidate, labels: dict[int, tuple[str, str]], genealogy: Genealogy
) -> IdentifiedCandidate:
    number = int(found.maker)
    label, ref = labels[number]
    owner = genealogy.owner_now(number).organization_id
    return IdentifiedCandidate(
        maker=label,
        maker_ref=ref,
        owner=genealogy.labels[owner] if owner is not None and owner != number else None,
        mpn=found.mpn or None,
        printed=found.printed or None,
        base_part=found.base_part or None,
        suffix=found.suffix or None,
        package=found.suffix_parts.package or None,
        temperature=found.suffix_parts.temperature or None,
        reel=found.suffix_parts.reel or None,
        category=found.category or None,
        in_catalogue=found.in_catalogue,
        confidence=found.confidence,
        confidence_of="maker",
        ground=found.ground,
        score=found.score,
        reason=found.reason,
    )
