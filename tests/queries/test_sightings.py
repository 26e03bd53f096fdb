"""`new`: what was not seen before a day, by recovery and by publication apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.queries.world import World
from tests.support.field_log import component, recovery, say

COARSE = "of a date of publication only the last possible day is kept for counting"

Seen = list[tuple[str, str, str, bool]]


def seen(world: World, clock: str, *words: str) -> Seen:
    """Kind, name, first date and certainty of each sighting on one clock."""
    rows = world.answer("new", *words)["rows"]
    return [(row["kind"], row["name"], row["first"], row["certain"]) for row in rows if row["clock"] == clock]


def test_by_recovery_only_what_nobody_had_seen_before(world: World) -> None:
    """W2 is the only find since 2024; of its five makers and parts, only Rotorwin's were never in another."""
    assert seen(world, "recovery", "--since", "2024") == [
        ("firm", "Rotorwin", "2024-01-02", True),
        ("part", "SW100", "2024-01-02", True),
    ]


def test_what_may_have_been_seen_before_is_marked(world: World) -> None:
    """International Rectifier's other find is of 2023, nobody knows which half."""
    assert seen(world, "recovery", "--since", "2023-06") == [
        ("firm", "International Rectifier", "2024-01-02", False),
        ("firm", "Rotorwin", "2024-01-02", True),
        ("part", "IRF7413", "2024-01-02", False),
        ("part", "SW100", "2024-01-02", True),
    ]


def test_an_undated_find_makes_a_first_sighting_uncertain(world: World) -> None:
    """Maxim was in W4 too, undated; on the owner's basis so was Analog Devices."""
    found = seen(world, "recovery", "--since", "2022-09-15")
    assert ("firm", "Maxim Integrated", "2023-02-10", False) in found
    assert ("firm", "Texas Instruments", "2023-02-10", True) in found
    on_owner = seen(world, "recovery", "--since", "2022-09-15", "--basis", "owner-now")
    assert ("firm", "Analog Devices", "2022-09-15", False) in on_owner


def test_a_coarse_first_date_is_told_as_coarse(world: World) -> None:
    found = seen(world, "recovery", "--since", "2023-04")
    assert ("firm", "Cypress Semiconductor", "2023-05", True) in found


def test_publication_goes_by_its_own_clock(world: World) -> None:
    """Published: AD8572 in June 2023 and May 2024, Quuxtronics' module in July 2024, Murata's in 2024."""
    assert seen(world, "publication", "--since", "2024") == [
        ("firm", "Murata Manufacturing", "2024", False),
        ("firm", "Quuxtronics", "2024-07", False),
        ("part", "GRM188", "2024", False),
        ("part", "QX-1", "2024-07", False),
    ]


def test_a_publication_that_may_lie_before_the_day_is_not_counted_as_after_it(world: World) -> None:
    """Something of 2024 may be of January."""
    found = seen(world, "publication", "--since", "2024-06-01")
    assert [name for _kind, name, _first, _certain in found] == ["Quuxtronics", "QX-1"]


def test_what_has_no_date_is_counted(world: World) -> None:
    basis = world.answer("new", "--since", "2024")["basis"]
    assert basis["unknown"] == [
        "Without a date of recovery: 1 of 22 components.",
        "Without a date of publication: 18 of 22 components.",
    ]
    assert "not new to the world" in basis["cautions"][0]


def test_firms_stand_before_parts_and_the_two_clocks_apart(world: World) -> None:
    said = world.says("new", "--since", "2024").out
    assert said.index("First seen by date of recovery") < said.index("First seen by date of publication")
    rows = world.answer("new", "--since", "2022")["rows"]
    order = [(row["clock"], row["kind"]) for row in rows]
    assert order == sorted(order, key=lambda pair: (pair[0] != "recovery", pair[1]))


def test_nothing_new_says_that_nothing_can_be_dated(world: World) -> None:
    said = world.says("new", "--since", "2025").out
    assert said.count("None that can be dated.") == 2


def test_a_day_is_needed(world: World) -> None:
    assert world.says("new").code == 2
    assert world.says("new", "--since", "soon").code == 2


def test_whether_a_firm_may_be_older_is_said_in_a_narrow_window_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    words = world.says("new", "--since", "2022").out.split("Counted:")[0].split()
    assert {"possibly,", "record"} <= set(words)


@pytest.fixture
def two_lists(ready: str, tmp_path: Path) -> str:
    """A database into which two lists were imported on one day, and a component logged between them."""
    for number, (maker, marking) in enumerate((("Rotorwin", "SW100"), ("Newcomer Semi", "NC-1"))):
        file = tmp_path / f"list {number}.csv"
        rows = f"K-1,Kh-101,Analog Devices,AD8572ARZ\nK-2,Kh-101,{maker},{marking}\n"
        file.write_text(f"id,weapon,maker,marking\n{rows}", encoding="utf-8")
        assert say(ready, "import", "components", file, "--source", f"list-{number}").code == 0
        if not number:
            maker_stated = ("--maker", "Texas Instruments", "--identification", "confirmed", "--basis", "X")
            component(ready, recovery(ready), "--marking", "TMS320", *maker_stated)
    return ready


def entered(address: str, *words: str) -> list[tuple[str, bool]]:
    """Name and certainty of each firm first entered since."""
    done = say(address, "new", *words, "--format", "json")
    assert done.code == 0, done.err
    return [(row["name"], row["certain"]) for row in done.json["rows"] if row["kind"] == "firm"]


def test_what_is_new_here_since_an_import(two_lists: str) -> None:
    assert entered(two_lists, "--since-import", "last") == [("Newcomer Semi", True)]
    everyone = {name for name, _certain in entered(two_lists, "--since-import", "list 0.csv")}
    assert everyone == {"Analog Devices", "Newcomer Semi", "Rotorwin", "Texas Instruments"}
    assert {name for name, _certain in entered(two_lists, "--entered-since", "2020")} == everyone
    assert entered(two_lists, "--entered-since", "2099") == []
    refused = say(two_lists, "new", "--since-import", "nothing.csv")
    assert refused.code == 4
    assert "list 1.csv" in refused.err
    assert "--since-import last" in say(two_lists, "new").err
    assert "First entered since list 1.csv" in say(two_lists, "new", "--since-import", "last").out


def test_what_a_list_changed_may_have_been_there_before(two_lists: str, tmp_path: Path) -> None:
    """A citation keeps the import that changed it last: when its record was entered is not known."""
    file = tmp_path / "list 1.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("NC-1", "NC-2").replace("Newcomer", "Other"), encoding="utf-8")
    assert say(two_lists, "import", "components", file, "--source", "list-1").code == 0
    assert entered(two_lists, "--entered-since", "2020")[-1][0] != "Other Semi"
    unknown = say(two_lists, "new", "--entered-since", "2020", "--format", "json").json["basis"]["unknown"]
    assert any("Without a moment of entry" in each for each in unknown)
