"""What was made after the controls is asked by the day that binds whoever builds the weapon."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select

from provenance.core.seed import seed_rows
from provenance.queries.control_days import CONTROL_DAY, ControlDays, Measure, fetch_control_days
from provenance.schema.reference import WeaponSystem
from provenance.schema.session import Session
from tests.queries.world import SOURCE, row
from tests.sources.lists import write_list
from tests.support.commands import run

RUSSIA = Measure(CONTROL_DAY, "a rule", "verified")
KOREA = Measure(date(2006, 10, 14), "a resolution", "unverified")


def test_a_weapon_of_an_unknown_builder_or_one_without_a_day_is_asked_by_the_russian_day() -> None:
    days = ControlDays({"RU": RUSSIA, "KP": KOREA}, {1: "RU", 2: "KP", 3: "CN"})
    usual, korean = CONTROL_DAY.toordinal(), KOREA.day.toordinal()
    assert days.ordinals(np.array([0, 1, 2, 3])).tolist() == [usual, usual, korean, usual]
    assert [
        (item.country, item.day, item.components) for item in days.used(np.array([3, 1, 2, 0, 3, 1]))
    ] == [
        (None, CONTROL_DAY, 3),
        ("RU", CONTROL_DAY, 2),
        ("KP", KOREA.day, 1),
    ]


def test_the_days_on_record(reference: Session) -> None:
    rows = reference.execute(select(WeaponSystem.designation, WeaponSystem.id))
    weapons = {row.designation: row.id for row in rows}
    found = fetch_control_days(reference).ordinals(
        np.array([weapons[name] for name in ("Kh-101", "Mohajer-6", "KN-23")])
    )
    assert [date.fromordinal(int(day)).isoformat() for day in found] == [
        "2022-02-24",
        "1995-05-07",
        "2006-10-14",
    ]


def test_every_builder_of_the_reference_data_has_its_day() -> None:
    begun = [
        country
        for each in seed_rows("control_date.csv")
        for country in each["broad_for"].split(";")
        if country
    ]
    assert len(begun) == len(set(begun))
    assert {each["build_country"] for each in seed_rows("weapon_system.csv")} - {""} <= set(begun)
    for each in seed_rows("control_date.csv"):
        assert each["binds"], each["key"]
        assert set(filter(None, each["broad_for"].split(";"))) <= set(each["binds"].split(";"))


@pytest.fixture
def told(ready: str, tmp_path: Path) -> str:
    """One firm's parts of 2016 in a Korean missile and in a Russian one, and one of 2023 in the latter."""
    rows = [
        row("k1", "W1", "Analog Devices", "AD8572", made="2016") | {"recovery": "K", "weapon": "KN-23"},
        row("r1", "W1", "Analog Devices", "AD8572", made="2016"),
        row("r2", "W1", "Analog Devices", "AD9361", made="2023-01"),
    ]
    file = tmp_path / "found.csv"
    write_list(file, rows)
    done = run(ready, "import", "components", str(file), *SOURCE)
    assert done.code == 0, done.err
    return ready


def top(address: str, *words: str) -> dict[str, Any]:
    """The ranking as JSON."""
    found: dict[str, Any] = run(address, "top", "--min-recoveries", "1", "--format", "json", *words).json
    return found


def test_each_weapon_is_asked_by_its_builder_s_day(told: str) -> None:
    found = top(told)
    assert found["rows"][0]["made_after"] == {"certain": 2, "possible": 0, "before": 1, "unknown": 0}
    assert [(item["country"], item["day"], item["components"]) for item in found["control_days"]] == [
        ("RU", "2022-02-24", 2),
        ("KP", "2006-10-14", 1),
    ]
    (note,) = (note for note in found["basis"]["notes"] if note.startswith("Made after the controls"))
    assert "2006-10-14 of 1 component from weapons built in North Korea" in note


def test_one_day_is_named_in_the_table_and_several_are_the_controls(told: str) -> None:
    words = ("top", "--min-recoveries", "1", "--columns")
    several = "firm,components made after the controls (recoveries)"
    one = "firm,components made after 2022-02-24 (recoveries)"
    assert run(told, *words, several).code == 0
    assert run(told, *words, one).code == 2
    assert run(told, *words, one, "--weapon", "Kh-101").code == 0
    assert "made after the controls: certainly 2" in run(told, "exposure", "Analog Devices").out
