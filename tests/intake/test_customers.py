"""Customers from a spreadsheet: what the program spoiled in one cell keeps no name from being screened."""

from __future__ import annotations

import pytest

from tests.intake.desk import Desk, csv_text

LISTED = "id,name,aliases,address,country,identifiers\nA1,Helix Zorn LLC,Хеликс Зорн,Riga,LV,INN 7707083893\n"


@pytest.mark.parametrize(
    ("header", "cell"),
    [("ИНН", "7.70708E+09"), ("Tax ID", "#N/A"), ("Country", "#REF!"), ("Customer no", "9.1E+11")],
)
def test_a_spoiled_cell_clears_nobody(desk: Desk, header: str, cell: str) -> None:
    lists = desk.file(LISTED, "lists.csv")
    assert desk.run("watchlist", "import", "csv", lists, "--name", "L", "--as-of", "2024-01-01").code == 0
    file = desk.file(csv_text([["Customer name", header], ["Хеликс Зорн", cell]]))
    answer = desk.run("screen", "--file", file, "--format", "json")
    assert answer.code == 6
    assert [hit["party"] for hit in answer.rows[0]["hits"]] == ["Helix Zorn LLC"]
    assert cell in answer.out + answer.err
