"""A recovery without a name of its own is called the same, whether a list or a person reports it."""

from __future__ import annotations

from pathlib import Path

from tests.importing.state import rows_of
from tests.support.field_log import say

STATED = {
    "Kh-101 7701": {"weapon": "Kh-101", "serial": "7701", "used": "02.01.2024", "place": "Kyiv"},
    "Kh-101, Kyiv, 02.01.2024": {"weapon": "Kh-101", "used": "02.01.2024", "place": "Kyiv"},
    "Kh-101, 2024-01-02": {"weapon": "Kh-101", "used": "2024-01-02", "captured": "2024-01-03"},
    "Kh-101 7702 T-5": {"weapon": "Kh-101", "serial": "7702", "tail": "T-5"},
}


def test_the_label_is_the_same_through_every_door(fresh: str, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    for cells in STATED.values():
        words = [word for name, cell in cells.items() for word in (f"--{name}", cell)]
        assert say(fresh, "log", "recovery", *words).code == 0
        row = {**cells, "marking": "ADM3202ARNZ"}
        file.write_text(f"{','.join(row)}\n{','.join(row.values())}\n", encoding="utf-8")
        done = say(fresh, "import", "components", file, "--source", "a-list")
        assert done.code == 0, done.err
    found = sorted(row.label for row in rows_of(fresh, "recovery"))
    assert found == sorted([*STATED, *STATED])
