"""`provenance review`: where sources disagree, what the program doubts, and how a decision settles it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.databases import Databases, Level
from tests.support.field_log import component, recovery, say


@pytest.fixture
def fresh(databases: Databases) -> Iterator[str]:
    """The address of a database as `provenance init` leaves it, on either backend."""
    address = databases.filled(Level.REFERENCE)
    yield address
    databases.discard(address)


CONFIRMED = ("--identification", "confirmed", "--basis", "seen under the microscope")


def questions(address: str, *words: str) -> dict[str, list[Any]]:
    """The open questions by kind."""
    found = say(address, "review", "--format", "json", "--limit", "0", *words)
    assert found.code == 0, found.err
    rows: dict[str, list[Any]] = {kind: [] for kind in found.json["totals"]}
    for row in found.json["rows"]:
        rows[row["kind"]].append(row)
    assert {kind: len(each) for kind, each in rows.items()} == found.json["totals"]
    return rows


def imported(address: str, folder: Path, source: str, *rows: str) -> None:
    """A list of a source in the database."""
    file = folder / f"{source}.csv"
    file.write_text("\n".join(("Weapon,Serial,Used,Maker,Marking", *rows, "")), encoding="utf-8")
    done = say(address, "import", "components", file, "--source", source)
    assert done.code == 0, done.err


def test_the_programs_own_doubt_is_shown_everywhere_and_ends_with_a_decision(
    fresh: str, tmp_path: Path
) -> None:
    imported(fresh, tmp_path, "a", "Kh-101,M-101,2024-01-02,Texas Instruments,ADM3202ARNZ")
    [doubt] = questions(fresh)["doubt"]
    assert doubt["text"] == "published as Texas Instruments, reads as Analog Devices: ADM3202ARNZ"
    shown = say(fresh, "show", doubt["ref"], "--format", "json").rows[0]
    claims = [(line["value"], line["said_by"]) for line in shown["disagreements"]]
    assert claims == [("Texas Instruments", "a"), ("Analog Devices", "the program, from the marking")]
    exposed = say(fresh, "exposure", "Texas Instruments", "--format", "json").json
    doubted = "Marking read as another maker's than the one stated: the only component."
    assert doubted in [each.replace("components", "component") for each in exposed["basis"]["cautions"]]
    [evidence] = say(fresh, "top", "--evidence", "Texas Instruments", "--format", "json").json["rows"]
    assert [each["read_as"] for each in evidence["components"]] == ["Analog Devices"]
    # The published maker counts until a person decides; then the doubt is settled.
    assert "Analog Devices" not in say(fresh, "top", "--country", "any", "--min-recoveries", "1").out
    assert say(fresh, "log", "belief", doubt["ref"], "--maker", "Texas Instruments", *CONFIRMED).code == 0
    assert "doubt" not in questions(fresh)
    assert say(fresh, "show", doubt["ref"], "--format", "json").rows[0]["disagreements"] == []


def test_sources_that_disagree_about_one_record_are_named_with_their_grades(
    fresh: str, tmp_path: Path
) -> None:
    imported(fresh, tmp_path, "a", "Kh-101,,2024-01-02,Texas Instruments,QX-1")
    imported(fresh, tmp_path, "b", "Kh-59,M-7,2024-03,Analog Devices,QX-1")
    assert say(fresh, "log", "belief", "a", "--reliability", "B", "--basis", "known for years").code == 0
    hits = say(fresh, "find", "QX-1", "--format", "json").json["rows"]
    chips = [row["ref"] for row in hits if row["kind"] == "component"]
    wrecks = [say(fresh, "show", ref, "--format", "json").rows[0]["recovery"]["ref"] for ref in chips]
    assert "disagreement" not in questions(fresh)
    for pair in (chips, wrecks):
        assert say(fresh, "same", *pair, "--reason", "one story").code == 0
    found = questions(fresh)["disagreement"]
    told = {claim["aspect"]: [] for row in found for claim in row["claims"]}
    for row in found:
        for claim in row["claims"]:
            told[claim["aspect"]].append((claim["value"], claim["said_by"], claim["reliability"]))
    assert told == {
        "weapon": [("Kh-101", "a", "B"), ("Kh-59, variant not determined", "b", None)],
        "date used": [("2024-01-02", "a", "B"), ("2024-03", "b", None)],
        "maker": [("Texas Instruments", "a", "B"), ("Analog Devices", "b", None)],
    }
    assert "maker Analog Devices — b [––] in C-" in say(fresh, "review").out


def test_a_kept_apart_pair_that_counts_as_one_comes_first(fresh: str) -> None:
    refs = [recovery(fresh, "--tail", f"M-10{number}") for number in range(3)]
    say(fresh, "same", refs[0], refs[1], "--reason", "one")
    say(fresh, "same", refs[0], refs[2], "--reason", "one")
    assert say(fresh, "same", refs[1], refs[2], "--never", "--reason", "two tails").code == 0
    found = questions(fresh)
    assert next(iter(found)) == "contradiction"
    assert "two tails" in found["contradiction"][0]["text"]


def test_odd_values_new_names_and_readings_are_listed(fresh: str, tmp_path: Path) -> None:
    imported(fresh, tmp_path, "a", "Zvuk-77,M-1,2020-01-02,Kvuks Group,ADM3202ARNZ")
    wreck = recovery(fresh, "--tail", "M-9")
    component(fresh, wreck, "--marking", "K4T1G164QF", "--pieces", "5000", "--confirm-odd")
    found = questions(fresh)
    assert [row["text"] for row in found["new_firm"]] == ["Kvuks Group: maker of 1 component"]
    assert [row["text"] for row in found["new_weapon"]] == ["Zvuk-77: 1 recovery"]
    assert ["5,000 identical pieces" in row["text"] for row in found["odd"]] == [True]
    assert questions(fresh, "--kind", "odd").keys() == {"odd"}


def test_what_may_not_be_shown_is_counted_and_not_told(fresh: str) -> None:
    recovery(fresh, "--tail", "M-101", "--tlp", "RED")
    recovery(fresh, "--tail", "m 101", "--tlp", "GREEN")
    assert len(questions(fresh)["duplicate"]) == 1
    hidden = say(fresh, "review", "--max-tlp", "GREEN", "--format", "json").json
    assert hidden["rows"] == []
    assert "Left out: 1 question " in " ".join(hidden["basis"]["cautions"])


def test_an_unknown_kind_is_refused(fresh: str) -> None:
    refused = say(fresh, "review", "--kind", "gossip")
    assert refused.code == 2
    assert "contradiction" in refused.err
