"""Letters with lists of parties, as firms receive them: CSV and DOCX, numbered, issued again."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.support.field_log import say

FALCON = ("Desert Falcon Trading FZE", "3 Sample St, Dubai, UAE")
LOTUS = ("Lotus Bridge Electronics Co Ltd", "1 Example Rd, Shenzhen, China\nFlat 2, 9 Sample St, Hong Kong")
JADE = ("Jade Harbor Components Ltd", "2 Example Rd\nShenzhen\nChina")


def letter(folder: Path, *parties: tuple[str, str], number: str = "No.") -> Path:
    file = folder / f"letter{len(list(folder.iterdir()))}.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow((number, "Name of foreign party", "Address(es)", "Destination"))
        writer.writerows((place, *party, "China") for place, party in enumerate(parties, start=1))
    return file


def taken(address: str, kind: str, file: Path, as_of: str, *more: str) -> dict[str, Any]:
    done = say(
        address, "watchlist", "import", kind, file, "--name", "L", "--as-of", as_of, "--format", "json", *more
    )
    assert done.code == 0, done.err
    row: dict[str, Any] = done.json["rows"][0]
    return row


def test_a_letter_that_is_issued_again_and_numbered_again_changes_what_it_changes(
    fresh: str, tmp_path: Path
) -> None:
    taken(fresh, "csv", letter(tmp_path, LOTUS, JADE, FALCON), "2026-01-01", "--count", "3")
    again = letter(tmp_path, FALCON, (JADE[0], "5 Other Rd, Shenzhen"), ("Newparty Ltd", ""), LOTUS)
    row = taken(fresh, "csv", again, "2026-02-01", "--count", "4")
    assert {name: row[name] for name in ("new", "known", "changed")} == {"new": 1, "known": 2, "changed": 1}
    assert any("No. numbers the rows" in note for note in row["notes"])


@pytest.mark.parametrize("words", [("--map", "No.=id"), ()])
def test_a_column_that_is_called_the_id_is_one_whatever_it_holds(
    fresh: str, tmp_path: Path, words: tuple[str, ...]
) -> None:
    number = "No." if words else "ID"
    taken(fresh, "csv", letter(tmp_path, LOTUS, JADE, number=number), "2026-01-01", *words)
    renamed = letter(tmp_path, LOTUS, ("Jade Harbour Ltd", JADE[1]), number=number)
    row = taken(fresh, "csv", renamed, "2026-02-01", *words)
    assert (row["new"], row["known"], row["changed"]) == (0, 1, 1)


def two_tables(folder: Path) -> Path:
    document = Document()
    for parties in ((LOTUS, JADE), (FALCON,)):
        table = document.add_table(rows=0, cols=3)
        rows = [("No.", "Name", "Address"), *((str(i), *party) for i, party in enumerate(parties, start=1))]
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        document.add_paragraph("and")
    file = folder / "letter.docx"
    document.save(str(file))
    return file


def test_two_tables_that_are_each_numbered_from_1_name_three_parties(fresh: str, tmp_path: Path) -> None:
    file = two_tables(tmp_path)
    refused = say(
        fresh, "watchlist", "import", "docx", file, "--name", "L", "--as-of", "2026-01-01", "--count", "2"
    )
    assert refused.code == 3
    assert "3 entries; the letter states 2" in refused.err
    assert taken(fresh, "docx", file, "2026-01-01", "--count", "3")["new"] == 3
    for name, _address in (LOTUS, JADE, FALCON):
        assert say(fresh, "screen", name).code == 6


def test_the_count_is_that_of_what_is_stored(fresh: str, tmp_path: Path) -> None:
    text = "Name,Address\n" + "Lotus Ltd,1 A Rd\n" * 2 + "Jade Ltd,2 B Rd\n"
    file = tmp_path / "letter.csv"
    file.write_text(text, encoding="utf-8")
    words = ("watchlist", "import", "csv", file, "--name", "L", "--as-of", "2026-01-01", "--count")
    refused = say(fresh, *words, "3")
    assert refused.code == 3
    assert "3 entries, 1 of them repeated; the letter states 3" in refused.err
    assert say(fresh, *words, "2").code == 0
