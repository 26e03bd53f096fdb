"""Judgements on hits: one by one, by worklist, and the list of those that are current."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.watched import Verdict
from provenance.services.contracts.base import Contract, Request, Result
from provenance.services.contracts.files import FileLayout


class JudgeHitRequest(Request):
    """A verdict on one hit of a stored run: its row there, and the list's own key.

    ``list`` is needed where two lists have such a key, ``role`` where several names of the row have such a
    hit. ``tlp`` marks the judgement.
    """

    run: str
    row: str
    key: str
    verdict: Verdict
    reason: str
    list: str | None = None
    role: str | None = None
    tlp: Tlp | None = None


class JudgeFileRequest(Request):
    """A worklist that was filled in, XLSX or CSV."""

    file: Path
    tlp: Tlp | None = None
    layout: FileLayout = FileLayout()


class SavedJudgement(Contract):
    """A judgement as it was saved, or as it was already known."""

    ref: str
    customer: str | None
    list: str
    key: str
    party: str
    verdict: Verdict
    reason: str


class JudgeResult(Result):
    """The judgements given, ``saved`` of them new and ``known`` already there word for word.

    ``notes`` say what to know of the file that they come from.
    """

    schema_id: ClassVar[str] = "provenance.judge/2"
    saved: int
    known: int
    notes: tuple[str, ...] = ()
    rows: tuple[SavedJudgement, ...]


class WorklistRequest(Request):
    """The open hits of a run to be written to an .xlsx file; ``everything`` adds those that are settled."""

    run: str
    file: Path
    everything: bool = False


class WorklistResult(Result):
    """The worklist that was written, and how many hits are on it."""

    schema_id: ClassVar[str] = "provenance.judge-worklist/1"
    run: str
    file: str
    hits: int


class JudgementListRequest(Request):
    """Current judgements with a verdict, and of customers with a text in their name or id."""

    verdict: Verdict | None = None
    customer: str | None = None


class JudgementRow(Contract):
    """A current judgement: who judged what about which customer and party, when and why."""

    ref: str
    verdict: Verdict
    actor: str
    at: str
    reason: str
    customer_id: str | None
    customer: str | None
    list: str
    key: str
    party: str
    tlp: Tlp | None


class JudgementListResult(Result):
    """The current judgements, the oldest first."""

    schema_id: ClassVar[str] = "provenance.judge-list/2"
    rows: tuple[JudgementRow, ...]
