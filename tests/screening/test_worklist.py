"""The worklist: which hits are on it, and how a hit is found again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from provenance.core.errors import Ambiguous, BadInput, NotFound, UsageError
from provenance.core.vocabulary.watched import ScreeningKind, Verdict
from provenance.screening.hits import HitJudgement, ScreenedCustomer
from provenance.screening.runs import RunTerms, save_run
from provenance.screening.worklist import (
    COLUMNS,
    SEVERAL_LISTS,
    SEVERAL_ROLES,
    RunHit,
    RunRows,
    open_hits,
    write_worklist,
)
from provenance.sources.customers import Customer, OrderLine
from tests.screening.test_hits import hit, row
from tests.support.imported_lists import ACTOR, Lists

UNSURE = HitJudgement("J-1", "unsure", "ann", "2024-01-01T00:00:00+00:00", "asked")
POSITIVE = replace(UNSURE, verdict="positive")
REOPENED = replace(UNSURE, verdict="negative", reopened="the entry has changed since")


@pytest.fixture
def rows() -> list[ScreenedCustomer]:
    """Hits in every state."""
    return [
        row(
            hit("new"),
            replace(hit("unsure"), judgement=UNSURE),
            replace(hit("positive"), judgement=POSITIVE),
            replace(hit("reopened"), judgement=REOPENED),
            dismissed=(hit("dismissed"),),
            set_aside=(hit("aside"),),
            listed_since=(hit("since"),),
        )
    ]


def test_a_hit_is_open_until_it_is_judged_and_again_when_it_is_reopened(rows: list[ScreenedCustomer]) -> None:
    assert [one.key for _row, one, _kind in open_hits(rows)] == [
        "new", "unsure", "reopened", "since", "aside",
    ]  # fmt: skip
    everything = [(one.key, kind) for _row, one, kind in open_hits(rows, everything=True)]
    assert everything == [
        ("new", "hit"), ("unsure", "hit"), ("positive", "hit"), ("reopened", "hit"),
        ("since", "listed since"), ("aside", "set aside by number"), ("dismissed", "dismissed"),
    ]  # fmt: skip


def test_the_file_has_a_line_per_hit_with_what_was_judged_before(
    rows: list[ScreenedCustomer], tmp_path: Path
) -> None:
    file = tmp_path / "w.xlsx"
    assert write_worklist(file, "N-1", rows, everything=False) == 5
    header, *lines = openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True)
    assert header == COLUMNS
    before = [dict(zip(COLUMNS, line, strict=True))["judged before"] or "" for line in lines]
    assert before == [
        "",
        "unsure by ann, 2024-01-01: asked",
        "negative by ann, 2024-01-01: asked (the entry has changed since)",
        "",
        "",
    ]


def test_a_line_has_what_a_person_compares_and_a_score_to_sort_by(tmp_path: Path) -> None:
    found = row(
        hit("a", 0.876, addresses=("1 Quay", "2 Quay"), countries=("LV", "RU"), numbers=("INN 7709998889",)),
        addresses=("3 Quay",),
        country="MT",
        numbers=("LEI 1", "OGRN 2"),
        role="Ship-to",
        as_of="2024-02-03",
        order=OrderLine("1001", "LM358", "10 pcs", "5.00"),
    )
    file = tmp_path / "w.xlsx"
    write_worklist(file, "N-1", [found], everything=False)
    header, values = openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True)
    line = dict(zip(map(str, header), values, strict=True))
    assert (line["score"], line["role"], line["as of"]) == (0.88, "Ship-to", "2024-02-03")
    assert (line["customer address"], line["customer country"], line["customer numbers"]) == (
        "3 Quay", "MT", "LEI 1\nOGRN 2",
    )  # fmt: skip
    assert (line["party addresses"], line["party countries"], line["party numbers"]) == (
        "1 Quay\n2 Quay", "LV, RU", "INN 7709998889",
    )  # fmt: skip
    assert (line["order"], line["part"], line["quantity"], line["value"]) == (
        "1001", "LM358", "10 pcs", "5.00",
    )  # fmt: skip


def test_a_file_is_never_overwritten(rows: list[ScreenedCustomer], tmp_path: Path) -> None:
    file = tmp_path / "w.xlsx"
    file.write_text("filled in", encoding="utf-8")
    with pytest.raises(BadInput, match="exists already"):
        write_worklist(file, "N-1", rows, everything=False)
    with pytest.raises(UsageError, match=r"\.xlsx"):
        write_worklist(tmp_path / "w.csv", "N-1", rows, everything=False)


class TestFoundAgain:
    @pytest.fixture
    def run(self, lists: Lists) -> RunRows:
        """A stored run with a key that two lists have."""
        for name in ("ours", "theirs"):
            lists.add("2024-01-01", {"id": "A2", "name": "Marble Reef GmbH"}, name=name)
        customers = (Customer(7, "Marble Reef"),)
        answers = lists.screening(*customers).answers
        save_run(lists.session, RunTerms(ScreeningKind.NAMES, {}, ACTOR), customers, answers)
        return RunRows(lists.session, "last")

    def test_by_row_key_and_list(self, run: RunRows) -> None:
        decision = run.decision(RunHit("7", "A2", "theirs"), "negative", "another firm")
        assert (decision.hit.list, decision.verdict) == ("theirs", Verdict.NEGATIVE)
        assert decision.pair[0] == "name marblereef"

    def test_a_key_that_two_lists_have_needs_the_list(self, run: RunRows) -> None:
        with pytest.raises(Ambiguous) as refused:
            run.decision(RunHit("7", "A2"), "negative", "another firm")
        assert (refused.value.near, refused.value.code) == (("ours", "theirs"), SEVERAL_LISTS)

    @pytest.mark.parametrize(("place", "key", "near"), [("8", "A2", "7"), ("7", "A9", "A2 (ours)")])
    def test_what_is_not_there_is_answered_with_what_is(
        self, run: RunRows, place: str, key: str, near: str
    ) -> None:
        with pytest.raises(NotFound) as refused:
            run.decision(RunHit(place, key), "negative", "another firm")
        assert near in refused.value.near


def test_two_names_of_a_row_that_have_one_hit_are_told_apart_by_their_role(lists: Lists) -> None:
    lists.add("2024-01-01", {"id": "A2", "name": "Marble Reef GmbH"})
    customers = tuple(Customer(7, "Marble Reef", id="C-1", role=role) for role in ("Bill-to", "Ship-to"))
    answers = lists.screening(*customers).answers
    save_run(lists.session, RunTerms(ScreeningKind.FILE, {}, ACTOR), customers, answers)
    run = RunRows(lists.session, "last")
    with pytest.raises(Ambiguous) as refused:
        run.decision(RunHit("7", "A2"), "negative", "another firm")
    assert (refused.value.near, refused.value.code) == (("Bill-to", "Ship-to"), SEVERAL_ROLES)
    decision = run.decision(RunHit("7", "A2", role="Ship-to"), "negative", "another firm")
    assert decision.pair[0] == "id C-1 Ship-to"
