"""A table that is read twice is the same table the second time, whatever became of its file meanwhile."""

from __future__ import annotations

import tempfile
from pathlib import Path

import openpyxl
import pytest

from provenance.core.errors import BadInput
from provenance.sources.tables import Table, Use, open_table
from provenance.sources.tables import kept_rows as module

USES = {"Weapon": Use.TEXT, "Part number": Use.IDENTIFYING, "Pieces": Use.NUMBER}


def read(table: Table) -> tuple[list[tuple[int, list[str]]], list[tuple[int, str]]]:
    """The rows of a table as one reading gives them, and the cells that any has withheld, each once."""
    rows = [(line, list(cells)) for block in table.blocks(keep=True) for line, cells in block]
    return rows, [(problem.line, problem.text) for problem in table.problems]


def opened(file: Path) -> Table:
    table = open_table(file)
    table.uses = USES
    return table


def csv_of(file: Path, rows: int) -> Path:
    lines = [f"Kh-101,AD{number},{number % 7}" for number in range(rows)]
    lines[1] = "Kh-101,#N/A,two"
    file.write_text("\n".join(["Weapon,Part number,Pieces", *lines]) + "\n", encoding="utf-8")
    return file


def test_what_is_withheld_is_withheld_in_every_reading(tmp_path: Path) -> None:
    table = opened(csv_of(tmp_path / "parts.csv", 2_500))
    first = read(table)
    assert first[1] == [(3, "#N/A")]
    assert len(first[0]) == 2_500
    assert read(table) == first == read(table)


def test_marks_of_a_workbook_are_kept(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Weapon", "Part number", "Pieces"], ["Kh-101", 4.5, 1], ["Kh-101", "=A1", 2]):
        sheet.append(row)
    book.save(tmp_path / "parts.xlsx")
    table = opened(tmp_path / "parts.xlsx")
    first = read(table)
    assert [line for line, _text in first[1]] == [2, 3]
    assert read(table) == first


def test_a_file_that_changes_meanwhile_is_not_read_in_two_states(tmp_path: Path) -> None:
    file = csv_of(tmp_path / "parts.csv", 1_200)
    table = opened(file)
    first = read(table)
    file.write_text("Weapon,Part number,Pieces\nLancet,X,1\n", encoding="utf-8")
    assert read(table) == first


def test_two_readings_at_once_do_not_mix(tmp_path: Path) -> None:
    table = opened(csv_of(tmp_path / "parts.csv", 3_000))
    whole = [cells for _line, cells in read(table)[0]]
    pairs = list(zip(table.lines(), table.lines(), strict=True))
    assert [one[1] for one, _other in pairs] == [other[1] for _one, other in pairs] == whole


def test_a_reading_that_stops_early_keeps_nothing(tmp_path: Path) -> None:
    table = opened(csv_of(tmp_path / "parts.csv", 3_000))
    next(table.blocks(keep=True))
    assert len(read(table)[0]) == 3_000


def test_a_broken_file_is_broken_every_time(tmp_path: Path) -> None:
    file = tmp_path / "parts.csv"
    file.write_text('Weapon,Part number,Pieces\nKh-101,AD1,1\nKh-101,"AD2,2\n', encoding="utf-8")
    table = opened(file)
    for _again in range(2):
        with pytest.raises(BadInput):
            read(table)


def test_without_room_the_file_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(tempfile.SpooledTemporaryFile):  # type: ignore[type-arg]  # bytes, as the one it stands for
        def write(self, *_text: object) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "SpooledTemporaryFile", Full)
    table = opened(csv_of(tmp_path / "parts.csv", 1_500))
    first = read(table)
    assert len(first[0]) == 1_500
    assert read(table) == first
