"""Every command that reads a table is tried with the same broken and odd files.

Whatever the door: what is no table is called what it is, a column that the door lives by is asked for, and no
command ends with exit code 0 (or 6, hits) having taken fewer rows than the file shows without saying so.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from provenance.sources.kinds import SourceKind
from tests.intake.desk import Desk, csv_text, save
from tests.support.commands import Outcome

Table = list[list[str]]


@dataclass(frozen=True)
class Door:
    """A command, a table that it takes, the column that it lives by, and how many rows it says it took."""

    words: tuple[str, ...]
    table: Table
    needed: str
    names: str
    taken: Callable[[Any], int]
    option: tuple[str, ...] = ()
    file_last: bool = False

    def enter(self, desk: Desk, file: Path, *more: str) -> Outcome:
        """Runs the command on a file."""
        return desk.run(*self.words, file, *self.option, *more, "--format", "json")

    def count(self, outcome: Outcome) -> int:
        """How many rows it took."""
        return self.taken(outcome.json)


def accounted(document: Any) -> int:
    """The rows that an import stored."""
    row = document["rows"][0]
    return int(row["read"]) - int(row.get("rejected", 0)) - int(row.get("repeated", 0))


def screened(document: Any) -> int:
    """The rows that were screened."""
    return int(document["totals"]["rows"]) - int(document["totals"]["rows_not_screened"])


SOURCE = ("--source", "desk")
DOORS = {
    "components": Door(
        ("import", "components"),
        [["Weapon", "Serial", "Manufacturer", "Marking"], ["Kh-101", "7701", "Міландр", "К1986ВЕ1Т"],
         ["Kh-101", "7702", "Xilinx", "XC3S250E"]],
        "Marking", "Manufacturer", accounted, (*SOURCE, "--no-read"),
    ),
    "parts": Door(
        ("import", "parts"),
        [["MPN", "Manufacturer", "Description"], ["К1986ВЕ1Т", "Міландр", "процесор"],
         ["XC3S250E", "Xilinx", "матриця"]],
        "Manufacturer", "MPN", accounted, SOURCE,
    ),
    "transfers": Door(
        ("import", "transfers"),
        [["Shipper", "Consignee", "MPN"], ["ТОВ Зразок", "Sample B LLC", "XC3S250E"],
         ["Sample A LLC", "Sample C LLC", "AD7606BSTZ"]],
        "MPN", "Shipper", accounted, SOURCE,
    ),
    "customers": Door(
        ("screen", "--file"),
        [["Customer name", "Country"], ["ТОВ Зразок", "Україна"], ["Sample B LLC", "LV"]],
        "Customer name", "Customer name", screened,
    ),
    "watchlist csv": Door(
        ("watchlist", "import", "csv"),
        [["Entity", "Address", "Remarks"], ["ТОВ Зразок", "Київ", "x"], ["Sample B LLC", "Riga", "y"]],
        "Entity", "Entity", accounted, ("--name", "ours", "--as-of", "2024-01-01"),
    ),
    "template": Door(
        ("log", "file"),
        [["recovery_row", "weapon", "serial", "place"], ["1", "Kh-101", "7701", "Київ"],
         ["2", "Kh-101", "7702", "Суми"]],
        "recovery_row", "serial", accounted,
    ),
}  # fmt: skip


def zipped() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("list.csv", "a,b\n1,2\n")
    return stream.getvalue()


NO_TABLES = {
    "zip": zipped(),
    "gzip": gzip.compress(b"Weapon,Marking\nKh-101,AD7606\n"),
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "png": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "html": b"<!DOCTYPE html><html><body><table><tr><td>Weapon</td></tr></table></body></html>",
    "xml": b'<?xml version="1.0"?><list><item>Kh-101</item></list>',
    "json": b'[{"Weapon": "Kh-101", "Marking": "AD7606"}]',
    "an old office file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    "nothing": b"",
    "blanks": b"  \n\n \n",
}
SAID = {"zip": "ZIP", "gzip": "gzip", "pdf": "PDF", "html": "HTML", "xml": "XML", "json": "JSON"}


def prepared(desk: Desk) -> Desk:
    """A database with a list to screen against."""
    listed = desk.file("id,name\n1,Helix Zorn LLC\n", "listed.csv")
    assert desk.run("watchlist", "import", "csv", listed, "--name", "L", "--as-of", "2024-01-01").code == 0
    return desk


def took_it_all(door: Door, outcome: Outcome, rows: int) -> bool:
    return outcome.code in (0, 6) and door.count(outcome) == rows


def test_every_kind_of_file_has_a_door() -> None:
    assert {kind.value for kind in SourceKind} <= {*DOORS, "watchlists"}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("what", NO_TABLES)
@pytest.mark.parametrize("name", DOORS)
def test_what_is_no_table_is_refused_by_its_name(desk: Desk, name: str, what: str, suffix: str) -> None:
    door = DOORS[name]
    outcome = door.enter(prepared(desk), desk.file(NO_TABLES[what], f"given{suffix}"))
    assert outcome.code in (2, 3), outcome.out + outcome.err
    assert "Traceback" not in outcome.err
    opened = name == "watchlist csv" and what in ("zip", "gzip")
    if suffix == ".csv" and not opened:
        assert SAID.get(what, "").casefold() in outcome.err.casefold()


@pytest.mark.parametrize("what", [name for name in NO_TABLES if name not in ("nothing", "blanks")])
@pytest.mark.parametrize("door", ["log components", "identify", "log belief", "judge file", "letter"])
def test_what_is_no_list_of_lines_or_statements_is_refused_too(desk: Desk, door: str, what: str) -> None:
    prepared(desk)
    given = desk.file(NO_TABLES[what], "given.txt")
    logged = desk.run("log", "recovery", "--weapon", "Kh-101", "--serial", "7", "--format", "json")
    words: dict[str, tuple[str | Path, ...]] = {
        "log components": ("log", "components", "--recovery", logged.rows[0]["ref"], "--file", given),
        "identify": ("identify", "--file", given),
        "log belief": ("log", "belief", "--from", given),
        "judge file": ("judge", "file", given),
        "letter": ("watchlist", "import", "docx", given, "--name", "ours", "--as-of", "2024-01-01"),
    }
    outcome = desk.run(*words[door])
    assert outcome.code == 3, outcome.out + outcome.err
    assert "Traceback" not in outcome.err
    assert desk.items() == []


@pytest.mark.parametrize("name", DOORS)
class TestATable:
    """A table that a door takes, in the looks that people give one."""

    def test_as_it_is(self, desk: Desk, name: str) -> None:
        door = DOORS[name]
        outcome = door.enter(prepared(desk), desk.file(csv_text(door.table)))
        assert took_it_all(door, outcome, 2), outcome.out + outcome.err

    def test_without_the_column_that_it_lives_by(self, desk: Desk, name: str) -> None:
        door = DOORS[name]
        table = [["Spalte 1" if cell == door.needed else cell for cell in row] for row in door.table]
        if name == "components":
            table[0][2] = "Spalte 2"
        outcome = door.enter(prepared(desk), desk.file(csv_text(table)))
        assert outcome.code in (2, 3), outcome.out + outcome.err

    @pytest.mark.parametrize("error", ["#N/A", "#ССЫЛКА!", "Loading…", "TRUE"])
    def test_with_an_error_in_a_cell_that_names_something(self, desk: Desk, name: str, error: str) -> None:
        door = DOORS[name]
        place = door.table[0].index(door.names)
        spoiled = [*door.table[2][:place], error, *door.table[2][place + 1 :]]
        outcome = door.enter(prepared(desk), desk.file(csv_text([*door.table[:2], spoiled])))
        told = outcome.out + outcome.err
        assert error in told, told
        assert "line 3" in told or '"line": 3' in told or '"row": 3' in told or ":3:" in told, told

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
    def test_in_another_encoding(self, desk: Desk, name: str, encoding: str) -> None:
        door = DOORS[name]
        file = desk.file(csv_text(door.table, ";", "\r\n").encode(encoding))
        outcome = door.enter(prepared(desk), file)
        assert outcome.code == 3 or took_it_all(door, outcome, 2), outcome.out + outcome.err
        assert "Ð" not in outcome.out

    def test_in_a_stated_encoding_that_it_does_not_have(self, desk: Desk, name: str) -> None:
        door = DOORS[name]
        outcome = door.enter(prepared(desk), desk.file(csv_text(door.table)), "--encoding", "utf-16")
        assert outcome.code in (2, 3), outcome.out + outcome.err

    @pytest.mark.parametrize("title", [["Table 3"], ["Table 3", "of 12.05.2024"]])
    def test_below_a_title(self, desk: Desk, name: str, title: Sequence[str]) -> None:
        door = DOORS[name]
        wide = [*title, *[""] * (len(door.table[0]) - len(title))]
        table = [wide, [""] * len(wide), *door.table]
        outcome = door.enter(prepared(desk), desk.file(csv_text(table)))
        assert outcome.code in (2, 3) or took_it_all(door, outcome, 2), outcome.out + outcome.err

    def test_at_a_stated_row(self, desk: Desk, name: str) -> None:
        door = DOORS[name]
        table = [["Table 3", *door.table[0][1:]], *door.table]
        outcome = door.enter(prepared(desk), desk.file(csv_text(table)), "--header-row", "2")
        assert took_it_all(door, outcome, 2), outcome.out + outcome.err

    def test_at_a_stated_row_that_is_empty(self, desk: Desk, name: str) -> None:
        door = DOORS[name]
        outcome = door.enter(prepared(desk), desk.file(csv_text(door.table)), "--header-row", "9")
        assert outcome.code in (2, 3), outcome.out + outcome.err

    def test_on_a_second_sheet(self, desk: Desk, name: str) -> None:
        door = DOORS[name]
        if name == "watchlist csv":
            door = Door(("watchlist", "import", "xlsx"), *list(vars(door).values())[1:])
        file = save(desk.file("", "list.xlsx"), [["Read me first"]], door.table, door.table[:2])
        outcome = door.enter(prepared(desk), file)
        assert outcome.code in (2, 3) or (
            took_it_all(door, outcome, 2) and "not read" in outcome.out + outcome.err
        ), outcome.out + outcome.err
        chosen = door.enter(desk, file, "--sheet", "Sheet2")
        assert took_it_all(door, chosen, 1) or chosen.code in (2, 3), chosen.out + chosen.err
        assert door.enter(desk, file, "--sheet", "Nowhere").code in (2, 3)

    def test_twice_on_one_sheet_in_another_order(self, desk: Desk, name: str) -> None:
        door = DOORS[name]
        table = [*door.table, *[row[::-1] for row in door.table]]
        outcome = door.enter(prepared(desk), desk.file(csv_text(table)))
        told = outcome.out + outcome.err
        assert outcome.code not in (0, 6) or not took_it_all(door, outcome, 5), told
        assert outcome.code in (2, 3) or '"not_screened"' in told, told

    def test_with_a_row_that_breaks_off(self, desk: Desk, name: str) -> None:
        door = DOORS[name]
        text = csv_text(door.table).rstrip("\n").rpartition(",")[0]
        outcome = door.enter(prepared(desk), desk.file(text))
        assert outcome.code not in (0, 6) or "2 rows" not in outcome.err
        assert outcome.code in (2, 3) or door.count(outcome) == 2 or "breaks off" in outcome.out
