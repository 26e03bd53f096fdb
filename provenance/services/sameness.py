"""Whether two records are the same item: decided, undone, explained; nothing is copied or repointed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from provenance.core.errors import BadInput, NotFound, UsageError
from provenance.core.vocabulary import SameVerdict
from provenance.domain.record_kinds import RecordKind
from provenance.domain.same_statements import (
    Overruled,
    Statement,
    cluster_of,
    overruled,
    path,
    say,
    statements,
    undo,
)
from provenance.duplicates.worklist import read_pairs
from provenance.queries.comparable import ComparedRecord, comparable, compared, recoveries_apart
from provenance.schema.session import Session
from provenance.services.contracts.sameness import (
    ContradictionRow,
    DecidedRecord,
    SameFileRequest,
    SameOutcome,
    SameRequest,
    SameResult,
    SameRow,
    SameWhyRequest,
    SameWhyResult,
    StatementRow,
)
from provenance.services.workspace import Workspace

Pair = tuple[int, int]


def decide_same(workspace: Workspace, request: SameRequest) -> SameResult:
    """Records that two records are the same item or are not, or undoes that.

    Raises:
        UsageError: it is one record, they are of two kinds or of a kind that is never merged, or the reason
            is missing.
        BadInput: it contradicts what stands, and is not confirmed.
        NotFound: there is no such record, or nothing to undo.
    """
    with workspace.writing() as session:
        kind, pair = _pair(session, request.left, request.right)
        done = decide(session, kind, pair, request, actor=workspace.actor)
        return result(session, kind, done)


def decide_file(workspace: Workspace, request: SameFileRequest) -> SameResult:
    """Records the decisions of a worklist: all of them or, where one cannot be recorded, none.

    Raises:
        BadInput: a verdict or a reason is missing or unknown, a record does not exist, or a decision
            contradicts what stands and is not confirmed; names the line.
    """
    options = request.layout.options()
    decisions = read_pairs(request.file, options)
    done: dict[RecordKind, list[tuple[SameOutcome, Statement]]] = {}
    with workspace.writing() as session:
        for each in decisions:
            asked = SameRequest(
                left=each.left,
                right=each.right,
                reason=each.reason,
                never=each.verdict is SameVerdict.NEVER,
                confirmed=request.confirmed,
            )
            try:
                kind, pair = _pair(session, each.left, each.right)
                done.setdefault(kind, []).extend(decide(session, kind, pair, asked, actor=workspace.actor))
            except (BadInput, NotFound, UsageError) as error:
                raise BadInput(
                    error.message, file=request.file.name, line=each.line, hint=_NOTHING, code=error.code
                ) from None
        results = [result(session, kind, of_kind) for kind, of_kind in done.items()]
    return SameResult(
        notes=(*options.notes, *(note for each in results for note in each.notes)),
        contradictions=tuple(row for each in results for row in each.contradictions),
        rows=tuple(row for each in results for row in each.rows),
    )


_NOTHING = "No decision of the file was recorded."


def decide(
    session: Session, kind: RecordKind, pair: Pair, request: SameRequest, *, actor: str
) -> list[tuple[SameOutcome, Statement]]:
    """What became of a decision about two records of a kind, in the caller's unit of work."""
    verdict = SameVerdict.NEVER if request.never else SameVerdict.SAME
    if request.undo:
        wanted = verdict if request.never else None
        taken_back = undo(session, kind, pair, wanted, actor=actor, reason=request.reason)
        numbers = {each.number for each in taken_back}
        return [(SameOutcome.UNDONE, each) for each in statements(session, kind) if each.number in numbers]
    said = say(session, kind, pair, verdict, actor=actor, reason=request.reason, confirmed=request.confirmed)
    return [(SameOutcome.RECORDED if said.new else SameOutcome.KNOWN, said.statement)]


def _pair(session: Session, left: str, right: str) -> tuple[RecordKind, Pair]:
    kind, one = comparable(session, left)
    of_other, other = comparable(session, right)
    if kind is not of_other:
        raise UsageError(
            f"{left} is {_a(kind)} and {right} is {_a(of_other)}; only two of a kind can be the same"
        )
    if one == other:
        raise UsageError(f"{left} and {right} are one record. Name two different ones.")
    return kind, (one, other)


def _a(kind: RecordKind) -> str:
    return f"{'an' if kind is RecordKind.ORGANIZATION else 'a'} {kind.value}"


