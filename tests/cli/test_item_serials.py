"""A component's own serial number: logged, found however it is spelled, matched, asked for, corrected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.databases import Databases, Level
from tests.support.field_log import component, recovery, say

IMEI = "490154203237518"
"""The example of 3GPP TS 23.003 with its check digit."""


@pytest.fixture
def fresh(databases: Databases) -> Iterator[str]:
    """The address of a database as `provenance init` leaves it."""
    address = databases.filled(Level.REFERENCE)
    yield address
    databases.discard(address)


def answered(address: str, *words: str | Path) -> list[Any]:
    """The rows of an answer."""
    done = say(address, *words, "--format", "json")
    assert done.code == 0, done.err
    rows: list[Any] = done.json["rows"]
    return rows


def test_it_is_found_shown_and_named_however_it_is_spelled(fresh: str) -> None:
    wreck = recovery(fresh, "--serial", "31526")
    camera = component(fresh, wreck, "--marking", "LT1086CM", "--component-serial", "КАМ-0417 А")
    component(fresh, wreck, "--marking", "LT1086CM", "--component-serial", "KAM-0418 A")
    for spelled in ("KAM-0417 A", "kam 0417 a", "S/N КАМ-0417-А"):
        assert answered(fresh, "show", spelled)[0]["ref"] == camera
    (hit,) = answered(fresh, "find", "kam 0417")
    assert (hit["ref"], hit["name"], hit["matched"]) == (camera, "LT1086CM", "КАМ-0417 А")
    assert answered(fresh, "show", camera)[0]["more"] == {"component_serial": "КАМ-0417 А"}


def test_a_number_of_several_records_names_them(fresh: str) -> None:
    wreck = recovery(fresh, "--serial", "M-101")
    other = recovery(fresh, "--sample", "M 101")
    refused = say(fresh, "show", "m101")
    assert refused.code == 4
    assert wreck in refused.err
    assert other in refused.err
    assert say(fresh, "withdraw", other, "--reason", "mistyped").code == 0
    assert answered(fresh, "show", "m101")[0]["ref"] == wreck


def test_a_number_does_not_name_what_may_not_be_shown(fresh: str) -> None:
    green = recovery(fresh, "--serial", "M-101", "--tlp", "green")
    red = recovery(fresh, "--sample", "M-101", "--tlp", "red")
    told = say(fresh, "show", "M-101", "--max-tlp", "GREEN", "--format", "json")
    assert told.json["rows"][0]["ref"] == green
    assert red not in told.out + told.err
    assert say(fresh, "withdraw", green, "--reason", "mistake").code == 0
    assert say(fresh, "show", "M-101", "--max-tlp", "GREEN").code == 4


def test_every_command_takes_an_exhibit_number(fresh: str) -> None:
    wreck = recovery(fresh, "--sample", "EX-2024/17")
    chip = component(fresh, "ex 2024/17", "--marking", "LT1086CM", "--component-serial", "CAM-00417")
    assert answered(fresh, "show", chip)[0]["recovery"]["ref"] == wreck
    assert say(fresh, "amend", "cam 00417", "note=seen", "--reason", "looked again").code == 0
    assert say(fresh, "history", "cam-00417").code == 0
    assert say(fresh, "trace", "request", "CAM 00417", "Analog Devices").code == 0
    assert say(fresh, "withdraw", "EX-2024/17", "--reason", "test").code == 0


def test_a_units_serial_number_names_it_and_makes_no_other(fresh: str) -> None:
    wreck, other = recovery(fresh), recovery(fresh)
    words = ("log", "unit", "--recovery", wreck, "--label", "Baget", "--serial", "ЗН 0417")
    assert say(fresh, *words).code == 0
    for ref in (wreck, other):
        component(fresh, ref, "--marking", "LM358", "--unit", "зн-0417")
    units = answered(fresh, "list", "units", "--sort", "label")
    assert [(unit["label"], unit["recovery"]) for unit in units] == [("Baget", wreck), ("зн-0417", other)]
    assert answered(fresh, "show", "ЗН0417")[0]["title"] == "Baget"


def test_correcting_it_changes_what_it_is_found_by(fresh: str) -> None:
    chip = component(fresh, recovery(fresh), "--marking", "LT1086CM", "--component-serial", "CAM-1417")
    assert say(fresh, "amend", chip, "component_serial=CAM-1471", "--reason", "mistyped").code == 0
    assert say(fresh, "show", "CAM-1417").code == 4
    assert say(fresh, "find", "CAM1417").code == 4
    assert answered(fresh, "show", "CAM1471")[0]["ref"] == chip
    assert [hit["ref"] for hit in answered(fresh, "find", "CAM1471")] == [chip]
    assert say(fresh, "amend", chip, "component_serial=CAM-1417", "--reason", "it was right").code == 0
    assert answered(fresh, "show", "CAM-1417")[0]["ref"] == chip


def test_a_letter_names_it(fresh: str, tmp_path: Path) -> None:
    chip = component(fresh, recovery(fresh), "--marking", "LT1086CM", "--component-serial", "CAM-1417")
    letter = tmp_path / "letter.md"
    assert say(fresh, "trace", "request", chip, "Analog Devices", "--letter", letter).code == 0
    assert "**Serial number of the item:** CAM-1417" in letter.read_text(encoding="utf-8")


def test_one_number_of_one_maker_speaks_for_one_item_in_two_wrecks(fresh: str) -> None:
    known = ("--maker", "Analog Devices", "--identification", "confirmed", "--basis", "photo")
    chips = [
        component(fresh, recovery(fresh), "--marking", mark, "--component-serial", serial, *known)
        for mark, serial in (("ADIS16488", "A-7741"), ("ADIS 16488", "a 7741"), ("ADIS16488", "A-7742"))
    ]
    (found,) = answered(fresh, "duplicates", "components", "--limit", "0")
    assert {found["left_ref"], found["right_ref"]} == set(chips[:2])
    assert {sign["kind"]: sign["weight"] for sign in found["signs"]}["serial"] == 8


def test_numbers_of_two_makers_and_small_numbers_are_not_compared(fresh: str) -> None:
    makers = ("Analog Devices", "A-7741"), ("Texas Instruments", "A-7741"), ("", "12"), ("", "12")
    for maker, serial in makers:
        known = ("--maker", maker, "--identification", "confirmed", "--basis", "photo") if maker else ()
        component(fresh, recovery(fresh), "--description", "camera", "--component-serial", serial, *known)
    assert answered(fresh, "duplicates", "components", "--limit", "0") == []


@pytest.mark.parametrize("written", [IMEI, "IMEI: 49-015420-323751-8", "imei 490154 203237 518"])
def test_a_right_imei_is_taken_without_a_word(fresh: str, written: str) -> None:
    chip = component(fresh, recovery(fresh), "--marking", "SIM7600E", "--component-serial", written)
    assert answered(fresh, "show", IMEI)[0]["ref"] == chip


def test_a_wrong_imei_is_asked_about_and_kept_as_written(fresh: str) -> None:
    wrong, wreck = "49-015420-323751-9", recovery(fresh)
    words = ("log", "component", "--recovery", wreck, "--marking", "SIM7600E", "--component-serial", wrong)
    refused = say(fresh, *words)
    assert refused.code == 3
    assert "is not a possible IMEI" in refused.err
    assert say(fresh, *words, "--confirm-odd").code == 0
    (hit,) = answered(fresh, "find", "323751-9")
    assert answered(fresh, "show", hit["ref"])[0]["more"] == {"component_serial": wrong}
    assert any("IMEI" in each["text"] for each in answered(fresh, "review"))


@pytest.mark.parametrize("header", ["Component serial", "Серійний номер компонента", "IMEI", "元件序列号"])
def test_lists_have_it_under_their_own_words(fresh: str, tmp_path: Path, header: str) -> None:
    file = tmp_path / "list.csv"
    rows = f"id,weapon,serial,marking,{header}\nK-7,Kh-101,31526,SIM7600E,490154203237519\n"
    file.write_text(rows, encoding="utf-8")
    (summary,) = answered(fresh, "import", "components", file, "--source", "a-list")
    assert any("IMEI" in each["text"] for each in summary["review"])
    assert answered(fresh, "show", "490154203237519")[0]["sources"][0]["record_key"] == "K-7"
    file.write_text(rows.replace("237519", "237518"), encoding="utf-8")
    assert answered(fresh, "import", "components", file, "--source", "a-list")[0]["changed"] == 1
    assert say(fresh, "show", "490154203237519").code == 4
    assert [hit["kind"] for hit in answered(fresh, "find", IMEI)] == ["component"]
