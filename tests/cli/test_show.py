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