def result(session: Session, kind: RecordKind, done: Sequence[tuple[SameOutcome, Statement]]) -> SameResult:
    """What became of decisions about records of a kind, and what to know of them."""
    touched = {number for _outcome, each in done for number in each.pair}
    clusters = {number: cluster_of(session, kind, number) for number in touched}
    concerned = {member for members in clusters.values() for member in members}
    against = [each for each in overruled(statements(session, kind)) if each.never.pair & concerned]
    names = _names(session, kind, [each for _outcome, each in done], against, concerned)
    rows = tuple(
        SameRow(
            outcome=outcome,
            statement=_row(kind, each, names, against),
            counts_as_one=tuple(names[member].ref for member in clusters[each.left]),
        )
        for outcome, each in done
    )
    return SameResult(
        notes=_notes(session, kind, done, names),
        contradictions=_contradictions(kind, against, names),
        rows=rows,
    )


def explain_same(workspace: Workspace, request: SameWhyRequest) -> SameWhyResult:
    """Why two records count as one or do not, or all that was ever said of one record.

    Raises:
        NotFound: there is no such record.
        UsageError: they are of two kinds, or of a kind that is never merged.
    """
    with workspace.reading() as session:
        if request.right is None:
            kind, left = comparable(session, request.left)
            members = cluster_of(session, kind, left)
            said = [each for each in statements(session, kind) if each.pair & set(members)]
            pair, chain = None, tuple(said)
        else:
            kind, pair = _pair(session, request.left, request.right)
            left, found = pair[0], statements(session, kind)
            said = [each for each in found if each.pair == frozenset(pair)]
            chain = path(found, *pair)
            members = list(pair)
        against = [each for each in overruled(statements(session, kind)) if each.never.pair & set(members)]
        names = _names(session, kind, [*said, *chain], against, members)
        return SameWhyResult(
            left=_decided(names[left]),
            right=_decided(names[pair[1]]) if pair else None,
            same=bool(chain) if pair else None,
            contradictions=_contradictions(kind, against, names),
            rows=tuple(_row(kind, each, names, against) for each in chain or said),
        )


def _names(
    session: Session,
    kind: RecordKind,
    said: Iterable[Statement],
    against: Iterable[Overruled],
    more: Iterable[int],
) -> dict[int, ComparedRecord]:
    told = [*said, *(each for one in against for each in (one.never, *one.by))]
    wanted = sorted({*more, *(number for each in told for number in each.pair)})
    records = compared(session, [(kind, number) for number in wanted])
    return dict(zip(wanted, records, strict=True))


def _decided(record: ComparedRecord) -> DecidedRecord:
    return DecidedRecord(ref=record.ref, title=record.title, withdrawn=record.withdrawn_at is not None)


def _row(
    kind: RecordKind, said: Statement, names: dict[int, ComparedRecord], against: Sequence[Overruled]
) -> StatementRow:
    return StatementRow(
        kind=kind.value,
        left=_decided(names[said.left]),
        right=_decided(names[said.right]),
        verdict=said.verdict,
        by=said.actor,
        at=_moment(said.decided_at),
        reason=said.reason,
        undone_at=None if said.undone_at is None else _moment(said.undone_at),
        undone_by=said.undone_by,
        undone_reason=said.undone_reason,
        overruled=any(each.never.number == said.number for each in against),
    )


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _contradictions(
    kind: RecordKind, against: Sequence[Overruled], names: dict[int, ComparedRecord]
) -> tuple[ContradictionRow, ...]:
    return tuple(
        ContradictionRow(
            never=_row(kind, each.never, names, against),
            by=tuple(_row(kind, one, names, against) for one in each.by),
        )
        for each in against
    )


def _notes(
    session: Session,
    kind: RecordKind,
    done: Sequence[tuple[SameOutcome, Statement]],
    names: dict[int, ComparedRecord],
) -> tuple[str, ...]:
    touched = sorted({number for _outcome, each in done for number in each.pair})
    notes = [
        f"{names[number].name} is withdrawn and does not count."
        for number in touched
        if names[number].withdrawn_at is not None
    ]
    if kind is RecordKind.COMPONENT:
        same = [
            (each.left, each.right)
            for outcome, each in done
            if outcome is not SameOutcome.UNDONE and each.verdict is SameVerdict.SAME
        ]
        notes += recoveries_apart(session, same)
    return tuple(notes)
