"""`exposure`: one firm by any of its names, its brands by date both ways."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.queries.world import World, row, write_world


def brands(found: Any) -> dict[str, tuple[bool, int, int, int, int, int]]:
    return {
        line["brand"]: (
            line["counted"],
            line["recoveries"],
            line["components"],
            line["made_while_owned"],
            line["made_otherwise"],
            line["made_unknown"],
        )
        for line in found["brands"]
    }


def test_an_owner_s_figures_are_those_of_all_its_brands_today(world: World) -> None:
    found = world.answer("exposure", "Analog Devices")
    assert (found["figures"]["recoveries"], found["figures"]["components"]) == (5, 8)
    assert found["owner_now"] is None
    assert brands(found) == {
        "Analog Devices": (True, 3, 4, 4, 0, 0),
        # Made in May 2020 before the purchase, in March 2022 after it, and once nobody knows when.
        "Maxim Integrated": (True, 3, 3, 1, 1, 1),
        "Linear Technology": (True, 1, 1, 1, 0, 0),
    }


def test_a_brand_shows_its_own_part_and_who_owns_it_today(world: World) -> None:
    found = world.answer("exposure", "Maxim")
    assert (found["firm"], found["owner_now"]) == ("Maxim Integrated", "Analog Devices")
    assert (found["figures"]["recoveries"], found["figures"]["components"]) == (3, 3)


@pytest.mark.parametrize(
    "name",
    ["Analog Devices", "analog devices inc", "ANALOG DEVICES, INC.", "Аnаlog Devices", "F-D658A-M8ST8"],
)
def test_any_name_any_spelling_and_the_reference_find_it(world: World, name: str) -> None:
    assert world.answer("exposure", name)["firm"] == "Analog Devices"


def test_a_maker_that_only_lists_name_shows_how_else_they_spell_it(world: World) -> None:
    names = {(line["name"], line["kind"]) for line in world.answer("exposure", "Quuxtronics")["names"]}
    assert ("QUUXTRONICS", "as written") in names
    assert [name for name, _kind in names].count("Quuxtronics") == 1
    known = world.answer("exposure", "Analog Devices")["names"]
    assert "as written" not in {line["kind"] for line in known}


def test_a_former_name_finds_the_firm(world: World) -> None:
    assert world.answer("exposure", "AVX Corporation")["firm"] == "KYOCERA AVX"
    assert world.answer("exposure", "Tyco Electronics")["firm"] == "TE Connectivity"


def test_a_name_in_its_own_script_finds_the_firm(world: World) -> None:
    assert world.answer("exposure", "英飞凌")["firm"] == "Infineon Technologies"


def test_brands_bought_by_somebody_who_was_bought_roll_up(world: World) -> None:
    """International Rectifier since 2015: one part is of 2014, one of 2016."""
    found = world.answer("exposure", "Infineon")
    assert (found["figures"]["recoveries"], found["figures"]["components"]) == (3, 4)
    assert brands(found)["International Rectifier"] == (True, 2, 2, 1, 1, 0)
    assert brands(found)["Cypress Semiconductor"] == (True, 1, 1, 0, 0, 1)


def test_a_brand_that_was_sold_is_shown_and_not_counted(world: World) -> None:
    """Altera was Intel's from 2015 to 2025: one part is of 2013, one of 2017."""
    found = world.answer("exposure", "Intel")
    assert found["figures"] is None
    assert brands(found) == {"Intel": (True, 0, 0, 0, 0, 0), "Altera": (False, 2, 2, 1, 1, 0)}
    said = world.says("exposure", "Intel").out
    assert "no longer its own" in said
    assert "An empty result is not a clearance" in said


def test_its_parts_with_the_weapons_they_were_in(world: World) -> None:
    parts = world.answer("exposure", "Analog Devices")["rows"]
    assert [(line["part"], line["stated"], line["recoveries"], line["weapons"]) for line in parts] == [
        ("AD8572", True, 2, ["Kh-101"]),
        ("MAX232", True, 2, ["Kh-101", "Lancet-3"]),
        ("AD7606", True, 1, ["Kh-101"]),
        ("LT1086", True, 1, ["Geran-2"]),
        ("MAX3485", True, 1, ["Lancet, variant not determined"]),
        ("ZKW 4/81", False, 1, ["Geran-2"]),
    ]


def test_where_its_parts_were_found(world: World) -> None:
    found = world.answer("exposure", "Texas Instruments")
    assert [(line["weapon"], line["recoveries"], line["components"]) for line in found["weapons"]] == [
        ("Kh-101", 2, 2),
        ("Lancet-3", 1, 1),
        ("R-330Zh Zhitel", 1, 1),
        (None, 1, 1),
    ]
    assert found["figures"]["weapon_systems"] == 3


