"""`show`: one record by reference, record key or name, with everything that supports it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import select

from provenance.cli.views.show import show_sections
from provenance.core.identity import REFERENCE_LETTERS, reference
from provenance.domain.record_kinds import RecordKind, id_column, uid_column
from provenance.queries.record import fetch_record
from provenance.schema.session import Session
from provenance.services.contracts.records import AnyRecord, ShowResult
from tests.queries.world import World, row, write_world
from tests.support.json_schema import checked
from tests.support.rows import Rows


def shown(world: World, ref: str) -> Any:
    (found,) = world.answer("show", ref)["rows"]
    return found


@pytest.mark.parametrize("kind", RecordKind)
def test_whatever_has_a_reference_can_be_shown(scratch: Session, kind: RecordKind) -> None:
    values = {"versions": "[]"} if kind is RecordKind.SCREENING_RUN else {}
    number = Rows(scratch).add(kind, **values)
    uid = scratch.execute(select(uid_column(kind)).where(id_column(kind) == number)).scalar_one()
    record = fetch_record(scratch, reference(kind, uid))
    assert record.ref == reference(kind, uid)
    result = ShowResult(rows=(cast(AnyRecord, record),))
    checked(result)
    assert (
        show_sections(result, everything=False, clearance=None)[0].title.endswith(
            f"{reference(kind, uid)}" if record.title is None else f": {record.title}"
        )
        or kind is RecordKind.COMPONENT
    )


def test_every_kind_that_has_a_reference_letter_is_a_kind_of_record() -> None:
    assert set(RecordKind) == set(REFERENCE_LETTERS)


def test_a_component_by_its_source_s_key(world: World) -> None:
    found = shown(world, "c1")
    assert (found["kind"], found["title"]) == ("component", None)
    assert found["recovery"]["name"] == "Kh-101 W1"
    assert found["recovery"]["ref"].startswith("R-")
    assert (found["date_code"], found["made"]) == ("1935", "2019-08-26..2019-09-01")
    assert (found["pieces"], found["authenticity"]) == (None, None)
    (maker,), (part,), (source,) = found["makers"], found["parts"], found["sources"]
    assert (maker["as_written"], maker["status"], maker["current"]) == ("Analog Devices", "published", True)
    assert part["part"]["name"] == "AD8572"
    assert (source["source"], source["record_key"], source["reliability"], source["credibility"]) == (
        "field-notes",
        "c1",
        None,
        2,
    )
    assert source["published"] == "2023-06"


def test_people_are_told_in_words_what_is_unknown(world: World) -> None:
    said = " ".join(world.says("show", "c1").out.split())
    assert "pieces not counted" in said
    assert "authenticity not assessed" in said
    assert "marking not recorded" in said
    assert "recovery Kh-101 W1 (R-" in said


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
    assert "check character does not match" in said.err


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
    assert found["weapon"]["name"] == "Kh-101"
    assert found["numbers"] == [{"kind": "serial", "number": "7001"}]
    assert found["dates"] == [{"event": "recovered", "date": "2023-02-10", "as_written": "2023-02-10"}]
    assert len(found["components"]) == 7
    assert (found["tlp"], found["handle_as"], found["left_out"]) == (None, "AMBER", {})


def test_a_firm_has_its_names_seats_and_owners(world: World) -> None:
    found = shown(world, "Maxim")
    assert found["title"] == "Maxim Integrated"
    assert {"Maxim Integrated Products", "Maxim"} <= {line["name"] for line in found["names"]}
    assert [line["since"] for line in found["ownership"] if line["owner"]["name"] == "Analog Devices"] == [
        "2021-08-26"
    ]
    assert all(line["source"]["ref"] for line in found["ownership"])


def test_a_weapon_has_its_names_in_every_script_and_its_recoveries(world: World) -> None:
    found = shown(world, "Герань-2")
    assert found["title"] == "Geran-2"
    assert {"Geran-2", "Герань-2"} <= {line["name"] for line in found["names"]}
    assert [line["label"] for line in found["recoveries"]] == ["Герань-2 W5"]


def test_a_unit_is_found_by_its_name(world: World) -> None:
    found = shown(world, "Багет-62-037")
    assert (found["kind"], [line["label"] for line in found["recoveries"]]) == (
        "unit_type",
        ["Baget-62-037 W8"],
    )


def test_a_part_has_the_components_that_are_it(world: World) -> None:
    ref = world.answer("find", "LM1117")["rows"][0]["ref"]
    found = shown(world, ref)
    assert found["maker"]["name"] == "Texas Instruments"
    assert len(found["components"]) == 2


def test_a_source_has_its_imports(world: World) -> None:
    found = shown(world, "field-notes")
    assert found["publisher"] == "Field notes"
    (done,) = found["imports"]
    assert (done["file"], done["status"], done["rows_read"], done["rows_new"]) == (
        "finds.csv",
        "done",
        32,
        27,
    )


def test_a_key_that_two_sources_use_is_ambiguous_and_the_candidates_are_named(
    own_world: World, tmp_path: Path
) -> None:
    other = write_world(tmp_path, (row("c1", "W4", "Murata", "GRM31"),), "other.csv")
    words = ("import", "components", "--no-read", str(other), "--source", "other-notes", "--map", "id=key")
    assert own_world.says(*words).code == 0
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
    component = own_world.says("show", ref, "--format", "json").json["rows"][0]["components"][0]["ref"]
    where = own_world.says("show", component, "--format", "json").json["rows"][0]["recovery"]["ref"]
    assert "… and 10 more: --all shows them." in own_world.says("show", where).out
    assert "more: --all" not in own_world.says("show", where, "--all").out
    assert len(own_world.says("show", where, "--format", "json").json["rows"][0]["components"]) == 40
