"""Assessments by the hundred: a table by reference, and the worklist of what the program reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.importing.state import rows_of
from tests.support.commands import Outcome
from tests.support.databases import Databases, Level, PostgresDatabases, SqliteDatabases
from tests.support.field_log import component, recovery, say, standing

CHIPS = ("AD7606BSTZ // #2135", "AD7606BSTZ // #2135", "MAX3232ECD", "LM358N")


@pytest.fixture(params=["sqlite", "postgres"])
def ready(request: pytest.FixtureRequest, sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """A database as `provenance init` leaves it, on each backend."""
    databases: Databases = sqlite_databases
    if request.param == "postgres":
        databases = request.getfixturevalue("postgres_databases")
        assert isinstance(databases, PostgresDatabases)
    address = databases.filled(Level.REFERENCE)
    yield address
    databases.discard(address)


@pytest.fixture
def chips(ready: str) -> list[str]:
    """Four components of one recovery, each read by the program."""
    ref = recovery(ready)
    return [component(ready, ref, "--marking", marking) for marking in CHIPS]


def filled(file: Path, answers: dict[str, dict[str, str]]) -> Path:
    """A worklist with answers by marking, saved under another name."""
    book: Any = openpyxl.load_workbook(file)
    sheet = book.active
    header = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        for name, text in answers.get(row[header.index("marking")].value, {}).items():
            row[header.index(name)].value = text
    done = file.with_name(f"filled-{file.name}")
    book.save(done)
    return done


def lines(file: Path) -> list[dict[str, Any]]:
    """A worklist's lines by column."""
    sheet: Any = openpyxl.load_workbook(file).active
    header, *rows = sheet.values
    return [dict(zip(header, row, strict=True)) for row in rows]


ANSWERS = {
    "AD7606BSTZ\n#2135": {"verdict": "confirm", "basis": "microscope", "said_by": "Laboratory"},
    "MAX3232ECD": {"verdict": "reject", "basis": "the die says otherwise"},
    "LM358N": {"verdict": "other", "maker": "Texas Instruments", "mpn": "LM358P", "basis": "microscope"},
}


