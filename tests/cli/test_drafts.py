"""Forms that are left unfinished: nothing is lost, and the next start offers the answers again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evidence.photographs import take
from tests.importing.state import rows_of
from tests.support.field_log import component, recovery, say

GUIDED = ("--guided", "--language", "en")
UNFINISHED = "You began this on"


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of drafts."""
    monkeypatch.setenv("PROVENANCE_DRAFTS", str(tmp_path / "drafts"))
    return tmp_path / "drafts"


@pytest.mark.parametrize("ending", ["", "n\n"], ids=["cut off", "no"])
def test_a_recovery(ready: str, kept: Path, ending: str) -> None:
    answers = "Kh-101\n77\n2024-01-02\n?\nKharkiv\nUA\n\nin a barn\n"
    left = say(ready, "log", "recovery", *GUIDED, stdin=answers + ending if ending else answers[:30])
    assert left.code != 0 and rows_of(ready, "recovery") == []
    (file,) = kept.iterdir()
    assert file.stat().st_mode & 0o077 == 0
    rest = "y\n\n" if ending else "y\n?\nKharkiv\nUA\n\nin a barn\n\n"
    done = say(ready, "log", "recovery", *GUIDED, "--format", "jsonl", stdin=rest)
    assert done.code == 0, done.err
    assert UNFINISHED in done.err and "Weapon: Kh-101" in done.err
    (row,) = rows_of(ready, "recovery")
    assert (row.label, row.place, row.note) == ("Kh-101 77", "Kharkiv", "in a barn")
    assert list(kept.iterdir()) == []
    again = say(ready, "log", "recovery", *GUIDED, stdin="")
    assert UNFINISHED not in again.err


def test_what_is_not_wanted_is_forgotten_and_options_come_first(ready: str, kept: Path) -> None:
    say(ready, "log", "recovery", *GUIDED, stdin="Kh-101\n77\n")
    left = say(ready, "log", "recovery", "--serial", "78", *GUIDED, stdin="y\n")
    assert "Serial" not in left.err.split(UNFINISHED)[1].split("Go on")[0]
    refused = say(ready, "log", "recovery", *GUIDED, stdin="n\n")
    assert UNFINISHED in refused.err
    assert UNFINISHED not in say(ready, "log", "recovery", *GUIDED, stdin="").err
    assert UNFINISHED not in say(ready, "log", "seizure", *GUIDED, stdin="").err


def test_an_amendment_belongs_to_its_record(ready: str) -> None:
    ref = recovery(ready)
    one, other = (component(ready, ref, "--marking", marking) for marking in ("LM358N", "MAX3232ECD"))
    left = say(ready, "amend", one, *GUIDED, stdin="\n\nLM358D\n")
    assert left.code != 0
    assert UNFINISHED not in say(ready, "amend", other, *GUIDED, stdin="").err
    enter = "\n" * 12
    done = say(ready, "amend", one, *GUIDED, "--reason", "misread", stdin=f"y\n{enter}")
    assert done.code == 0, done.err
    assert UNFINISHED not in say(ready, "amend", one, *GUIDED, stdin="").err


def test_a_handover_and_photos(ready: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVENANCE_STORE", str(tmp_path / "store"))
    ref = recovery(ready)
    say(ready, "log", "custody", *GUIDED, stdin=f"{ref}\n2024-05-03\nSquad 7\n")
    done = say(ready, "log", "custody", *GUIDED, stdin="y\nLaboratory\n?\n?\n?\n\n\n")
    assert done.code == 0 and UNFINISHED in done.err, done.err
    (entry,) = rows_of(ready, "custody_event")
    assert (entry.from_holder, entry.to_holder) == ("Squad 7", "Laboratory")
    file = take(tmp_path / "a.jpg", 1)
    left = say(ready, "log", "photo", *GUIDED, stdin=f"{file}\n{ref}\ntop\n")
    assert f"--recovery {ref} --face top" in left.err
    done = say(ready, "log", "photo", *GUIDED, stdin="y\n?\n\n\n")
    assert done.code == 0 and UNFINISHED in done.err, done.err


class TestTransfer:
    """A transfer by form."""

    def test_asked_step_by_step_and_back(self, ready: str) -> None:
        chip = component(ready, recovery(ready), "--marking", "LM358N")
        answers = (
            "Acme|boss\n<\nAcme Ltd|broker|HK; Second Ltd\nOOO Vostok\n<\nOOO Zapad\n"
            f"C-00000-00000\n{chip}\n?\nA1\n500\npcs\n2023-05-01\nINV-7\n2\nours\n\n?\n\n"
        )
        done = say(ready, "log", "transfer", *GUIDED, "--format", "json", stdin=answers)
        assert done.code == 0, done.err
        assert done.err.count("Not understood") == 2 and "This is the first question." in done.err
        (row,) = rows_of(ready, "transfer")
        assert (row.lot, row.quantity, str(row.earliest), row.evidence_class) == (
            "A1", 500, "2023-05-01", "item_document"
        )  # fmt: skip
        parties = [(each.side, each.as_written) for each in rows_of(ready, "transfer_party")]
        assert sorted(parties) == [("from", "Acme Ltd"), ("from", "Second Ltd"), ("to", "OOO Zapad")]

    def test_what_is_no_transfer_is_said_before_it_is_saved(self, ready: str) -> None:
        answers = "?\n?\n?\nLM358N\n?\n?\n?\n?\nours\n\n?\n\n1\nAcme Ltd\n\n"
        done = say(ready, "log", "transfer", *GUIDED, stdin=answers)
        assert done.code == 0, done.err
        assert "no party" in done.err
        assert len(rows_of(ready, "transfer")) == 1

    def test_a_misspelt_party_is_asked_about(self, ready: str) -> None:
        say(ready, "log", "transfer", "--from", "Vostok Trading", "--part", "X1", "--source", "s")
        answers = "Vostok Tradng|broker|RU\n1\n?\n?\nX2\n?\n?\n?\n?\ns\n\n?\n\n"
        done = say(ready, "log", "transfer", *GUIDED, stdin=answers)
        assert done.code == 0, done.err
        assert "1  Vostok Trading|broker|RU" in done.err
        names = {each.as_written for each in rows_of(ready, "transfer_party")}
        assert names == {"Vostok Trading"}

    def test_withdrawn_items_are_refused_and_it_is_kept(self, ready: str) -> None:
        chip = component(ready, recovery(ready), "--marking", "LM358N")
        say(ready, "withdraw", chip, "--reason", "twice")
        left = say(ready, "log", "transfer", *GUIDED, stdin=f"Acme Ltd\n?\n{chip}\n")
        assert f"{chip} was withdrawn" in left.err
        assert "provenance log transfer --guided --from 'Acme Ltd'" in left.err
        assert UNFINISHED in say(ready, "log", "transfer", *GUIDED, stdin="").err
