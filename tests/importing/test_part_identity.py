"""Part numbers that differ by a decimal point alone are different parts, through every door."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.importing.state import rows_of
from tests.sources.lists import write_list
from tests.support.commands import Outcome

Run = Callable[..., Outcome]

SUPPRESSORS = ("SMBJ5.0A", "SMBJ50A", "1.5SMC6.8CA", "1.5SMC68CA")


def _catalogue(folder: Path, *mpns: str) -> Path:
    rows = [
        {"MPN": mpn, "Manufacturer": "Littelfuse", "SMD code": f"K{place}"} for place, mpn in enumerate(mpns)
    ]
    return write_list(folder / "catalogue.csv", rows)


def _best(run: Run, address: str, marking: str) -> list[Any]:
    found = run(address, "identify", marking, "--format", "jsonl").json["candidates"]
    return [(each["maker"], each["mpn"], each["in_catalogue"]) for each in found]


def test_a_catalogue_keeps_them_apart(fresh: str, run: Run, tmp_path: Path) -> None:
    done = run(fresh, "import", "parts", _catalogue(tmp_path, *SUPPRESSORS), "--source", "tvs")
    assert "read 4 = new 4 +" in done.out
    assert {row.mpn: row.top_codes for row in rows_of(fresh, "part")} == {
        "SMBJ5.0A": "K0",
        "SMBJ50A": "K1",
        "1.5SMC6.8CA": "K2",
        "1.5SMC68CA": "K3",
    }
    for mpn in SUPPRESSORS:
        assert _best(run, fresh, mpn)[0] == ("Littelfuse", mpn, True)
    for loose in ("SMBJ50A", "SMBJ5.0A"):
        found = run(fresh, "find", loose, "--format", "json").json["rows"]
        assert {row["name"] for row in found} == {"SMBJ5.0A", "SMBJ50A"}, "a search finds all"


@pytest.mark.parametrize(("listed", "marked"), [("SMBJ5.0A", "SMBJ50A"), ("SMBJ50A", "SMBJ5.0A")])
def test_one_is_not_taken_for_the_other_where_only_one_is_known(
    fresh: str, run: Run, tmp_path: Path, listed: str, marked: str
) -> None:
    run(fresh, "import", "parts", _catalogue(tmp_path, listed), "--source", "tvs")
    assert ("Littelfuse", listed, True) not in _best(run, fresh, marked)


def test_a_list_of_components_makes_a_part_of_each(fresh: str, run: Run, tmp_path: Path) -> None:
    rows = [
        {"weapon": "Shahed-136", "serial": f"M-10{place}", "maker": "Littelfuse", "part number": mpn}
        for place, mpn in enumerate(("1.5SMC68CA", "1.5SMC6.8CA", "1,5SMC6,8CA", "1.5smc68ca"))
    ]
    run(fresh, "import", "components", write_list(tmp_path / "list.csv", rows), "--source", "s", "--no-read")
    stated = [(row.as_written, row.part_id) for row in rows_of(fresh, "identification")]
    parts = dict(stated)
    assert parts["1.5SMC68CA"] == parts["1.5smc68ca"]
    assert parts["1.5SMC6.8CA"] == parts["1,5SMC6,8CA"]
    assert len(rows_of(fresh, "part")) == 2


def test_what_a_spreadsheet_left_of_a_number_is_no_part(fresh: str, run: Run, tmp_path: Path) -> None:
    rows = [
        {"weapon": "Shahed-136", "serial": "M-101", "maker": "HARTING", "part number": number}
        for number in ("9.55167E+12", "9.55E+12")
    ]
    run(fresh, "import", "components", write_list(tmp_path / "list.csv", rows), "--source", "s", "--no-read")
    assert (rows_of(fresh, "part"), len(rows_of(fresh, "component"))) == ([], 2)
