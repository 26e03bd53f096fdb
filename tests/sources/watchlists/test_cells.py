"""Cells of letters that hold several items."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.sources.watchlists.cell_items import addresses_of, items, names_of


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
        ("・Zarya Center of\n Dynamics\n・ZDC", ["Zarya Center of Dynamics", "ZDC"]),
        ("ZDC\nZarya Center", ["ZDC", "Zarya Center"]),
        ("3M-Trade", ["3M-Trade"]),
        ("A.B.C. Ltd", ["A.B.C. Ltd"]),
    ],
)
def test_aliases_stand_on_lines_of_their_own(cell: str, found: list[str]) -> None:
    assert items(cell) == found


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Qmarta Plant, Qnarva Plant", ["Qmarta Plant", "Qnarva Plant"]),
        ("Qorsk Plant / Qpinsk Plant", ["Qorsk Plant", "Qpinsk Plant"]),
        ("Qrusta Plant | Qsarta Plant", ["Qrusta Plant", "Qsarta Plant"]),
        ("Qtavda Plant；Quglich Plant", ["Qtavda Plant", "Quglich Plant"]),
        ("1) Qvarna Plant; 2) Qwiner Plant", ["Qvarna Plant", "Qwiner Plant"]),
        ("(i) Qdorna Plant (ii) Qforna Plant", ["Qdorna Plant", "Qforna Plant"]),
        ("Qalma Plant b) Qarta Plant c) Qasna Plant", ["Qalma Plant", "Qarta Plant", "Qasna Plant"]),
        ("Alfa Co., Ltd. and Beta Co., Ltd.", ["Alfa Co., Ltd.", "Beta Co., Ltd."]),
        ("OOO Alfa, OOO Beta и ZAO Gamma", ["OOO Alfa", "OOO Beta", "ZAO Gamma"]),
        ("Alfa Trading, Inc., Beta Trading GmbH", ["Alfa Trading, Inc.", "Beta Trading GmbH"]),
        ("Alfa Works (Beta Works; Gamma Works)", ["Alfa Works", "Beta Works", "Gamma Works"]),
        # One name that has a comma, a slash, a dash or "and" in it.
        ("Import and Export Co., Ltd.", ["Import and Export Co., Ltd."]),
        ("Smith, John", ["Smith, John"]),
        ("ZDC, ZKB", ["ZDC", "ZKB", "ZDC, ZKB"]),
        ("Alfa Works, Perm, Russia", ["Alfa Works, Perm, Russia"]),
        ("A/B Alfa Works", ["A/B Alfa Works"]),
        ("Abu- Shaima", ["Abu- Shaima"]),
        ("Alfa Works (Moscow)", ["Alfa Works (Moscow)"]),
        ("アリ・ハッサン", ["アリ・ハッサン"]),
        # Where the pieces may be parts of one person's name, the whole is a name too.
        ("Bin Laden, Usama Muhammed", ["Bin Laden", "Usama Muhammed", "Bin Laden, Usama Muhammed"]),
    ],
)
def test_names_in_one_cell(cell: str, found: list[str]) -> None:
    assert names_of(cell) == found


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (
            "12 Zavodskaya Street, Perm\n4 Lenina Avenue, Kazan",
            ["12 Zavodskaya Street, Perm", "4 Lenina Avenue, Kazan"],
        ),
        ("Room 1318, 13/F\n99 Cedar Road, Kowloon", ["Room 1318, 13/F\n99 Cedar Road, Kowloon"]),
        ("1 A Street, Perm; and 2 B Street, Omsk", ["1 A Street, Perm", "2 B Street, Omsk"]),
        ("(i) 1 A Street, Perm (ii) 2 B Street, Omsk", ["1 A Street, Perm", "2 B Street, Omsk"]),
    ],
)
def test_addresses_in_one_cell(cell: str, found: list[str]) -> None:
    assert addresses_of(cell) == found


WORDS = st.lists(st.sampled_from(["Alfa", "Beta", "Qorsk", "Завод", "科技", "B.V."]), min_size=2, max_size=3)
NAMES = st.lists(WORDS.map(" ".join), min_size=1, max_size=5, unique=True)


@given(names=NAMES, between=st.sampled_from(["\n", "; ", " | ", "；", "\n• "]))
def test_no_name_is_lost_whatever_separates_it(names: list[str], between: str) -> None:
    assert items(between.join(names)) == names


@given(st.text(alphabet="AБ ,;/|()（）\n•-–1ab.)&и", max_size=40))
def test_no_letter_of_a_cell_is_lost(cell: str) -> None:
    """Whatever people write, its letters are in what was read, but for marks of an enumeration."""
    kept = "".join(names_of(cell))
    assert sum(map("Б".__eq__, kept)) >= sum(map("Б".__eq__, cell))
    assert all(name.strip() for name in names_of(cell))
