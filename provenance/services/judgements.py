"""Judgements on hits: given one by one or by worklist, listed, applied by the next screening."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.core.basis import Basis
from provenance.core.tlp import Handling, ceiling
from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.watched import Verdict
from provenance.queries.fingerprint import data_fingerprint
from provenance.screening.basis import NOT_A_FINDING
from provenance.screening.judgements import (
    CurrentJudgement,
    Decision,
    current_judgements,
    save_judgements,
)
from provenance.screening.runs import find_run, rows_of_run
from provenance.screening.worklist import RunHit, RunRows, read_worklist, write_worklist
from provenance.services.contracts.judgements import (
    JudgeFileRequest,
    JudgeHitRequest,
    JudgementListRequest,
    JudgementListResult,
    JudgementRow,
    JudgeResult,
    SavedJudgement,
    WorklistRequest,
    WorklistResult,
)
from provenance.services.workspace import Workspace


def judge_hit(workspace: Workspace, request: JudgeHitRequest) -> JudgeResult:
    """Saves a verdict on one hit of a stored run; it supersedes the one before, and nothing is deleted.

    Raises:
        NotFound: there is no such run, row or hit.
        Ambiguous: several lists have such a key, or several names of the row such a hit.
        UsageError: the reason is empty.
    """
    with workspace.reading() as session:
        rows = RunRows(session, request.run)
    wanted = RunHit(request.row, request.key, request.list, request.role)
    decision = rows.decision(wanted, request.verdict, request.reason)
    return _save(workspace, [decision], request.tlp)


def judge_file(workspace: Workspace, request: JudgeFileRequest) -> JudgeResult:
    """Saves all verdicts of a worklist or, where one cannot be used, none.

    Raises:
        BadInput: a verdict or a reason is missing or unknown, or its run has no such hit; names the line.
    """
    with workspace.reading() as session:
        options = request.layout.options()
        decisions = read_worklist(session, request.file, options)
    return _save(workspace, decisions, request.tlp, notes=options.notes)


def _save(
    workspace: Workspace, decisions: Sequence[Decision], tlp: Tlp | None, *, notes: Sequence[str] = ()
) -> JudgeResult:
    with workspace.writing() as session:
        refs, known = save_judgements(session, decisions, actor=workspace.actor, tlp=tlp)
    rows = [
        SavedJudgement(
            ref=ref,
            customer=decision.customer.name,
            list=decision.hit.list,
            key=decision.hit.key,
            party=decision.hit.party,
            verdict=decision.verdict,
            reason=decision.reason,
        )
        for ref, decision in zip(refs, decisions, strict=True)
    ]
    return JudgeResult(saved=len(refs) - known, known=known, notes=tuple(notes), rows=tuple(rows))


def worklist(workspace: Workspace, request: WorklistRequest) -> WorklistResult:
    """Writes the open hits of a run to an .xlsx file, to be filled in and read by `judge_file`.

    Raises:
        NotFound: there is no such run.
        UsageError: the name does not end in .xlsx.
        BadInput: the file exists, or cannot be written.
    """
    with workspace.reading() as session:
        number, run = find_run(session, request.run)
        rows = rows_of_run(session, number)
    hits = write_worklist(request.file, run.ref, rows, everything=request.everything)
    return WorklistResult(run=run.ref, file=str(request.file), hits=hits)


def list_judgements(workspace: Workspace, request: JudgementListRequest) -> JudgementListResult:
    """The current judgements that the workspace's clearance allows."""
    with workspace.reading() as session:
        found, data = list(current_judgements(session).values()), data_fingerprint(session)
    fitting = [one for one in found if _fits(one, request)]
    allowed = ceiling(workspace.clearance)
    shown = [one for one in fitting if allowed(one.tlp)]
    basis = Basis(
        question="judge list",
        unit="current judgements",
        data=data,
        filters=_filters(request, workspace.clearance),
        counted={"judgements": len(shown)},
        out_of={"judgements": len(fitting)},
        cautions=[NOT_A_FINDING],
        notes=["Whether a judgement is reopened is decided when its customer is screened again."],
        handling=Handling.of(one.tlp for one in shown),
    )
    return JudgementListResult(basis=basis, rows=tuple(map(_row, shown)))


def _fits(one: CurrentJudgement, request: JudgementListRequest) -> bool:
    wanted = (request.customer or "").casefold()
    known = f"{one.customer_id or ''}\n{one.customer_name}".casefold()
    return request.verdict in (None, one.judgement.verdict) and wanted in known


def _filters(request: JudgementListRequest, clearance: Tlp | None) -> dict[str, str]:
    filters = {"verdict": request.verdict, "customer": request.customer, "at_most_tlp": clearance}
    return {name: str(value) for name, value in filters.items() if value is not None}


def _row(one: CurrentJudgement) -> JudgementRow:
    judgement = one.judgement
    return JudgementRow(
        ref=judgement.ref,
        verdict=Verdict(judgement.verdict),
        actor=judgement.actor,
        at=judgement.at,
        reason=judgement.reason,
        customer_id=one.customer_id,
        customer=one.customer_name or None,
        list=one.pair[1],
        key=one.entry_key,
        party=one.party,
        tlp=Tlp(one.tlp) if one.tlp else None,
    )
