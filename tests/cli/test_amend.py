"""Corrections as somebody makes them who logged something wrongly: the reference stays, nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from provenance.core.identity import reference
from tests.importing.state import rows_of
from tests.support.commands import Outcome, run
from tests.support.databases import Databases, Level, PostgresDatabases, SqliteDatabases
from tests.support.field_log import component, only, recovery, say, standing

MARKING = ("--marking", "AD7606BSTZ // #2135")


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


def amend(address: str, ref: str, *fields: str, reason: str = "misread") -> Outcome:
    """What an amendment says."""
    return say(address, "amend", ref, *fields, "--reason", reason, "--format", "json")


def changes(outcome: Outcome) -> dict[str, tuple[str | None, str | None]]:
    """The fields that changed, before and after."""
    assert outcome.code == 0, outcome.err
    return {row["field"]: (row["before"], row["after"]) for row in outcome.rows}


def shown(address: str, ref: str) -> Any:
    """The record as `show` has it."""
    return say(address, "show", ref, "--format", "json").rows[0]


def history(address: str, ref: str) -> list[Any]:
    """What the record's history says was done."""
    return say(address, "history", ref, "--format", "json").rows


class TestRecoveries:
    """A serial, weapon, date or place with a slip of the pen."""

    def test_what_was_misread_is_put_right_under_the_same_reference(self, ready: str) -> None:
        ref = recovery(ready, "--serial", "77", "--place", "Kharkiv")
        done = amend(ready, ref, "serial=78", "used=2024-01-03", "weapon=Kh-55", "country=Ukraine")
        assert changes(done) == {
            "weapon": ("Kh-101", "Kh-55"),
            "serial": ("77", "78"),
            "used": ("2024-01-02", "2024-01-03"),
            "country": (None, "UA"),
            "label": ("Kh-101 77", "Kh-55 78"),
        }
        record = shown(ready, ref)
        assert (record["title"], record["weapon"]["name"], record["country"]) == ("Kh-55 78", "Kh-55", "UA")
        assert [each["number"] for each in record["numbers"]] == ["78"]
        assert [each["date"] for each in record["dates"]] == ["2024-01-03"]
        assert {each["field"] for each in record["amended"]} == set(changes(done))

    def test_the_former_value_stays_in_the_history_with_who_and_why(self, ready: str) -> None:
        ref = recovery(ready, "--serial", "77")
        amend(ready, ref, "serial=78", reason="the plate was dirty")
        entered, amended = history(ready, ref)
        assert (entered["action"], amended["action"]) == ("entered", "amended")
        assert (amended["actor"], amended["reason"]) == ("olena", "the plate was dirty")
        assert {"field": "serial", "before": "77", "after": "78"} in amended["fields"]
        told = say(ready, "history", ref).out
        assert "amended by olena\n    label: Kh-101 77 → Kh-101 78\n    serial: 77 → 78" in told
        assert "    reason: the plate was dirty" in told

    def test_search_follows_at_once(self, ready: str) -> None:
        ref = recovery(ready, "--serial", "77012")
        amend(ready, ref, "serial=88099")
        assert say(ready, "find", "77012").code == 4
        assert [row["ref"] for row in say(ready, "find", "88099", "--format", "json").rows] == [ref]

    def test_a_name_of_its_own_stays(self, ready: str) -> None:
        ref = recovery(ready, "--label", "The one in the barn", "--serial", "77")
        assert "label" not in changes(amend(ready, ref, "serial=78"))

    def test_a_position_replaces_the_position_and_not_the_name(self, ready: str) -> None:
        ref = recovery(ready, "--place", "Kharkiv", "--position", "49.9, 36.2", "--precision", "30")
        done = changes(amend(ready, ref, "place=50.1, 36.3"))
        assert done == {"position": ("49.9, 36.2", "50.1, 36.3")}
        record = shown(ready, ref)
        assert (record["place"], record["position"]["latitude"]) == ("Kharkiv", 50.1)
        assert record["position"]["precision_m"] == 30

    def test_a_field_without_a_text_is_emptied(self, ready: str) -> None:
        ref = recovery(ready, "--serial", "77", "--country", "UA")
        assert changes(amend(ready, ref, "country="))["country"] == ("UA", None)
        assert only(ready, "recovery").country is None

    def test_what_is_hardly_true_is_refused_as_when_it_is_logged(self, ready: str) -> None:
        ref = recovery(ready)
        refused = amend(ready, ref, "examined=2023-01-01")
        assert refused.code == 3
        assert "used 2024-01-02 is after examined 2023-01-01" in refused.err
        assert "--confirm-odd" in refused.err
        future = amend(ready, ref, "examined=2094")
        assert future.code == 3 and "--yes" in future.err
        meant = say(ready, "amend", ref, "examined=2023-01-01", "--reason", "as told", "--confirm-odd")
        assert meant.code == 0, meant.err

    def test_a_seizure_has_its_own_fields(self, ready: str) -> None:
        words = (
            "log",
            "seizure",
            "--authority",
            "Lithuanian Customs",
            "--from-country",
            "CN",
            "--hs",
            "854231",
        )
        ref = say(ready, *words, "--new-party", "--format", "jsonl").rows[0]["ref"]
        done = changes(amend(ready, ref, "to_country=Russia", "hs=8542.39", "goods=toys"))
        assert done["to_country"] == (None, "RU")
        assert done["hs"] == ("854231", "8542.39")
        row = only(ready, "seizure")
        assert (row.to_country, row.hs6, row.declared_goods) == ("RU", "854239", "toys")
        assert done["label"][1] == "Lithuanian Customs, CN to RU"
        assert amend(ready, ref, "serial=3").code == 2


