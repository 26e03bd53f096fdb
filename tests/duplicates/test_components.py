"""Components that may be one, reported twice: in one wreck only, each in one pair."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.databases import Databases, Level
from tests.support.field_log import component, recovery, say


@pytest.fixture
def fresh(databases: Databases) -> Iterator[str]:
    """The address of a database as `provenance init` leaves it."""
    address = databases.filled(Level.REFERENCE)
    yield address
    databases.discard(address)


def proposed(address: str, *words: str) -> list[Any]:
    """The pairs of components that may be one."""
    found = say(address, "duplicates", "components", "--format", "json", "--limit", "0", *words)
    assert found.code == 0, found.err
    rows: list[Any] = found.json["rows"]
    return rows


def test_only_what_is_in_one_wreck_may_be_one(fresh: str) -> None:
    wrecks = [recovery(fresh, "--tail", "M-101"), recovery(fresh, "--tail", "M-102")]
    chips = [component(fresh, ref, "--marking", "AD8572 2231", "--lot", "L-77812") for ref in wrecks]
    assert proposed(fresh) == []
    assert say(fresh, "same", *wrecks, "--reason", "one wreck").code == 0
    [found] = proposed(fresh)
    assert {found["left_ref"], found["right_ref"]} == set(chips)
    assert {sign["kind"]: sign["weight"] for sign in found["signs"]} == {"marking": 4, "lot": 3}
    assert say(fresh, "same", *chips, "--reason", "one chip").code == 0
    assert proposed(fresh) == []


def test_four_equal_chips_told_twice_are_four_pairs(fresh: str) -> None:
    wrecks = [recovery(fresh, "--tail", "M-101"), recovery(fresh, "--tail", "m 101")]
    for ref in wrecks:
        for place in range(4):
            component(fresh, ref, "--marking", "K4T1G164QF", "--note", f"place {place}")
    assert proposed(fresh) == []
    assert say(fresh, "same", *wrecks, "--reason", "one wreck").code == 0
    found = proposed(fresh)
    assert len(found) == 4
    assert len({ref for row in found for ref in (row["left_ref"], row["right_ref"])}) == 8


def test_other_lots_and_codes_speak_against_it(fresh: str) -> None:
    wrecks = [recovery(fresh, "--tail", "M-101"), recovery(fresh, "--tail", "m 101")]
    for ref, code in zip(wrecks, ("2231", "1804"), strict=True):
        component(fresh, ref, "--marking", "AD8572ARZ", "--date-code", code)
    assert say(fresh, "same", *wrecks, "--reason", "one wreck").code == 0
    assert proposed(fresh) == []


def test_one_wreck_in_two_lists_has_each_chip_twice(fresh: str, tmp_path: Path) -> None:
    for source, marking in (("a", "AD8572ARZ"), ("b", "AD8572ARZ#2231")):
        file = tmp_path / f"{source}.csv"
        row = f"Kh-101,M-101,Analog Devices,{marking}"
        file.write_text(f"Weapon,Serial,Maker,Marking\n{row}\n", encoding="utf-8")
        assert say(fresh, "import", "components", file, "--source", source).code == 0
    found = proposed(fresh)
    assert [row["score"] for row in found] in ([], [4]), found
