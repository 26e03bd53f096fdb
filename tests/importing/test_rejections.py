"""Rows that cannot be used: named on stderr, kept in a file on request, and never half-written."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importing.scrape import IMPORT, ROWS, write_scrape
from tests.importing.state import assert_chain_holds, assert_facts_are_current, content, difference, rows_of
from tests.sources.lists import GUR_HEADER, csv_text
from tests.support.commands import Outcome

Run = Callable[..., Outcome]


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """Twelve rows of which lines 3 and 6 cannot be used, and the last breaks off."""
    rows = list(ROWS)
    rows[1] = rows[1] | {"notes": "Geran"}
    rows[4] = rows[4] | {"found_in_drones": "not a list"}
    text = csv_text(rows, GUR_HEADER).rstrip("\n").rsplit(",", 3)[0]
    file = tmp_path / "scrape.csv"
    file.write_text(text, encoding="utf-8")
    return file


class TestWithoutARejectedFile:
    def test_nothing_is_imported_and_every_line_is_named(self, ready: str, run: Run, bad: Path) -> None:
        before = content(ready)
        done = run(ready, *IMPORT, bad)
        assert (done.code, done.out) == (3, "")
        first, *others = done.err.splitlines()
        assert first.startswith("provenance: scrape.csv:3: notes do not begin with")
        assert others[0].strip().startswith("line 6: found_in_drones 'not a list' does not name one entry")
        assert others[1].strip().startswith("line 13: the line breaks off")
        assert others[2].strip() == "3 rows cannot be used. Nothing was imported."
        assert "--rejected FILE" in others[3]
        assert difference(before, content(ready)) == {}
        assert rows_of(ready, "import_run") == []

    def test_a_missing_column_stops_everything(self, ready: str, run: Run, tmp_path: Path) -> None:
        header = [name for name in GUR_HEADER if name != "notes"]
        file = tmp_path / "scrape.csv"
        file.write_text(
            csv_text([{name: row[name] for name in header} for row in ROWS], header), encoding="utf-8"
        )
        done = run(ready, *IMPORT, file)
        assert done.code == 3
        assert "scrape.csv:1: missing column notes" in done.err
        assert rows_of(ready, "component") == []

    def test_damage_among_utf_8_stops_everything(self, ready: str, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "scrape.csv"
        good, rest = csv_text(ROWS, GUR_HEADER).encode().split("№".encode(), 1)
        file.write_bytes(good + b"\xff" + rest)
        done = run(ready, *IMPORT, file)
        assert done.code == 3
        assert "not UTF-8 (byte 0xff)" in done.err
        assert rows_of(ready, "component") == []

    def test_what_came_in_before_a_checkpoint_stays_and_the_message_says_so(
        self, ready: str, run: Run, bad: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("provenance.importing.run.BATCH_ROWS", 2)
        monkeypatch.setattr("provenance.importing.run.CHECKPOINT_BATCHES", 1)
        lines = bad.read_text(encoding="utf-8").splitlines()
        bad.write_text("\n".join([lines[0], *lines[8:12], lines[2]]), encoding="utf-8")
        done = run(ready, *IMPORT, bad)
        assert done.code == 3
        assert "scrape.csv:6: notes do not begin with" in done.err
        assert "The first 4 rows are imported; correct the file and run the command again." in done.err
        assert "nothing is imported twice" in done.err
        assert len(rows_of(ready, "component")) == 4
        assert_facts_are_current(ready)
        assert_chain_holds(ready)

    def test_a_file_that_breaks_late_keeps_nothing_of_its_transaction(
        self, ready: str, run: Run, tmp_path: Path
    ) -> None:
        file = write_scrape(tmp_path)
        file.write_text(file.read_text(encoding="utf-8") + '"gur-1,', encoding="utf-8")
        before = content(ready)
        done = run(ready, *IMPORT, file)
        assert done.code == 3
        assert "scrape.csv:20: the record that begins here is broken" in done.err
        assert difference(before, content(ready)) == {}

    def test_a_dry_run_shows_the_whole_account_and_still_ends_with_bad_input(
        self, ready: str, run: Run, bad: Path
    ) -> None:
        done = run(ready, *IMPORT, bad, "--dry-run")
        assert done.code == 3
        assert "read 12 = new 9 + known 0 + changed 0 + repeated 0 + rejected 3" in done.out
        assert "scrape.csv:3: notes do not begin with" in done.err
        assert "3 of 12 rows cannot be used." in done.err
        assert rows_of(ready, "component") == []


class TestWithARejectedFile:
    def test_the_good_rows_are_in_and_the_others_in_the_file(
        self, ready: str, run: Run, bad: Path, tmp_path: Path
    ) -> None:
        kept = tmp_path / "rejected.csv"
        done = run(ready, *IMPORT, bad, "--rejected", kept)
        assert done.code == 3
        assert "read 12 = new 9 + known 0 + changed 0 + repeated 0 + rejected 3" in done.out
        assert f"3 of 12 rows cannot be used. They are in {kept}." in done.err
        assert len(rows_of(ready, "component")) == 9
        with kept.open(encoding="utf-8", newline="") as stream:
            rejected = list(csv.DictReader(stream))
        assert [(row["line"], row["component_id"]) for row in rejected] == [
            ("3", "gur-102"),
            ("6", "gur-105"),
            ("13", "gur-112"),
        ]
        assert [row["reason"].split("'")[0].strip() for row in rejected] == [
            "notes do not begin with",
            "found_in_drones",
            rejected[2]["reason"],
        ]
        assert rejected[0]["name_marking"] == "Microcontroller С8051F120"
        assert_facts_are_current(ready)

    def test_the_rejected_file_mended_goes_in_by_itself(
        self, ready: str, run: Run, bad: Path, tmp_path: Path
    ) -> None:
        kept = tmp_path / "rejected.csv"
        run(ready, *IMPORT, bad, "--rejected", kept)
        kept.write_text(
            kept.read_text(encoding="utf-8")
            .replace(",Geran\n", f',"{ROWS[1]["notes"]}"\n')
            .replace("not a list", '"[""x""]"'),
            encoding="utf-8",
        )
        with kept.open(encoding="utf-8", newline="") as stream:
            mended = [row for row in csv.DictReader(stream) if row["notes"]]
        again = run(
            ready,
            "import",
            "gur-components",
            write_scrape(
                tmp_path, [{name: row[name] for name in GUR_HEADER} for row in mended], "mended.csv"
            ),
        )
        assert "read 2 = new 2 + known 0" in again.out

    def test_without_a_bad_row_there_is_nothing_in_it_but_the_header(
        self, ready: str, run: Run, tmp_path: Path
    ) -> None:
        kept = tmp_path / "rejected.csv"
        done = run(ready, *IMPORT, write_scrape(tmp_path), "--rejected", kept)
        assert done.code == 0
        assert kept.read_text(encoding="utf-8").splitlines() == ["line,reason"]

    def test_a_dry_run_writes_no_rejected_file_either(
        self, ready: str, run: Run, bad: Path, tmp_path: Path
    ) -> None:
        kept = tmp_path / "rejected.csv"
        assert run(ready, *IMPORT, bad, "--rejected", kept, "--dry-run").code == 3
        assert not kept.exists()

    def test_a_rejected_file_that_cannot_be_written_is_told_before_anything_is_imported(
        self, ready: str, run: Run, bad: Path, tmp_path: Path
    ) -> None:
        done = run(ready, *IMPORT, bad, "--rejected", tmp_path / "gone" / "rejected.csv")
        assert done.code == 3
        assert "cannot be written" in done.err
        assert rows_of(ready, "component") == []
