"""Whoever logs what may be known already is told how to decide, or asked at once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.evidence.photographs import take
from tests.support.field_log import recovery, say


def test_flags_say_the_command_that_decides(fresh: str) -> None:
    first = recovery(fresh, "--tail", "M-101")
    again = say(fresh, "log", "recovery", "--weapon", "Kh-101", "--tail", "m 101")
    ref = again.out.split()[0]
    assert f"provenance same {ref} {first} --reason TEXT, or with --never" in again.err
    rows = say(fresh, "log", "recovery", "--weapon", "Kh-101", "--tail", "M 101", "--format", "json").rows
    assert {each["ref"] for each in rows[0]["may_be"]} == {first, ref}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_the_form_asks_at_once(fresh: str) -> None:
    pytest.importorskip("pexpect", reason="needs a pseudo-terminal")
    from tests.support.dialogue import ENGLISH, Dialogue

    first = recovery(fresh, "--tail", "M-101")
    form = Dialogue(fresh, ["log", "recovery", "--guided", "--weapon", "Kh-101", "--tail", "m 101"], ENGLISH)
    for _question in range(30):
        form.child.expect(r"([^\n]*?[:?] ?(\[[^\]]*\] ?)?)(\x1b\[[\d?;]*[a-zA-Z])*$")
        asked = form.child.match.group(1)
        if "may be the same as" in asked:
            break
        form.child.sendline("y" if "Log it" in asked else "?")
    assert "may be the same as Kh-101 M-101" in asked
    form.child.sendline("same")
    form.answer("Reason", "one tail number")
    form.end()
    shown = say(fresh, "show", first, "--format", "json").rows[0]
    assert [(each["verdict"], each["reason"]) for each in shown["decisions"]] == [("same", "one tail number")]


def test_a_photo_that_shows_two_wrecks_asks_whether_they_are_one(fresh: str, tmp_path: Path) -> None:
    wrecks = [recovery(fresh, "--tail", tail, "--place", tail) for tail in ("M-101", "M-102")]
    file = take(tmp_path / "board.jpg", 1)
    log = ("--store", tmp_path / "store", "--format", "json")
    first = say(fresh, "log", "photo", file, "--recovery", wrecks[0], *log)
    assert first.code == 0, first.err
    assert not any("one recovery" in each for each in first.rows[0]["questions"])
    again = say(fresh, "log", "photo", file, "--recovery", wrecks[1], *log)
    [asked] = [each for each in again.rows[0]["questions"] if "one recovery" in each]
    assert "this photo shows both" in asked
    assert all(ref in asked for ref in wrecks)
    assert say(fresh, "same", *wrecks, "--never", "--reason", "attached by mistake").code == 0
    quiet = say(fresh, "log", "photo", file, "--recovery", wrecks[1], *log)
    assert not any("one recovery" in each for each in quiet.rows[0]["questions"])
