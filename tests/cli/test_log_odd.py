"""Unlikely statements: refused by options and tables, asked about in a form, kept and listed by imports."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.importing.state import rows_of
from tests.support.field_log import component, recovery, say

RECOVERY = ("log", "recovery", "--weapon", "Kh-101")
ODD = [
    (("--used", "2024-05-03", "--recovered", "2024-05-01"), "used 2024-05-03 is after recovered 2024-05-01"),
    (("--produced", "2024-05", "--captured", "2024-04-30"), "produced 2024-05 is after captured 2024-04-30"),
    (("--place", "36.2304, 49.9935", "--country", "UA"), "latitude and longitude exchanged"),
    (("--place", "59.93, 30.31", "--country", "Ukraine"), "lies outside the country given, UA"),
]


@pytest.mark.parametrize(("words", "said"), ODD)
def test_a_recovery_has_to_be_confirmed(fresh: str, words: tuple[str, ...], said: str) -> None:
    refused = say(fresh, *RECOVERY, *words)
    assert refused.code == 3
    assert said in refused.err
    assert "--confirm-odd" in refused.err
    assert rows_of(fresh, "recovery") == []
    assert say(fresh, *RECOVERY, *words, "--confirm-odd").code == 0
    assert len(rows_of(fresh, "recovery")) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--made", "2024-06"), "made 2024-06 is after used 2024-01-02"),
        (("--pieces", "2134"), "2,134 identical pieces are very many"),
    ],
)
def test_a_component_has_to_be_confirmed(fresh: str, words: tuple[str, ...], said: str) -> None:
    entry = ("log", "component", "--recovery", recovery(fresh), "--marking", "X1", *words)
    refused = say(fresh, *entry)
    assert refused.code == 3
    assert said in refused.err
    assert say(fresh, *entry, "--confirm-odd").code == 0


def test_a_line_of_the_fast_mode_is_refused(fresh: str) -> None:
    said = say(
        fresh, "log", "components", "--recovery", recovery(fresh), stdin="U1 | X1 | 100000\nU1 | X2 | 2\n"
    )
    assert said.code == 3
    assert "100,000 identical pieces are very many" in said.err
    assert [row.marking for row in rows_of(fresh, "component")] == ["X2"]


def test_a_transfer_in_the_future_has_to_be_confirmed(fresh: str) -> None:
    words = ("log", "transfer", "--source", "ours", "--part", "LM358", "--to", "OOO Vostok", "--date", "2094")
    assert "is in the future" in say(fresh, *words).err
    assert rows_of(fresh, "transfer") == []
    assert say(fresh, *words, "--confirm-odd").code == 0


def test_a_table_names_the_line(fresh: str, tmp_path: Path) -> None:
    file = tmp_path / "wrecks.csv"
    file.write_text(
        "recovery_row,weapon,used,recovered\n1,Kh-101,2024-05-01,2024-05-02\n2,Kh-101,2024-05-03,2024-05-01\n",
        encoding="utf-8",
    )
    refused = say(fresh, "log", "file", file)
    assert refused.code == 3
    assert "wrecks.csv:3: used 2024-05-03 is after recovered 2024-05-01" in refused.err
    assert "--confirm-odd" in refused.err
    assert "new 2" in say(fresh, "log", "file", file, "--confirm-odd").out


def test_a_form_asks(fresh: str) -> None:
    words = (
        *RECOVERY,
        "--guided",
        "--used",
        "2024-05-03",
        "--recovered",
        "2024-05-01",
        "--place",
        "Kupiansk",
    )
    answers = ["", "", "", "", "", "y", "y"]
    said = say(fresh, *words, stdin="\n".join(answers) + "\n")
    assert "Used 2024-05-03 is after recovered 2024-05-01. Is that correct? [y/n]" in said.err
    assert len(rows_of(fresh, "recovery")) == (1 if said.code == 0 else 0)


def test_an_import_keeps_what_it_lists(fresh: str, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    rows = [
        ["record id", "recovery", "weapon", "recovered", "used", "marking", "pieces", "made"],
        ["A-1", "w1", "Kh-101", "2024-05-01", "2024-05-03", "X1", "2", ""],
        ["A-2", "w2", "Kh-101", "2024-05-01", "", "X2", "2134", "2024-06"],
        ["A-3", "w3", "Kh-101", "2094-05-01", "", "X3", "1", ""],
    ]
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    said = say(fresh, "import", "components", file, "--source", "ours", "--format", "json")
    assert said.code == 0, said.err
    review = json.loads(said.out)["rows"][0]["review"]
    listed = [row["text"] for row in review if row["reason"] == "this is hardly true; it is kept as stated"]
    assert len(rows_of(fresh, "component")) == 3
    for part in (
        "used 2024-05-03 is after recovered 2024-05-01",
        "line 3: 2,134 identical pieces are very many",
        "is in the future",
    ):
        assert any(part in text for text in listed), listed


def test_what_is_likely_is_not_asked_about(fresh: str) -> None:
    wreck = recovery(fresh, "--place", "49.9935, 36.2304", "--country", "UA", "--recovered", "2024-01-03")
    component(fresh, wreck, "--marking", "X1", "--pieces", "40", "--made", "2023")
    assert len(rows_of(fresh, "component")) == 1
