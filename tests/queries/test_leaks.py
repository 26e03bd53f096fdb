"""Nothing that is marked more strictly than --max-tlp stands in any answer, whatever record lists it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.evidence.photographs import take
from tests.support.databases import Level, SqliteDatabases
from tests.support.field_log import component, recovery, say

SECRET = "Zebra"
HELD = ("--identification", "confirmed", "--basis", "logo")


@pytest.fixture
def mixed(ready: str) -> dict[str, str]:
    """A GREEN wreck with a GREEN and a RED chip, custody and names of both marks, and a RED wreck."""
    green = recovery(ready, "--tlp", "GREEN", "--label", "Open wreck")
    red = recovery(ready, "--tlp", "RED", "--label", f"{SECRET} wreck")
    refs = {"db": ready, "green": green, "red": red}
    for place, name in ((green, "open"), (red, SECRET)):
        unit = ("log", "unit", "--recovery", place, "--label", f"{name} board", "--format", "json")
        refs[f"{name} unit"] = say(ready, *unit).rows[0]["ref"]
    on_board = ("--unit", "open board", *HELD)
    component(ready, green, "--marking", "AD1 open", "--maker", "Analog Devices", *on_board)
    secret = (
        "--marking",
        f"AD2 {SECRET}",
        "--maker",
        f"{SECRET} Chips",
        "--new-maker",
        "--mpn",
        f"{SECRET}9",
        "--tlp",
        "RED",
    )
    component(ready, green, *secret, *on_board)
    component(ready, red, "--marking", f"AD3 {SECRET}", "--maker", "Analog Devices", *HELD)
    handed_over = ("log", "custody", green, "--at", "2024-05-04", "--from")
    assert say(ready, *handed_over, f"{SECRET} squad", "--to", "Open laboratory", "--tlp", "RED").code == 0
    seized = ("log", "seizure", "--authority", f"{SECRET} Customs", "--goods", SECRET, "--seized", "2024-02")
    assert say(ready, *seized, "--tlp", "RED").code == 0
    return refs


@pytest.fixture
def fresh(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """A new database on SQLite."""
    address = sqlite_databases.filled(Level.REFERENCE)
    yield address
    sqlite_databases.discard(address)


ANSWERS = (
    (("show", "green"), "1 component, 1 custody entry stricter than TLP:GREEN (no mark counts as AMBER)"),
    (("show", "open unit"), "1 component "),
    (("show", "Kh-101"), "1 recovery "),
    (("show", "Analog Devices"), ""),
    (("find", "AD"), "Left out: 2"),
    (("find", "wreck"), "Left out: 1"),
    (("seizures",), "1 seizure "),
    (("custody", "green"), "Left out: 1 row stricter than TLP:GREEN"),
    (("evidence", "list", "green"), ""),
    (("checklist", "green"), "custody entries 1"),
    (("top", "--country", "any", "--min-recoveries", "1", "--brands"), "1 recovery"),
    (("new", "--since", "2020"), ""),
    (("exposure", "Analog Devices"), "stricter than"),
)
REFUSED = (
    ("show", "red"),
    ("show", f"{SECRET} unit"),
    ("show", f"{SECRET} Chips"),
    ("show", f"{SECRET} Customs"),
    ("custody", "red"),
    ("checklist", "red"),
    ("evidence", "list", "red"),
)


def test_answers_say_how_much_they_leave_out_and_nothing_of_it(mixed: dict[str, str]) -> None:
    for words, left_out in ANSWERS:
        asked = [mixed.get(word, word) for word in words]
        limited = say(mixed["db"], *asked, "--max-tlp", "GREEN")
        assert limited.code == 0, limited.err
        assert SECRET.casefold() not in (limited.out + limited.err).casefold(), words
        whole = say(mixed["db"], *asked, "--max-tlp", "GREEN", "--format", "json")
        assert left_out in limited.out + whole.out, words
        assert SECRET.casefold() not in whole.out.casefold(), words
        assert "TLP:RED" not in limited.out, words
    for words in REFUSED:
        asked = [mixed.get(word, word) for word in words]
        refused = say(mixed["db"], *asked, "--max-tlp", "GREEN")
        assert (refused.code, refused.out) == (4, ""), words
        assert "GREEN" in refused.err, words
        assert "stricter than TLP:GREEN" in refused.err, words
        assert SECRET.casefold() not in refused.err.casefold(), words
    for words in (*REFUSED, ("show", "Kh-101"), ("show", "green"), ("checklist", "green")):
        answer = say(mixed["db"], *[mixed.get(word, word) for word in words])
        assert answer.code == 0, words
        if words[0] != "evidence" and words[-1] not in (f"{SECRET} Chips", f"{SECRET} Customs"):
            assert "TLP:RED" in answer.out, words


def test_a_mild_picture_names_no_strict_record(fresh: str, tmp_path: Path) -> None:
    """A GREEN picture of a RED chip is not listed; a RED wreck of the day is no lead."""
    kept, day = ("--store", tmp_path / "store"), ("--recovered", "2024-05-03")
    green, red = (recovery(fresh, "--tlp", mark, *day) for mark in ("GREEN", "RED"))
    chip = component(fresh, green, "--marking", f"AD2 {SECRET}", "--tlp", "RED")
    for number, words in enumerate((("--component", chip), ())):
        file = take(tmp_path / f"{number}.jpg", number, "2024:05:03 10:00:00")
        assert say(fresh, "log", "photo", file, *words, "--tlp", "GREEN", *kept).code == 0
    limited = ("--max-tlp", "GREEN", "--format", "json")
    listed = say(fresh, "evidence", "list", green, *limited)
    assert (listed.rows, SECRET in listed.out) == ([], False)
    assert "1 photo stricter than" in listed.out
    (lead,) = say(fresh, "evidence", "unattached", *limited).rows
    assert lead["recovered_that_day"] == [green]
    (lead,) = say(fresh, "evidence", "unattached", "--format", "json").rows
    assert lead["recovered_that_day"] == [green, red]


def test_a_name_that_only_stricter_records_bear_is_neither_found_nor_offered(mixed: dict[str, str]) -> None:
    for asked, hidden in ((SECRET, "stricter than"), ("Zebro Chips", "Nothing contains")):
        refused = say(mixed["db"], "find", asked, "--max-tlp", "GREEN")
        assert (refused.code, refused.out) == (4, "")
        assert hidden in refused.err
        assert "Zebra Chips" not in refused.err
    assert "Zebra Chips" in say(mixed["db"], "find", "Zebro Chips").err
    # One mention that may be shown is enough.
    component(mixed["db"], mixed["green"], "--marking", "AD4", "--maker", f"{SECRET} Chips", *HELD)
    found = say(mixed["db"], "find", f"{SECRET} Chips", "--max-tlp", "GREEN", "--format", "json")
    assert [row["name"] for row in found.rows] == [f"{SECRET} Chips"]
