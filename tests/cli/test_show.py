"""One record in a terminal of 80 columns: what no longer stands says so, and whose mark it is handled by."""

from __future__ import annotations

import pytest

from tests.support.field_log import component, recovery, say


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def test_a_superseded_maker_says_so_in_its_own_row(ready: str) -> None:
    ref = component(ready, recovery(ready), "--marking", "AD8572ARZ", "--maker", "Texas Instruments")
    words = ("--maker", "Analog Devices", "--identification", "confirmed", "--basis", "X-ray")
    say(ready, "log", "belief", ref, *words)
    told = say(ready, "show", ref).out
    makers = told[told.index("maker (2)") : told.index("part (")].splitlines()
    assert any(line.startswith("SUPERSEDED: Texas") for line in makers)
    assert any(line.startswith("Analog Devices") for line in makers)
    assert "None of these stands" not in told

    say(ready, "log", "belief", ref, "--identification", "unidentified", "--basis", "second look")
    assert "None of these stands any longer." in say(ready, "show", ref).out


def test_a_withdrawn_recovery_says_so_in_its_title(ready: str) -> None:
    ref = recovery(ready)
    say(ready, "log", "withdraw", ref, "--reason", "logged twice")
    assert say(ready, "show", ref).out.startswith(f"WITHDRAWN: recovery {ref}")


@pytest.mark.parametrize(
    ("of_recovery", "own", "told"),
    [
        ((), (), "TLP:AMBER (no mark counts as AMBER)"),
        (("--tlp", "green"), (), "TLP:GREEN (the mark of what it belongs to)"),
        (("--tlp", "green"), ("--tlp", "red"), "TLP:RED (its own mark)"),
        ((), ("--tlp", "green"), "TLP:AMBER (the mark of what it belongs to; no mark counts as AMBER)"),
    ],
)
def test_it_says_whose_mark_decides_how_it_is_handled(
    ready: str, of_recovery: tuple[str, ...], own: tuple[str, ...], told: str
) -> None:
    ref = component(ready, recovery(ready, *of_recovery), "--marking", "AD8572ARZ", *own)
    shown = " ".join(say(ready, "show", ref).out.split())
    assert f"handle as {told}" in shown
    assert ("TLP no mark of its own" in shown) == (not own)


def test_a_whole_wreck_is_told_unit_by_unit_and_says_what_is_missing(ready: str) -> None:
    wreck = recovery(ready, "--serial", "31526")
    known = (
        "--maker",
        "Analog Devices",
        "--mpn",
        "AD8572",
        "--identification",
        "confirmed",
        "--basis",
        "photo",
    )
    first = component(
        ready, wreck, "--unit", "U1", "--marking", "AD8572ARZ // #2135", "--pieces", "2", *known
    )
    component(ready, wreck, "--unit", "U1", "--marking", "LT1086CM", "--component-serial", "CAM-17")
    component(ready, wreck, "--description", "capacitor")
    gone = component(ready, wreck, "--unit", "U1", "--marking", "LM358")
    assert say(ready, "withdraw", gone, "--reason", "another wreck").code == 0
    told = say(ready, "show", "31526").out
    assert max(map(len, told.splitlines())) <= 80
    assert "components on U1 (2)" in told
    assert "components, unit not stated (1)" in told
    assert "3 components of 3 lack something." in told
    assert gone not in told
    record = say(ready, "show", wreck, "--format", "json").json["rows"][0]
    assert record["missing"] == ["place", "date of recovery", "position", "photo", "custody"]
    assert [unit["components"] for unit in record["units"]] == [2]
    line = record["components"][0]
    assert (line["ref"], line["unit"], line["maker"], line["part"]) == (
        first,
        "U1",
        "Analog Devices",
        "AD8572",
    )
    assert (line["maker_tentative"], line["pieces"], line["photos"]) == (False, 2, 0)
    assert line["missing"] == ["photo"]
    assert record["components"][1]["component_serial"] == "CAM-17"
    assert record["components"][2]["missing"] == ["photo", "state of the marking", "unit", "pieces"]
