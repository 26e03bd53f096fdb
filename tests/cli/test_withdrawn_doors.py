"""What is withdrawn is offered nowhere and takes nothing new, whichever door it is tried at."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.core.identity import reference
from provenance.services.forms import FormSupport
from provenance.services.workspace import Workspace
from tests.evidence.photographs import take
from tests.importing.state import rows_of
from tests.support.field_log import component, recovery, ref_of, say


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVENANCE_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("PROVENANCE_DRAFTS", str(tmp_path / "drafts"))


def offered(address: str, what: str, typed: str) -> list[str]:
    """The completions of a half-typed answer."""
    return [each.text for each in FormSupport(Workspace(address, "olena")).suggest(what, typed)]


def units(address: str) -> list[str]:
    """The references of all units."""
    return [reference("unit", row.uid) for row in rows_of(address, "unit")]


def test_every_door(ready: str, tmp_path: Path) -> None:
    ref = recovery(ready, "--place", "Barn 5", "--serial", "77")
    chip = component(ready, ref, "--marking", "LM358N", "--unit", "Board 1")
    (unit,) = units(ready)
    trace = say(ready, "trace", "open", chip, "--format", "json").rows[0]["trace"]
    say(ready, "log", "custody", ref, "--at", "2024-05-03", "--to", "Laboratory 5")
    photo = take(tmp_path / "a.jpg", 1)
    say(ready, "log", "photo", photo, "--component", chip)
    assert offered(ready, "holder", "Lab") == ["Laboratory 5"]
    assert offered(ready, "item", ref) == [ref] and offered(ready, "item", chip) == [chip]

    assert say(ready, "withdraw", ref, "--reason", "exercise").code == 0
    for each in (ref, chip, unit):
        assert offered(ready, "item", each) == []
        for words in (
            ("label", each, "--out", tmp_path / "l.pdf"),
            ("log", "custody", each, "--at", "2024-05-04", "--to", "Museum"),
            ("evidence", "attach", "a.jpg", each),
            ("evidence", "tag", "a.jpg", "--face", "top"),
        ):
            refused = say(ready, *words)
            assert refused.code in (3, 4), (words, refused)
    for words in (
        ("log", "component", "--recovery", ref, "--marking", "LM358N"),
        ("log", "unit", "--recovery", ref, "--label", "Board 2"),
        ("log", "photo", take(tmp_path / "b.jpg", 2), "--recovery", ref),
        ("log", "photos", tmp_path, "--recovery", ref),
        ("log", "components", "--recovery", ref, "--file", tmp_path / "none.txt"),
        ("trace", "open", chip),
        ("trace", "request", trace, "Texas Instruments"),
        ("trace", "request", chip, "Texas Instruments"),
        ("evidence", "read", "a.jpg"),
    ):
        assert say(ready, *words).code == 3, words
    assert offered(ready, "holder", "Lab") == [] and offered(ready, "place", "Barn") == []
    form = say(ready, "log", "recovery", "--guided", "--language", "en", stdin="")
    assert "Barn 5" not in form.err and "Kh-101" not in form.err
    form = say(ready, "log", "component", "--guided", "--language", "en", stdin="")
    assert ref not in form.err
    form = say(ready, "log", "custody", "--guided", "--language", "en", stdin="")
    assert ref not in form.err and "Laboratory 5" not in form.err


def test_a_corrected_holder_and_a_withdrawn_unit_are_not_offered(ready: str) -> None:
    ref = recovery(ready)
    component(ready, ref, "--marking", "LM358N", "--unit", "Board 1")
    first = say(ready, "log", "custody", ref, "--at", "2024-05-03", "--to", "Lba").err.split()[1]
    say(ready, "log", "custody", ref, "--at", "2024-05-03", "--to", "Lab", "--corrects", first)
    assert offered(ready, "holder", "L") == ["Lab"]
    (unit,) = units(ready)
    say(ready, "withdraw", unit, "--reason", "logged twice")
    form = say(ready, "log", "component", "--guided", "--language", "en", stdin="\n")
    assert "Board 1" not in form.err


def test_top_says_what_would_change_it(ready: str) -> None:
    ref = recovery(ready)
    lines = "U1 | TMS320C6416TGLZ | 1\nU1 | MAX3232ECD // 2231 | 2\n"
    say(ready, "log", "components", "--recovery", ref, stdin=lines)
    found = say(ready, "top", "--format", "json").json
    assert found["rows"] == []
    assert found["with_readings"]["recoveries"] == 1 and found["with_readings"]["components"] == 2
    said = " ".join(say(ready, "top").out.split())
    assert "with it 2 components in 1 recovery would count" in said
    assert "--include-read-makers --min-recoveries 1" in said and "provenance log readings --out" in said
    more = say(ready, "top", "--include-read-parts", "--include-read-makers", "--min-recoveries", "1")
    assert "Texas Instruments" in more.out and "Nothing matches" not in more.out
    alone = say(ready, "top", "--include-read-parts", "--include-read-makers").out
    assert "in fewer than 2 recoveries left out" in alone
    confirmed = ("--maker", "Texas Instruments", "--mpn", "LM358N", "--identification", "confirmed")
    said_of = ("--basis", "laboratory", "--format", "jsonl")
    assert ref_of(say(ready, "log", "component", "--recovery", ref, *confirmed, *said_of))
    left_out = "1 firm in fewer than 2 recoveries left out. To see it: --min-recoveries 1."
    assert left_out in say(ready, "top").out
