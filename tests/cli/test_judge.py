"""`provenance judge`: what was held of a hit is remembered until the entry or the customer changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from provenance.screening.worklist import COLUMNS
from tests.support.commands import Outcome
from tests.support.worklists import fill
from tests.watchlists import lists

Run = Callable[..., Outcome]

OBSIDIAN = {"id": "A1", "name": "Obsidian Helix LLC", "address": "5 Quarry Lane, Riga", "country": "LV"}
REEF = {"id": "A2", "name": "Marble Reef GmbH", "country": "DE"}
CUSTOMERS = "No,Name,Country\nC-1,Obsidian Helix OOO,LV\nC-2,Marble Reef,DE\nC-3,Quartz Inn,DE\n"


@pytest.fixture
def listed(run: Run, ready: str, tmp_path: Path) -> str:
    """A list of two parties, and a file of three customers."""
    new_version(run, ready, tmp_path, "2024-01-01", OBSIDIAN, REEF)
    (tmp_path / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    return ready


def new_version(run: Run, address: str, folder: Path, day: str, *entries: dict[str, str]) -> None:
    file = folder / f"{day}.csv"
    file.write_text(lists.own(*entries), encoding="utf-8")
    done = run(address, "watchlist", "import", "csv", file, "--name", "ours", "--as-of", day)
    assert done.code == 0, done.err


def screened(run: Run, address: str, folder: Path, *words: str) -> Outcome:
    file = folder / "customers.csv"
    return run(address, "screen", "--file", file, "--id-column", "No", "--format", "json", *words)


def keys(done: Outcome, what: str = "hits") -> list[list[str]]:
    return [[hit["key"] for hit in row[what]] for row in done.rows]


def judge(run: Run, address: str, *words: Any) -> Outcome:
    return run(address, "judge", "hit", "last", *map(str, words), "--format", "json")


def test_a_negative_judgement_is_applied_to_the_next_run(run: Run, listed: str, tmp_path: Path) -> None:
    first = screened(run, listed, tmp_path)
    assert (first.code, keys(first)) == (6, [["A1"], ["A2"], []])
    for row, key in ((2, "A1"), (3, "A2")):
        done = judge(run, listed, row, key, "negative", "--why", "another register number")
        assert done.code == 0, done.err
    again = screened(run, listed, tmp_path)
    assert (again.code, keys(again), keys(again, "dismissed")) == (0, [[], [], []], [["A1"], ["A2"], []])
    (hit,) = again.rows[0]["dismissed"]
    said = hit["judgement"]
    assert (said["verdict"], said["reason"], said["reopened"]) == (
        "negative", "another register number", None,
    )  # fmt: skip
    assert again.json["basis"]["counted"]["dismissed_by_judgement"] == 2
    assert again.json["totals"]["dismissed"] == 2


@pytest.mark.parametrize("verdict", ["positive", "unsure"])
def test_any_other_judgement_stands_at_its_hit(run: Run, listed: str, tmp_path: Path, verdict: str) -> None:
    screened(run, listed, tmp_path)
    judge(run, listed, 2, "A1", verdict, "--why", "asked the customer")
    again = screened(run, listed, tmp_path)
    assert (again.code, keys(again)) == (6, [["A1"], ["A2"], []])
    assert again.rows[0]["hits"][0]["judgement"]["verdict"] == verdict
    assert again.rows[1]["hits"][0]["judgement"] is None


class TestReopened:
    """A judgement is about what was known when it was made."""

    @pytest.fixture
    def judged(self, run: Run, listed: str, tmp_path: Path) -> str:
        screened(run, listed, tmp_path)
        judge(run, listed, 2, "A1", "negative", "--why", "another firm")
        assert keys(screened(run, listed, tmp_path)) == [[], ["A2"], []]
        return listed

    def reopened(self, done: Outcome) -> str | None:
        (hit,) = done.rows[0]["hits"]
        reason: str | None = hit["judgement"]["reopened"]
        return reason

    def test_by_a_change_of_the_entry(self, run: Run, judged: str, tmp_path: Path) -> None:
        new_version(run, judged, tmp_path, "2024-02-01", OBSIDIAN | {"aliases": "Helix Commodities"}, REEF)
        again = screened(run, judged, tmp_path)
        assert (again.code, self.reopened(again)) == (6, "the entry has changed since")

    def test_by_a_change_of_the_customer(self, run: Run, judged: str, tmp_path: Path) -> None:
        moved = CUSTOMERS.replace("Obsidian Helix OOO,LV", "Obsidian Helix OOO,AE")
        (tmp_path / "customers.csv").write_text(moved, encoding="utf-8")
        again = screened(run, judged, tmp_path)
        assert (again.code, self.reopened(again)) == (6, "the customer has changed since")

    def test_not_by_a_version_that_says_the_same_nor_by_another_order_of_rows(
        self, run: Run, judged: str, tmp_path: Path
    ) -> None:
        new_version(run, judged, tmp_path, "2024-02-01", REEF, OBSIDIAN)
        head, *rows = CUSTOMERS.splitlines()
        (tmp_path / "customers.csv").write_text("\n".join([head, *rows[::-1]]) + "\n", encoding="utf-8")
        assert keys(screened(run, judged, tmp_path), "dismissed") == [[], [], ["A1"]]

    def test_and_is_new_to_a_run_that_had_dismissed_it(self, run: Run, judged: str, tmp_path: Path) -> None:
        new_version(run, judged, tmp_path, "2024-02-01", OBSIDIAN | {"aliases": "Helix Commodities"}, REEF)
        assert keys(screened(run, judged, tmp_path, "--new-since", "last")) == [["A1"], [], []]

    def test_until_it_is_judged_again(self, run: Run, judged: str, tmp_path: Path) -> None:
        new_version(run, judged, tmp_path, "2024-02-01", OBSIDIAN | {"aliases": "Helix Commodities"}, REEF)
        screened(run, judged, tmp_path)
        judge(run, judged, 2, "A1", "negative", "--why", "another firm still")
        assert keys(screened(run, judged, tmp_path)) == [[], ["A2"], []]
        told = run(judged, "judge", "list", "--format", "json")
        assert [row["reason"] for row in told.rows] == ["another firm still"]


def test_a_run_is_the_same_again_whatever_was_judged_since(run: Run, listed: str, tmp_path: Path) -> None:
    screened(run, listed, tmp_path)
    judge(run, listed, 2, "A1", "negative", "--why", "another firm")
    screened(run, listed, tmp_path)
    result = [
        run(listed, "screen", "show", ref, "--format", "json").json["run"]["result_sha256"]
        for ref in (first_run(run, listed), "last")
    ]
    assert result[0] == result[1]


def first_run(run: Run, address: str) -> str:
    unknown = run(address, "screen", "show", "N-00000-00000")
    return unknown.err.strip().rstrip("?").split("; ")[-1].split(": ")[-1]


class TestWorklist:
    def written(self, run: Run, address: str, folder: Path) -> Path:
        screened(run, address, folder)
        file = folder / "to-judge.xlsx"
        done = run(address, "judge", "worklist", "last", "--out", file)
        assert done.code == 0, done.err
        return file

    def test_out_and_in_again(self, run: Run, listed: str, tmp_path: Path) -> None:
        file = self.written(run, listed, tmp_path)
        rows = list(openpyxl.load_workbook(file).worksheets[0].values)
        key = COLUMNS.index("key")
        assert [(row[1], row[2], row[key]) for row in rows] == [
            ("row", "customer id", "key"), ("2", "C-1", "A1"), ("3", "C-2", "A2"),
        ]  # fmt: skip
        fill(file, ("negative", "another firm"), ("", ""))
        for saved, known in ((1, 0), (0, 1)):
            done = run(listed, "judge", "file", file, "--format", "json")
            assert (done.code, done.json["saved"], done.json["known"]) == (0, saved, known)
        assert keys(screened(run, listed, tmp_path)) == [[], ["A2"], []]
        rest = tmp_path / "rest.xlsx"
        run(listed, "judge", "worklist", "last", "--out", rest)
        assert [row[key] for row in openpyxl.load_workbook(rest).worksheets[0].values] == ["key", "A2"]

    @pytest.mark.parametrize(
        ("second", "reason"),
        [
            (("maybe", "x"), "not a verdict"),
            (("positive", " "), "needs a reason"),
            (("", "x"), "not a verdict"),
        ],
    )
    def test_one_that_cannot_be_used_keeps_all_out(
        self, run: Run, listed: str, tmp_path: Path, second: tuple[str, str], reason: str
    ) -> None:
        file = self.written(run, listed, tmp_path)
        fill(file, ("negative", "another firm"), second)
        done = run(listed, "judge", "file", file)
        assert (done.code, "to-judge.xlsx:3:" in done.err, reason in done.err) == (3, True, True)
        assert run(listed, "judge", "list", "--format", "json").rows == []

    def test_no_name_in_it_acts_as_a_formula(self, run: Run, listed: str, tmp_path: Path) -> None:
        name = '=HYPERLINK("x") Marble Reef'
        (tmp_path / "customers.csv").write_text(f"No,Name\n=1+1,{name!r}\n", encoding="utf-8")
        file = self.written(run, listed, tmp_path)
        cells = openpyxl.load_workbook(file).worksheets[0][2]
        (cell,) = [cell for cell in cells if "HYPERLINK" in str(cell.value)]
        assert cell.data_type == "s"
        # An id that is a formula is none.
        assert "=1+1" not in [cell.value for cell in cells]


def test_what_there_is_not_is_said_with_what_there_is(run: Run, listed: str, tmp_path: Path) -> None:
    screened(run, listed, tmp_path)
    for words, near in ((("9", "A1"), "2; 3"), (("2", "A9"), "A1 (ours)")):
        done = judge(run, listed, *words, "negative", "--why", "x")
        assert (done.code, near in done.err) == (4, True)
    assert judge(run, listed, "2", "A1", "perhaps", "--why", "x").code == 2


def test_a_judgement_as_strict_as_it_is_marked(run: Run, listed: str, tmp_path: Path) -> None:
    screened(run, listed, tmp_path)
    judge(run, listed, 2, "A1", "positive", "--why", "an informant", "--tlp", "RED")
    assert screened(run, listed, tmp_path).json["basis"]["handling"]["tlp"] == "RED"
    told = run(listed, "judge", "list", "--max-tlp", "AMBER", "--format", "json")
    assert told.rows == []
    basis = told.json["basis"]
    assert (basis["counted"], basis["out_of"]) == ({"judgements": 0}, {"judgements": 1})
    assert basis["filters"] == {"at_most_tlp": "AMBER"}
