"""Records that are the same, of which one was withdrawn or may not be shown.

The others count, and say nothing that only that one says.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.databases import Databases, Level
from tests.support.field_log import component, recovery, say


@pytest.fixture
def address(databases: Databases) -> Any:
    """A database as `provenance init` leaves it."""
    found = databases.filled(Level.REFERENCE)
    yield found
    databases.discard(found)


def top(address: str, *words: str) -> tuple[dict[str, tuple[int, int]], Any]:
    """Recoveries and components of each firm, and the basis."""
    question = ("top", "--country", "any", "--basis", "brand", "--min-recoveries", "1")
    said = say(address, *question, *words, "--format", "json")
    assert said.code == 0, said.err
    found = said.json
    return {row["firm"]: (row["recoveries"], row["components"]) for row in found["rows"]}, found["basis"]


CONFIRMED = ("--identification", "confirmed", "--basis", "seen under the microscope")


def chip(address: str, wreck: str, marking: str, maker: str, *words: str) -> str:
    """The reference of a component whose maker a person has confirmed."""
    return component(address, wreck, "--marking", marking, "--maker", maker, *CONFIRMED, *words)


def one(address: str, *refs: str) -> None:
    """Two records are the same."""
    said = say(address, "same", *refs, "--reason", "two reports")
    assert said.code == 0, said.err


def test_what_was_withdrawn_leaves_the_other_record_counted(address: str) -> None:
    wreck = recovery(address, "--serial", "M-101")
    chips = [
        chip(address, wreck, "ADM3202ARNZ", "TI", "--mpn", "ADM3202"),
        chip(address, wreck, "ADM3202ARNZ 2231", "Texas Instruments"),
    ]
    one(address, *chips)
    assert top(address)[0] == {"Texas Instruments": (1, 1)}
    assert say(address, "log", "withdraw", chips[0], "--reason", "typed twice").code == 0
    assert top(address)[0] == {"Texas Instruments": (1, 1)}
    evidence = say(address, "top", "--evidence", "Texas Instruments", "--format", "json").json["rows"]
    [found] = evidence[0]["components"]
    assert (found["component_ref"], found["marking"], found["same_as"]) == (chips[1], "ADM3202ARNZ 2231", [])


def test_an_answer_says_nothing_that_only_a_stricter_record_says(address: str) -> None:
    wrecks = [
        recovery(address, "--serial", "M-101", "--tlp", "RED"),
        recovery(address, "--place", "Kyiv", "--tlp", "GREEN"),
    ]
    chips = [
        chip(address, wrecks[0], "QX-1", "Texas Instruments"),
        chip(address, wrecks[1], "QX-1", "Analog Devices"),
        chip(address, wrecks[1], "QX-2", "Analog Devices"),
    ]
    one(address, *wrecks)
    one(address, *chips[:2])
    everything, basis = top(address)
    assert everything == {"Texas Instruments": (1, 1), "Analog Devices": (1, 1)}
    assert basis["handling"]["tlp"] == "RED"
    green, basis = top(address, "--max-tlp", "GREEN")
    assert green == {"Analog Devices": (1, 2)}
    assert basis["handling"]["tlp"] == "GREEN"


def test_an_answer_is_as_strict_as_what_repeats_it(address: str) -> None:
    wrecks = [recovery(address, "--tlp", "GREEN"), recovery(address, "--place", "Kyiv", "--tlp", "RED")]
    chip(address, wrecks[0], "QX-1", "Texas Instruments")
    assert top(address)[1]["handling"]["tlp"] == "GREEN"
    one(address, *wrecks)
    # The weapon, the dates and the place are now those of both.
    assert top(address)[1]["handling"]["tlp"] == "RED"


def test_the_evidence_names_every_record_and_the_sources_of_all(address: str) -> None:
    wrecks = [recovery(address, "--serial", "M-101"), recovery(address, "--place", "Kyiv")]
    chips = [chip(address, ref, "QX-1", "TI") for ref in wrecks]
    one(address, *wrecks)
    one(address, *chips)
    [found] = say(address, "top", "--evidence", "TI", "--format", "json").json["rows"]
    assert {found["recovery_ref"], *found["same_as"]} == set(wrecks)
    [part] = found["components"]
    assert {part["component_ref"], *part["same_as"]} == set(chips)
    assert len(part["sources"]) == 2


def test_what_counts_as_one_is_one_hit(address: str) -> None:
    wrecks = [
        recovery(address, "--serial", "M-101"),
        recovery(address, "--serial", "M 101", "--place", "Kyiv"),
    ]
    chips = [component(address, ref, "--marking", "QXZ-1 лот 7") for ref in wrecks]

    def hits(text: str, *words: str) -> list[tuple[str, list[str]]]:
        rows = say(address, "find", text, "--format", "json", *words).json["rows"]
        return [(row["ref"], row["same_as"]) for row in rows]

    before = [hits("M-101"), hits("QXZ-1")]
    assert [len(each) for each in before] == [2, 2]
    one(address, *wrecks)
    one(address, *chips)
    for text, refs in (("M-101", wrecks), ("QXZ-1", chips)):
        [(ref, same)] = hits(text)
        assert {ref, *same} == set(refs)
        assert f"{ref}" in say(address, "find", text).out
        assert say(address, "same", *refs, "--undo", "--reason", "two").code == 0
    assert [hits("M-101"), hits("QXZ-1")] == before


def test_firms_that_are_one_own_and_are_owned_as_one(address: str) -> None:
    wreck = recovery(address, "--serial", "M-101")
    chip(address, wreck, "QX-1", "Linear Tech Kvuks", "--new-maker")
    by_owner = ("top", "--country", "any", "--min-recoveries", "1", "--format", "json")
    assert [row["firm"] for row in say(address, *by_owner).json["rows"]] == ["Linear Tech Kvuks"]
    one(address, "Linear Tech Kvuks", "Linear Technology")
    assert [row["firm"] for row in say(address, *by_owner).json["rows"]] == ["Analog Devices"]
    names = {
        row["name"] for row in say(address, "exposure", "Linear Technology", "--format", "json").json["names"]
    }
    assert "Linear Tech Kvuks" in names


def test_what_a_person_has_confirmed_is_followed_and_the_others_stay(address: str) -> None:
    wreck = recovery(address, "--serial", "M-101")
    chips = [chip(address, wreck, "QX-1", maker) for maker in ("Texas Instruments", "Analog Devices")]
    one(address, *chips)
    assert top(address)[0] == {"Texas Instruments": (1, 1)}
    shown = say(address, "show", chips[1], "--format", "json").rows[0]["disagreements"]
    assert [(line["value"], line["ref"]) for line in shown if line["aspect"] == "maker"] == [
        ("Texas Instruments", chips[0]),
        ("Analog Devices", chips[1]),
    ]
    unsure = ("log", "belief", chips[0], "--identification", "unidentified", "--basis", "the logo is worn")
    assert say(address, *unsure).code == 0
    assert top(address)[0] == {"Analog Devices": (1, 1)}
    assert say(address, "same", *chips, "--undo", "--reason", "two chips").code == 0
    assert say(address, "show", chips[1], "--format", "json").rows[0]["disagreements"] == []
