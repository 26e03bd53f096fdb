"""Screening as a service: what it stores and answers, and that each answer is what its schema says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from provenance.core.errors import NotFound
from provenance.core.vocabulary.watched import ScreeningKind
from provenance.schema.engines import writing_engine
from provenance.schema.session import session_scope
from provenance.services import screening, watchlists
from provenance.services.contracts.screening import (
    CustomerColumns,
    ScreenRequest,
    ScreenRunRequest,
)
from provenance.services.contracts.watchlists import ListImportRequest
from provenance.services.workspace import Workspace
from tests.support.json_schema import checked
from tests.support.rows import Rows
from tests.watchlists.lists import own

NOON = datetime(2024, 6, 12, 12, tzinfo=UTC)
REEF = {"id": "A2", "name": "Marble Reef GmbH", "country": "DE"}


@pytest.fixture
def workspace(ready: str, tmp_path: Path) -> Workspace:
    """A database with one list, at noon of 12 June 2024."""
    found = Workspace(ready, "tester", clock=lambda: NOON)
    add_version(found, tmp_path, "2024-01-01", REEF)
    return found


def add_version(workspace: Workspace, folder: Path, day: str, *entries: dict[str, str]) -> None:
    file = folder / f"{day}.csv"
    file.write_text(own(*entries), encoding="utf-8")
    watchlists.import_version(
        workspace,
        ListImportRequest(format="csv", file=file, as_of=date.fromisoformat(day), name="ours"),
    )


def names(*given: str, **more: Any) -> ScreenRequest:
    return ScreenRequest(kind=ScreeningKind.NAMES, names=given, lists=("ours",), **more)


def test_a_hit_and_a_miss_and_a_row_not_screened(workspace: Workspace) -> None:
    result = screening.screen(workspace, names("Marble Reef", "Quartz Inn", "LLC"))
    assert [(row.row, row.name, len(row.hits)) for row in result.rows] == [
        (1, "Marble Reef", 1), (2, "Quartz Inn", 0), (3, "LLC", 0),
    ]  # fmt: skip
    assert result.has_hits
    document = checked(result)
    assert document["schema"] == "provenance.screen/3"
    assert document["totals"] == {
        "rows": 3, "rows_with_hits": 1, "rows_not_screened": 1, "undated": 0, "hits": 1, "listed_since": 0,
        "set_aside": 0, "other_times": 0, "other_kinds": 0, "dismissed": 0, "judged": 0, "reopened": 0,
    }  # fmt: skip


def test_the_basis_names_the_lists_their_age_and_what_not_to_conclude(workspace: Workspace) -> None:
    basis = screening.screen(workspace, names("Quartz Inn", "LLC", as_of=date(2024, 2, 3))).basis
    assert basis is not None
    assert basis.filters == {
        "score_from": "0.25", "lists": "ours 2024-01-01 (163 days old)", "as_of": "2024-02-03",
    }  # fmt: skip
    assert basis.counted == {"rows_with_hits": 0, "hits": 0, "rows_not_screened": 1}
    assert basis.out_of == {"rows": 2}
    assert basis.unknown == [
        "NOT SCREENED: 1 row, which is not clear.",
        "STALE: ours; parties listed since then are missing.",
    ]
    assert basis.cautions == [
        "A hit is a similarity to check, not a finding about the party.",
        "No hit is not a clearance: lists spell names in their own way and name few firms.",
    ]


def test_what_is_unknown_is_null(workspace: Workspace) -> None:
    request = ScreenRequest(kind=ScreeningKind.NAMES, addresses=("5 Quarry Lane, Riga",), save=False)
    (row,) = checked(screening.screen(workspace, request))["rows"]
    assert (row["name"], row["id"], row["not_screened"]) == (None, None, None)
    (hit,) = checked(screening.screen(workspace, names("Marble Reef")))["rows"][0]["hits"]
    assert (hit["asks"], hit["listed_to"], hit["judgement"]) == (None, None, None)


class TestRuns:
    def test_a_run_is_stored_at_the_moment_of_the_clock(self, workspace: Workspace) -> None:
        result = screening.screen(workspace, names("Marble Reef", "Quartz Inn"))
        shown = screening.show_run(workspace, ScreenRunRequest(run=result.run or ""))
        assert (shown.run.at, shown.run.actor) == (NOON, "tester")
        assert shown.run.settings == {"threshold": 0.25, "lists": "ours"}
        assert list(shown.rows) == [result.rows[0]]
        assert checked(shown)["schema"] == "provenance.screen-run/3"

    def test_a_run_that_is_not_to_be_stored_leaves_nothing(self, workspace: Workspace) -> None:
        assert screening.screen(workspace, names("Marble Reef", save=False)).run is None
        with pytest.raises(NotFound):
            screening.show_run(workspace, ScreenRunRequest(run="last"))

    def test_compared_with_an_earlier_run(self, workspace: Workspace, tmp_path: Path) -> None:
        first = screening.screen(workspace, names("Marble Reef", "Zircon Bay"))
        add_version(workspace, tmp_path, "2024-02-01", REEF, {"id": "A3", "name": "Zircon Bay"})
        later = screening.screen(workspace, names("Marble Reef", "Zircon Bay", new_since="last"))
        assert (later.new_since, later.totals.hits) == (first.run, 2)
        assert [[hit.key for hit in row.hits] for row in later.rows] == [[], ["A3"]]
        again = screening.screen(workspace, names("Marble Reef", "Zircon Bay", new_since="last"))
        assert not again.has_hits
        checked(again)

    def test_an_earlier_run_that_is_not_there(self, workspace: Workspace) -> None:
        with pytest.raises(NotFound):
            screening.screen(workspace, names("Marble Reef", new_since="N-00000-00000"))


class TestFilesAndOwnRecords:
    def test_a_file_is_noted_with_its_columns(self, workspace: Workspace, tmp_path: Path) -> None:
        file = tmp_path / "c.csv"
        file.write_text("No,Firm,Shipped\nC-1,Marble Reef,2024-02-03\n", encoding="utf-8")
        columns = CustomerColumns(name=("Firm",), date="Shipped")
        result = screening.screen(
            workspace, ScreenRequest(kind=ScreeningKind.FILE, file=file, columns=columns)
        )
        run = screening.show_run(workspace, ScreenRunRequest(run="last")).run
        assert (result.rows[0].row, result.rows[0].id) == (2, "C-1")
        assert (run.kind, run.file_name, len(run.file_sha256 or "")) == ("file", "c.csv", 64)
        assert run.settings["date_column"] == "Shipped"

    def test_progress_ends_at_the_number_of_rows(self, workspace: Workspace) -> None:
        seen: list[int] = []
        screening.screen(workspace, names(*(f"Quartz {n}" for n in range(2_100))), seen.append)
        assert seen == [2_000, 2_100]

    def test_the_parties_of_transfers_have_the_day_of_their_transfer(self, workspace: Workspace) -> None:
        engine = writing_engine(workspace.database)
        with session_scope(engine) as session:
            rows = Rows(session)
            transfer = rows.add("transfer", earliest=date(2023, 1, 1), latest=date(2023, 2, 1))
            rows.add("transfer_party", transfer_id=transfer, as_written="Marble Reef", organization_id=None)
        engine.dispose()
        request = ScreenRequest(kind=ScreeningKind.TRANSFERS, lists=("ours",))
        (row,) = screening.screen(workspace, request).rows
        assert (row.id or "").startswith("T-")
        assert len(row.hits) == 1
        assert "possibly listed on 2023-02-01" in row.hits[0].reason


def test_two_workspaces_at_one_moment_give_one_answer(workspace: Workspace) -> None:
    other = replace(workspace, actor="somebody else")
    request = names("Marble Reef", save=False)
    assert screening.screen(workspace, request) == screening.screen(other, request)
