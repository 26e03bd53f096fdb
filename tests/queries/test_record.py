"""`show`: one record by reference, record key or name, with everything that supports it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from provenance.core.identity import REFERENCE_LETTERS, reference
from provenance.queries.record import fetch_record
from provenance.schema.session import Session
from provenance.schema.tables import table
from tests.queries.world import World, row, write_world
from tests.support.rows import Rows


def shown(world: World, ref: str) -> Any:
    (found,) = world.answer("show", ref)["rows"]
    return found


@pytest.mark.parametrize("name", REFERENCE_LETTERS)
def test_whatever_has_a_reference_can_be_shown(scratch: Session, name: str) -> None:
    values = {"versions": "[]"} if name == "screening_run" else {}
    number = Rows(scratch).add(name, **values)
    record = table(name)
    uid = scratch.execute(select(record.c.uid).where(record.c.id == number)).scalar_one()
    assert fetch_record(scratch, reference(name, uid)).ref == reference(name, uid)


def test_a_component_by_its_source_s_key(world: World) -> None:
    found = shown(world, "c1")
    assert (found["kind"], found["title"]) == ("component", "no marking published")
    assert found["facts"]["recovery"].startswith("Kh-101 W1 (R-")
    assert (found["facts"]["date code"], found["facts"]["made"]) == ("1935", "2019-08-26..2019-09-01")
    assert found["facts"]["pieces"] == "not counted"
    (maker,), (part,), (source,) = found["maker"], found["part"], found["sources"]
    assert (maker["as written"], maker["status"], maker["stands"]) == ("Analog Devices", "published", True)
    assert part["part"].startswith("AD8572 (P-")
    assert (source["source"], source["record"], source["reliability"], source["credibility"]) == (
        "field-notes",
        "c1",
        "not assessed",
        2,
    )
    assert source["published"] == "2023-06"


@pytest.mark.parametrize("key", ["c1", "recovery:W1", "Analog Devices", "Kh-101", "field-notes"])
def test_every_kind_is_found_again_by_its_reference(world: World, key: str) -> None:
    found = shown(world, key)
    for spelling in (found["ref"], found["ref"].lower(), found["ref"].replace("-", " - ")):
        assert shown(world, spelling) == found


def test_a_slip_in_a_reference_is_noticed(world: World) -> None:
    ref = shown(world, "c1")["ref"]
    slipped = ref[:-1] + ("0" if ref[-1] != "0" else "1")
    said = world.says("show", slipped)
    assert (said.code, said.out) == (4, "")
    assert "check character does not fit" in said.err


def test_letters_that_are_misread_for_digits_are_forgiven(world: World) -> None:
    refs = [shown(world, f"c{number}")["ref"] for number in range(1, 6)]
    misread = [
        (ref, ref.replace("0", "O").replace("1", "l")) for ref in refs if "0" in ref[2:] or "1" in ref[2:]
    ]
    assert misread
    for ref, spelled in misread:
        assert shown(world, spelled)["ref"] == ref


def test_a_reference_that_nobody_has(world: World) -> None:
    said = world.says("show", "C-00000-00000")
    assert said.code == 4
    assert "No record has the reference" in said.err


def test_a_recovery_has_its_numbers_dates_and_components(world: World) -> None:
    found = shown(world, "recovery:W1")
    assert found["facts"]["weapon"].startswith("Kh-101 (W-")
    assert found["numbers"] == [{"kind": "serial", "number": "7001"}]
    assert found["dates"] == [{"of": "recovered", "date": "2023-02-10", "as written": "2023-02-10"}]
    assert len(found["components"]) == 7
    assert found["facts"]["TLP"] == "no mark (treat as AMBER)"


def test_a_firm_has_its_names_seats_and_owners(world: World) -> None:
    found = shown(world, "Maxim")
    assert found["title"] == "Maxim Integrated"
    assert {"Maxim Integrated Products", "Maxim"} <= {line["name"] for line in found["names"]}
    assert [line["since"] for line in found["ownership"] if line["owner"].startswith("Analog Devices")] == [
        "2021-08-26"
    ]
    assert all(line["source"] for line in found["ownership"])


def test_a_weapon_has_its_names_in_every_script_and_its_recoveries(world: World) -> None:
    found = shown(world, "Герань-2")
    assert found["title"] == "Geran-2"
    assert {"Geran-2", "Герань-2"} <= {line["name"] for line in found["names"]}
    assert [line["label"] for line in found["recoveries"]] == ["Герань-2 W5"]


def test_a_unit_is_found_by_its_name(world: World) -> None:
    found = shown(world, "Багет-62-037")
    assert (found["kind"], [line["label"] for line in found["recoveries"]]) == ("unit", ["Baget-62-037 W8"])


def test_a_part_has_the_components_that_are_it(world: World) -> None:
    ref = world.answer("find", "LM1117")["rows"][0]["ref"]
    found = shown(world, ref)
    assert found["facts"]["maker"].startswith("Texas Instruments (F-")
    assert len(found["components"]) == 2


def test_a_source_has_its_imports(world: World) -> None:
    found = shown(world, "field-notes")
    assert found["facts"]["publisher"] == "Field notes"
    (done,) = found["imports"]
    assert (done["file"], done["status"], done["read"], done["new"]) == ("finds.csv", "done", 32, 27)


def test_a_key_that_two_sources_use_is_ambiguous_and_the_candidates_are_named(
    own_world: World, tmp_path: Path
) -> None:
    other = write_world(tmp_path, (row("c1", "W4", "Murata", "GRM31"),), "other.csv")
    assert (
        own_world.says("import", "components", "--no-read", str(other), "--source", "other-notes").code == 0
    )
    said = own_world.says("show", "c1")
    assert said.code == 4
    assert "2 sources have a record c1" in said.err
    named = re.findall(r"C-\w{5}-\w{5} \(([\w-]+)\)", said.err)
    assert named == ["field-notes", "other-notes"]


def test_a_name_that_nobody_has_gets_near_ones(world: World) -> None:
    said = world.says("show", "Analog Devises")
    assert (said.code, said.out) == (4, "")
    assert "Did you mean" in said.err or "provenance find" in said.err


def test_long_lists_are_cut_for_people_and_say_so(own_world: World, tmp_path: Path) -> None:
    rows = tuple(row(f"n{number}", "W4", "Murata", f"GRM{number}") for number in range(40))
    own_world.says(
        "import", "components", "--no-read", str(write_world(tmp_path, rows, "many.csv")), "--source", "many"
    )
    # The other list's W4 is a recovery of its own: keys belong to their source.
    ref = next(hit["ref"] for hit in own_world.answer("find", "GRM39")["rows"] if hit["kind"] == "part")
    component = own_world.says("show", ref, "--format", "json").json["rows"][0]["components"][0]["component"]
    recovery = own_world.says("show", component, "--format", "json").json["rows"][0]["facts"]["recovery"]
    where = recovery.split("(")[1].rstrip(")")
    assert "… and 10 more: --all shows them." in own_world.says("show", where).out
    assert "more: --all" not in own_world.says("show", where, "--all").out
    assert len(own_world.says("show", where, "--format", "json").json["rows"][0]["components"]) == 40
