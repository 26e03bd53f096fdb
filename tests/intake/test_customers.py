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


LISTS = LISTED + "A2,Quorvex Trading FZE,,Dubai,AE,\nA3,Мерката Вей,,,KZ,\n"


def listed(desk: Desk) -> None:
    lists = desk.file(LISTS, "lists.csv")
    assert desk.run("watchlist", "import", "csv", lists, "--name", "L", "--as-of", "2024-01-01").code == 0


@pytest.mark.parametrize("between", ["; ", "\n", " | ", "；", " / ", ";\n"])
def test_every_party_of_a_cell_is_looked_for(desk: Desk, between: str) -> None:
    listed(desk)
    cell = between.join(["Blameless Bakery", "Helix Zorn LLC", "Quorvex Trading FZE"])
    file = desk.file(csv_text([["Customer name", "Country"], [cell, ""], ["Blameless Bakery", ""]]))
    answer = desk.run("screen", "--file", file, "--format", "json")
    assert answer.code == 6
    hits = [sorted(hit["party"] for hit in row["hits"]) for row in answer.rows]
    assert hits == [["Helix Zorn LLC", "Quorvex Trading FZE"], []]
    assert "1 row with a cell that names several parties" in answer.out
    assert "line 2" in answer.out


def test_a_number_beside_two_names_sets_neither_aside(desk: Desk) -> None:
    """It may be the other firm's: INN 7736207543 is valid, and not that of Helix Zorn."""
    listed(desk)
    rows = [["Name", "INN"], ["Helix Zorn; Blameless Bakery", "7736207543"], ["Helix Zorn", "7736207543"]]
    answer = desk.run("screen", "--file", desk.file(csv_text(rows)), "--format", "json")
    both, alone = answer.rows
    assert [hit["party"] for hit in both["hits"]] == ["Helix Zorn LLC"]
    assert "INN differs" in both["hits"][0]["reason"]
    assert (alone["hits"], [hit["party"] for hit in alone["set_aside"]]) == ([], ["Helix Zorn LLC"])


def test_a_name_on_two_lines_is_one_name(desk: Desk) -> None:
    listed(desk)
    rows = [["Name", "Country"], ["Quorvex\nTrading FZE", ""], ["Helix Zorn\nLLC", ""]]
    answer = desk.run("screen", "--file", desk.file(csv_text(rows)), "--format", "json")
    said = [(hit["party"], hit["reason"].split(" the ")[0]) for row in answer.rows for hit in row["hits"]]
    assert said == [
        ("Quorvex Trading FZE", "name: identical to"),
        ("Helix Zorn LLC", "name: identical to"),
    ]


@pytest.mark.parametrize("name", ["Total", "Total SE", "Source Photonics", "Page Industries", "Notes AG"])
def test_a_customer_whose_name_begins_like_a_footer_is_screened(desk: Desk, name: str) -> None:
    listed(desk)
    rows = [["Customer", "Country", "Order value"], ["Helix Zorn", "", "1"], ["", "", ""], [name, "", ""]]
    for last in (rows[3], [name, "", "100"]):
        file = desk.file(csv_text([*rows[:3], last]))
        answer = desk.run("screen", "--file", file, "--format", "json")
        assert [row["name"] for row in answer.rows] == ["Helix Zorn", name], answer.out


def test_a_listed_party_whose_name_begins_like_a_footer_is_listed(desk: Desk) -> None:
    rows = [
        ["id", "name", "address"],
        ["1", "Helix Zorn", "Riga"],
        ["", "", ""],
        ["", "Total Trading FZE", ""],
    ]
    words = ("watchlist", "import", "csv", desk.file(csv_text(rows)), "--name", "L", "--as-of", "2024-01-01")
    assert desk.run(*words, "--format", "json").rows[0]["new"] == 2


def test_an_entry_without_a_name_is_asked_about(desk: Desk) -> None:
    rows = [["name", "address"], ["Helix Zorn", "Riga 5"], ["", "second floor"], ["Quorvex FZE", "Dubai 7"]]
    words = ("watchlist", "import", "csv", desk.file(csv_text(rows)), "--name", "L", "--as-of", "2024-01-01")
    (row,) = desk.run(*words, "--format", "json").rows
    assert [(each["line"], "second floor" in each["read"]) for each in row["review"]] == [(3, True)]
