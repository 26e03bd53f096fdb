"""Recoveries that may be one wreck: what is proposed, with which evidence, in which order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.databases import Databases, Level
from tests.support.field_log import recovery, say

HEADER = "Recovery,Weapon,Serial,Tail,Used,Recovered,Place,Country,Maker,Marking,Lot"
MAKERS = (
    "Texas Instruments",
    "Analog Devices",
    "Murata",
    "Maxim Integrated",
    "Xilinx",
    "Altera",
    "NXP",
    "ST",
)


@pytest.fixture
def fresh(databases: Databases) -> Iterator[str]:
    """The address of a database as `provenance init` leaves it."""
    address = databases.filled(Level.REFERENCE)
    yield address
    databases.discard(address)


def imported(address: str, folder: Path, source: str, *rows: str) -> None:
    """A list of a source in the database."""
    file = folder / f"{source}.csv"
    file.write_text("\n".join((HEADER, *rows, "")), encoding="utf-8")
    done = say(address, "import", "components", str(file), "--source", source, "--map", "Recovery=recovery")
    assert done.code == 0, done.err


def proposed(address: str, *words: str) -> list[Any]:
    """The pairs of recoveries that may be one."""
    found = say(address, "duplicates", "recoveries", "--format", "json", "--limit", "0", *words)
    assert found.code == 0, found.err
    rows: list[Any] = found.json["rows"]
    return rows


def signs(row: Any) -> dict[str, int]:
    """The weight of each kind of evidence."""
    return {sign["kind"]: sign["weight"] for sign in row["signs"]}


def wreck(name: str, **cells: str) -> str:
    """A row of the list with one chip."""
    told = {"Recovery": name, "Weapon": "Kh-101", "Maker": "Murata", "Marking": f"chip of {name}", **cells}
    return ",".join(told.get(column, "") for column in HEADER.split(","))


EIGHT_SPELLINGS = ("M-101", "m 101", "М‑101", "№ M101", "No. M-101", "s/n m101", "M_101", "m.101")


def test_eight_spellings_of_a_tail_number_are_one(fresh: str) -> None:
    refs = [recovery(fresh, "--tail", tail, "--place", f"place {tail}") for tail in EIGHT_SPELLINGS]
    found = proposed(fresh)
    assert len(found) == 28
    assert {ref for row in found for ref in (row["left_ref"], row["right_ref"])} == set(refs)
    assert {signs(row)["number"] for row in found} == {10}


def test_what_speaks_against_is_said_and_outweighs_what_agrees_by_chance(fresh: str, tmp_path: Path) -> None:
    imported(fresh, tmp_path, "a", wreck("A1", Serial="M-101", Used="2024-01-02", Place="Odesa"))
    imported(fresh, tmp_path, "b", wreck("B1", Used="2024-01", Place="Odesa", Country="UA"))
    imported(fresh, tmp_path, "c", wreck("C1", Serial="M-102", Used="2024-01-02", Place="Odesa"))
    found = {frozenset((row["left"], row["right"])): signs(row) for row in proposed(fresh)}
    assert len(found) == 2
    assert all(not (name.count("M-101") and name.count("M-102")) for pair in found for name in pair)
    assert list(found.values()) == [{"date": 3, "place": 2, "weapon": 1}] * 2


def test_dates_agree_where_they_overlap_and_contradict_where_they_do_not(fresh: str, tmp_path: Path) -> None:
    imported(fresh, tmp_path, "a", wreck("A1", Used="2024-01-02"))
    imported(fresh, tmp_path, "b", wreck("B1", Recovered="2024-01"))
    imported(fresh, tmp_path, "c", wreck("C1", Used="2024-01-09", Place="Odesa"))
    found = [signs(row) for row in proposed(fresh)]
    assert found == [{"date": 3, "weapon": 1}, {"date": 3, "weapon": 1}]


def test_makers_in_one_order_tell_one_story(fresh: str, tmp_path: Path) -> None:
    names = [MAKERS[place % 8] for place in range(0, 42, 3)]
    for source, missing in (("a", 99), ("b", 5)):
        rows = [
            wreck(source.upper(), Maker=maker, Marking=f"{source} chip {place}")
            for place, maker in enumerate(names)
            if place != missing
        ]
        imported(fresh, tmp_path, source, *rows)
    imported(fresh, tmp_path, "c", *(wreck("C", Maker="Murata", Marking=f"c {place}") for place in range(14)))
    [found] = proposed(fresh)
    assert signs(found) == {"makers": 6, "weapon": 1}
    assert found["signs"][0]["text"] == "13 of 13 makers in the same order"


def test_two_publications_of_one_origin_and_a_lot_in_both(fresh: str, tmp_path: Path) -> None:
    for source in "ab":
        row = wreck(source.upper(), Place="Odesa", Lot="LOT-2231-A")
        imported(fresh, tmp_path, source, row)
    [found] = proposed(fresh)
    assert signs(found) == {"place": 2, "lot": 2, "weapon": 1}


def test_a_decided_pair_is_proposed_no_more_and_follows_what_follows(fresh: str) -> None:
    refs = [recovery(fresh, "--tail", tail, "--place", f"place {tail}") for tail in EIGHT_SPELLINGS[:3]]
    assert len(proposed(fresh)) == 3
    assert say(fresh, "same", refs[0], refs[1], "--reason", "one tail").code == 0
    assert len(proposed(fresh)) == 2
    assert say(fresh, "same", refs[1], refs[2], "--reason", "one tail", "--never").code == 0
    # The first is the same as the second, which is not the third.
    assert proposed(fresh) == []
    decided = {(row["left_ref"], row["right_ref"]): row["verdict"] for row in proposed(fresh, "--all")}
    assert sorted(filter(None, decided.values())) == ["never", "never", "same"]
    assert say(fresh, "same", refs[1], refs[2], "--undo", "--reason", "unsure").code == 0
    assert len(proposed(fresh)) == 2


def test_a_worklist_comes_back_as_decisions_all_or_none(fresh: str, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    for tail in EIGHT_SPELLINGS[:3]:
        recovery(fresh, "--tail", tail, "--place", f"place {tail}")
    file = tmp_path / "pairs.xlsx"
    assert say(fresh, "duplicates", "recoveries", "--worklist", file).code == 0
    assert say(fresh, "duplicates", "recoveries", "--worklist", file).code == 3
    book = load_workbook(file)
    sheet: Any = book.active
    columns = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.max_row == 4
    nothing = say(fresh, "same", "--from", file)
    assert (nothing.out, nothing.err) == ("No decisions.\n", "")
    for row, (verdict, why) in enumerate((("same", "one tail"), ("never", ""), ("", "")), start=2):
        sheet.cell(row, columns["verdict"]).value = verdict
        sheet.cell(row, columns["why"]).value = why
    book.save(file)
    refused = say(fresh, "same", "--from", file)
    assert refused.code == 3
    assert "pairs.xlsx:3: a decision needs its reason" in refused.err
    assert len(proposed(fresh)) == 3
    sheet.cell(3, columns["why"]).value = "other day"
    book.save(file)
    contradiction = say(fresh, "same", "--from", file, "--format", "json")
    assert contradiction.code == 0, contradiction.err
    assert [row["outcome"] for row in contradiction.json["rows"]] == ["recorded", "recorded"]
    again = say(fresh, "same", "--from", file, "--format", "json")
    assert [row["outcome"] for row in again.json["rows"]] == ["known", "known"]


def test_what_is_marked_too_strictly_is_left_out_and_counted(fresh: str) -> None:
    recovery(fresh, "--tail", "M-101", "--tlp", "GREEN")
    recovery(fresh, "--tail", "m 101", "--tlp", "RED", "--place", "Kyiv")
    assert len(proposed(fresh)) == 1
    found = say(fresh, "duplicates", "--max-tlp", "GREEN", "--format", "json").json
    assert found["rows"] == []
    assert "Left out: 1 pair " in " ".join(found["basis"]["cautions"])


def test_the_published_list_has_one_missile_twice(fresh: str) -> None:
    """Runs where PROVENANCE_REAL_DATA names the folder of the published lists."""
    file = Path(os.environ.get("PROVENANCE_REAL_DATA", "")) / "components" / "gur_components.csv"
    if not file.is_file():
        pytest.skip("PROVENANCE_REAL_DATA does not name the folder of the published list")
    done = say(fresh, "import", "gur-components", file, "--no-read")
    assert done.code == 0, done.err
    first = proposed(fresh)[0]
    assert {first["left"], first["right"]} == {
        "Missile 9M727 Iskander-K",
        'Missile "Iskander-K" (April 2022)',
    }
    assert "34 of 35 makers in the same order" in [sign["text"] for sign in first["signs"]]
