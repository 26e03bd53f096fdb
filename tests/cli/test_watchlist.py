"""`provenance watchlist` as a user meets it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.commands import Outcome
from tests.watchlists import lists

Run = Callable[..., Outcome]


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    file = tmp_path / "ours.csv"
    file.write_text(lists.OWN, encoding="utf-8")
    return file


def take(run: Run, address: str, file: Path, day: str = "2024-06-12", *more: str) -> Outcome:
    return run(address, "watchlist", "import", "csv", file, "--name", "ours", "--as-of", day, *more)


def test_import_status_show_and_diff(run: Run, ready: str, ours: Path) -> None:
    assert take(run, ready, ours).code == 0
    again = take(run, ready, ours, "2024-06-12", "--format", "json")
    assert (again.rows[0]["unchanged"], again.rows[0]["known"]) == (True, 3)
    ours.write_text(lists.OWN.replace("5 Quarry Lane", "7 Quarry Lane"), encoding="utf-8")
    later = take(run, ready, ours, "2024-07-01")
    assert (later.code, "0 listed, 0 delisted" in later.out) == (0, True)
    (status,) = run(ready, "watchlist", "status", "--format", "json").rows
    assert (status["list"], status["versions"], status["parties"], status["stale"]) == ("ours", 2, 3, True)
    (changed,) = run(
        ready, "watchlist", "diff", "ours@2024-06-12", "ours@2024-07-01", "--format", "json"
    ).rows
    assert (changed["change"], changed["key"]) == ("changed", "A1")
    assert "+address 7 Quarry Lane, Riga; -address 5 Quarry Lane, Riga" in changed["what"]
    shown = run(ready, "watchlist", "show", "A1", "--format", "json").rows[0]
    assert [record["versions"] for record in shown["records"]] == [["2024-06-12"], ["2024-07-01"]]
    assert shown["listed"][0]["from_earliest"] is None
    assert "no end seen" in run(ready, "watchlist", "show", "Marble Reef").out


def test_a_broken_file_is_bad_input_with_its_line(run: Run, ready: str, ours: Path) -> None:
    ours.write_text(lists.OWN[:-20], encoding="utf-8")
    refused = take(run, ready, ours)
    assert (refused.code, refused.out) == (3, "")
    assert "ours.csv:4:" in refused.err
    assert run(ready, "watchlist", "status", "--format", "json").rows == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("import", "csv", "FILE", "--as-of", "2024-06-12"), 2, "--name"),
        (("import", "csv", "FILE", "--as-of", "2024-06", "--name", "ours"), 2, "one date"),
        (("import", "pdf", "FILE", "--as-of", "2024-06-12"), 2, "ofac-sdn"),
        (("show", "A1"), 4, "No list has"),
        (("diff", "ours", "ours"), 4, "There is no list"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(
    run: Run, ready: str, ours: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    told = run(ready, "watchlist", *(str(ours) if word == "FILE" else word for word in words))
    assert (told.code, said in told.err) == (code, True), told.err


def test_a_list_may_start_on_a_day_of_its_own(run: Run, ready: str, ours: Path) -> None:
    words = ("--name", "ours", "--as-of", "2024-06-12", "--since", "2024-06-01")
    assert run(ready, "watchlist", "import", "csv", ours, *words).code == 0
    (entry,) = run(ready, "watchlist", "show", "A1", "--format", "json").rows
    assert [one["from_latest"] for one in entry["listed"]] == ["2024-06-01"]
    late = run(ready, "watchlist", "import", "csv", ours, *words[:-1], "2024-06-13")
    assert (late.code, "begins after" in late.err) == (2, True)


def test_a_mixed_cell_is_shown_for_review(run: Run, ready: str, tmp_path: Path) -> None:
    file = tmp_path / "letter.csv"
    cell = "Obsidian Helix LLC\nAddress: 5 Quarry Lane, Riga"
    file.write_text(lists.table(("No", "Company"), [{"No": "1", "Company": cell}]), encoding="utf-8")
    told = take(run, ready, file)
    assert "For review (1)" in told.out
    assert "address: 5 Quarry Lane, Riga" in told.out


def test_every_format_is_listed(run: Run, ready: str) -> None:
    names = {row["format"] for row in run(ready, "watchlist", "formats", "--format", "json").rows}
    assert names == {
        "ofac-sdn", "csl", "bis-dpl", "bis-entity-list", "eu", "eu-fsf", "uk", "un", "au-dfat", "ca-sema",
        "ch-seco", "jp-meti", "opensanctions-simple", "opensanctions-ftm", "opensanctions-statements",
        "csv", "xlsx", "docx",
    }  # fmt: skip


DAYS = "id,name,listed from\nA1,Obsidian Helix LLC,05/06/2024\nA2,Marble Reef GmbH,07/06/2024\n"


@pytest.mark.parametrize(("order", "first"), [("day-first", "2024-06-05"), ("month-first", "2024-05-06")])
def test_what_comes_first_in_a_date_is_stated(
    run: Run, ready: str, tmp_path: Path, order: str, first: str
) -> None:
    file = tmp_path / "days.csv"
    file.write_text(DAYS, encoding="utf-8")
    asked = take(run, ready, file, "2024-08-01")
    assert (asked.code, "--dates day-first or --dates month-first" in asked.err) == (3, True)
    assert take(run, ready, file, "2024-08-01", "--dates", order).code == 0
    shown = run(ready, "watchlist", "show", "A1", "--format", "json").rows[0]
    assert shown["listed"][0]["from_latest"] == first


def test_another_version_of_a_day_says_what_to_do_and_can_be_replaced(
    run: Run, ready: str, ours: Path
) -> None:
    take(run, ready, ours)
    ours.write_text(lists.OWN.replace("5 Quarry Lane", "7 Quarry Lane"), encoding="utf-8")
    refused = take(run, ready, ours)
    assert (refused.code, "--replace" in refused.err, "3 parties" in refused.err) == (2, True, True)
    replaced = take(run, ready, ours, "2024-06-12", "--replace", "--format", "json")
    assert (replaced.code, replaced.rows[0]["notes"][-1][:32]) == (0, "replaces the version of 2024-06-")
    (record,) = run(ready, "watchlist", "show", "A1", "--format", "json").rows[0]["records"]
    assert [place["as_written"] for place in record["addresses"]] == ["7 Quarry Lane, Riga"]
    assert run(ready, "screen", "Obsidian Helix", "--format", "json").rows[0]["hits"][0]["key"] == "A1"
