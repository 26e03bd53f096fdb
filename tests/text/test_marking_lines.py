"""The lines of a marking, and words for its state, in every way in."""

from __future__ import annotations

import pytest

from provenance.core.vocabulary import MarkingState
from provenance.text.marking_lines import marking_lines
from provenance.text.marking_states import read_marking_cell


@pytest.mark.parametrize(
    "text", ["AD7606BSTZ // #2135", "AD7606BSTZ//#2135", "AD7606BSTZ | #2135", "AD7606BSTZ\n#2135",
             "AD7606BSTZ\r\n\r\n#2135", r"AD7606BSTZ\n#2135", " AD7606BSTZ //\n #2135 // "],
)  # fmt: skip
def test_lines_end_in_any_of_these_ways(text: str) -> None:
    assert marking_lines(text) == "AD7606BSTZ\n#2135"
    assert read_marking_cell(text) == ("AD7606BSTZ\n#2135", MarkingState.PRESENT)


@pytest.mark.parametrize("text", ["LT1086CM", "5/12 V", "http://maker.example/part"])
def test_other_signs_are_part_of_the_marking(text: str) -> None:
    assert marking_lines(text) == text


@pytest.mark.parametrize("text", ["//", "|", " // | ", "?", "-", "? // ?"])
def test_signs_alone_are_no_marking(text: str) -> None:
    assert read_marking_cell(text) == (None, None)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("illegible", "illegible"), ("Unreadable.", "illegible"), ("(not legible)", "illegible"),
        ("нечитабельно", "illegible"), ("не читається", "illegible"), ("нечитаемо", "illegible"),
        ("看不清", "illegible"), ("ground off", "obliterated"), ("стёрто", "obliterated"),
        ("зашліфовано", "obliterated"), ("已磨掉", "obliterated"), ("none", "none"), ("unmarked", "none"),
        ("без маркування", "none"), ("без маркировки", "none"), ("无标识", "none"),
    ],
)  # fmt: skip
def test_words_for_a_state(text: str, state: str) -> None:
    assert read_marking_cell(text) == (None, state)