class TestComponents:
    """A marking, a number of pieces, a unit, a maker."""

    def test_what_was_read_from_a_marking_goes_with_it(self, ready: str) -> None:
        ref = component(ready, recovery(ready), *MARKING, "--pieces", "2")
        amend(ready, ref, "marking=MAX3232ECD // 2231", "pieces=3")
        record = shown(ready, ref)
        assert (record["marking"], record["pieces"]) == ("MAX3232ECD\n2231", 3)
        assert [each["as_written"] for each in record["parts"] if each["current"]] == ["MAX3232ECD"]
        assert {each["as_written"] for each in record["makers"] if each["current"]} == {"MAX3232ECD\n2231"}
        assert say(ready, "find", "AD7606BSTZ", "--format", "json").json["totals"].get("component") is None

    def test_what_a_person_said_of_the_former_marking_is_put_to_them(self, ready: str) -> None:
        words = ("--maker", "Analog Devices", "--mpn", "AD7606BSTZ")
        ref = component(ready, recovery(ready), *MARKING, *words)
        done = amend(ready, ref, "marking=MAX3232ECD")
        assert "Analog Devices AD7606BSTZ" in done.err and "still stands" in done.err
        settled = amend(ready, ref, "maker=Texas Instruments", "mpn=MAX3232ECD")
        assert changes(settled)["maker"] == ("Analog Devices", "Texas Instruments")
        assert [row.as_written for row in standing(ready, "identification")] == ["MAX3232ECD"]

    def test_the_date_of_manufacture_follows_its_code(self, ready: str) -> None:
        ref = component(ready, recovery(ready), "--description", "capacitor", "--date-code", "2135")
        assert str(only(ready, "component").made_earliest) == "2021-08-30"
        amend(ready, ref, "date_code=2235")
        assert str(only(ready, "component").made_earliest) == "2022-08-29"
        amend(ready, ref, "made=2020")
        row = only(ready, "component")
        assert (str(row.made_earliest), row.made_basis) == ("2020-01-01", "logged")
        amend(ready, ref, "made=")
        assert str(only(ready, "component").made_earliest) == "2022-08-29"

    def test_what_was_said_to_be_unidentified_stays_so(self, ready: str) -> None:
        ref = component(ready, recovery(ready), *MARKING, "--identification", "unidentified")
        amend(ready, ref, "marking=AD7606BSTZ // #2136")
        assert standing(ready, "identification") == []
        amend(ready, ref, "identification=")
        assert [row.as_written for row in standing(ready, "identification")] == ["AD7606BSTZ"]

    def test_a_component_in_the_wrong_wreck_moves_with_what_belongs_to_it(self, ready: str) -> None:
        wrong, right = recovery(ready), recovery(ready, "--serial", "9")
        ref = component(ready, wrong, *MARKING, "--unit", "Board 1")
        say(ready, "log", "custody", wrong, "--at", "2024-05-03", "--to", "Laboratory")
        say(ready, "log", "custody", ref, "--at", "2024-05-04", "--to", "Second laboratory")
        moved = say(ready, "move", ref, "--to", right, "--reason", "bags swapped", "--format", "json")
        assert changes(moved) == {"recovery": (wrong, right)}
        assert "its 1 custody entry follows it" in moved.err
        assert f"{wrong} has 1 custody entry of its own" in moved.err
        record = shown(ready, ref)
        assert (record["recovery"]["ref"], record["unit"]) == (right, "Board 1")
        assert [each["to_holder"] for each in record["custody"]] == ["Second laboratory"]
        assert [each["action"] for each in history(ready, wrong)][-2:] == ["custody", "released"]
        assert history(ready, right)[-1]["about"] == ref
        assert shown(ready, wrong)["components"] == []

    def test_a_unit_moves_with_what_is_on_it(self, ready: str) -> None:
        wrong, right = recovery(ready), recovery(ready, "--serial", "9")
        refs = [component(ready, wrong, *MARKING, "--unit", "Board 1") for _ in range(2)]
        unit = say(ready, "log", "unit", "--recovery", wrong, "--label", "Board 1", "--format", "jsonl")
        moved = say(ready, "move", unit.rows[0]["ref"], "--to", right, "--reason", "wrong wreck")
        assert moved.code == 0, moved.err
        assert [each["ref"] for each in shown(ready, right)["components"]] == refs
        component(ready, wrong, *MARKING, "--unit", "Board 1")
        back = say(ready, "move", unit.rows[0]["ref"], "--to", wrong, "--reason", "no")
        assert back.code == 3 and "is called Board 1 already" in back.err

    def test_a_label_that_names_it_wrongly_is_said_with_the_command(self, ready: str, tmp_path: Path) -> None:
        ref = component(ready, recovery(ready), *MARKING)
        assert say(ready, "label", ref, "--out", tmp_path / "l.pdf").code == 0
        assert "printed on" not in amend(ready, ref, "pieces=4").err
        said = amend(ready, ref, "marking=AD7606BSTZ-RL").err
        assert "says AD7606BSTZ #2135" in said and f"provenance label {ref}" in said
        assert [each["action"] for each in history(ready, ref)] == [
            *("entered", "label_printed", "amended", "amended"),
        ]


