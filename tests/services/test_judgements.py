"""Judgements as a service: saved once, applied by the next screening, listed as far as clearance allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from provenance.core.errors import BadInput, NotFound
from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.watched import ScreeningKind, Verdict
from provenance.services import judgements, screening, watchlists
from provenance.services.contracts.judgements import (
    JudgeFileRequest,
    JudgeHitRequest,
    JudgementListRequest,
    WorklistRequest,
)
from provenance.services.contracts.screening import ScreenRequest, ScreenResult
from provenance.services.contracts.watchlists import ListImportRequest
from provenance.services.workspace import Workspace
from tests.support.json_schema import checked
from tests.support.worklists import fill
from tests.watchlists.lists import own

NOON = datetime(2024, 6, 12, 12, tzinfo=UTC)


@pytest.fixture
def workspace(ready: str, tmp_path: Path) -> Workspace:
    """A database with a list of two parties and a stored run with a hit on each."""
    found = Workspace(ready, "tester", clock=lambda: NOON)
    file = tmp_path / "ours.csv"
    file.write_text(
        own({"id": "A2", "name": "Marble Reef GmbH"}, {"id": "A3", "name": "Zircon Bay"}), encoding="utf-8"
    )
    watchlists.import_version(
        found, ListImportRequest(format="csv", file=file, as_of=date(2024, 1, 1), name="ours")
    )
    screened(found)
    return found


def screened(workspace: Workspace) -> ScreenResult:
    request = ScreenRequest(kind=ScreeningKind.NAMES, names=("Marble Reef", "Zircon Bay"), lists=("ours",))
    return screening.screen(workspace, request)


def verdict(row: str = "1", key: str = "A2", **more: Any) -> JudgeHitRequest:
    given = {"run": "last", "row": row, "key": key, "verdict": Verdict.NEGATIVE, "reason": "another firm"}
    return JudgeHitRequest(**given | more)


def test_a_verdict_is_saved_once_and_applied_to_the_next_run(workspace: Workspace) -> None:
    first = judgements.judge_hit(workspace, verdict())
    again = judgements.judge_hit(workspace, verdict())
    assert [(one.saved, one.known) for one in (first, again)] == [(1, 0), (0, 1)]
    assert first.rows == again.rows
    assert checked(first)["rows"][0]["customer"] == "Marble Reef"
    result = screened(workspace)
    assert [len(row.hits) for row in result.rows] == [0, 1]
    assert result.totals.dismissed == 1
    assert result.basis is not None
    assert result.basis.counted["dismissed_by_judgement"] == 1


def test_a_reopened_one_is_counted_apart(workspace: Workspace, tmp_path: Path) -> None:
    judgements.judge_hit(workspace, verdict())
    judgements.judge_hit(workspace, verdict("2", "A3", verdict=Verdict.POSITIVE))
    file = tmp_path / "later.csv"
    entries = ({"id": "A2", "name": "Marble Reef GmbH", "country": "DE"}, {"id": "A3", "name": "Zircon Bay"})
    file.write_text(own(*entries), encoding="utf-8")
    watchlists.import_version(
        workspace, ListImportRequest(format="csv", file=file, as_of=date(2024, 2, 1), name="ours")
    )
    totals = screened(workspace).totals
    assert (totals.hits, totals.judged, totals.reopened, totals.dismissed) == (2, 1, 1, 0)


class TestWorklists:
    def written(self, workspace: Workspace, folder: Path) -> Path:
        file = folder / "w.xlsx"
        done = judgements.worklist(workspace, WorklistRequest(run="last", file=file))
        assert (done.hits, done.file) == (2, str(file))
        checked(done)
        return file

    def test_out_and_in(self, workspace: Workspace, tmp_path: Path) -> None:
        file = self.written(workspace, tmp_path)
        fill(file, ("negative", "another firm"), ("", ""))
        result = judgements.judge_file(workspace, JudgeFileRequest(file=file))
        assert (result.saved, [row.key for row in result.rows]) == (1, ["A2"])
        assert [len(row.hits) for row in screened(workspace).rows] == [0, 1]

    def test_one_line_that_cannot_be_used_saves_none(self, workspace: Workspace, tmp_path: Path) -> None:
        file = self.written(workspace, tmp_path)
        fill(file, ("negative", "another firm"), ("perhaps", "x"))
        with pytest.raises(BadInput, match=r"w\.xlsx:3: 'perhaps' is not a verdict"):
            judgements.judge_file(workspace, JudgeFileRequest(file=file))
        assert judgements.list_judgements(workspace, JudgementListRequest()).rows == ()


class TestListed:
    def test_by_verdict_and_customer(self, workspace: Workspace) -> None:
        judgements.judge_hit(workspace, verdict())
        judgements.judge_hit(workspace, verdict("2", "A3", verdict=Verdict.POSITIVE))
        for request, keys in (
            (JudgementListRequest(), ["A2", "A3"]),
            (JudgementListRequest(verdict=Verdict.POSITIVE), ["A3"]),
            (JudgementListRequest(customer="REEF"), ["A2"]),
            (JudgementListRequest(verdict=Verdict.POSITIVE, customer="reef"), []),
        ):
            result = judgements.list_judgements(workspace, request)
            assert [row.key for row in result.rows] == keys
            checked(result)

    def test_only_what_the_clearance_allows(self, workspace: Workspace) -> None:
        judgements.judge_hit(workspace, verdict(tlp=Tlp.RED))
        judgements.judge_hit(workspace, verdict("2", "A3"))
        result = judgements.list_judgements(replace(workspace, clearance=Tlp.AMBER), JudgementListRequest())
        assert [row.key for row in result.rows] == ["A3"]
        assert result.basis is not None
        assert (result.basis.counted, result.basis.out_of) == ({"judgements": 1}, {"judgements": 2})
        assert result.basis.handling is not None
        assert (result.basis.handling.tlp, result.basis.handling.unmarked) == (Tlp.AMBER, 1)


def test_a_hit_that_is_not_there(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        judgements.judge_hit(workspace, verdict("9"))
