"""Open questions about what is on record, for a person to decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from provenance.core.basis import Basis
from provenance.core.tlp import Handling, ceiling, stricter_than, strictest
from provenance.core.vocabulary import Tlp
from provenance.domain.record_kinds import RecordKind, id_column
from provenance.domain.same_statements import COMPARABLE, in_words, overruled, statements
from provenance.duplicates.components import component_proposals
from provenance.duplicates.decided import Decided
from provenance.duplicates.organizations import organization_proposals
from provenance.duplicates.proposals import ranked
from provenance.duplicates.recoveries import recovery_proposals
from provenance.queries.comparable import compared
from provenance.queries.fingerprint import data_fingerprint
from provenance.queries.marked_names import NAMES, may_show_name
from provenance.queries.marked_records import effective_marks
from provenance.queries.open_questions import OpenQuestion, QuestionKind, by_kind, open_questions
from provenance.schema.chunks import chunks
from provenance.schema.session import Session
from provenance.services.contracts.open_questions import OpenQuestionsResult, QuestionRow, ReviewRequest
from provenance.services.workspace import Workspace
from provenance.text.plurals import many

_FINDERS = {
    RecordKind.RECOVERY: recovery_proposals,
    RecordKind.COMPONENT: component_proposals,
    RecordKind.ORGANIZATION: organization_proposals,
}


def review(workspace: Workspace, request: ReviewRequest) -> OpenQuestionsResult:
    """The open questions of the kinds asked for, up to the workspace's clearance."""
    with workspace.reading() as session:
        found = [
            each
            for each in _questions(session, request.kinds)
            if not request.kinds or each.kind in request.kinds
        ]
        shown, marks = _shown(session, found, workspace.clearance)
        basis = Basis(
            question="review",
            unit="open questions",
            data=data_fingerprint(session),
            filters={"kinds": ", ".join(request.kinds)} if request.kinds else {},
            counted={"questions": len(shown)},
            out_of={"questions": len(found)},
            handling=Handling.of(marks) if marks else None,
        )
        if hidden := len(found) - len(shown):
            basis.cautions.append(
                f"Left out: {many(hidden, 'question')} {stricter_than(workspace.clearance)}."
            )
        kinds = by_kind(shown)
        rows = [
            _row(session, each)
            for questions in kinds.values()
            for each in (questions[: request.limit] if request.limit else questions)
        ]
    totals = {kind: len(questions) for kind, questions in kinds.items()}
    return OpenQuestionsResult(basis=basis, totals=totals, rows=tuple(rows))


def _questions(session: Session, kinds: Sequence[QuestionKind]) -> Iterator[OpenQuestion]:
    if not kinds or QuestionKind.CONTRADICTION in kinds:
        yield from _contradictions(session)
    if not kinds or QuestionKind.DUPLICATE in kinds:
        yield from _duplicates(session)
    if not kinds or set(kinds) - {QuestionKind.CONTRADICTION, QuestionKind.DUPLICATE}:
        yield from open_questions(session)


def _contradictions(session: Session) -> Iterator[OpenQuestion]:
    for kind in COMPARABLE:
        for each in overruled(statements(session, kind)):
            left, right = compared(session, [(kind, each.never.left), (kind, each.never.right)])
            text = (
                f"{left.name} and {right.name} are recorded as different ({in_words(each.never)})"
                " and count as one all the same"
            )
            members = tuple(sorted({number for one in each.by for number in one.pair}))
            yield OpenQuestion(QuestionKind.CONTRADICTION, text, left.ref, kind, members)


def _duplicates(session: Session) -> Iterator[OpenQuestion]:
    for kind, find in _FINDERS.items():
        decided = Decided(session, kind)
        for each in ranked(find(session)):
            if decided.verdict(each.left, each.right) is None:
                left, right = compared(session, [(kind, each.left), (kind, each.right)])
                speaks = "; ".join(sign.text for sign in each.signs if sign.weight > 0)
                text = f"{left.name} and {right.name}: {speaks}"
                yield OpenQuestion(QuestionKind.DUPLICATE, text, left.ref, kind, (each.left, each.right))


def _shown(
    session: Session, found: Sequence[OpenQuestion], clearance: Tlp | None
) -> tuple[list[OpenQuestion], list[Tlp]]:
    """The questions of which every record may be shown, and the marks of these records."""
    marks: dict[tuple[RecordKind, int], Tlp | None] = {}
    for kind in dict.fromkeys(each.kind_of for each in found):
        numbers = sorted({number for each in found if each.kind_of is kind for number in each.numbers})
        marks |= _marks(session, kind, numbers, clearance)
    allowed = ceiling(clearance)
    shown, used = [], []
    for each in found:
        of = [marks[each.kind_of, number] for number in each.numbers]
        if all(mark is None or allowed(mark) for mark in of):
            shown.append(each)
            used += [mark for mark in of if mark is not None]
    return shown, used


def _marks(
    session: Session, kind: RecordKind, numbers: Sequence[int], clearance: Tlp | None
) -> dict[tuple[RecordKind, int], Tlp | None]:
    """How strictly records are to be handled: None for a name that may be shown, RED for one that may not."""
    if kind not in NAMES:
        found = effective_marks(session, kind, numbers)
        return {(kind, number): strictest(marks) for number, marks in found.items()}
    may_show = may_show_name(kind, clearance)
    named = set(numbers)
    if may_show is not None:
        named = set()
        for some in chunks(numbers):
            rows = session.execute(select(id_column(kind)).where(id_column(kind).in_(some), may_show))
            named.update(rows.scalars())
    return {(kind, number): None if number in named else Tlp.RED for number in numbers}


def _row(session: Session, question: OpenQuestion) -> QuestionRow:
    other = None
    if question.kind is QuestionKind.DUPLICATE:
        other = compared(session, [(question.kind_of, question.numbers[1])])[0].ref
    return QuestionRow(
        kind=question.kind,
        text=question.text,
        ref=question.ref,
        other_ref=other,
        records=len(question.numbers),
        claims=question.claims,
    )
