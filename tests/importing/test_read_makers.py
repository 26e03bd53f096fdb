"""Makers that the program reads: on what grounds, against which labels, and how they are shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importing.test_readings import SOURCE
from tests.support.commands import Outcome

Run = Callable[..., Outcome]
HEADER = "id,weapon,serial,maker,country,marking"
TOP = ("top", "--basis", "brand", "--country", "any", "--min-recoveries", "1", "--format", "json")


def read(run: Run, ready: str, folder: Path, *rows: str) -> int:
    """How many makers an import of these rows reads."""
    file = folder / "list.csv"
    file.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    summary = run(ready, "import", "components", str(file), *SOURCE, "--format", "json").rows[0]
    makers: int = summary["readings"]["makers"]
    return makers


@pytest.mark.parametrize(
    ("country", "makers"), [("", 1), ("US", 1), ("CH", 1), ("NL", 1), ("IR", 0), ("China", 0)]
)
def test_the_source_s_country_can_rule_a_maker_out(
    run: Run, ready: str, tmp_path: Path, country: str, makers: int
) -> None:
    """STMicroelectronics: seat in Switzerland, legal seat in the Netherlands; Analog Devices: US."""
    marking = "ADM3202ARNZ" if country in ("US", "IR", "") else "STM32F103C8T6"
    assert read(run, ready, tmp_path, f"AN-1,Kh-101,1,Not identified,{country},{marking}") == makers


def test_each_row_says_that_its_maker_was_only_read(run: Run, ready: str, tmp_path: Path) -> None:
    rows = (
        "AN-1,Kh-101,1,Analog Devices,US,ADM3202ARNZ",
        "AN-2,Kh-101,2,Not identified,,ADM3202ARNZ",
        "AN-3,Kh-101,2,Not identified,,Board №3202",
    )
    assert read(run, ready, tmp_path, *rows) == 1
    asked = run(ready, *TOP[:-2], "--include-read-makers", "--explain").out
    assert "Maker only read automatically, unverified: 1 of 2 components." in " ".join(asked.split())
    shown = run(ready, "top", "--evidence", "Analog Devices", "--include-read-makers").out
    assert shown.count("Analog Devices (read automatically)") == 1
    said = run(ready, "show", "AN-2", "--format", "json").rows[0]["makers"]
    assert [(each["status"], each["stated_by"]) for each in said][-1] == ("tentative", None)
    assert said[-1]["basis"].startswith("marking read, maker ")


def test_the_former_switch_is_both_and_says_so(run: Run, ready: str, tmp_path: Path) -> None:
    read(run, ready, tmp_path, "AN-1,Kh-101,1,Not identified,,ADM3202ARNZ")
    both = run(ready, *TOP, "--include-read-parts", "--include-read-makers")
    former = run(ready, *TOP, "--include-tentative")
    assert former.rows == both.rows and len(both.rows) == 1
    assert "--include-tentative is both --include-read-parts and --include-read-makers." in former.err
    assert run(ready, *TOP, "--include-read-parts").rows == []