class TestRefusals:
    """What is refused, and what it says."""

    def test_a_field_that_there_is_not_names_those_that_there_are(self, ready: str) -> None:
        refused = amend(ready, recovery(ready), "seriel=3")
        assert refused.code == 2
        assert "A recovery has no seriel." in refused.err
        assert "Its fields: weapon, unit_type, variant" in refused.err

    def test_without_a_reason_or_a_field_nothing_is_amended(self, ready: str) -> None:
        ref = recovery(ready)
        assert "--reason" in say(ready, "amend", ref, "serial=3").err
        assert "FIELD=VALUE" in say(ready, "amend", ref, "--reason", "x").err
        assert "is not FIELD=VALUE" in say(ready, "amend", ref, "serial", "--reason", "x").err
        assert [each["action"] for each in history(ready, ref)] == ["entered"]

    def test_what_it_says_already_leaves_no_trace(self, ready: str) -> None:
        ref = recovery(ready, "--serial", "77")
        assert "nothing changes" in say(ready, "amend", ref, "serial=77", "--reason", "x").out
        assert len(history(ready, ref)) == 1

    def test_only_found_things_are_amended(self, ready: str) -> None:
        refused = amend(ready, "Kh-101", "note=x")
        assert refused.code == 2
        assert "only a recovery, unit or component can be amended" in refused.err


