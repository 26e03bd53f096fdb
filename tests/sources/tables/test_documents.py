"""The tables of DOCX documents, one below the other."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from provenance.core.errors import BadInput
from provenance.sources.tables import FileKind, Table, TableOptions, open_table

KNOWN = frozenset({"no", "name", "address", "country"})
HEADER = ["No.", "Name", "Address"]


def table_of(file: Path, *tables: list[list[str]]) -> Table:
    document = docx.Document()
    for rows in tables:
        table = document.add_table(len(rows), len(rows[0]))
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(place, column).text = text
    document.save(str(file))
    return open_table(file, TableOptions(kind=FileKind.DOCX, known=KNOWN))


def test_a_table_that_goes_on_under_the_same_header_is_one_table(tmp_path: Path) -> None:
    table = table_of(tmp_path / "a.docx", [HEADER, ["1", "Helix", "Riga"]], [HEADER, ["1", "Quartz", "Kyiv"]])
    assert [cells for _line, cells in table.lines()] == [["1", "Helix", "Riga"], ["1", "Quartz", "Kyiv"]]


def test_a_table_under_another_header_is_refused(tmp_path: Path) -> None:
    other = [["No.", "Address", "Name"], ["1", "Kyiv", "Quartz"]]
    table = table_of(tmp_path / "a.docx", [HEADER, ["1", "Helix", "Riga"]], other)
    with pytest.raises(BadInput, match=r"a second table with other columns begins here: No\., Address, Name"):
        list(table.lines())
