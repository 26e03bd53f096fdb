"""Recoveries that may be one wreck, reported twice: counted apart, and asked about with both references."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.state import rows_of
from tests.support.commands import Outcome
from tests.support.field_log import say

HEADER = "Weapon,Serial,Used,Recovered,Place,Maker,Marking"
ASKED = "may be one recovery"


def imported(address: str, folder: Path, source: str, *rows: str, dry_run: bool = False) -> list[str]:
    """The questions that the import of a list leaves."""
    file = folder / f"{source}.csv"
    cells = [f"{row},Analog Devices,ADM3202ARNZ" for row in rows]
    file.write_text("\n".join((HEADER, *cells, "")), encoding="utf-8")
    more = ("--dry-run",) if dry_run else ()
    done = say(address, "import", "components", str(file), "--source", source, "--format", "json", *more)
    assert done.code == 0, done.err
    [row] = done.json["rows"]
    return [each["text"] for each in row["review"] if each["reason"].startswith(ASKED)]


MAYBE_ONE = [
    ("Kh-101,M-101,02.01.2024,,", "Kh-101,,2024-01-02,,Київ", "weapon and date agree"),
    ("Kh-101,,02.01.2024,,Odesa", "Х-101,,2024-01-02,,Kyiv", "weapon and date agree"),
    ("Kh-101,,02.01.2024,,", "Kh-101,,,2024-01-02,Kyiv", "weapon and date agree"),
    ("Kh-101,,2024-01,,", "Kh-101,M-7,2024-01-31,,", "weapon and date agree"),
    ("Kh-101,M-101,,,Odesa", "Kh-101,,2024-01-02,,ODESA", "weapon and place agree"),
    ("Kh-101,M-101,2024-01-02,,", "Kh-101,m 101,,,", "the number agrees"),
    ("Kh-101,M-101,2024-01-02,,", "Kalibr,М-101,,,", "the number agrees"),
]
NOT_ONE = [
    ("Kh-101,M-101,2024-01-02,,Odesa", "Kh-101,M-102,2024-01-02,,Odesa"),
    ("Kh-101,,2024-01-02,,", "Kalibr,,2024-01-02,,"),
    ("Kh-101,,2024-01-02,,Odesa", "Kh-101,,2024-01-03,,Odesa"),
    ("Kh-101,,2024,,", "Kh-101,M-7,2024-05-01,,"),
    ("Kh-101,,2024-01-02,,", "Kh-101,,,,"),
    ("Kh-101,,unknown,,n/a", "Kh-101,M-7,-,,n/a"),
]


@pytest.mark.parametrize(("one", "other", "agreed"), MAYBE_ONE)
def test_two_lists_that_may_speak_of_one_wreck(
    fresh: str, tmp_path: Path, one: str, other: str, agreed: str
) -> None:
    assert imported(fresh, tmp_path, "a", one) == []
    [asked] = imported(fresh, tmp_path, "b", other)
    assert asked.endswith(f": {agreed}")
    assert asked.count("(R-") == 2
    assert len(rows_of(fresh, "recovery")) == 2


@pytest.mark.parametrize(("one", "other"), NOT_ONE)
def test_wrecks_that_are_known_to_be_two_are_not_asked_about(
    fresh: str, tmp_path: Path, one: str, other: str
) -> None:
    assert imported(fresh, tmp_path, "a", one) == []
    assert imported(fresh, tmp_path, "b", other) == []


def test_rows_of_one_list_are_asked_about_once_and_only_when_they_are_new(fresh: str, tmp_path: Path) -> None:
    rows = "Kh-101,M-101,02.01.2024,,", "Kh-101,,02.01.2024,,Kyiv"
    tried = imported(fresh, tmp_path, "a", *rows, dry_run=True)
    assert len(tried) == 1
    assert imported(fresh, tmp_path, "a", *rows) == tried
    assert imported(fresh, tmp_path, "a", *rows) == []


def test_of_many_that_it_may_be_three_are_named(fresh: str, tmp_path: Path) -> None:
    imported(fresh, tmp_path, "a", *(f"Kh-101,M-{number},2024-01-02,," for number in range(201, 206)))
    [asked] = imported(fresh, tmp_path, "b", "Kh-101,,2024-01-02,,")
    assert asked.count("(R-") == 4
    assert asked.endswith("or 2 more: weapon and date agree")


def logged(address: str, *words: str) -> Outcome:
    done = say(address, "log", "recovery", "--weapon", "Kh-101", *words)
    assert done.code == 0, done.err
    return done


def test_who_logs_a_wreck_reads_which_one_it_may_be(fresh: str) -> None:
    first = logged(fresh, "--serial", "M-101", "--used", "02.01.2024")
    assert "may be" not in first.err
    again = logged(fresh, "--used", "2024-01-02", "--place", "Kyiv")
    assert f"it may be the same as {first.out.split()[1]}" in again.err
    assert first.out.split()[0] in again.err
    other = logged(fresh, "--serial", "M-102", "--used", "2024-01-02").err
    assert again.out.split()[0] in other
    assert first.out.split()[0] not in other
    assert len(rows_of(fresh, "recovery")) == 3
