"""Cells of letters that hold several items."""

from __future__ import annotations

import pytest

from provenance.sources.watchlists.cell_items import addresses_of, items


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("1 Example Rd, Shenzhen, China", ["1 Example Rd, Shenzhen, China"]),
        (
            "1 A Rd, Shenzhen, China\nFlat 2, 9 B St, Hong Kong",
            ["1 A Rd, Shenzhen, China", "Flat 2, 9 B St, Hong Kong"],
        ),
        ("1 A Rd\nShenzhen\nChina", ["1 A Rd\nShenzhen\nChina"]),
        ("1. 12 A Rd, Perm\n2. 14 B St, Omsk", ["12 A Rd, Perm", "14 B St, Omsk"]),
        ("• Perm, 12 A\n• Omsk, 14 B", ["Perm, 12 A", "Omsk, 14 B"]),
        ("12 A Rd, Perm; 14 B St, Omsk", ["12 A Rd, Perm", "14 B St, Omsk"]),
        ("12 А, Перм, Росія\n14 Б, Омськ, Росія", ["12 А, Перм, Росія", "14 Б, Омськ, Росія"]),
        ("", []),
    ],
)  # fmt: skip
def test_lines_are_addresses_only_where_each_is_a_whole_one(cell: str, found: list[str]) -> None:
    assert addresses_of(cell) == found


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("ZDC; Zarya Center", ["ZDC", "Zarya Center"]),
        ("・ZDC\n・Zarya Center", ["ZDC", "Zarya Center"]),
        ("- ZDC\n- Zarya Center\n", ["ZDC", "Zarya Center"]),
        ("a) ZDC\nb) Zarya Center", ["ZDC", "Zarya Center"]),
        ("3M-Trade", ["3M-Trade"]),
        ("A.B.C. Ltd", ["A.B.C. Ltd"]),
    ],
)
def test_aliases_stand_on_lines_of_their_own(cell: str, found: list[str]) -> None:
    assert items(cell) == found