class TestReadings:
    """The worklist of readings, out and in."""

    def test_it_has_a_line_for_each_marking_and_part(
        self, ready: str, chips: list[str], tmp_path: Path
    ) -> None:
        file = tmp_path / "readings.xlsx"
        said = say(ready, "log", "readings", "--out", file)
        assert "3 groups of 4 components" in said.err
        first = lines(file)[0]
        assert (first["read as maker"], first["read as part"]) == ("Analog Devices", "AD7606BSTZ")
        assert (first["components"], first["recoveries"], first["verdict"]) == ("2", "1", None)
        assert sorted(first["examples"].split(", ")) == sorted(chips[:2])
        say(ready, "log", "readings", "--out", tmp_path / "many.xlsx", "--at-least", "2")
        assert len(lines(tmp_path / "many.xlsx")) == 1
        assert say(ready, "log", "readings", "--out", file).code == 3

    def test_verdicts_decide_about_every_component(
        self, ready: str, chips: list[str], tmp_path: Path
    ) -> None:
        say(ready, "log", "readings", "--out", tmp_path / "r.xlsx")
        done = say(ready, "log", "belief", "--from", filled(tmp_path / "r.xlsx", ANSWERS), "--format", "json")
        assert done.code == 0, done.err
        assert (done.json["read"], done.json["records"]) == (3, 4)
        parts = [(row.status, row.as_written, row.said_by) for row in standing(ready, "identification")]
        assert sorted(parts) == [
            ("confirmed", "AD7606BSTZ", "Laboratory"),
            ("confirmed", "AD7606BSTZ", "Laboratory"),
            ("confirmed", "LM358P", "olena"),
        ]
        say(ready, "log", "readings", "--out", tmp_path / "rest.xlsx")
        assert lines(tmp_path / "rest.xlsx") == []

    def test_the_same_worklist_again_changes_nothing(
        self, ready: str, chips: list[str], tmp_path: Path
    ) -> None:
        say(ready, "log", "readings", "--out", tmp_path / "r.xlsx")
        file = filled(tmp_path / "r.xlsx", ANSWERS)
        say(ready, "log", "belief", "--from", file)
        before = len(rows_of(ready, "identification")), len(rows_of(ready, "audit_entry"))
        again = say(ready, "log", "belief", "--from", file)
        assert again.code == 0 and "it was decided or amended since" in again.err
        assert (len(rows_of(ready, "identification")), len(rows_of(ready, "audit_entry"))) == before

    def test_what_was_rejected_is_not_read_again(self, ready: str, chips: list[str], tmp_path: Path) -> None:
        say(ready, "log", "readings", "--out", tmp_path / "r.xlsx")
        say(ready, "log", "belief", "--from", filled(tmp_path / "r.xlsx", ANSWERS))
        assert say(ready, "read-markings").code == 0
        assert {row.as_written for row in standing(ready, "identification")} == {"AD7606BSTZ", "LM358P"}

    @pytest.mark.parametrize(
        ("answer", "reason"),
        [
            ({"verdict": "maybe", "basis": "x"}, "maybe is not one of confirm, reject, other"),
            ({"verdict": "confirm"}, "basis"),
            ({"basis": "x"}, "verdict is required"),
            ({"verdict": "other", "basis": "x"}, "say what it is"),
            ({"verdict": "confirm", "mpn": "LM358P", "basis": "x"}, "the verdict for that is other"),
        ],
    )
    def test_a_line_that_cannot_be_used_keeps_all_out(
        self, ready: str, chips: list[str], tmp_path: Path, answer: dict[str, str], reason: str
    ) -> None:
        say(ready, "log", "readings", "--out", tmp_path / "r.xlsx")
        answers = {**ANSWERS, "LM358N": answer}
        refused = say(ready, "log", "belief", "--from", filled(tmp_path / "r.xlsx", answers))
        assert refused.code == 3
        assert reason in refused.err and "Nothing was logged" in refused.err
        assert {row.status for row in standing(ready, "identification")} == {"tentative"}


class TestTables:
    """A table of assessments by reference."""

    def log(self, ready: str, tmp_path: Path, *rows: str) -> Outcome:
        """What logging the rows says."""
        file = tmp_path / "beliefs.csv"
        file.write_text("\n".join(["ref,maker,mpn,identification,authenticity,basis", *rows]), "utf-8")
        return say(ready, "log", "belief", "--from", file, "--format", "json")

    def test_each_line_is_an_assessment(self, ready: str, chips: list[str], tmp_path: Path) -> None:
        rows = (f"{chips[2]},,,,suspect,X-ray", f"{chips[3]},TI,LM358N,confirmed,,microscope")
        done = self.log(ready, tmp_path, *rows)
        assert (done.json["records"], done.json["known"]) == (2, 0)
        assert [row["aspect"] for row in done.rows] == ["authenticity", "maker", "part"]
        again = self.log(ready, tmp_path, *rows)
        assert (again.json["records"], again.json["known"], again.rows) == (0, 2, [])

    def test_bad_lines_are_named_and_nothing_is_logged(
        self, ready: str, chips: list[str], tmp_path: Path
    ) -> None:
        good, bad = f"{chips[2]},,,,suspect,X-ray", f"{chips[3]},,,,suspect,"
        refused = self.log(ready, tmp_path, good, bad, "C-0,,,,suspect,x")
        assert refused.code == 3
        assert "beliefs.csv:3: " in refused.err and "line 4: " in refused.err
        assert rows_of(ready, "assessment") == []

    def test_a_strange_column_is_refused(self, ready: str, tmp_path: Path) -> None:
        file = tmp_path / "b.csv"
        file.write_text("ref,colour\nC-1,red\n", encoding="utf-8")
        refused = say(ready, "log", "belief", "--from", file)
        assert refused.code == 3 and "an assessment has no colour" in refused.err
