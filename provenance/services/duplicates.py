"""Records that may be one, reported twice: proposed with their evidence, written to a worklist."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import select

from provenance.core.basis import Basis
from provenance.core.tlp import Handling, ceiling, stricter_than, strictest
from provenance.core.vocabulary import SameVerdict, Tlp
from provenance.domain.record_kinds import RecordKind
from provenance.duplicates.components import component_proposals
from provenance.duplicates.decided import Decided
from provenance.duplicates.organizations import organization_proposals
from provenance.duplicates.proposals import LEAST, Proposal, ranked
from provenance.duplicates.recoveries import recovery_proposals
from provenance.duplicates.worklist import write_pairs
from provenance.queries.comparable import compared
from provenance.queries.fingerprint import data_fingerprint
from provenance.queries.marked_names import may_show_name
from provenance.queries.marked_records import effective_marks
from provenance.schema.organizations import Organization
from provenance.schema.session import Session
from provenance.services.contracts.duplicates import (
    DuplicateNoun,
    DuplicateRow,
    DuplicatesRequest,
    DuplicatesResult,
    DuplicateWorklistRequest,
    DuplicateWorklistResult,
    SignRow,
)
from provenance.services.workspace import Workspace
from provenance.text.plurals import many

CAUTION = (
    "A proposal is a lead: what agrees may agree by chance, and nothing is merged until a person decides."
)

_KINDS: Mapping[DuplicateNoun, RecordKind] = {
    DuplicateNoun.RECOVERIES: RecordKind.RECOVERY,
    DuplicateNoun.COMPONENTS: RecordKind.COMPONENT,
    DuplicateNoun.ORGANIZATIONS: RecordKind.ORGANIZATION,
    DuplicateNoun.PARTIES: RecordKind.ORGANIZATION,
}
_FINDERS: Mapping[DuplicateNoun, Callable[[Session], Sequence[Proposal]]] = {
    DuplicateNoun.RECOVERIES: recovery_proposals,
    DuplicateNoun.COMPONENTS: component_proposals,
    DuplicateNoun.ORGANIZATIONS: organization_proposals,
    DuplicateNoun.PARTIES: lambda session: organization_proposals(session, parties=True),
}


def propose_duplicates(workspace: Workspace, request: DuplicatesRequest) -> DuplicatesResult:
    """The pairs that may be one, best first, up to the workspace's clearance."""
    with workspace.reading() as session:
        rows, basis = _rows(session, request.noun, request.everything, workspace.clearance)
    shown = rows[: request.limit] if request.limit else rows
    return DuplicatesResult(basis=basis, noun=request.noun, total=len(rows), rows=tuple(shown))


def write_worklist(workspace: Workspace, request: DuplicateWorklistRequest) -> DuplicateWorklistResult:
    """Writes the pairs to an .xlsx file, to be filled in and read back as decisions.

    Raises:
        UsageError: the name does not end in .xlsx.
        BadInput: the file exists, or cannot be written.
    """
    with workspace.reading() as session:
        rows, _basis = _rows(session, request.noun, request.everything, workspace.clearance)
    write_pairs(request.file, [_line(row) for row in rows])
    return DuplicateWorklistResult(file=str(request.file), pairs=len(rows))


def _line(row: DuplicateRow) -> dict[str, str]:
    speaks = {
        side: "; ".join(sign.text for sign in row.signs if (sign.weight > 0) is (side == "for"))
        for side in ("for", "against")
    }
    return {
        "left": row.left_ref,
        "left name": row.left or "",
        "right": row.right_ref,
        "right name": row.right or "",
        "score": str(row.score),
        **speaks,
        "decided before": row.verdict or "",
    }


def _rows(
    session: Session, noun: DuplicateNoun, everything: bool, clearance: Tlp | None
) -> tuple[list[DuplicateRow], Basis]:
    kind = _KINDS[noun]
    found, decided = ranked(_FINDERS[noun](session)), Decided(session, kind)
    verdicts = [decided.verdict(each.left, each.right) for each in found]
    wanted = [
        (each, verdict)
        for each, verdict in zip(found, verdicts, strict=True)
        if everything or verdict is None
    ]
    marks = _marks(session, kind, [each for each, _verdict in wanted], clearance)
    allowed = ceiling(clearance)
    shown = [(each, verdict) for each, verdict in wanted if allowed(marks[each.pair])]
    basis = Basis(
        question=f"duplicates {noun}",
        unit=f"pairs of {noun}",
        data=data_fingerprint(session),
        filters={"least_score": str(LEAST)},
        counted={"pairs": len(shown)},
        out_of={"pairs": len(found)},
        cautions=[CAUTION],
    )
    if decided_pairs := len(found) - len(wanted):
        basis.notes.append(f"Decided pairs left out: {decided_pairs:,}.")
    if hidden := len(wanted) - len(shown):
        basis.cautions.append(f"Left out: {many(hidden, 'pair')} {stricter_than(clearance)}.")
    if shown and kind is not RecordKind.ORGANIZATION:
        basis.handling = Handling.of(marks[each.pair] for each, _verdict in shown)
    return [_row(session, kind, each, verdict) for each, verdict in shown], basis


def _marks(
    session: Session, kind: RecordKind, found: Sequence[Proposal], clearance: Tlp | None
) -> dict[frozenset[int], Tlp]:
    """How strictly each pair is to be handled: as the stricter of the two; a firm's name as its records."""
    numbers = sorted({number for each in found for number in each.pair})
    if kind is RecordKind.ORGANIZATION:
        named = set(numbers)
        if (may_show := may_show_name(kind, clearance)) is not None:
            shown = select(Organization.id).where(Organization.id.in_(numbers), may_show)
            named = set(session.execute(shown).scalars())
        of = {number: Tlp.CLEAR if number in named else Tlp.RED for number in numbers}
    else:
        of = {number: strictest(marks) for number, marks in effective_marks(session, kind, numbers).items()}
    return {each.pair: strictest(of[number] for number in each.pair) for each in found}


def _row(session: Session, kind: RecordKind, found: Proposal, verdict: SameVerdict | None) -> DuplicateRow:
    left, right = compared(session, [(kind, found.left), (kind, found.right)])
    return DuplicateRow(
        kind=kind.value,
        left_ref=left.ref,
        left=left.title,
        right_ref=right.ref,
        right=right.title,
        score=found.score,
        verdict=verdict,
        signs=tuple(SignRow(kind=sign.kind, weight=sign.weight, text=sign.text) for sign in found.signs),
    )