class TestWithdrawals:
    """Withdrawn things take nothing new, are found with a word, and can be restored."""

    def test_a_recovery_comes_back_with_what_went_with_it(self, ready: str) -> None:
        ref = recovery(ready, "--serial", "77")
        words = ("--maker", "Analog Devices", "--mpn", "AD7606BSTZ", "--identification", "confirmed")
        kept = component(ready, ref, *MARKING, *words, "--basis", "microscope")
        gone = component(ready, ref, "--marking", "LM358")
        before = [(row.status, row.as_written) for row in standing(ready, "identification")]
        say(ready, "withdraw", gone, "--reason", "logged twice")
        say(ready, "withdraw", ref, "--reason", "exercise")
        assert standing(ready, "identification") == []
        inside = say(ready, "restore", kept, "--reason", "no")
        assert inside.code == 3 and f"provenance restore {ref}" in inside.err
        assert say(ready, "restore", ref, "--reason", "it was real").out.strip() == (
            f"{ref}: the recovery is restored, with 1 component. It is counted again."
        )
        say(ready, "restore", gone, "--reason", "they are two")
        assert [(row.status, row.as_written) for row in standing(ready, "identification")] == before
        assert [each["action"] for each in history(ready, kept)] == ["entered", "withdrawn", "restored"]

    def test_they_take_nothing_new(self, ready: str, tmp_path: Path) -> None:
        ref = recovery(ready)
        gone = component(ready, ref, *MARKING, "--unit", "Board 1")
        say(ready, "withdraw", gone, "--reason", "logged twice")
        for words in (
            ("amend", gone, "pieces=2", "--reason", "x"),
            ("move", gone, "--to", ref, "--reason", "x"),
            ("label", gone, "--out", str(tmp_path / "l.pdf")),
            ("log", "custody", gone, "--at", "2024-05-03", "--to", "Laboratory"),
            ("log", "belief", gone, "--authenticity", "suspect", "--basis", "X-ray"),
            ("log", "citation", gone, "--source", "s", "--record", "1", "--publisher", "P", "--title", "T"),
            ("log", "transfer", "--source", "s", "--component", gone, "--from", "Acme"),
            ("trace", "open", gone),
        ):
            refused = say(ready, *words)
            assert refused.code == 3, (words, refused)
            assert f"{gone} was withdrawn by olena on" in refused.err
            assert "logged twice" in refused.err and f"provenance restore {gone}" in refused.err
        assert not (tmp_path / "l.pdf").exists()

    def test_they_are_found_with_a_word(self, ready: str) -> None:
        ref = recovery(ready, "--serial", "77012")
        gone = component(ready, ref, *MARKING)
        say(ready, "withdraw", ref, "--reason", "exercise")
        found = say(ready, "find", "77012", "--format", "json")
        assert [(row["ref"], row["withdrawn"]) for row in found.rows] == [(ref, True)]
        assert "WITHDRAWN: Kh-101 77012" in say(ready, "find", "77012").out
        parts = say(ready, "find", "AD7606", "--format", "json").rows
        assert [row["withdrawn"] for row in parts if row["ref"] == gone] == [True]

    def test_a_unit_is_withdrawn_with_what_is_on_it(self, ready: str) -> None:
        ref = recovery(ready)
        component(ready, ref, *MARKING, "--unit", "Board 1")
        component(ready, ref, *MARKING)
        unit = say(ready, "log", "unit", "--recovery", ref, "--label", "Board 1", "--format", "jsonl")
        board = unit.rows[0]["ref"]
        assert "with 1 component" in say(ready, "withdraw", board, "--reason", "of another wreck").out
        assert [row.withdrawn_at is None for row in rows_of(ready, "component")] == [False, True]
        refused = say(ready, "log", "component", "--recovery", ref, "--unit", "Board 1", *MARKING)
        assert refused.code == 3 and f"{board} was withdrawn" in refused.err
        say(ready, "restore", board, "--reason", "no")
        assert [row.withdrawn_at for row in rows_of(ready, "component")] == [None, None]

    def test_what_is_reported_needs_a_word_more(self, ready: str) -> None:
        ref = component(ready, recovery(ready), *MARKING)
        cited = ("log", "citation", ref, "--source", "s", "--record", "1", "--publisher", "P", "--title", "T")
        assert say(ready, *cited).code == 0
        refused = say(ready, "withdraw", ref, "--reason", "x")
        assert refused.code == 3 and "--although-reported" in refused.err
        assert say(ready, "withdraw", ref, "--reason", "x", "--although-reported").code == 0

    def test_a_transfer_can_be_withdrawn_and_restored(self, ready: str) -> None:
        words = ("log", "transfer", "--from", "Acme Ltd", "--to", "OOO Vostok", "--part", "LM358")
        say(ready, *words, "--source", "ours", "--new-party")
        ref = reference("transfer", only(ready, "transfer").uid)
        assert say(ready, "withdraw", ref, "--reason", "logged twice").code == 0
        assert only(ready, "transfer").withdrawn_at is not None
        assert say(ready, "restore", ref, "--reason", "no").code == 0
        assert only(ready, "transfer").withdrawn_at is None


def test_the_history_of_a_strict_record_is_withheld(ready: str) -> None:
    ref = recovery(ready, "--tlp", "RED")
    assert run(ready, "history", ref, "--max-tlp", "GREEN").code == 4
    assert run(ready, "history", ref).code == 0


def test_the_shell_completes_what_stands(ready: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ref, gone = recovery(ready), recovery(ready, "--serial", "2")
    part = component(ready, ref, *MARKING)
    say(ready, "withdraw", gone, "--reason", "exercise")
    monkeypatch.setenv("PROVENANCE_DB", ready)
    for words, offered in (("amend R-", ref), (f"move {part} --to R-", ref), ("history C-", part)):
        command = [sys.executable, "-m", "provenance"]
        asked = {"_PROVENANCE_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": f"provenance {words}"}
        said = subprocess.run(
            command, env={**os.environ, **asked}, capture_output=True, text=True, check=False
        )
        assert offered in said.stdout and gone not in said.stdout, words
