"""What was corrected or withdrawn here, as its list comes in again: the correction stands, and it is said."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from provenance.core.identity import reference
from tests.importing.state import rows_of
from tests.support.commands import Outcome
from tests.support.databases import Databases, Level, PostgresDatabases, SqliteDatabases
from tests.support.field_log import say

HEADER = ("id", "recovery", "weapon", "serial", "used", "unit", "marking", "pieces", "date code")
ROWS = (
    ("item-a17", "A", "Kh-101", "77", "2024-01-02", "Board 1", "AD7606BSTZ", "2", "2135"),
    ("item-b03", "A", "Kh-101", "77", "2024-01-02", "Board 1", "MAX3232ECD", "1", "2140"),
    ("item-c99", "B", "Kh-55", "12", "2024-02-02", "", "LM358", "1", ""),
)


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


class List:
    """A published list that comes in again."""

    def __init__(self, address: str, folder: Path) -> None:
        self._address = address
        self._file = folder / "list.csv"

    def comes_in(self, rows: Sequence[Sequence[str]] = ROWS) -> dict[str, Any]:
        """The account of an import."""
        with self._file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([HEADER, *rows])
        source = ("--source", "a-list", "--publisher", "P", "--title", "T")
        done = say(self._address, "import", "components", self._file, *source, "--format", "json")
        assert done.code == 0, done.err
        account: dict[str, Any] = done.rows[0]
        return account

    def component(self, key: str) -> str:
        """The reference of a listed component."""
        return str(say(self._address, "show", key, "--format", "json").rows[0]["ref"])

    def shown(self, key: str) -> Any:
        """A listed component as `show` has it."""
        return say(self._address, "show", key, "--format", "json").rows[0]

    def recovery(self, key: str) -> str:
        """The reference of the recovery that a listed component was in."""
        return str(self.shown(key)["recovery"]["ref"])

    def say(self, *words: str) -> Outcome:
        """What the program says."""
        done = say(self._address, *words)
        assert done.code == 0, done.err
        return done


@pytest.fixture
def listed(ready: str, tmp_path: Path) -> List:
    """A list that has come in once."""
    listed = List(ready, tmp_path)
    assert listed.comes_in()["new"] == 3
    return listed


def reviewed(account: dict[str, Any], reason: str) -> list[str]:
    """What an account lists for review, for a reason that begins like this."""
    return [row["text"] for row in account["review"] if row["reason"].startswith(reason)]


AMENDED = "the list says something else than was amended"
WITHDRAWN = "this comes in again, but was withdrawn"


class TestAmended:
    """The amendment stands; the difference is said each time."""

    def test_the_same_list_leaves_it_and_says_so(self, listed: List) -> None:
        ref = listed.component("item-a17")
        listed.say("amend", ref, "marking=AD7606BSTZ-RL", "pieces=3", "--reason", "misread")
        account = listed.comes_in()
        assert (account["known"], account["changed"], account["new"]) == (3, 0, 0)
        assert reviewed(account, AMENDED) == [
            f"{ref}, marking: first recorded as AD7606BSTZ, now AD7606BSTZ-RL (by olena: misread)",
            f"{ref}, pieces: first recorded as 2, now 3 (by olena: misread)",
        ]
        record = listed.shown("item-a17")
        assert (record["marking"], record["pieces"]) == ("AD7606BSTZ-RL", 3)

    def test_what_was_not_amended_follows_the_list(self, listed: List) -> None:
        ref = listed.component("item-a17")
        listed.say("amend", ref, "marking=AD7606BSTZ-RL", "--reason", "misread")
        changed = ("item-a17", "A", "Kh-101", "77", "2024-01-02", "Board 1", "AD7606BSTZ", "5", "2140")
        account = listed.comes_in([changed, *ROWS[1:]])
        assert account["changed"] == 1
        record = listed.shown("item-a17")
        assert (record["marking"], record["pieces"], record["date_code"]) == ("AD7606BSTZ-RL", 5, "2140")
        assert listed.say("find", "AD7606BSTZ-RL", "--format", "json").json["totals"]["component"] == 1

    def test_a_recovery_keeps_its_number_and_takes_the_rest(self, ready: str, listed: List) -> None:
        ref = listed.recovery("item-a17")
        listed.say("amend", ref, "serial=78", "used=2024-01-05", "--reason", "the plate")
        assert len(reviewed(listed.comes_in(), AMENDED)) == 2
        later = [(*row[:2], row[2], "79" if row[1] == "A" else row[3], *row[4:]) for row in ROWS]
        listed.comes_in(later)
        assert sorted(row.value for row in rows_of(ready, "recovery_serial")) == ["12", "78"]
        assert sorted(row.as_written for row in rows_of(ready, "recovery_date")) == [
            "2024-01-05",
            "2024-02-02",
        ]

    def test_a_component_stays_where_it_was_moved_to(self, listed: List) -> None:
        ref, to = listed.component("item-a17"), listed.recovery("item-c99")
        listed.say("move", ref, "--to", to, "--reason", "bags swapped")
        changed = (*ROWS[0][:7], "7", "2135")
        assert listed.comes_in([changed, *ROWS[1:]])["changed"] == 1
        record = listed.shown("item-a17")
        assert (record["recovery"]["ref"], record["unit"], record["pieces"]) == (to, "Board 1", 7)

    def test_a_renamed_unit_is_not_made_again(self, ready: str, listed: List) -> None:
        (unit,) = rows_of(ready, "unit")
        ref = reference("unit", unit.uid)
        listed.say("amend", ref, "label=Navigation board", "--reason", "the plate says so")
        more = ("item-d41", "A", "Kh-101", "77", "2024-01-02", "Board 1", "LT1086", "1", "")
        assert listed.comes_in([*ROWS, more])["new"] == 1
        assert [row.label for row in rows_of(ready, "unit")] == ["Navigation board"]
        assert listed.shown("item-d41")["unit"] == "Navigation board"

    def test_amended_back_there_is_nothing_to_say(self, listed: List) -> None:
        ref = listed.component("item-a17")
        listed.say("amend", ref, "pieces=3", "--reason", "miscounted")
        listed.say("amend", ref, "pieces=2", "--reason", "no, two")
        assert reviewed(listed.comes_in(), AMENDED) == []


class TestWithdrawn:
    """It comes in again, is not counted, and is listed for review."""

    def test_a_component(self, listed: List) -> None:
        ref = listed.component("item-a17")
        listed.say("withdraw", ref, "--reason", "of another wreck", "--although-reported")
        changed = (*ROWS[0][:7], "9", "2135")
        for rows in (ROWS, [changed, *ROWS[1:]]):
            account = listed.comes_in(rows)
            assert (account["known"], account["changed"]) == (3, 0)
            (text,) = reviewed(account, WITHDRAWN)
            assert text.startswith(f"{ref}, withdrawn by olena on") and text.endswith("of another wreck")
        listed.say("restore", ref, "--reason", "no")
        assert listed.comes_in([changed, *ROWS[1:]])["changed"] == 1
        assert listed.shown("item-a17")["pieces"] == 9

    def test_a_recovery_with_something_new_in_it(self, listed: List) -> None:
        ref = listed.recovery("item-a17")
        listed.say("withdraw", ref, "--reason", "exercise", "--although-reported")
        more = ("item-d41", "A", "Kh-101", "77", "2024-01-02", "", "LT1086", "1", "")
        account = listed.comes_in([*ROWS, more])
        said = reviewed(account, WITHDRAWN)
        assert f"{ref}: new components in it" in said
        assert sum(text.startswith(f"{ref}, withdrawn by olena") for text in said) == 1
        assert len(said) == 4  # the recovery, both components, what is new in it

    def test_a_transfer(self, ready: str, tmp_path: Path) -> None:
        file = tmp_path / "transfers.csv"
        file.write_text("id,consignor,consignee,mpn\n1,Acme Ltd,OOO Vostok,LM358\n", encoding="utf-8")
        words = ("import", "transfers", file, "--source", "t", "--publisher", "P", "--title", "T")
        assert say(ready, *words).code == 0
        (row,) = rows_of(ready, "transfer")
        ref = reference("transfer", row.uid)
        refused = say(ready, "withdraw", ref, "--reason", "not ours")
        assert refused.code == 3
        assert say(ready, "withdraw", ref, "--reason", "not ours", "--although-reported").code == 0
        account = say(ready, *words, "--format", "json").rows[0]
        assert (account["known"], account["changed"]) == (1, 0)
        assert reviewed(account, WITHDRAWN)[0].startswith(f"{ref}, withdrawn by olena")
        assert len(rows_of(ready, "transfer")) == 1


class TestTemplates:
    """A filled-in table that is logged again."""

    @pytest.fixture
    def table(self, tmp_path: Path) -> Path:
        """A table of one recovery and its row id."""
        return tmp_path / "recoveries.csv"

    def log(self, ready: str, table: Path, serial: str, *more: str, note: str = "") -> Outcome:
        """What logging the table says."""
        table.write_text(
            f"recovery_row,weapon,serial,used,note\nw1,Kh-101,{serial},2024-01-02,{note}\n", encoding="utf-8"
        )
        return say(ready, "log", "file", table, *more, "--format", "json")

    def test_a_changed_row_amends_on_request(self, ready: str, table: Path) -> None:
        assert self.log(ready, table, "77", note="in a field").rows[0]["new"] == 1
        refused = self.log(ready, table, "78", note="")
        assert refused.code == 3
        assert (
            "was logged before with other content, as R-" in refused.err and "note=, serial=78" in refused.err
        )
        assert "--amend REASON" in refused.err
        (row,) = self.log(ready, table, "78", "--amend", "the plate").rows
        assert (row["amended"], row["known"], row["new"]) == (1, 0, 0)
        (recovery,) = rows_of(ready, "recovery")
        assert (recovery.label, recovery.note) == ("Kh-101 78", None)
        (again,) = self.log(ready, table, "78", "--amend", "the plate").rows
        assert (again["amended"], again["known"]) == (0, 1)

    def test_a_row_as_it_was_leaves_an_amendment(self, ready: str, table: Path) -> None:
        ref = self.log(ready, table, "77").rows[0]["logged"][0]["ref"]
        assert say(ready, "amend", ref, "serial=78", "--reason", "the plate").code == 0
        (row,) = self.log(ready, table, "77", "--amend", "x").rows
        assert row["known"] == 1
        assert row["notes"] == [f"line 2: {ref}, serial: 77 here, amended to 78, which stands"]
        assert [each.value for each in rows_of(ready, "recovery_serial")] == ["78"]

    def test_a_withdrawn_row_is_said(self, ready: str, table: Path) -> None:
        ref = self.log(ready, table, "77").rows[0]["logged"][0]["ref"]
        say(ready, "withdraw", ref, "--reason", "exercise")
        (row,) = self.log(ready, table, "77").rows
        assert row["known"] == 1
        assert f"{ref} was withdrawn by olena" in row["notes"][0]
        changed = self.log(ready, table, "78", "--amend", "x")
        assert changed.code == 3 and "was withdrawn" in changed.err


def test_a_line_that_was_withdrawn_or_amended_says_so(ready: str, tmp_path: Path) -> None:
    words = ("log", "recovery", "--weapon", "Kh-101", "--used", "2024-01-02", "--format", "jsonl")
    ref = say(ready, *words).rows[0]["ref"]
    file = tmp_path / "board.txt"
    file.write_text("U1 | LM358\nU1 | LT1086\n", encoding="utf-8")
    log = ("log", "components", "--recovery", ref, "--file", file, "--format", "jsonl")
    first, second = (line["component_ref"] for line in say(ready, *log).lines)
    say(ready, "withdraw", first, "--reason", "twice")
    say(ready, "amend", second, "pieces=2", "--reason", "miscounted")
    notes = [line["note"] for line in say(ready, *log).lines]
    assert notes[0].startswith(f"{first} was withdrawn by olena")
    assert notes[1] == f"{second} was amended since: pieces"