def test_first_and_last_seen_newest_made_and_made_after_the_controls(world: World) -> None:
    figures = world.answer("exposure", "Analog Devices")["figures"]
    assert (figures["first_seen"], figures["last_seen"]) == ("2022-09-15", "2024-01-02")
    assert figures["newest_made"] == "2022-08-29..2022-09-04"
    assert figures["made_after"] == {"certain": 2, "possible": 1, "before": 3, "unknown": 2}


def test_its_sources_with_grades_and_origin_group(world: World) -> None:
    sources = world.answer("exposure", "Analog Devices")["sources"]
    assert [
        (line["source"], line["origin_group"], line["reliability"], line["credibility"], line["components"])
        for line in sources
    ] == [
        ("field-notes", "Field notes", None, None, 6),
        ("field-notes", "Field notes", None, 1, 1),
        ("field-notes", "Field notes", None, 2, 1),
    ]


def test_ownership_on_record_with_dates_and_state(world: World) -> None:
    found = world.answer("exposure", "Maxim Integrated")
    steps = [(line["owned"], line["owner"], line["since"], line["status"]) for line in found["ownership"]]
    assert ("Maxim Integrated", "Analog Devices", "2021-08-26", "completed") in steps


def test_the_road_to_today_s_owner_is_shown_whole(world: World) -> None:
    """Gumstix went to Altium, and Altium to Renesas."""
    found = world.answer("exposure", "Gumstix")
    steps = [(line["owned"], line["owner"]) for line in found["ownership"]]
    assert found["owner_now"] == "Renesas Electronics"
    assert steps == [("Gumstix", "Altium"), ("Altium", "Renesas Electronics")]


def test_a_list_cut_short_says_so(world: World) -> None:
    """Four weapons and three part numbers."""
    said = world.says("exposure", "Texas Instruments", "--limit", "1").out
    assert "… and 3 more: --limit 0 shows all." in said
    assert "… and 2 more: --limit 0 shows all." in said


def test_a_window_narrows_it(world: World) -> None:
    found = world.answer("exposure", "Analog Devices", "--since", "2023-02-11")
    assert (found["figures"]["recoveries"], found["figures"]["components"]) == (2, 2)


def test_its_basis_has_its_own_filters_and_none_of_a_ranking(world: World) -> None:
    filters = world.answer("exposure", "Analog Devices", "--weapon", "Kh-101")["basis"]["filters"]
    assert filters == {
        "firm": "Analog Devices",
        "weapon_kinds": "any",
        "weapons": "Kh-101",
        "suspect": "left out",
        "read_makers": "left out",
        "read_parts": "left out",
    }
    said = world.says("exposure", "Analog Devices").out
    assert "Filters: Analog Devices; all kinds of weapons; suspected counterfeits" in said


def test_seizures_do_not_count_here_either(world: World) -> None:
    assert world.left_out("exposure", "Analog Devices")["from seizures and interceptions"] == (1, 1)


def test_a_firm_that_is_not_found_gets_near_names(world: World) -> None:
    said = world.says("exposure", "Analogue Devises")
    assert (said.code, said.out) == (4, "")
    assert "No organization is called Analogue Devises" in said.err
    assert "Analog Devices" in said.err


def test_a_line_bought_later_leaves_open_who_made_what_is_older(own_world: World, tmp_path: Path) -> None:
    """Skyworks bought a line of Silicon Laboratories in July 2021: a list may name it for what they made."""
    rows = (
        row("g1", "W1", "Skyworks", "SI8410", date_code="1503"),
        row("g2", "W1", "Skyworks", "SI5338", date_code="2203"),
        row("g3", "W1", "Skyworks", "SKY1"),
        row("g4", "W1", "Silicon Labs", "C8051", date_code="1503"),
        row("g5", "W1", "Silicon Labs", "SI8421", date_code="2203"),
        # Nothing of theirs changed hands: its own brand is its own at any time.
        row("g6", "W1", "Traco Power", "TEN", date_code="1503"),
    )
    more = write_world(tmp_path, rows, "g.csv")
    assert own_world.says("import", "components", "--no-read", str(more), "--source", "field-notes").code == 0

    def made(firm: str) -> tuple[int, int, int]:
        found = own_world.says("exposure", firm, "--format", "json").json
        (own,) = [line for line in found["brands"] if line["brand"] == found["firm"]]
        return own["made_while_owned"], own["made_otherwise"], own["made_unknown"]

    assert made("Skyworks Solutions") == (1, 0, 2)
    # What the seller's brand is on stays the seller's: the buyer prints its own.
    assert made("Silicon Laboratories") == (2, 0, 0)
    assert made("Traco Power") == (1, 0, 0)
    cautions = own_world.says("exposure", "Skyworks", "--format", "json").json["basis"]["cautions"]
    line = "which Skyworks Solutions bought from Silicon Laboratories: 2021-07-26."
    assert any(line in each for each in cautions)
