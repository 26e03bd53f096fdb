"""Lines of fast mode."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.fields.lines import command, is_blank, read_line

CELL = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp"), blacklist_characters="|;\t")).map(
    str.strip
)


@pytest.mark.parametrize("sign", ["|", ";", "\t"])
def test_a_line_has_four_cells_whatever_parts_them(sign: str) -> None:
    line = read_line(f"Board 2 {sign} AD7606 // #2135 {sign} 2 {sign} near the edge")
    assert line.cells == {
        "unit": "Board 2",
        "marking": "AD7606 // #2135",
        "pieces": "2",
        "note": "near the edge",
    }


def test_a_line_without_separators_is_a_marking() -> None:
    assert read_line("STM32F407VGT6").cells == {"marking": "STM32F407VGT6"}


def test_a_ditto_mark_is_the_unit_above() -> None:
    assert read_line('" | LM358', unit_before="U7").cells == {"unit": "U7", "marking": "LM358"}


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("illegible", "illegible"),
        ("нечитабельне", "illegible"),
        ("Стерто", "obliterated"),
        ("none", "none"),
        ("немає", "none"),
    ],
)
def test_a_marking_may_be_gone(word: str, state: str) -> None:
    assert read_line(f"U1 | {word} | 3").cells == {"unit": "U1", "marking_state": state, "pieces": "3"}


def test_a_note_may_hold_the_separator() -> None:
    assert read_line("U1|LM358|1|left|right").cells["note"] == "left|right"


@pytest.mark.parametrize(
    ("text", "wish"),
    [(" Undo ", "undo"), ("скасувати", "undo"), ("вихід", "end"), ("?", "help"), ("U1 | undo", "")],
)
def test_words_that_are_no_components(text: str, wish: str) -> None:
    assert command(text) == wish


def test_blank_lines_and_comments_say_nothing_but_a_date_code_does() -> None:
    assert is_blank("  ")
    assert is_blank("# the small board")
    assert not is_blank("#2135")


@given(CELL, CELL, CELL)
def test_what_is_put_in_comes_out(unit: str, pieces: str, note: str) -> None:
    found = read_line(f"{unit}|AD7606|{pieces}|{note}", unit_before="")
    wanted = {"unit": unit, "marking": "AD7606", "pieces": pieces, "note": note}
    assert found.cells == {name: cell for name, cell in wanted.items() if cell} or unit in (
        '"',
        "″",
        "”",
        "«",
        "〃",
        "''",
    )
