"""Parts' introductions: stated by lists, shown, and bounding the dates that markings are read as."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.identify.store.lists import SHOP, write_parts
from tests.support.commands import Outcome

Run = Callable[..., Outcome]


def catalogue(folder: Path, *rows: str, header: str = "MPN,Manufacturer,Introduced") -> str:
    return write_parts(folder / "catalogue.csv", header, rows)


def imported(run: Run, address: str, file: str) -> tuple[int, ...]:
    told = run(address, "import", "parts", file, *SHOP, "--format", "json").rows[0]
    return tuple(told[name] for name in ("new", "known", "changed"))


def introduced(run: Run, address: str) -> str | None:
    [found] = run(address, "find", "ADXL345", "--format", "json").rows
    facts: dict[str, Any] = run(address, "show", found["ref"], "--format", "json").rows[0]
    return facts.get("introduced")


@pytest.mark.parametrize("stated", ["2015", "2015-03", "2015-03-02", "from 2015"])
def test_a_partial_date_is_kept_as_it_was_stated(run: Run, ready: str, tmp_path: Path, stated: str) -> None:
    assert imported(run, ready, catalogue(tmp_path, f"ADXL345,Analog Devices,{stated}")) == (1, 0, 0)
    assert introduced(run, ready) == stated


def test_a_known_part_gets_an_introduction_and_keeps_it_where_a_list_states_none(
    run: Run, ready: str, tmp_path: Path
) -> None:
    steps = (
        ("", (1, 0, 0), None),
        ("2015", (0, 0, 1), "2015"),
        ("2015", (0, 1, 0), "2015"),
        ("", (0, 1, 0), "2015"),
        ("unknown", (0, 1, 0), "2015"),
        ("from 2018", (0, 0, 1), "from 2018"),  # later than all of the old interval, and open
        ("2009-06", (0, 0, 1), "2009-06"),
    )
    for stated, counted, shown in steps:
        assert imported(run, ready, catalogue(tmp_path, f"ADXL345,Analog Devices,{stated}")) == counted
        assert introduced(run, ready) == shown


def test_a_cell_that_is_not_a_date_is_unknown_and_listed_by_its_line(
    run: Run, ready: str, tmp_path: Path
) -> None:
    done = run(ready, "import", "parts", catalogue(tmp_path, "ADXL345,Analog Devices,spring"), *SHOP)
    assert done.code == 0
    assert "Introduced: " in done.out and "'spring'" in done.out and "(line 2)" in done.out
    assert introduced(run, ready) is None


def test_identify_leaves_out_dates_before_the_introduction(run: Run, ready: str, tmp_path: Path) -> None:
    """#906 is week 6 of 2019 or 2009 and so on; the accelerometer came in 2015."""
    run(ready, "import", "parts", catalogue(tmp_path, "ADXL345,Analog Devices,2015"), *SHOP)
    found = run(ready, "identify", "ADXL345 #906", "--made-by", "2020", "--format", "json").rows[0]["dates"]
    assert [(each["from"], each["to"]) for each in found] == [("2019-02-04", "2019-02-10")]
    assert found[0]["reason"].endswith("; not before ADXL345 was introduced, 2015")
    assert (
        run(ready, "identify", "ADXL345 #906", "--made-by", "2012", "--format", "json").rows[0]["dates"] == []
    )


def made(run: Run, address: str, record: str) -> str | None:
    facts: dict[str, Any] = run(address, "show", record, "--format", "json").rows[0]
    return facts.get("made")


def test_components_are_dated_within_the_introduction_of_their_part(
    run: Run, ready: str, tmp_path: Path
) -> None:
    """The code #906 allows a week in each decade. 1 is read as the part of 2015, 2 is stated to be that of
    2005, 3 to be one of unknown introduction, whose marking names the part of 2015 all the same."""
    listing = tmp_path / "list.csv"
    listing.write_text(
        "id,weapon,serial,used,maker,marking,mpn\n"
        "AN-1,Kh-101,111,2023-05-01,Analog Devices,ADXL345 #906,\n"
        "AN-2,Kh-101,111,2023-05-01,Analog Devices,ADXL345 #906,ADXL345B\n"
        "AN-3,Kh-101,111,2023-05-01,Analog Devices,ADXL345 #906,ADXL345C\n",
        encoding="utf-8",
    )
    run(ready, "import", "components", str(listing), *SHOP)
    free = (
        "1979-02-05..1979-02-11 or 1989-02-06..1989-02-12 or 1999-02-08..1999-02-14"
        " or 2009-02-02..2009-02-08 or 2019-02-04..2019-02-10"
    )
    assert [made(run, ready, f"AN-{number}") for number in "123"] == [free, free, free]
    parts = ("ADXL345,Analog Devices,2015", "ADXL345B,Analog Devices,2005", "ADXL345C,Analog Devices,")
    run(ready, "import", "parts", catalogue(tmp_path, *parts), *SHOP)
    assert run(ready, "read-markings").code == 0
    assert [made(run, ready, f"AN-{number}") for number in "123"] == [
        "2019-02-04..2019-02-10",
        "2009-02-02..2009-02-08 or 2019-02-04..2019-02-10",
        free,
    ]
