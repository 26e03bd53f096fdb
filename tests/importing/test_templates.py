"""Templates filled in where there is no program, and taken in afterwards."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from provenance.fields.entries import CELLS, Kind
from provenance.fields.templates import PLURALS, row_column, write_template
from tests.importing.state import assert_chain_holds, assert_facts_are_current, content, rows_of
from tests.support.field_log import only, recovery, say, standing

RECOVERIES = [
    {"recovery_row": "w1", "weapon": "Kh-101", "serial": "99", "used": "2024-05", "place": "50.4, 30.5"},
    {"recovery_row": "w2", "weapon": "Герань-2", "tail": "Ы-1276", "recovered": "12.05.2024", "tlp": "GREEN"},
]
COMPONENTS = [
    {
        "component_row": "1",
        "recovery": "w1",
        "unit": "Board 1",
        "marking": "AD7606BSTZ // #2135",
        "pieces": "2",
    },
    {"component_row": "2", "recovery": "w1", "marking": "LT1086", "maker": "Linear Technology"},
    {"component_row": "3", "recovery": "w2", "marking_state": "obliterated", "description": "square chip"},
]


def filled_csv(kind: Kind, file: Path, rows: list[dict[str, str]]) -> Path:
    """A template with rows in it, as a spreadsheet saves it."""
    write_template(kind, file)
    header = next(csv.reader(file.open(encoding="utf-8-sig")))
    with file.open("a", encoding="utf-8", newline="") as stream:
        csv.DictWriter(stream, header).writerows(rows)
    return file


def filled_xlsx(kind: Kind, file: Path, rows: list[dict[str, Any]]) -> Path:
    """The same as a workbook."""
    write_template(kind, file)
    book = openpyxl.load_workbook(file)
    sheet: Any = book.active
    header = [cell.value for cell in sheet[1]]
    for row in rows:
        sheet.append([row.get(name) for name in header])
    book.save(file)
    return file


@pytest.mark.parametrize("name", list(PLURALS))
def test_a_template_has_a_column_for_everything_and_lists_for_vocabularies(name: str, tmp_path: Path) -> None:
    kind, file = PLURALS[name], tmp_path / f"{name}.xlsx"
    write_template(kind, file)
    book = openpyxl.load_workbook(file)
    sheet: Any = book.active
    header = [cell.value for cell in sheet[1]]
    assert header == [row_column(kind), *(cell.name for cell in CELLS[kind])]
    assert all(cell.comment for cell in sheet[1])
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        column = header[next(iter(rule.sqref.ranges)).min_col - 1]
        cells = book["lists"][rule.formula1.removeprefix("lists!").replace("$", "")]
        offered[column] = [row[0].value for row in cells]
    wanted = {cell.name: [str(each) for each in cell.choices] for cell in CELLS[kind] if cell.choices}
    assert offered == wanted
    assert book["lists"].sheet_state == "hidden"


@pytest.mark.parametrize("fill", [filled_csv, filled_xlsx])
def test_recoveries_and_their_components_by_their_own_row_ids(ready: str, tmp_path: Path, fill: Any) -> None:
    suffix = "csv" if fill is filled_csv else "xlsx"
    wrecks = fill(Kind.RECOVERY, tmp_path / f"wrecks.{suffix}", RECOVERIES)
    parts = fill(Kind.COMPONENT, tmp_path / f"parts.{suffix}", COMPONENTS)
    assert "read 2 = new 2 + known 0 + rejected 0" in say(ready, "log", "file", wrecks).out
    assert "read 3 = new 3 + known 0 + rejected 0" in say(ready, "log", "file", parts).out
    first, second = rows_of(ready, "recovery")
    assert [row.recovery_id for row in rows_of(ready, "component")] == [first.id, first.id, second.id]
    assert only(ready, "recovery_position").recovery_id == first.id
    assert {row.as_written for row in standing(ready, "maker_attribution")} >= {"Linear Technology"}
    before = content(ready), len(rows_of(ready, "audit_entry"))
    for file in (wrecks, parts):
        assert "new 0" in say(ready, "log", "file", file).out
    assert (content(ready), len(rows_of(ready, "audit_entry"))) == before
    assert_chain_holds(ready)
    assert_facts_are_current(ready)


def test_a_bad_row_keeps_everything_out_unless_the_good_ones_are_wanted(fresh: str, tmp_path: Path) -> None:
    ref = recovery(fresh)
    rows = [
        {"recovery": ref, "marking": "LT1086"},
        {"recovery": ref, "marking": "AD7606", "pieces": "0"},
        {"recovery": "w9", "marking": "AD7606"},
        {"recovery": ref, "marking": "X1", "made": "2094"},
    ]
    file = filled_csv(Kind.COMPONENT, tmp_path / "parts.csv", rows)
    said = say(fresh, "log", "file", file)
    assert said.code == 3
    for part in ("parts.csv:3: pieces", "line 4: No recovery", "line 5: made 2094", "Nothing was logged"):
        assert part in said.err
    assert rows_of(fresh, "component") == []
    rejected = tmp_path / "mend.csv"
    said = say(fresh, "log", "file", file, "--rejected", rejected)
    assert "read 4 = new 1 + known 0 + rejected 3" in said.out
    mended = rejected.read_text(encoding="utf-8").replace(",0,", ",3,").replace("w9", ref)
    rejected.write_text(mended, encoding="utf-8")
    said = say(fresh, "log", "file", rejected, "--confirm-odd")
    assert "new 3" in said.out, said.err
    assert len(rows_of(fresh, "component")) == 4


def test_a_dry_run_writes_nothing(fresh: str, tmp_path: Path) -> None:
    file = filled_csv(Kind.RECOVERY, tmp_path / "wrecks.csv", RECOVERIES)
    said = say(fresh, "log", "file", file, "--dry-run")
    assert "new 2" in said.out
    assert rows_of(fresh, "recovery") == []


def test_a_row_that_changed_under_its_id_is_not_overwritten(fresh: str, tmp_path: Path) -> None:
    say(fresh, "log", "file", filled_csv(Kind.RECOVERY, tmp_path / "one.csv", RECOVERIES))
    changed = [RECOVERIES[0] | {"serial": "98"}]
    said = say(fresh, "log", "file", filled_csv(Kind.RECOVERY, tmp_path / "two.csv", changed))
    assert said.code == 3
    assert "w1 was logged before with other content" in said.err
    assert [row.value for row in rows_of(fresh, "recovery_serial")] == ["99", "Ы-1276"]


def test_equal_rows_without_ids_are_two_and_stay_two(fresh: str, tmp_path: Path) -> None:
    ref = recovery(fresh)
    rows = [{"recovery": ref, "marking": "LT1086"}, {"recovery": ref, "marking": "LT1086"}]
    file = filled_csv(Kind.COMPONENT, tmp_path / "parts.csv", rows)
    for _again in range(2):
        assert say(fresh, "log", "file", file).code == 0
        assert len(rows_of(fresh, "component")) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [("marking,colour\nLT1086,red\n", "colour"), ("", "empty"), ("marking\nLT1086\n", "--kind")],
)
def test_a_file_that_is_no_template(fresh: str, tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "parts.csv"
    file.write_text(text, encoding="utf-8")
    words = ["--kind", "components"] if "colour" in text else []
    said = say(fresh, "log", "file", file, *words)
    assert said.code in (2, 3)
    assert told in said.err


def test_a_template_is_never_written_over(fresh: str, tmp_path: Path) -> None:
    file = tmp_path / "parts.csv"
    assert say(fresh, "log", "template", "components", "--out", file).code == 0
    said = say(fresh, "log", "template", "components", "--out", file)
    assert (said.code, "exists already" in said.err) == (3, True)
    assert say(fresh, "log", "template", "spoons", "--out", tmp_path / "x.csv").code == 2
    assert say(fresh, "log", "template", "components", "--out", tmp_path / "x.pdf").code == 2
